"""Keeps what is being typed: 400 ms after the last key, at least each second while typing, and whenever the box is left.

What cannot be stored is kept here, for as long as the window is open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

from app.models.message import ConversationDetail, Visibility
from app.models.post import Picture

PAUSE_MS = 400
TYPING_MS = 1000


class Draft(NamedTuple):
    """What stands in a reply box, and what was chosen there."""

    text: str = ""
    visibility: Visibility | None = None
    """None while it is as the customer wrote."""
    pictures: tuple[Picture, ...] = ()
    language: str = ""
    """Empty while it is the customer's."""

    @property
    def holds(self) -> bool:
        """Whether something would be lost with it."""
        return bool(self.text.strip() or self.pictures)


NOTHING = Draft()
Save = Callable[[int, Draft], None]


def draft_of(detail: ConversationDetail) -> Draft:
    """The draft as it was read."""
    pictures = tuple(Picture(path, alt) for path, alt in detail.draft_pictures)
    return Draft(detail.draft, detail.draft_visibility, pictures, detail.draft_language)


class Unkept:
    """Drafts on their way to the disk, and those that it did not take: they stand before what is stored."""

    def __init__(self) -> None:
        self._drafts: dict[int, Draft] = {}

    def put(self, conversation_id: int, draft: Draft) -> None:
        """It is to be stored."""
        self._drafts[conversation_id] = draft

    def stored(self, conversation_id: int, draft: Draft) -> None:
        """It is; a newer one may still be on its way."""
        if self._drafts.get(conversation_id) == draft:
            del self._drafts[conversation_id]

    def forget(self, conversation_id: int) -> None:
        """It was handed over."""
        self._drafts.pop(conversation_id, None)

    def texts(self) -> tuple[str, ...]:
        """What would be lost if the window were closed now."""
        return tuple(draft.text for draft in self._drafts.values() if draft.text.strip())

    def drafts(self) -> tuple[tuple[int, Draft], ...]:
        """All of them, to try once more."""
        return tuple(self._drafts.items())

    def over(self, detail: ConversationDetail) -> ConversationDetail:
        """The conversation with the draft that was really typed last."""
        if detail.id not in self._drafts:
            return detail
        draft = self._drafts[detail.id]
        pictures = tuple((picture.path, picture.alt) for picture in draft.pictures)
        return replace(
            detail,
            draft=draft.text,
            draft_visibility=draft.visibility,
            draft_pictures=pictures,
            draft_language=draft.language,
        )


class DraftKeeper(QObject):
    """Follows the text of one conversation at a time; `save` is called with what is to be kept."""

    def __init__(self, save: Save, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._save = save
        self._of: int | None = None
        self._kept = NOTHING
        self._now = NOTHING
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.keep)

    @property
    def pending(self) -> bool:
        """Whether something typed is not kept yet."""
        return self._of is not None and self._now != self._kept

    @property
    def conversation(self) -> int | None:
        return self._of

    def follow(self, conversation_id: int | None, draft: Draft) -> None:
        """Another conversation, with the draft it has; what was typed before is kept first."""
        self.keep()
        self._of = conversation_id
        self._kept = self._now = draft

    def typed(self, draft: Draft) -> None:
        """The text changed, or what goes with it."""
        self._now = draft
        if self.pending:
            self._pause.start()
            if not self._typing.isActive():
                self._typing.start()

    def keep(self) -> None:
        """Save now what is not kept yet."""
        self._pause.stop()
        self._typing.stop()
        if self._of is not None and self._now != self._kept:
            self._kept = self._now
            self._save(self._of, self._now)

    def forget(self) -> None:
        """What was typed has been handed over: there is no draft any more, and nothing to save."""
        self._pause.stop()
        self._typing.stop()
        self._kept = self._now = NOTHING
