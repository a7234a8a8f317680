"""What the strip's buttons, the link's line and the list of answers do with the reply that is being written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QTextCursor

from app.models.prepared import Prepared
from app.ui.inbox.answer_list import AnswerList
from app.ui.inbox.answers_in_reply import AnswersInReply
from app.ui.inbox.holding import Holding
from app.ui.inbox.link_line import LinkLine
from app.ui.inbox.reply_editor import ReplyEditor, units
from app.ui.inbox.reply_pictures import ReplyPictures
from app.ui.inbox.reply_to import Asked
from app.ui.inbox.writing import Writing

LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")


class Wanted(Protocol):
    """A signal without values."""

    def emit(self) -> None: ...


class Box(Protocol):
    """What deeds may ask of the reply box."""

    editor: ReplyEditor
    pictures: ReplyPictures
    answers: AnswerList
    link: LinkLine
    holding: Holding
    asked: Asked
    state: Writing

    @property
    def send_wanted(self) -> Wanted: ...

    @property
    def read_wanted(self) -> Wanted: ...

    @property
    def language(self) -> str: ...

    @property
    def conversation(self) -> int | None: ...

    def text(self) -> str: ...

    def measure(self) -> None: ...

    def put_away(self, about: str) -> None: ...

    def choose_readers(self, index: int) -> None: ...

    @property
    def playbook(self) -> AnswersInReply: ...


class Deeds(QObject):
    """Every text goes in through the cursor, so that Ctrl+Z in the box takes it out again."""

    def __init__(self, box: Box, no_answers: Callable[[], str], parent: QObject) -> None:
        """`no_answers`: what is said where the playbook has nothing that fits."""
        super().__init__(parent)
        self._box = box
        self._no_answers = no_answers
        self._deeds: dict[str, Callable[[], None]] = {
            "private": self._be_private,
            "ask_private": lambda: self._append(box.asked.privately(box.language), "personal"),
            "terms": lambda: self._append(box.asked.terms(box.language), "terms"),
            "set_terms": lambda: box.asked.set_terms(),
            "calm": self._open_calmly,
            "anyway": self._send_anyway,
            "next_empty": self._go_to_empty,
            "meant": self._send_as_it_is,
            "read": self._read_news,
            "past_news": self._send_past_news,
            "drop": self._drop,
            "promise": lambda: self._remember(True),
            "promise_not": lambda: self._remember(False),
            "agreement": lambda: box.asked.record(),
            "invite": lambda: box.asked.to_email(),
            "use_answer": lambda: box.asked.use_answer(),
            "bring_back": self._bring_back,
        }

    def do(self, verb: str) -> None:
        """A button of the strip."""
        self._deeds[verb]()

    # ---- the strip

    def _remember(self, wanted: bool) -> None:
        """What it promises, when it is sent."""
        self._box.state.remembers = wanted
        self._box.measure()

    def _be_private(self) -> None:
        self._box.choose_readers(1)
        self._box.editor.setFocus()

    def _append(self, sentence: str, about: str) -> None:
        """Add a sentence at the end."""
        box = self._box
        box.put_away(about)
        cursor = box.editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        text = box.text()
        cursor.insertText(sentence if not text.strip() or text.endswith(("\n", " ")) else f"\n{sentence}")
        box.editor.setTextCursor(cursor)
        box.editor.setFocus()

    def _open_calmly(self) -> None:
        """Put a calm opening in front; once more, another one in its place."""
        box = self._box
        openings = list(box.asked.openings(box.language))
        if not openings:
            return
        last = box.state.opening
        there = openings[last] if last is not None and box.text().startswith(openings[last]) else ""
        number = (last + 1) % len(openings) if there and last is not None else 0
        cursor = box.editor.textCursor()
        cursor.setPosition(0)
        cursor.setPosition(units(there, len(there)), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(openings[number] if there else f"{openings[number]} ")
        box.state.opening = number
        box.editor.setFocus()

    def _send_anyway(self) -> None:
        if self._box.conversation is not None:
            self._box.holding.let(self._box.conversation)
            self._box.send_wanted.emit()

    def _go_to_empty(self) -> None:
        self._box.editor.setFocus()
        self._box.editor.next_empty(0)

    def _send_as_it_is(self) -> None:
        self._box.state.meant = True
        self._box.send_wanted.emit()

    def _send_past_news(self) -> None:
        self._box.state.news = ""
        self._box.send_wanted.emit()

    def _read_news(self) -> None:
        self._box.state.news = ""
        self._box.measure()
        self._box.read_wanted.emit()

    def _drop(self) -> None:
        """What was written goes."""
        box = self._box
        box.state.news = ""
        cursor = box.editor.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        box.pictures.show_pictures(())
        box.pictures.changed.emit()
        box.measure()
        box.read_wanted.emit()

    def _bring_back(self) -> None:
        self._box.playbook.bring_back()
        self._box.editor.setFocus()

    # ---- links and answers

    def link_here(self) -> str:
        """The link that the cursor stands in; empty where it stands in none."""
        text, place = self._box.text(), self._link_place()
        return text[place[0] : place[1]] if place is not None else ""

    def _link_place(self) -> tuple[int, int] | None:
        """In code points."""
        here = self._box.editor.cursor_place()
        found = (match.span() for match in LINK.finditer(self._box.text()))
        return next((span for span in found if span[0] <= here <= span[1]), None)

    def insert_link(self, address: str) -> None:
        """Where the cursor stands, as a word of its own; in the place of the link that it stands in."""
        box = self._box
        if box.link.counts.isChecked():
            address = box.asked.tracked(address)
        place = self._link_place()
        if place is not None:
            box.editor.insert_filled(address, (), over=place)
            box.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        text, here = box.text(), box.editor.cursor_place()
        before = "" if not here or text[here - 1].isspace() else " "
        after = "" if here >= len(text) or text[here].isspace() else " "
        box.editor.textCursor().insertText(f"{before}{address}{after}")
        box.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_answers(self, typed: str) -> None:
        """What fits what stands after the slash."""
        box = self._box

        def show(found: Sequence[Prepared]) -> None:
            if box.answers.word != typed:
                return  # an older question, answered late: what was chosen meanwhile stays chosen
            box.answers.show_answers(found, "" if found or len(typed) > 2 else self._no_answers())

        box.asked.answers(typed, box.language, show)
