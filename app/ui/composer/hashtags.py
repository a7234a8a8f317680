"""Hashtags and people in the texts: completed while one types, and hashtags inserted by sets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QTextCursor

from app.models.hashtags import HashtagSet, missing, offers
from app.ui.composer.completing import Completion, Offer
from app.ui.composer.composition import Composition, Place
from app.ui.composer.drafting import has_own
from app.ui.composer.editor import PartEditor
from app.ui.composer.hashtag_sheet import HashtagSheet
from app.ui.names import network_name
from app.ui.page import PageFace

MOST_PEOPLE = 6


class Hashtags:
    """One for the card of the texts. `editors` are those shown, `current` the one written in last."""

    def __init__(self, face: PageFace, editors: Callable[[], Sequence[PartEditor]], current: Callable[[], int]) -> None:
        self._face = face
        self._editors = editors
        self._current = current
        self._composition: Composition | None = None
        self._known: tuple[int | None, tuple[str, ...]] | None = None
        self.completions: list[Completion] = []

    def watch(self, editor: PartEditor) -> None:
        """Complete what is typed into it."""
        self.completions = [each for each in self.completions if each.editor in self._editors()]
        self.completions.append(Completion(self._face.look, editor, self._ask))

    def show_composition(self, composition: Composition) -> None:
        self._composition = composition

    def forget(self) -> None:
        """Posts, campaigns or sets changed."""
        self._known = None

    def put_away(self) -> bool:
        """Go on typing without what is offered; whether something was."""
        shown = [each for each in self.completions if not each.isHidden()]
        for each in shown:
            each.hide()
        return bool(shown)

    # ---- completing

    def _ask(self, sign: str, begun: str, deliver: Callable[[Sequence[Offer]], None]) -> None:
        if sign == "@":
            self._ask_people(begun, deliver)
        else:
            self._ask_tags(begun, deliver)

    def _ask_tags(self, begun: str, deliver: Callable[[Sequence[Offer]], None]) -> None:
        campaign = self._composition.draft.campaign_id if self._composition is not None else None

        def answer(known: Sequence[str]) -> None:
            self._known = (campaign, tuple(known))
            deliver([Offer(f"#{tag}") for tag in offers(begun, known)])

        if self._known is not None and self._known[0] == campaign:
            answer(self._known[1])
        else:
            self._face.services.reads.later(lambda queries: queries.hashtags_known(campaign), answer)

    def _ask_people(self, begun: str, deliver: Callable[[Sequence[Offer]], None]) -> None:
        """Those who have a profile where this text goes to, by the handle they have there."""
        networks = list(dict.fromkeys(place.account.network for place in self._readers()))
        if not begun or not networks:
            deliver([])
            return

        def read(queries: Any) -> list[tuple[str, str, str]]:
            return [(network, handle, name) for network in networks for handle, name in queries.people_on(network, begun, MOST_PEOPLE)]

        def answer(found: list[tuple[str, str, str]]) -> None:
            several = len(networks) > 1
            deliver([Offer(_handle(handle), f"{name} · {network_name(network)}" if several else name) for network, handle, name in found[:MOST_PEOPLE]])

        self._face.services.reads.later(read, answer)

    def _readers(self) -> list[Place]:
        composition = self._composition
        if composition is None:
            return []
        place = composition.place(composition.tab)
        return [place] if place is not None else [each for each in composition.chosen if not has_own(composition.draft, each.id)]

    # ---- sets

    def ask(self) -> None:
        """Open the sets."""
        editors = self._editors()
        if editors:
            self._face.window.open_sheet(HashtagSheet(self._face, editors[0].window(), self.insert))

    def insert(self, kept: HashtagSet) -> None:
        """Its tags, those that the text does not have yet, where the cursor stands; at the end where nothing is written in."""
        editors = self._editors()
        if not editors:
            return
        editor = editors[min(self._current(), len(editors) - 1)]
        tags = missing(editor.toPlainText(), kept.tags)
        cursor = editor.textCursor()
        if tags:
            before = cursor.block().text()[: cursor.positionInBlock()]
            gap = "" if not before or before[-1].isspace() else " "
            cursor.clearSelection()
            cursor.insertText(gap + " ".join(f"#{tag}" for tag in tags))
        editor.setTextCursor(cursor)
        editor.setFocus()


def _handle(handle: str) -> str:
    return handle if handle.startswith("@") else f"@{handle}"


def select_word(editor: PartEditor, word: str) -> bool:
    """Put the cursor on the first place where a word stands; whether there is one."""
    place = editor.toPlainText().find(word)
    if place < 0:
        return False
    text = editor.toPlainText()
    cursor = editor.textCursor()
    cursor.setPosition(len(text[:place].encode("utf-16-le")) // 2)
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, len(word.encode("utf-16-le")) // 2)
    editor.setTextCursor(cursor)
    return True
