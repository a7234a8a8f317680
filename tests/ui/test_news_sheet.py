"""What each version brought, from the list of changes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.runtime.paths import resources
from app.ui.look import Look
from app.ui.news_sheet import NewsSheet, pieces, text_of
from app.ui.widgets.text import Label


def test_versions_are_titles_and_entries_paragraphs() -> None:
    text = "# What is new\n\n## 0.2\n\nA summer's work.\n\n* One thing\n  in **two** lines.\n* `Another`.\n"
    assert pieces(text) == [("title", "0.2"), ("body", "A summer's work."), ("body", "• One thing in two lines."), ("body", "• Another.")]


def test_the_list_goes_along_with_the_program(tmp_path: Path) -> None:
    assert "## 0.1.0" in text_of(resources())
    assert text_of(tmp_path / "none") == ""


def test_the_sheet_shows_it_or_says_that_it_is_not_here(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 640)
    for folder, wanted in ((resources(), "0.1.0"), (tmp_path / "none" / "deep", "The list of changes is not here.")):
        sheet = NewsSheet(look, window, folder)
        sheet.place()
        assert any(wanted in label.text() for label in sheet.findChildren(Label))
        assert sheet.panel.height() <= 640
