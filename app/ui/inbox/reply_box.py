"""The reply box: editor, how long it is, who may read it, what goes with it, and the one word of advice there is about it.

What is worth a word is decided in counsel.py, what keeps it from leaving in writing.py, what waits in holding.py, and what buttons do in
deeds.py; this keeps them in step with what is typed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.models.message import Visibility
from app.models.post import Picture
from app.models.prepared import Prepared
from app.models.promise import Promised
from app.ui.inbox.answer_list import AnswerList
from app.ui.inbox.answers_in_reply import AnswersInReply
from app.ui.inbox.blank_fields import BlankFields
from app.ui.inbox.counsel import Situation
from app.ui.inbox.deeds import Deeds
from app.ui.inbox.drafts import NOTHING, Draft, DraftKeeper, Save
from app.ui.inbox.early_keys import EarlyKeys
from app.ui.inbox.holding import Holding
from app.ui.inbox.link_line import LinkLine
from app.ui.inbox.reply_bar import ReplyBar
from app.ui.inbox.reply_editor import Frame, ReplyEditor
from app.ui.inbox.reply_pictures import ReplyPictures
from app.ui.inbox.reply_strip import ReplyStrips
from app.ui.inbox.reply_to import Asked, ReplyTo
from app.ui.inbox.writing import Aside, Writing
from app.ui.look import Look
from app.ui.notices import announce
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Line

COALESCED_MS = 30
TICK_MS = 1000
PAUSE_MS = 400


class Taken(NamedTuple):
    """What is handed over to be sent."""

    parts: tuple[str, ...]
    visibility: Visibility
    draft: Draft
    """As it was written, to be given back exactly."""
    cursor: int
    answers: tuple[Prepared, ...] = ()
    """Of the playbook, that it came from."""
    aside: tuple[Aside, ...] = ()
    """Own words that an answer took the place of."""
    language: str = ""
    """Of the reply."""
    promise: Promised | None = None
    """To be remembered with it."""
    offered: Promised | None = None
    """What it promises, where nobody said whether that is to be remembered."""


class ReplyBox(QWidget):
    """Says `send_wanted`, `note_wanted` and `changed`; keeps its draft through `save`."""

    send_wanted = Signal()
    note_wanted = Signal()
    picture_wanted = Signal()
    """The dialog is wanted."""
    pasted = Signal(object)
    """Pictures: paths, or an image."""
    read_wanted = Signal()
    """What came while this was being written is to be looked at."""
    changed = Signal()

    def __init__(self, look: Look, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._to: ReplyTo | None = None
        self.asked = Asked()
        self.state = Writing()
        self._away: dict[int, set[str]] = {}
        self._left: dict[int, tuple[str, tuple[Prepared, ...]]] = {}
        """Of conversations that were left: their texts, and the answers these came from."""
        self.holding = Holding()
        self.drafts = DraftKeeper(save, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.frame = Frame(look)
        outer.addWidget(self.frame)
        column = QVBoxLayout(self.frame)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        self.editor = ReplyEditor(look)
        self.editor.takes_pictures = True
        self._early = EarlyKeys(self.editor)
        self.blanks = BlankFields(look)
        self.pictures = ReplyPictures(look)
        self.link = LinkLine(look)
        self.strips = ReplyStrips(look)
        self.strip, self.promise = self.strips.advice, self.strips.promise
        self.bar = ReplyBar(look)
        self.answers = AnswerList(look, self.editor)
        self.playbook = AnswersInReply(self)
        self._deeds = Deeds(self, lambda: look.text("inbox.no_answers"), self)
        for part in (self.editor, self.blanks, self.pictures, self.link):
            column.addWidget(part)
        nest(column, self.strips)
        column.addWidget(Line(look))
        column.addWidget(self.bar)
        self._count = QTimer(self)
        self._count.setSingleShot(True)
        self._count.setInterval(COALESCED_MS)
        self._count.timeout.connect(self.measure)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(lambda: self.measure(rested=True))
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.measure)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.editor.textChanged.connect(self._typed)
        self.editor.focused.connect(self._focus_moved)
        self.editor.pictures.connect(self.pasted)
        self.pictures.changed.connect(self._typed)
        self.blanks.given.connect(self.playbook.fill_in)
        self.blanks.left.connect(self.editor.setFocus)
        self.link.here = self._deeds.link_here
        self.link.given.connect(self._deeds.insert_link)
        self.link.left.connect(self.editor.setFocus)
        for strip in (self.strip, self.promise):
            strip.wanted.connect(self._deeds.do)
            strip.put_away.connect(self.put_away)
        self.answers.typed.connect(self._deeds.find_answers)
        self.answers.chosen.connect(self.playbook.insert)
        bar = self.bar
        bar.readers_chosen.connect(self.choose_readers)
        bar.language_chosen.connect(self.speak)
        bar.link.clicked.connect(self.link.ask)
        bar.picture.clicked.connect(self.picture_wanted)
        bar.note.clicked.connect(self.note_wanted)
        bar.send.clicked.connect(self.send_wanted)

    # ---- what it is to

    def retranslate(self) -> None:
        """The language changed."""
        for part in (self.bar, self.link, self.pictures):
            part.retranslate()
        self.strips.rename()
        name_editor(self.editor, self._look, self._to)
        self.measure()

    def show_reply(self, to: ReplyTo | None, draft: Draft, asked: Asked | None = None) -> None:
        """Another conversation, or the same read again: what was typed meanwhile stays."""
        before = self._to
        same = to is not None and before is not None and to.conversation_id == before.conversation_id
        if to is not None and before is not None and same and self.text().strip():
            to = replace(to, default=before.default)  # nobody else may read what was begun, however they write now
        self._to = to
        self.asked = asked or Asked()
        self.pictures.find_with(self.asked.picture_path)
        shut = to is not None and bool(to.closed)
        self.editor.setReadOnly(shut)  # what was begun can be read and copied
        self.bar.shut(shut)
        if same and to is not None and before is not None and self.text().strip() and self.state.hear(before, to):
            announce(self, self._look.text(self.state.news, name=to.name), "info")
        kept = self.drafts.pending or (self.editor.hasFocus() and self.text() and self.text() != draft.text)
        if same and (kept or draft == self.draft()):
            self.show_abilities()
            self.measure()
            return
        self.drafts.follow(to.conversation_id if to is not None else None, draft)
        self.setEnabled(to is not None)
        self._put(draft)
        self._early.type()
        name_editor(self.editor, self._look, self._to)

    @property
    def to(self) -> ReplyTo | None:
        """What a reply here is to; None while the conversation is read."""
        return self._to

    @property
    def conversation(self) -> int | None:
        """Whose reply is in the box; None while it waits for its conversation to be read."""
        return self._to.conversation_id if self._to is not None else None

    def leave(self, coming: int) -> None:
        """Another conversation is about to be shown: what was typed is kept, and what is typed until then is for that one."""
        if self._to is not None:
            self._left.pop(self._to.conversation_id, None)
            if self.state.answers and not self.state.aside:
                self._left[self._to.conversation_id] = self.text(), self.state.answers
        self.drafts.follow(None, NOTHING)
        self._to = None
        self.asked = Asked()
        self.editor.setReadOnly(True)
        self._early.hold(coming)
        self.link.hide()
        self._put(NOTHING)

    def restore(self, taken: Taken) -> None:
        """What was handed over comes back as it was, cursor and all, with the answers it came from and what was put aside for them."""
        self._put(taken.draft, taken.cursor, taken.answers)
        self.state.aside = taken.aside
        self.drafts.typed(self.draft())
        self.measure()

    def take(self) -> Taken | None:
        """Hand over what is to be sent and be empty; None, and a word beside it, when it cannot go as it is."""
        to = self._to
        if to is None or to.closed:
            return None  # the strip says why
        self.blanks.give()
        if not self.text().strip():
            self.frame.mark_wrong(True)
            self.editor.setFocus()
            return None
        self.state.cut(to, self.text(), live=False)
        if self.state.stops(to, self.text(), self.asked, self.holding):
            self.measure()
            self.editor.setFocus()
            if self.state.empty:
                self.editor.next_empty(0)
            announce(self, self.strip.accessibleName(), "warn")
            return None
        state, promised = self.state, self.asked.promise(self.text(), self.language)
        away = "promise" in self._away.get(to.conversation_id, ())
        taken = Taken(
            state.parts or (self.text().strip(),),
            self.visibility,
            self.standing(),
            self.editor.cursor_place(),
            state.used(self.text()),
            state.aside,
            self.language,
            promised if state.remembers else None,
            None if state.remembers or away else promised,
        )
        self.holding.release(to.conversation_id)
        self._away.pop(to.conversation_id, None)
        self._left.pop(to.conversation_id, None)
        self.drafts.forget()
        self._put(NOTHING)
        return taken

    def text(self) -> str:
        return self.editor.text()

    def draft(self) -> Draft:
        """What is kept of the box: what stands in it, and own words that an answer took the place of."""
        now, state = self.standing(), self.state
        if not state.aside:
            return now
        own = [each.draft.text for each in reversed(state.aside)]
        texts = [now.text, *own] if state.is_own(now.text) else own
        pictures = now.pictures if state.is_own(now.text) else state.aside[-1].draft.pictures
        return now._replace(text="\n\n".join(text for text in texts if text.strip()), pictures=pictures)

    def standing(self) -> Draft:
        """What stands in the box."""
        return Draft(self.text(), self.state.chosen, self.pictures.pictures, self.state.language)

    @property
    def visibility(self) -> Visibility:
        """Who may read it: what was chosen, whether or not it can be shown here; else as the customer wrote."""
        if self.state.chosen is not None:
            return self.state.chosen
        if self.bar.readers.index == 1:
            return Visibility.DIRECT
        default = self._to.default if self._to is not None else Visibility.PUBLIC
        return Visibility.PUBLIC if default is Visibility.DIRECT else default

    @property
    def language(self) -> str:
        """Of the reply."""
        return self.state.language or (self._to.language if self._to is not None else "")

    # ---- what keys and buttons do

    def escape(self) -> bool:
        """Put away what lies on top of the writing; whether there was something."""
        if self.answers.put_away():
            return True
        if not self.link.isHidden():
            self.link.leave()
            return True
        return False

    def speak(self, language: str) -> None:
        """Another language for the reply."""
        theirs = self._to.language if self._to is not None else ""
        self.state.language = "" if language == theirs else language
        self.show_abilities()
        self._typed()
        self.editor.setFocus()

    def add_picture(self, picture: Picture) -> None:
        """One that is in the profile now; more than the network takes are left out."""
        if self._to is not None and len(self.pictures.pictures) < self._to.pictures:
            self.pictures.add(picture)
            self.show_abilities()

    # ---- inside: showing

    def _put(self, draft: Draft, cursor: int | None = None, answers: tuple[Prepared, ...] = ()) -> None:
        """Show a draft; nothing of the one before stays."""
        self.state = state = Writing(chosen=draft.visibility, language=draft.language)
        left = self._left.get(self._to.conversation_id) if self._to is not None else None
        state.answers = answers or (left[1] if left is not None and left[0] == draft.text else ())
        if len(state.answers) == 1 and state.answers[0].text == draft.text:
            state.shown = state.answers[0]
        filled = state.shown.filled if state.shown is not None else ()
        blocked = self.editor.blockSignals(True)
        if self.editor.text() != draft.text or cursor is not None:
            self.editor.put(draft.text, cursor, filled)
        self.editor.blockSignals(blocked)
        self.answers.close_list()
        to = self._to
        self.pictures.show_pictures(draft.pictures, to.alt_text if to is not None else 0)
        self.frame.mark_wrong(False)
        self.show_abilities()
        self.measure()
        self.changed.emit()

    def show_abilities(self) -> None:
        """What the account can do here, and what was chosen."""
        to = self._to
        chosen = self.state.chosen or (to.default if to is not None else None)
        self.bar.show_readers(chosen, may=to is None or to.private, why="" if to is None else to.why_not_private)
        self.bar.readers.setVisible(to is None or not to.email)
        self.bar.show_language(self.language, to.language if to is not None else "")
        room = to is not None and len(self.pictures.pictures) < to.pictures
        full = self._look.text("inbox.no_more_pictures") if to is not None and to.pictures else ""
        self.bar.show_picture(may=room, why=(to.why_no_pictures or full) if to is not None else "")

    # ---- inside: following what is typed

    def _typed(self) -> None:
        self.state.empty = ""
        if self.state.chosen is None and self.visibility is Visibility.DIRECT and self.text().strip():
            self.state.chosen = Visibility.DIRECT  # it stays private when it is found again, whatever was written since
        self.frame.mark_wrong(False)
        self.drafts.typed(self.draft())
        if not self._count.isActive():
            self._count.start()
        self.changed.emit()

    def _focus_moved(self, here: bool) -> None:
        self.frame.light(here)
        if self.promise.advice is not None:
            self._count.start()  # keys of its buttons are others where the keyboard is elsewhere
        if not here:
            self.drafts.keep()

    def choose_readers(self, index: int) -> None:
        """Public (0) or private (1), by hand."""
        self.bar.readers.choose(index)
        self.state.chosen = None
        self.state.chosen = Visibility.DIRECT if index else self.visibility
        self.drafts.typed(self.draft())
        self.measure()

    def put_away(self, about: str) -> None:
        """This advice is not wanted here."""
        if self._to is not None:
            self._away.setdefault(self._to.conversation_id, set()).add(about)
        self.measure()
        self.editor.setFocus()

    def measure(self, *, rested: bool = False) -> None:
        """Count, cut, and say what stands in the way. `rested`: there was a pause in typing, time for what takes longer."""
        to, text = self._to, self.text()
        if to is None or to.closed:
            self.blanks.show_gaps(())
            self.bar.ring.show_length(0, 0)
            self.bar.show_parts(0)
            if to is not None:
                self.strips.show_for(Situation(to))
            else:
                self.strips.show_nothing()
            return
        gaps = [gap for each in self.state.answers for gap in each.gaps if f"{{{gap.name}}}" in text]
        self.blanks.show_gaps(list(dict.fromkeys(gaps)))
        length, limit = to.measure(text)
        if not self.state.cut(to, text, live=not rested):
            self._pause.start()
        parts = self.state.parts
        self.bar.show_parts(len(parts))
        self.bar.ring.setVisible(not parts)
        self.bar.ring.show_length(length, limit)
        self.editor.show_cuts(self.state.cuts if parts else ())
        surplus = length - limit if limit and not parts else 0
        self.strips.show_for(self._situation(to, text, max(0, surplus)))

    def _situation(self, to: ReplyTo, text: str, surplus: int) -> Situation:
        state, asked = self.state, self.asked
        held = None
        if self.holding.holds(to.conversation_id):
            held = self.holding.standing(to.conversation_id, asked.now(), asked.anger(text) if text.strip() else ())
        if held is not None and not self._tick.isActive():
            self._tick.start()
        elif held is None:
            self._tick.stop()
        return Situation(
            to=to,
            text=text,
            surplus=surplus,
            private=self.bar.readers.index == 1,
            chosen=state.chosen is not None,
            held=held,
            empty=state.label(state.empty) or state.empty,
            required=bool(state.label(state.empty)),
            doubt=self._look.text(doubt) if (doubt := state.doubt(text)) is not None else "",
            aside=bool(state.aside),
            style=asked.style(text, self.language, max(1, len(state.parts))) if text.strip() else (),
            news=state.news,
            seen=asked.look(text, to.theirs) if text.strip() else None,
            has_terms=bool(asked.terms(self.language)),
            away=frozenset(self._away.get(to.conversation_id, ())),
            promise=(promise := asked.promise(text, self.language) if text.strip() else None),
            due=asked.due(promise.due_at) if promise is not None else "",
            remembers=state.remembers,
            settles=asked.settles(text) if text.strip() else "",
            invite=asked.invite(),
            writing=self.editor.hasFocus(),
        )


def name_editor(editor: ReplyEditor, look: Look, to: ReplyTo | None) -> None:
    """Say whom the reply is to."""
    name = to.name if to is not None else ""
    editor.setPlaceholderText(look.text("inbox.reply_to", name=name) if name else "")
    editor.setAccessibleName(look.text("inbox.reply_to", name=name) if name else look.text("command.inbox.reply"))
