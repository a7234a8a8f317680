"""Settings, Reports: rhythm and place are kept, addresses checked, the logo shown, and how it stands said."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.mail.composing import check_address
from app.models.report import ReportState, addresses
from app.runtime.settings import Reports
from app.runtime.signals import Signal
from app.runtime.words import Message, message
from app.ui.settings.reports import ReportsPane, said_of
from tests.ui.shop import Shop, nameless, texts


class FakeReports:
    def __init__(self) -> None:
        self.changed: Signal[[]] = Signal("reports")
        self.said: Signal[[Message]] = Signal("said")
        self.state = ReportState()
        self.picture = b""

    def check(self, mail: str) -> None:
        for each in addresses(mail):
            check_address(each, field="mail")

    def logo(self) -> bytes:
        return self.picture

    async def take_logo(self, source: Path) -> None:
        self.picture = source.read_bytes()
        self.changed.emit()

    async def drop_logo(self) -> None:
        self.picture = b""
        self.changed.emit()


@pytest.fixture
def reports(shop: Shop) -> FakeReports:
    made = FakeReports()
    shop.services.reports = made
    return made


def pane(shop: Shop) -> ReportsPane:
    shop.shell.window.show_page("settings", section="reports")
    found = shop.page.stack.currentWidget()
    assert isinstance(found, ReportsPane)
    return found


def test_how_it_stands_is_said(shop: Shop, reports: FakeReports) -> None:
    shown = pane(shop)
    assert "No report is made by itself." in texts(shown)
    assert nameless(shown) == []
    shop.services.settings.change(Reports, rhythm="week")
    assert any(each.startswith("Choose a folder or write an address") for each in texts(shown))
    shop.services.settings.change(Reports, folder="/home/ana/Reports")
    reports.state = ReportState(next_on=date(2026, 11, 23))
    reports.changed.emit()
    assert any("23 Nov" in each for each in texts(shown))
    reports.state = ReportState(trouble=message("report.folder_missing", folder="/home/ana/Reports"))
    reports.changed.emit()
    assert any("is not there" in each for each in texts(shown))


def test_an_address_that_is_none_is_refused_beside_its_row(shop: Shop, reports: FakeReports) -> None:
    shown = pane(shop)
    editor: Any = shown.row("reports.mail").editor
    for typed, kept in (("ana@tienda.example, nobody", ""), ("ana@tienda.example", "ana@tienda.example")):
        editor.widget.setText(typed)
        editor.widget.editingFinished.emit()
        assert shop.services.settings.get(Reports).mail == kept


def test_a_logo_is_shown_and_removed(shop: Shop, reports: FakeReports, tmp_path: Path) -> None:
    Image.new("RGB", (80, 40), "teal").save(tmp_path / "logo.png")
    shown = pane(shop)
    assert shown.logo.isHidden()
    reports.picture = (tmp_path / "logo.png").read_bytes()
    reports.changed.emit()
    assert not shown.logo.isHidden()
    assert not shown.logo.pixmap().isNull()
    reports.picture = b"broken"
    reports.changed.emit()
    assert shown.logo.isHidden()
    assert shown.drop_logo.isHidden()


@pytest.mark.parametrize(
    ("state", "rhythm", "goes", "said"),
    [
        (ReportState(), "never", True, "settings.reports.never"),
        (ReportState(), "week", False, "settings.reports.nowhere"),
        (ReportState(), "week", True, "settings.reports.soon"),
        (ReportState(next_on=date(2026, 12, 7)), "four_weeks", True, "settings.reports.next"),
        (ReportState(trouble=message("report.no_mailbox")), "week", True, "report.no_mailbox"),
    ],
)
def test_one_sentence_tells_it(state: ReportState, rhythm: str, goes: bool, said: str) -> None:
    assert said_of(state, rhythm, goes=goes).id == said
