"""Settings, Calendars: the folder is chosen, and how it stands is said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.models.plan import FolderState
from app.runtime.settings import Plan
from app.runtime.signals import Signal
from app.runtime.words import Message, message
from app.ui.settings.calendars import CalendarsPane, FolderEditor
from tests.ui.shop import NOW, Shop, nameless, texts


class FakeFolder:
    def __init__(self) -> None:
        self.changed: Signal[[]] = Signal("folder")
        self.said: Signal[[Message]] = Signal("said")
        self.state = FolderState()
        self.asked = 0

    async def write_now(self) -> FolderState:
        self.asked += 1
        return self.state

    def become(self, state: FolderState) -> None:
        self.state = state
        self.changed.emit()


@pytest.fixture
def folder(shop: Shop) -> FakeFolder:
    made = FakeFolder()
    shop.services.calendar_folder = made
    return made


def pane(shop: Shop) -> CalendarsPane:
    shop.shell.actions.run("plan.folder")
    found = shop.page.stack.currentWidget()
    assert isinstance(found, CalendarsPane)
    return found


def editor(shown: CalendarsPane) -> FolderEditor:
    found: Any = shown.row("plan.folder").editor
    assert isinstance(found, FolderEditor)
    return found


def test_a_folder_is_chosen_and_stands_as_it_is_told(shop: Shop, folder: FakeFolder) -> None:
    shown = pane(shop)
    assert "No folder is chosen." in texts(shown)
    assert shown.now.isHidden()
    editor(shown).take("/home/ana/Calendar")
    assert shop.services.settings.get(Plan).folder == "/home/ana/Calendar"
    assert "It is written in a moment." in texts(shown)
    folder.become(FolderState("/home/ana/Calendar", NOW - timedelta(minutes=2), 12))
    assert any(text.startswith("Up to date since") and "12 posts" in text for text in texts(shown))
    shown.now.click()
    assert folder.asked == 1
    assert nameless(shown) == []


def test_what_is_wrong_is_said(shop: Shop, folder: FakeFolder) -> None:
    shown = pane(shop)
    editor(shown).take("/mnt/stick")
    folder.become(FolderState("/mnt/stick", None, 0, message("plan.folder_missing", folder="/mnt/stick")))
    assert any("/mnt/stick is not there" in text for text in texts(shown))


def test_what_is_no_folder_of_this_computer_is_refused_beside_the_line(shop: Shop, folder: FakeFolder) -> None:
    shown = pane(shop)
    editor(shown).line.setText("Calendar")
    editor(shown).line.editingFinished.emit()
    assert shop.services.settings.get(Plan).folder == ""
    assert any("This is no folder" in text for text in texts(shown))
