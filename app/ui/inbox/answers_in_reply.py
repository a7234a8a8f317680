"""What answers of the playbook do with the reply that is being written: stand in its place, come into it, get their values, go again."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from app.models.post import Picture
from app.models.prepared import Prepared
from app.ui.inbox.answer_list import AnswerList
from app.ui.inbox.drafts import Draft
from app.ui.inbox.reply_editor import ReplyEditor, fill_empty
from app.ui.inbox.reply_pictures import ReplyPictures
from app.ui.inbox.reply_to import Asked, ReplyTo
from app.ui.inbox.writing import Aside, Writing


class Box(Protocol):
    """What they may ask of the reply box."""

    editor: ReplyEditor
    pictures: ReplyPictures
    answers: AnswerList
    asked: Asked
    state: Writing

    @property
    def to(self) -> ReplyTo | None: ...

    def text(self) -> str: ...

    def standing(self) -> Draft: ...

    def add_picture(self, picture: Picture) -> None: ...

    def show_abilities(self) -> None: ...

    def measure(self) -> None: ...


class AnswersInReply:
    """Every text goes in through the cursor, so that Ctrl+Z in the box takes it out again."""

    def __init__(self, box: Box) -> None:
        self._box = box

    def show(self, answer: Prepared) -> bool:
        """Put it in place of what stands there; own words are put aside, and the same answer once more brings them back. Whether
        anything can be answered here.
        """
        box = self._box
        to, state, text = box.to, box.state, box.text()
        if to is None or to.closed:
            return False
        if state.shown is not None and state.shown.key == answer.key and text == answer.text:
            self.bring_back()
            return True
        if state.is_own(text):
            state.aside = (*state.aside, Aside(box.standing(), state.used(text)))
        state.shown, state.answers = answer, (answer,)
        self._replace(answer.text, answer.filled, answer.pictures[: to.pictures])
        return True

    def bring_back(self) -> bool:
        """Own words that an answer took the place of stand here again; whether there were any."""
        state = self._box.state
        if not state.aside:
            return False
        last = state.aside[-1]
        state.aside, state.shown, state.answers = state.aside[:-1], None, last.answers
        self._replace(last.draft.text, (), last.draft.pictures)
        return True

    def take_out(self) -> None:
        """What is shown does not fit: own words come back, else nothing stands here."""
        if not self.bring_back():
            self._box.state.shown, self._box.state.answers = None, ()
            self._replace("", (), ())

    def insert(self, answer: Prepared) -> None:
        """In place of the slash and what was typed after it, else where the cursor stands; the rest stays."""
        box = self._box
        start, here, text = box.answers.place, box.editor.cursor_place(), box.text()
        answer = box.asked.turn(answer)
        if answer.key:  # else it is the link of a published question
            box.state.answers = (*(each for each in box.state.answers if each.key != answer.key), answer)
        for picture in answer.pictures:
            box.add_picture(picture)
        gap = " " if start is None and here and not text[here - 1].isspace() else ""
        filled = [(first + len(gap), last + len(gap)) for first, last in answer.filled]
        box.editor.insert_filled(gap + answer.text, filled, over=None if start is None else (start, here))
        box.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, text: str) -> None:
        """Behind what stands there."""
        box = self._box
        if box.to is None or box.to.closed:
            return
        cursor = box.editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(f"\n\n{text}" if box.text().strip() else text)
        box.editor.setTextCursor(cursor)
        box.editor.setFocus()
        box.measure()

    def fill_in(self, name: str, value: str) -> None:
        """An empty placeholder got its value: it is known as such when the reply becomes a wording."""
        box = self._box
        place, state = f"{{{name}}}", box.state
        untouched = state.shown is not None and state.shown.text == box.text()
        state.answers = tuple(
            each._replace(values=(*each.values, (place, value))) if place in each.text else each
            for each in state.answers
        )
        shown = next((each for each in state.answers if state.shown is not None and each.key == state.shown.key), None)
        if untouched and shown is not None:
            state.shown = shown._replace(text=box.text().replace(place, value), filled=())
        fill_empty(box.editor, name, value)
        box.measure()

    def _replace(self, text: str, filled: tuple[tuple[int, int], ...], pictures: tuple[Picture, ...]) -> None:
        box = self._box
        box.pictures.show_pictures(pictures, box.to.alt_text if box.to is not None else 0)
        box.editor.insert_filled(text, filled, over=(0, len(box.text())))
        box.show_abilities()
        box.measure()
