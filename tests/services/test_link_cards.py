"""Cards of links: made from the page, the picture kept with the post's own, and the card stays where the picture is no good."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from app.links.page_card import PageCard
from app.services.link_cards import LinkCards, no_page

URL = "https://discos.example/marea"


def a_picture(size: tuple[int, int] = (1200, 630)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (10, 90, 120)).save(out, "JPEG", comment=b"secret place")
    return out.getvalue()


def cards(media: Path, *answers: PageCard | None) -> tuple[LinkCards, list[str]]:
    left, asked = list(answers), []

    async def read_page(url: str) -> PageCard | None:
        asked.append(url)
        return left.pop(0)

    return LinkCards(read_page, media), asked


async def test_a_card_keeps_its_picture_with_the_post_s_own(tmp_path: Path) -> None:
    links, _ = cards(tmp_path, PageCard(URL, "Marea", "Doce canciones", a_picture()))
    preview = await links.preview(URL)
    assert preview is not None
    assert (preview.url, preview.title, preview.description) == (URL, "Marea", "Doce canciones")
    kept = (tmp_path / preview.picture).read_bytes()
    assert kept.startswith(b"\xff\xd8")
    assert b"secret place" not in kept


@pytest.mark.parametrize(
    "picture", [b"", b"no picture", a_picture()[:200], b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
async def test_a_picture_that_is_none_is_left_out(tmp_path: Path, picture: bytes) -> None:
    links, _ = cards(tmp_path, PageCard(URL, "Marea", "", picture))
    preview = await links.preview(URL)
    assert preview is not None
    assert (preview.title, preview.picture) == ("Marea", "")


async def test_a_page_is_asked_once_while_it_is_written_about_and_again_if_it_gave_nothing(tmp_path: Path) -> None:
    links, asked = cards(tmp_path, None, PageCard(URL, "Marea"), PageCard("https://b.example", "B"))
    assert await links.preview(URL) is None
    assert await links.preview(URL) == await links.preview(URL)
    await links.preview("https://b.example")
    assert asked == [URL, URL, "https://b.example"]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Ya salió https://discos.example/marea. ¡Vengan!", "https://discos.example/marea"),
        ("mira aurora.mx/a y https://b.example", "https://aurora.mx/a"),
        ("nada que enlazar, ni ventas@aurora.mx", ""),
        ("", ""),
    ],
)
def test_the_first_link_of_a_text_gets_the_card(tmp_path: Path, text: str, link: str) -> None:
    assert cards(tmp_path)[0].link_of(text) == link


async def test_where_nothing_may_be_fetched_there_is_no_card() -> None:
    assert await no_page(URL) is None
