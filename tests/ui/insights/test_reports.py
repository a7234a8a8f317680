"""Out of the page: the sheet by Ctrl+E, files where one says, letters, the menu and the card."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from app.models.report import ReportWanted
from app.ui.insights.reports import KINDS, ReportSheet, StoryCard, report_menu
from app.ui.painting.report_parts import make_report
from tests.ui.calendar.hands import press
from tests.ui.insights.conftest import measured
from tests.ui.shop import nameless, texts

Opens = Callable[..., Any]
CTRL = Qt.KeyboardModifier.ControlModifier


async def ready(window: Any) -> Any:
    """The page with figures, in a window that can paint."""
    window.shop.services.reports.paint_with(partial(make_report, window.shell.page_face))
    await measured(window)
    window.page.read()
    await window.settle()
    return window.page


async def test_ctrl_e_asks_what_and_in_which_language(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        page = await ready(window)
        page.first_focus().setFocus()
        press(Qt.Key.Key_E, held=CTRL)
        sheet = window.sheet
        assert isinstance(sheet, ReportSheet)
        assert nameless(sheet) == []
        assert sheet.language.currentData() == "en"
        assert sheet.mail.isHidden()
        seen = set()
        for place, kind in enumerate(KINDS):
            sheet.kinds.choose(place)
            sheet.kinds.chosen.emit(place)
            assert sheet.kind == kind
            seen.add(sheet.said.text())
        assert len(seen) == len(KINDS)
        assert not sheet.mail.isHidden()
        assert "(28 days)" in " ".join(texts(sheet))


async def test_a_report_is_saved_where_one_says(qapp: QApplication, opens: Opens, tmp_path: Path) -> None:
    async with opens("insights") as window:
        page = await ready(window)
        wanted = page.choosing.report()._replace(language="fr")
        page.reporting.write(tmp_path / "uno", "pdf", wanted)
        page.reporting.write(tmp_path / "dos.html", "html", wanted)
        (tmp_path / "all").mkdir()
        (tmp_path / "pictures").mkdir()
        page.reporting.write(tmp_path / "all", "all", wanted)
        page.reporting.write(tmp_path / "pictures", "pictures", wanted)
        await window.settle()
        assert (tmp_path / "uno.pdf").read_bytes().startswith(b"%PDF")
        assert "Rapport sur 28 jours" in (tmp_path / "dos.html").read_text("utf-8")
        assert {path.suffix for path in (tmp_path / "all").iterdir()} == {".pdf", ".html", ".png", ".svg", ".csv"}
        assert {path.suffix for path in (tmp_path / "pictures").iterdir()} == {".png", ".svg"}
        assert "uno.pdf is there" in window.said()


async def test_the_system_is_asked_for_a_file_or_a_folder(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        page = await ready(window)
        modes = []
        for kind in ("html", "all"):
            page.reporting.ask(kind)
            window.sheet.take()
            (dialog,) = [each for each in window.shell.window.findChildren(QFileDialog) if each.isVisible()]
            modes.append(dialog.fileMode())
            dialog.close()
            dialog.deleteLater()
            qapp.processEvents()
        assert modes == [QFileDialog.FileMode.AnyFile, QFileDialog.FileMode.Directory]


async def test_letters_need_addresses_that_are_some(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        page = await ready(window)
        page.reporting.ask("mail")
        sheet = window.sheet
        for typed, said in (("", "Write at least one address."), ("nobody", "nobody")):
            sheet.mail.line.setText(typed)
            sheet.take()
            assert sheet.isVisible()
            assert any(said in each for each in texts(sheet))
        sheet.mail.line.setText("ana@tienda.example")
        sheet.take()
        await window.settle()
        assert any("There is no mailbox" in each for each in window.said())


async def test_the_days_and_accounts_of_the_page_are_reported(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        page = await ready(window)
        page.choose(frozenset({window.shop.account_id}))
        window.shell.actions.run("insights.week")
        wanted: ReportWanted = page.choosing.report()
        assert wanted.period.days == 7
        assert wanted.compared == wanted.period.before
        assert wanted.accounts == (window.shop.account_id,)
        files = await window.shop.services.reports.make(wanted._replace(language="es"))
        assert files.document.title == "Informe de 7 días"
        assert any("@aurora" in fact for fact in files.document.facts)


async def test_menu_and_card_lead_there(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        page = await ready(window)
        menu = report_menu(window.shell.page_face, page)
        assert len([action for action in menu.actions() if not action.isSeparator()]) == 5
        menu.deleteLater()
        card = page.view.story
        assert isinstance(card, StoryCard)
        card.buttons["pictures"].click()
        assert window.sheet.kind == "pictures"
        window.sheet.close_now()
        card.buttons["faq"].click()
        assert window.shell.window.current == "faq"
