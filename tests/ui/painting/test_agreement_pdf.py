"""An agreement as PDF: its text can be read back in five scripts, links lead where they say, nothing tells whose computer made it."""

from __future__ import annotations

import getpass
import io
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject

from app.models.agreement import AgreementKind, AgreementPaper, AgreementRow, Quoted
from app.ui.look import Look
from app.ui.painting.agreement_pdf import agreement_pdf

AT = datetime(2026, 11, 18, 15, 45, tzinfo=UTC)


def paper(
    text: str = "Te devolvemos 520 pesos", transcript: tuple[Quoted, ...] = (), **fields: object
) -> AgreementPaper:
    row = AgreementRow(12, 1, AgreementKind.REFUND, text, 52000, "MXN", "A-20418", AT)
    made = AgreementPaper(
        row=row,
        customer="Ximena Robles",
        profiles=(("mastodon", "@ximena@musica.example"), ("x", "@ximerobles")),
        network="mastodon",
        account="@aurora",
        terms="discosaurora.mx/terminos",
        transcript=transcript or (said("Llegó roto", "https://musica.example/@ximena/1"),),
        made_at=AT + timedelta(minutes=5),
        shop="Discos Aurora",
    )
    return made._replace(**fields)


def said(text: str, url: str = "", *, ours: bool = False) -> Quoted:
    return Quoted(ours, "Discos Aurora" if ours else "Ximena Robles", "@aurora" if ours else "@ximena", AT, text, url)


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words_of(content: bytes) -> str:
    """On one line: how lines are broken depends on the fonts of the computer."""
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


def links_of(content: bytes) -> set[str]:
    found: set[str] = set()
    for page in read(content).pages:
        notes = page.get("/Annots", ArrayObject())
        for note in notes.get_object() or ():
            action = note.get_object().get("/A")
            if action is not None and "/URI" in action.get_object():
                found.add(str(action.get_object()["/URI"]))
    return found


def test_everything_stands_in_it(look: Look) -> None:
    words = words_of(agreement_pdf(look, paper(), "MX"))
    for piece in (
        "Discos Aurora",
        "Agreement 12 with Ximena Robles",
        "Refund",
        "Te devolvemos 520 pesos",
        "520 MXN",
        "A-20418",
        "@ximena@musica.example",
        "Wednesday 18 November 2026",
        "America/Mexico_City",
        "discosaurora.mx/terminos",
        "Llegó roto",
        "Page 1 of 1",
    ):
        assert piece in words


def test_links_lead_where_they_say_and_no_others_do(look: Look) -> None:
    transcript = (said("Llegó roto", "https://musica.example/@ximena/1"), said("mira", "javascript:alert(1)"))
    found = links_of(agreement_pdf(look, paper(transcript=transcript), "MX"))
    assert found == {"https://discosaurora.mx/terminos", "https://musica.example/@ximena/1"}


@pytest.mark.parametrize(
    "text",
    ["El niño pidió 520 ¡ya!", "Nous remboursons 14 €", "Вернём деньги до пятницы", "我们会给您退款", "We refund it"],
)
def test_five_scripts_can_be_read_back(look: Look, text: str) -> None:
    content = agreement_pdf(look, paper(text, (said(text),)), "MX")
    assert words_of(content).replace(" ", "").count(text.replace(" ", "")) == 2


def test_its_fonts_are_in_it(look: Look) -> None:
    content = agreement_pdf(look, paper("退款 деньги"), "MX")
    fonts = [font.get_object() for page in read(content).pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts
    for font in fonts:
        (below,) = font["/DescendantFonts"]
        about = below.get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(about)


def test_hostile_text_is_text(look: Look) -> None:
    hostile = '<b>x</b> <img src="file:///etc/passwd"> &amp; \u202egnp.exe\u0000 {name} </table>'
    content = agreement_pdf(look, paper(hostile, (said(hostile),), customer=hostile, shop=hostile), "MX")
    words = words_of(content)
    assert '<b>x</b> <img src="file:///etc/passwd"> &amp;' in words
    assert "\u202e" not in words
    assert not any("/Image" in str(page.get("/Resources")) for page in read(content).pages)


def test_it_does_not_say_whose_computer_made_it(look: Look) -> None:
    content = agreement_pdf(look, paper(), "MX")
    about = read(content).metadata
    assert about is not None
    assert about.title == "Agreement 12 with Ximena Robles"
    assert about.creator == "Tertulia"
    assert not about.author
    for secret in (getpass.getuser(), socket.gethostname(), str(Path.home())):
        assert all(secret not in str(value) for value in about.values() if secret != "root")


@pytest.mark.parametrize(
    ("country", "size"), [("MX", (612, 792)), ("US", (612, 792)), ("FR", (595, 842)), ("", (595, 842))]
)
def test_the_paper_is_that_of_the_country(look: Look, country: str, size: tuple[int, int]) -> None:
    (page,) = read(agreement_pdf(look, paper(), country)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == size


def test_a_long_transcript_goes_over_pages_that_are_numbered(look: Look) -> None:
    transcript = tuple(said(f"Mensaje número {number}. " + "Sigo esperando. " * 20) for number in range(60))
    content = agreement_pdf(look, paper(transcript=transcript), "MX")
    pages = read(content).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in " ".join(page.extract_text().split())
    words = words_of(content)
    assert all(f"Mensaje número {number}." in words for number in range(60))


def test_one_that_was_replaced_says_so(look: Look) -> None:
    words = words_of(agreement_pdf(look, paper(removed_at=AT, replaces=(7, AT)), "MX"))
    assert "It no longer holds" in words
    assert "Agreement 7 of Wednesday 18 November 2026" in words


def test_in_spanish(look: Look) -> None:
    look.words.language = "es"
    words = words_of(agreement_pdf(look, paper(), "MX"))
    assert "Acuerdo 12 con Ximena Robles" in words
    assert "Página 1 de 1" in words
