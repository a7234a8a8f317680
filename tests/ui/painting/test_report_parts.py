"""A report of a real shop's figures in each of its languages: with the figures of the screen, every word in that language, every chart told."""

from __future__ import annotations

import io
import re
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.models.insight import last_days
from app.models.report import LANGUAGES, ReportFiles, ReportWanted
from app.runtime.words import Words
from app.services.paper_words import PaperCatalogues
from app.ui.look import Look
from app.ui.painting.report_parts import IN_REPORT, make_report
from tests.fakes.clock import FakeClock
from tests.ui.campaign_window import Window, opener
from tests.ui.insights.conftest import measured

Opens = Callable[..., Any]
RESOURCES = Path(__file__).resolve().parents[3] / "resources"


@pytest.fixture
def opens(qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path) -> Opens:
    return opener(qapp, look, clock, tmp_path)


class Heard(PaperCatalogues):
    """Notes which texts a language has not."""

    def __init__(self) -> None:
        super().__init__(RESOURCES / "translations", RESOURCES / "language" / "paper_words.json")
        self.missing: set[str] = set()

    def find(self, language: str, message_id: str, n: object = None) -> str:
        if self.look_up(language, message_id, n if isinstance(n, int) else None) is None:
            self.missing.add(message_id)
        return super().find(language, message_id, n)


async def made(window: Window, language: str = "en", catalogues: PaperCatalogues | None = None) -> ReportFiles:
    async def paint(wanted: Any, words: Words, frame: Any, ask: Any) -> ReportFiles:
        own = words if catalogues is None else Words(catalogues, language, words.zone)
        return await make_report(window.shell.page_face, wanted, own, frame, ask)

    window.shop.services.reports.paint_with(paint)
    period = last_days(window.shop.clock.now().date())
    return await window.shop.services.reports.make(ReportWanted(period, period.before, (), language, pictures=True))


async def test_the_figures_are_those_of_the_page(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        files = await made(window)
        figures = {figure.title: figure for figure in files.document.parts[0].figures}
        assert figures["Followers"].figure == "500"
        assert figures["Followers"].before == "444 before"
        assert figures["Followers"].better is True
        assert "from 1 account" in figures["Followers"].rests
        assert figures["Clicks on our links"].figure == "40"
        assert figures["Solved without e-mail"].figure == "not measured"
        found = "".join(
            "".join(page.extract_text() for page in PdfReader(io.BytesIO(files.pdf), strict=True).pages).split()
        )
        for said in ("28-dayreport", "500", "444before", "Yallegó«Marea»", "Comparedwith", "America/Mexico_City"):
            assert said in found, said


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_word_is_there_in_every_language(qapp: QApplication, opens: Opens, language: str) -> None:
    async with opens("insights") as window:
        await measured(window)
        heard = Heard()
        files = await made(window, language, heard)
        told = "\n".join(_texts(files)).replace("America/Mexico_City", "")
        assert [each for each in sorted(heard.missing) if _as_told(heard.find("en", each)).search(told)] == []
        assert files.document.language == language
        pages = "".join(
            "".join(page.extract_text() for page in PdfReader(io.BytesIO(files.pdf), strict=True).pages).split()
        )
        assert "".join(files.document.title.split()) in pages
        for part in files.document.parts:
            for chart in part.charts:
                assert "".join(chart.title.split()) in pages, chart.title
        assert "…" not in pages


def _as_told(text: str) -> re.Pattern[str]:
    """The text with anything in its blanks."""
    pieces = [re.escape(piece) for piece, *_ in string.Formatter().parse(text)]
    return re.compile(".+".join(pieces) if len(pieces) > 1 else f"(?m:^{pieces[0]}$)" if pieces else "(?!)")


def _texts(files: ReportFiles) -> list[str]:
    document = files.document
    found = [document.title, document.days, *document.facts, *document.labels.values()]
    for part in document.parts:
        found += [
            part.title,
            part.note,
            *(text for figure in part.figures for text in (figure.title, figure.change, figure.before, figure.rests)),
        ]
        for chart in part.charts:
            found += [chart.title, chart.about, chart.alt]
        for table in (*part.tables, *(chart.table for chart in part.charts)):
            found += [table.title, *table.columns]
    return found


async def test_all_tabs_are_in_it_with_charts_told_in_words(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        files = await made(window)
        assert tuple(part.id for part in files.document.parts) == tuple(
            each for each in IN_REPORT if each != "campaigns"
        )  # there is none
        charts = [chart for part in files.document.parts for chart in part.charts]
        followers = charts[0]
        assert followers.alt.startswith("New followers: ")
        assert "Mastodon +56" in followers.alt
        assert all(chart.alt and chart.table.columns for chart in charts)
        assert len(files.pictures) == 2 * len(charts)
        titles = [sheet.title for sheet in files.sheets]
        assert {"Summary", "New followers", "What travelled furthest", "Most asked"} <= set(titles)


async def test_the_posts_that_got_most_are_printed_and_all_are_in_the_sheets(
    qapp: QApplication, opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opens("insights") as window:
        await measured(window)
        (part,) = [each for each in (await made(window)).document.parts if each.id == "posts"]
        (table,) = part.tables
        assert part.note == ""
        monkeypatch.setattr("app.ui.insights.posts.ON_PAPER", 1)
        files = await made(window)
        (part,) = [each for each in files.document.parts if each.id == "posts"]
        assert len(part.tables[0].rows) == 1
        assert part.note.startswith(f"Of {len(table.rows)} posts, the 1 that got most") or len(table.rows) == 1
        assert next(each for each in files.sheets if each.title == "Posts").rows == table.rows


async def test_pictures_can_be_opened_and_say_what_they_show(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        for picture in (await made(window)).pictures:
            if picture.kind == "png":
                image = QImage.fromData(picture.content)
                assert image.width() == 2 * 680
                assert picture.title in image.text("Description")
            else:
                tree = ET.fromstring(picture.content)
                name = "{http://www.w3.org/2000/svg}"
                assert tree.findtext(f"{name}title") == picture.title
                assert picture.title in (tree.findtext(f"{name}desc") or "")
                assert picture.title in "".join(text.text or "" for text in tree.iter(f"{name}text"))


async def test_nothing_measured_is_a_report_as_well(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        files = await made(window)
        assert all(figure.figure in ("not measured", "—") for figure in files.document.parts[0].figures)
        assert len(PdfReader(io.BytesIO(files.pdf), strict=True).pages) >= 1


async def test_the_page_of_the_window_is_left_as_it_was(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        before = qapp.allWidgets()
        await made(window, "zh")
        await window.settle()
        assert window.shell.look.words.language == "en"
        assert len(qapp.allWidgets()) <= len(before) + 5
