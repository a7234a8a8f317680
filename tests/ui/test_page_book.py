"""Pages are made when first shown, hear later what they missed, and keep their focus and their sizes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.store.changes import Changes
from app.ui.page_book import PageBook
from app.ui.shell import Shell
from tests.ui.stand_ins import PlainPage, TouchedAll, entries


def test_a_page_is_made_once(shell: Shell) -> None:
    book = shell.window.book
    assert set(book.made()) == {"inbox"}
    assert book.page("today") is book.page("today")
    assert set(book.made()) == {"inbox", "today"}


def test_pages_that_are_away_hear_of_changes_when_they_come_back(shell: Shell) -> None:
    book = shell.window.book
    today, inbox = book.page("today"), book.page("inbox")
    assert isinstance(today, PlainPage)
    assert isinstance(inbox, PlainPage)
    book.hear("inbox", TouchedAll("conversation"))
    assert inbox.heard[-1] == "changes"
    assert "changes" not in today.heard
    book.catch_up("today")
    book.catch_up("today")
    assert today.heard.count("changes") == 1


def test_however_much_happens_while_a_page_is_away_it_hears_of_it_once(shell: Shell) -> None:
    book = shell.window.book
    today = book.page("today")
    assert isinstance(today, PlainPage)
    for number in range(3000):
        book.hear("inbox", Changes({"conversation": frozenset({number}), "post": frozenset({number % 7})}))
    kept = book._missed["today"]
    assert kept.all_of("conversation")
    assert kept.ids("post") == frozenset(range(7))
    book.catch_up("today")
    assert today.heard.count("changes") == 1
    assert not book._missed


def test_the_focus_comes_back_to_where_it_was(shell: Shell) -> None:
    page = shell.window.page()
    assert isinstance(page, PlainPage)
    page.field.setFocus()
    shell.window.show_page("today")
    shell.window.show_page("inbox")
    assert QApplication.focusWidget() is page.field


def test_what_a_page_wants_to_find_again_is_kept_in_the_profile(shell: Shell, tmp_path: Path) -> None:
    shell.window.remember()
    again = PageBook(entries(), QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    again.make_with(lambda entry: entry.factory(shell.window.page().face))  # type: ignore[union-attr]
    page = again.page("inbox")
    assert isinstance(page, PlainPage)
    assert page.heard == ["resume {'width': '300'}"]


def test_a_book_must_be_told_how_pages_are_made(tmp_path: Path) -> None:
    book = PageBook(entries(), QSettings(str(tmp_path / "x.ini"), QSettings.Format.IniFormat))
    with pytest.raises(RuntimeError):
        book.page("inbox")
