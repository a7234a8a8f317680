"""Suggested answers for the open conversation: asked for when it rests, shown as cards, put into the reply box, sent, refused.

They come late and never hold anything up: the messages are painted first, keys that are held down ask nothing, and what stands on the
cards stays where it is while somebody writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu

from app.commands.answers import Refused
from app.commands.inbox import Written
from app.commands.services import Changes
from app.models.conversation import Category, ConversationRow
from app.models.message import ConversationDetail, MessageKind
from app.models.prepared import Edited, Prepared
from app.runtime.words import Message, message
from app.ui.inbox.answer_picker import AnswerPicker
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.desk import Desk
from app.ui.inbox.preparing import Preparing
from app.ui.inbox.suggestion_strip import MOST
from app.ui.inbox.writing import is_over
from app.ui.notices import announce
from app.ui.page import PageFace

REST_MS = 120
"""A conversation has to rest so long before answers are asked for: while J is held down nothing is."""
SPARE = 4
"""So many more are asked for as may have been refused."""
WITHOUT = frozenset({Category.PRAISE, Category.TROLL, Category.SPAM})
"""Kinds of conversations that the strip of courtesies is for, or nothing."""
CARD_ACTS = ("inbox.answer_{n}", "inbox.send_answer_{n}", "inbox.not_this", "inbox.find_answer")


class _Wanted(NamedTuple):
    """What answers were asked for."""

    conversation_id: int
    message_id: int
    text: str
    language: str


class Suggestions(QObject):
    """`table` maps the names that commands use to what is done."""

    def __init__(self, face: PageFace, desk: Desk, pane: ConversationPane, preparing: Preparing) -> None:
        super().__init__(pane)
        self._face = face
        self._desk = desk
        self._pane = pane
        self._box = pane.reply
        self._strip = pane.suggestions
        self._preparing = preparing
        self.cards: tuple[Prepared, ...] = ()
        self._angry: tuple[str, ...] = ()
        """Of each card, why it should wait."""
        self._wanted: _Wanted | None = None
        self._before_the_box = False
        """The messages were there before the box knew whom it writes to."""
        self._about: int | None = None
        """The card that a menu or a button is about."""
        self._edited: Edited | None = None
        self.table: Mapping[str, Callable[..., Any]] = {
            "show_answer": self._show_answer,
            "answer_to_send": self._answer_to_send,
            "refuse_answer": self._refuse,
            "find_answer": self._find,
            "offer_wording": self._offer_wording,
            "wording_to_keep": lambda: self._edited,
            "escalate_after": lambda: face.actions.run("inbox.escalate"),
        }
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask)
        desk.opened.connect(self._opened)
        desk.detailed.connect(self._detailed)
        self._box.changed.connect(self._box_changed)
        strip = self._strip
        strip.show_wanted.connect(lambda number: face.actions.run(f"inbox.answer_{number}"))
        strip.send_wanted.connect(lambda number: face.actions.run(f"inbox.send_answer_{number}"))
        strip.refused.connect(self._refuse_this)
        strip.menu_wanted.connect(self._menu)
        strip.more_wanted.connect(lambda: face.actions.run("inbox.find_answer"))
        self.destroyed.connect(_dropping(face.services.suggesting.sharper.connect(self._sharper)))

    def facts(self) -> set[str]:
        """What commands want to know."""
        found = {f"answer_{number}" for number in range(1, len(self.cards) + 1)}
        if self.cards:
            found.add("answers")
        if self._edited is not None:
            found.add("edited_answer")
        return found

    def follow(self, changes: Changes) -> None:
        """A commit touched rows, or the services have come."""
        if self._preparing.follow(changes) or changes.touches("answer_choice") or changes.all_of("account"):
            self._rest.start()

    def retranslate(self) -> None:
        """The language of the window changed."""
        self._strip.retranslate()
        self._rest.start()

    # ---- asking

    def _opened(self, row: ConversationRow | None) -> None:
        if row is not None and self._wanted is not None and row.id == self._wanted.conversation_id:
            return
        self._rest.stop()
        self._wanted, self.cards, self._angry = None, (), ()
        if row is None or row.category in WITHOUT:
            self._strip.show_cards((), "", (), "")
        else:
            self._strip.wait()

    def _detailed(self, _row: ConversationRow, _detail: ConversationDetail) -> None:
        wanted = self._want()
        self._before_the_box = wanted is None and self._box.to is None
        if wanted is None:
            self._nothing()
        elif wanted != self._wanted:
            self._rest.start()
        else:
            self._show()

    def _want(self) -> _Wanted | None:
        row, detail = self._desk.row, self._desk.detail
        if row is None or detail is None or detail.id != row.id or row.category in WITHOUT:
            return None
        to = self._box.to
        if to is None or to.conversation_id != row.id or to.closed:
            return None
        said = [each for each in detail.messages if each.kind is not MessageKind.OURS and not each.deleted]
        if not said or not said[-1].text.strip():
            return None
        return _Wanted(row.id, said[-1].id, said[-1].text, self._box.language)

    def _ask(self) -> None:
        wanted = self._wanted = self._want()
        if wanted is None:
            self._nothing()
        else:
            self._face.actions.start("inbox.suggest", self._suggested(wanted))

    async def _suggested(self, wanted: _Wanted) -> None:
        found = await self._face.services.suggesting.suggest(wanted.text, wanted.language, MOST + SPARE)
        if wanted == self._wanted:
            show = partial(self._came, wanted)
            self._preparing.cards(found, wanted.message_id, wanted.language, self.cards, show)

    def _came(self, wanted: _Wanted, found: Sequence[Prepared]) -> None:
        if wanted != self._wanted:
            return
        self.cards = steady([card.key for card in self.cards], found[:MOST])
        asked = self._box.asked
        self._angry = tuple(" ".join(asked.anger(card.text)) for card in self.cards)
        shown = self._box.state.shown
        again = next((card for card in self.cards if shown is not None and card.key == shown.key), None)
        if again is not None and shown is not None and again.text != shown.text and self._box.text() == shown.text:
            self._box.playbook.show(again)  # in another language, or the playbook says it otherwise now
        self._show()
        self._face.actions.refresh()

    def _sharper(self) -> None:
        """What is suggested from now on is better: asked again, as long as nothing was taken or written."""
        if not self._box.text().strip():
            self._rest.start()

    def _nothing(self) -> None:
        self._wanted = None
        if self.cards or not self._strip.isHidden():
            self.cards = ()
            self._show()
            self._face.actions.refresh()

    # ---- showing

    def _show(self) -> None:
        state = self._box.state
        picked = state.shown.key if state.shown is not None and not state.is_own(self._box.text()) else ""
        language = self._wanted.language if self._wanted is not None else ""
        why_not = [self._why_not(number) for number in range(len(self.cards))]
        self._strip.show_cards(self.cards, language or (self.cards[0].language if self.cards else ""), why_not, picked)

    def _box_changed(self) -> None:
        wanted = self._wanted
        if wanted is None:
            if self._before_the_box and self._want() is not None:
                self._before_the_box = False
                self._rest.start()
            return
        if self._box.conversation == wanted.conversation_id and self._box.language != wanted.language:
            self._rest.start()
        if self.cards:
            self._show()

    def _why_not(self, place: int) -> str:
        """What keeps a card from being sent as it is; empty where nothing does."""
        to, card, text = self._box.to, self.cards[place], self._face.text
        if to is None or to.closed:
            return to.closed if to is not None else ""
        state, there = self._box.state, self._box.text()
        is_there = state.shown is not None and state.shown.key == card.key and not state.is_own(there)
        empty = [gap for gap in card.gaps if not is_there or f"{{{gap.name}}}" in there]
        if empty:
            return text("suggestion.off.empty", name=empty[0].label or empty[0].name)
        if card.doubts:
            return text(card.doubts[0].why)
        if self._wanted is not None and self._wanted.language and card.language != self._wanted.language:
            return text("suggestion.off.language", language=card.language.upper())
        if is_over(to.measure(card.text)) and not to.threads:
            return text("suggestion.off.too_long", n=to.measure(card.text)[0] - to.measure(card.text)[1])
        if place < len(self._angry) and self._angry[place]:
            return self._angry[place]
        if to.signed_out:
            return to.signed_out
        if self._box.state.is_own(self._box.text()):
            return text("suggestion.off.own_text")
        return ""

    # ---- what commands ask

    def _card(self, number: int) -> Prepared | None:
        self._desk.settle()
        row = self._desk.row
        there = row is not None and self._box.conversation == row.id and 0 < number <= len(self.cards)
        return self.cards[number - 1] if there else None

    def _show_answer(self, number: int) -> bool:
        card = self._card(number)
        if card is None or not self._box.playbook.show(card):
            return False
        announce(self._box, f"{card.title}: {self._box.text()}", "info")
        return True

    def _answer_to_send(self, number: int) -> bool:
        """Put it into the box and answer whether it may go; what keeps it from going is said, and shown where it can be mended."""
        card = self._card(number)
        if card is None:
            return False
        why, own = self._why_not(number - 1), self._box.state.is_own(self._box.text())
        if not own and (self._box.state.shown is None or self._box.state.shown.key != card.key):
            self._box.playbook.show(card)
        if not why:
            return True
        said = message("suggestion.said_not_sent", title=card.title, why=why)
        self._face.notices.say(said, level="warn")
        if card.gaps and not own:
            self._box.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._box.editor.next_empty(0)
        return False

    def _refuse_this(self, number: int) -> None:
        self._about = number
        self._face.actions.run("inbox.not_this")

    def _refuse(self) -> Refused | None:
        """The card that goes: the one that a button was pressed on, else that of the keyboard, of the box, or the first."""
        wanted = self._wanted
        about, self._about = self._about or self._strip.current, None
        shown = self._box.state.shown
        if about is None and shown is not None:
            about = next((place for place, card in enumerate(self.cards, 1) if card.key == shown.key), None)
        card = self._card(about or 1)
        if card is None or wanted is None:
            return None
        if shown is not None and shown.key == card.key and self._box.text() == shown.text:
            self._box.playbook.take_out()
        self.cards = tuple(each for each in self.cards if each.key != card.key)
        self._angry = ()
        self._show()
        return Refused(card.key, wanted.message_id, card.title)

    def _find(self) -> None:
        """All answers, to choose from: what is chosen comes where the cursor stands."""
        self._desk.settle()
        box = self._box
        if box.to is None or box.to.closed:
            return

        def search(typed: str) -> Sequence[Prepared]:
            return self._preparing.search(typed, box.language, others=True)

        def show() -> None:
            sheet = AnswerPicker(self._face.look, self._pane.window(), box.language, search, box.playbook.insert)
            self._face.window.open_sheet(sheet)

        self._preparing.open(box.language, show)

    def _menu(self, number: int, at: QPoint) -> None:
        self._about = number
        menu = QMenu(self._strip)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in CARD_ACTS:
            menu.addAction(self._face.actions.action(act.format(n=number)))
        menu.popup(at)

    def _offer_wording(self, written: Written) -> Message | None:
        """What was sent otherwise than the playbook has it may be kept; what to say of it."""
        self._edited = written.edited
        self._face.actions.refresh()
        return message("suggestion.said_edited", title=written.edited.title) if written.edited is not None else None


def steady(shown: Sequence[str], found: Sequence[Prepared]) -> tuple[Prepared, ...]:
    """What is found, with those that are shown already in their places."""
    by_key = {each.key: each for each in found}
    rest = [each for each in found if each.key not in shown]
    made = [by_key.get(key) or (rest.pop(0) if rest else None) for key in shown]
    return tuple(each for each in (*made, *rest) if each is not None)


def _dropping(disconnect: Callable[[], None]) -> Callable[..., None]:
    def drop(_object: object = None) -> None:
        disconnect()

    return drop
