"""The pages made so far: makes each when first shown, keeps its focus while it is away, and tells it later what it missed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.commands.services import Changes
from app.ui.page import Page, PageEntry


class PageBook:
    """One for the window. `remembered` is the INI file of the profile."""

    def __init__(self, entries: Sequence[PageEntry], remembered: QSettings) -> None:
        self.entries: Mapping[str, PageEntry] = {entry.id: entry for entry in entries}
        self._remembered = remembered
        self._make: Callable[[PageEntry], Page] | None = None
        self._pages: dict[str, Page] = {}
        self._missed: dict[str, Changes] = {}
        """All that happened while a page was away, as one: a window stands on one page for days."""
        self._focus: dict[str, QWidget] = {}

    def make_with(self, make: Callable[[PageEntry], Page]) -> None:
        """How a page is made of its entry."""
        self._make = make

    def made(self) -> Mapping[str, Page]:
        """Those made so far, by id."""
        return self._pages

    def page(self, page_id: str) -> Page:
        """The page, made now if need be."""
        if page_id not in self._pages:
            if self._make is None:
                raise RuntimeError("nobody said how pages are made")
            page = self._make(self.entries[page_id])
            page.resume(self._kept(page_id))
            self._pages[page_id] = page
        return self._pages[page_id]

    def hear(self, current: str, changes: Changes) -> None:
        """Tell the page in front at once, the others when they come to the front."""
        for page_id, page in self._pages.items():
            if page_id == current:
                page.on_changes(changes)
            else:
                before = self._missed.get(page_id)
                self._missed[page_id] = changes if before is None else before.merge(changes)

    def catch_up(self, page_id: str) -> None:
        """Tell a page what it missed."""
        missed = self._missed.pop(page_id, None)
        if missed is not None:
            self._pages[page_id].on_changes(missed)

    def keep_focus(self, page_id: str, focus: QWidget | None) -> None:
        """The page goes: remember where the keyboard was."""
        if focus is not None and self._pages[page_id].isAncestorOf(focus):
            self._focus[page_id] = focus

    def give_focus(self, page_id: str) -> None:
        """The page is here: back to where the keyboard was, else to where the page wants it."""
        page = self._pages[page_id]
        kept = self._focus.pop(page_id, None)
        # A page may have been made anew meanwhile, and what had the focus with it.
        there = kept is not None and isValid(kept) and page.isAncestorOf(kept) and kept.isEnabled()
        focus = kept if there else page.first_focus()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def remember(self) -> None:
        """Write down what the pages want to find again."""
        for page_id, page in self._pages.items():
            for key, value in page.resumable().items():
                self._remembered.setValue(f"page.{page_id}/{key}", value)

    def _kept(self, page_id: str) -> dict[str, Any]:
        self._remembered.beginGroup(f"page.{page_id}")
        kept = {key: self._remembered.value(key) for key in self._remembered.childKeys()}
        self._remembered.endGroup()
        return kept
