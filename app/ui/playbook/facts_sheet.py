"""The sheet of facts: what answers say and what changes, until when it holds, and how many answers draw on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.playbook import FactRow
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.playbook.language_tabs import language_name
from app.ui.playbook.side_pane import typed_day
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Card, Scrolling
from app.ui.widgets.text import ElidedLabel, Label

UNDO_SECONDS = 10


class FactsSheet(Sheet):
    """All facts; one of them, or a new one, is written in a sheet over it."""

    def __init__(self, face: PageFace, host: QWidget, facts: Sequence[FactRow], languages: Sequence[str]) -> None:
        look = face.look
        super().__init__(look, host, look.text("playbook.facts"), width=600)
        self._face = face
        self._languages = languages
        px = look.theme.px
        self.body.addWidget(Label(look, look.text("playbook.facts_said"), "small", "text.secondary", wrap=True))
        self.new = Button(look, look.text("playbook.new_fact"), icon="plus", clicked=lambda: self.edit(None))
        self.new.setEnabled(not face.services.data.read_only)
        self.body.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeft)
        area = Scrolling()
        holder = QWidget()
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(0, 0, px(8), 0)
        self._list.setSpacing(px(6))
        area.hold(holder)
        area.setFixedHeight(px(280))
        self.body.addWidget(area)
        self.cards: list[FactCard] = []
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[FactRow]) -> None:
        """These are the facts now."""
        focused = next((card.fact.id for card in self.cards if card.change.hasFocus()), None)
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        today = self._face.clock.now().astimezone(self._look.words.zone).date()
        read_only = self._face.services.data.read_only
        self.cards = [FactCard(self._face, fact, today, self.edit, self._remove, read_only=read_only) for fact in facts]
        for card in self.cards:
            self._list.addWidget(card)
            if card.fact.id == focused:
                card.change.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.cards:
            self._list.addWidget(
                Label(self._look, self._look.text("playbook.no_facts"), "body", "text.secondary", wrap=True)
            )
        self._list.addStretch(1)

    def edit(self, fact: FactRow | None) -> None:
        """Write a fact; None: a new one."""
        self._face.window.open_sheet(FactSheet(self._face, self.window(), fact, self._languages))

    def _remove(self, fact: FactRow) -> None:
        async def remove() -> None:
            await self._face.services.playbook.remove_fact(fact.id)
            said = message("playbook.said.fact_removed", fact=fact.title, n=fact.used_by)
            self._face.notices.say(said, undo=True, seconds=UNDO_SECONDS)

        self._face.actions.start("playbook: remove fact", remove())


class FactCard(Card):
    """One fact: title and placeholder, words, until when, by how many answers it is used."""

    def __init__(
        self,
        face: PageFace,
        fact: FactRow,
        today: date,
        edit: Callable[[FactRow], object],
        remove: Callable[[FactRow], object],
        *,
        read_only: bool,
    ) -> None:
        look = face.look
        super().__init__(look)
        self.fact = fact
        px = look.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(8), px(8), px(8))
        column = QVBoxLayout()
        column.setSpacing(px(1))
        nest(row, column, 1)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(Label(look, fact.title, "bodyStrong"))
        head.addWidget(Label(look, f"{{fact:{fact.key}}}", "caption", "text.tertiary", selectable=True))
        head.addStretch(1)
        nest(column, head)
        words = fact.text.get(look.words.language) or next(iter(fact.text.values()), "")
        column.addWidget(ElidedLabel(look, words, "small", "text.secondary"))
        foot = QHBoxLayout()
        foot.setSpacing(px(6))
        expired = fact.expired(today)
        ink = "status.danger.text" if expired else "status.warn.text" if fact.expires_soon(today) else "text.secondary"
        if ink != "text.secondary":
            foot.addWidget(IconSpot(look, "warning-circle-fill" if expired else "warning-fill", ink, 13))
        self.until = Label(look, self._until(face, fact, expired=expired), "caption", ink)
        foot.addWidget(self.until)
        foot.addWidget(Label(look, f"· {look.text('playbook.used_by', n=fact.used_by)}", "caption", "text.tertiary"))
        foot.addStretch(1)
        nest(column, foot)
        self.change = IconButton(
            look, "pencil-simple", look.text("playbook.change_fact", fact=fact.title), clicked=lambda: edit(fact)
        )
        self.away = IconButton(
            look, "trash", look.text("playbook.remove_fact", fact=fact.title), clicked=lambda: remove(fact)
        )
        for button in (self.change, self.away):
            button.setEnabled(not read_only)
            row.addWidget(button)

    @staticmethod
    def _until(face: PageFace, fact: FactRow, *, expired: bool) -> str:
        if fact.expires_on is None:
            return face.text("playbook.always")
        return face.text("playbook.expired" if expired else "playbook.until", day=fact.expires_on)


class FactSheet(Sheet):
    """One fact: title, words by language, last day."""

    def __init__(self, face: PageFace, host: QWidget, fact: FactRow | None, languages: Sequence[str]) -> None:
        look = face.look
        super().__init__(look, host, look.text("playbook.new_fact" if fact is None else "playbook.fact"), width=560)
        self._face = face
        self._fact = fact
        self.name = Field(
            look,
            look.text("playbook.fact_title"),
            fact.title if fact else "",
            placeholder=look.text("playbook.fact_title_hint"),
        )
        self.body.addWidget(self.name)
        codes = dict.fromkeys([*languages, *(fact.text if fact else ())])
        self.texts = {
            code: Field(
                look,
                look.text("playbook.fact_in", language=language_name(look, code)),
                fact.text.get(code, "") if fact else "",
            )
            for code in codes
        }
        area = Scrolling()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        for field in self.texts.values():
            column.addWidget(field)
        column.addStretch(1)
        area.hold(holder)
        area.setMinimumHeight(min(look.theme.px(300), look.theme.px(62) * len(self.texts)))
        self.body.addWidget(area)
        until = look.words.day(fact.expires_on) if fact and fact.expires_on else ""
        self.until = Field(
            look, look.text("playbook.fact_until"), until, placeholder=look.text("playbook.fact_until_hint")
        )
        self._until_shown = until
        self.body.addWidget(self.until)
        self.keep = Button(look, look.text("playbook.keep_fact"), kind="primary", clicked=self.save)
        self.foot.addStretch(1)
        self.foot.addWidget(self.keep)
        for field in (self.name, self.until, *self.texts.values()):
            field.line.returnPressed.connect(self.save)

    def save(self) -> None:
        """Keep it, unless something is wrong: that is said at its field."""
        day = self._fact.expires_on if self._fact and self.until.text == self._until_shown else None
        if self.until.text and day is None:
            day = typed_day(self._face, self.until.text)
            if day is None:
                self.until.complain(self._look.text("playbook.no_day", typed=self.until.text))
                self.until.line.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._face.actions.start("playbook: fact", self._save(day))

    async def _save(self, day: date | None) -> None:
        playbook = self._face.services.playbook
        text = {code: field.text for code, field in self.texts.items()}
        try:
            if self._fact is None:
                await playbook.add_fact(self.name.text, text, day)
            else:
                await playbook.change_fact(self._fact.id, self.name.text, text, day)
        except UserMistake as mistake:
            field = self.name if mistake.field == "title" else next(iter(self.texts.values()))
            field.complain(self._look.text(mistake.message))
            field.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._face.notices.say(message("playbook.said.fact_kept"), undo=True, seconds=UNDO_SECONDS)
        self.close_now()
