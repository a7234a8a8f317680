"""Sheets of the FAQ: where an entry was published, which other asks the same, and what is exported in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.faq import FaqRow, FaqState
from app.runtime.errors import UserMistake
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.playbook.language_tabs import language_name
from app.ui.safe_text import one_line
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.select import Select
from app.ui.widgets.surface import Scrolling
from app.ui.widgets.text import ElidedLabel, Label

LIST_HEIGHT = 280
LONGEST = 90


class PublishSheet(Sheet):
    """The address where the answer stands. Nothing is sent anywhere: the shop's site is not Tertulia's."""

    def __init__(self, face: PageFace, host: QWidget, row: FaqRow, done: Callable[[], object]) -> None:
        look = face.look
        super().__init__(look, host, look.text("faq.publish_title"), width=520)
        self._face = face
        self._row = row
        self._done = done
        self.body.addWidget(Label(look, look.text("faq.publish_said"), "small", "text.secondary", wrap=True))
        self.url = Field(look, look.text("faq.address"), row.url, placeholder=look.text("faq.address_hint"))
        self.url.line.returnPressed.connect(self.save)
        self.body.addWidget(self.url)
        if row.state is FaqState.PUBLISHED:
            self.away = Button(look, face.actions.title("faq.withdraw"), kind="flat", clicked=self._withdraw)
            self.foot.addWidget(self.away)
        self.foot.addStretch(1)
        self.keep = Button(look, look.text("faq.publish_keep"), kind="primary", clicked=self.save)
        self.foot.addWidget(self.keep)

    def save(self) -> None:
        """Mark it as published, unless something is wrong: that is said at the field."""
        self._face.actions.start("faq: publish", self._save())

    async def _save(self) -> None:
        try:
            await self._face.services.faq.publish(self._row.id, self.url.text)
        except UserMistake as mistake:
            self.url.complain(self._look.text(mistake.message))
            self.url.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.close_now()
        self._done()

    def _withdraw(self) -> None:
        self.close_now()
        self._face.actions.run("faq.withdraw")


class MergeSheet(Sheet):
    """Another entry that asks the same, found by typing."""

    def __init__(
        self, face: PageFace, host: QWidget, row: FaqRow, others: Sequence[FaqRow], merge: Callable[[int], object]
    ) -> None:
        look = face.look
        super().__init__(look, host, look.text("faq.merge_title"), width=560)
        self._merge = merge
        language = look.words.language
        kept = one_line(row.words.asked_in(language))[:LONGEST]
        self.body.addWidget(
            Label(look, look.text("faq.merge_said", question=kept), "small", "text.secondary", wrap=True)
        )
        choices = [
            Choice(
                str(each.id),
                f"{one_line(each.words.asked_in(language))[:LONGEST]} · {look.number(each.count)}",
                " ".join(each.words.question.values()),
            )
            for each in others
        ]
        self.other = Picker(look, look.text("faq.merge_other"), choices, placeholder=look.text("faq.merge_hint"))
        self.body.addWidget(self.other)
        self.foot.addStretch(1)
        self.join = Button(look, face.actions.title("faq.merge").rstrip("…"), kind="primary", clicked=self.save)
        self.join.setEnabled(False)
        self.foot.addWidget(self.join)
        self.other.chosen.connect(lambda value: self.join.setEnabled(bool(value)))
        self.other.chosen.connect(lambda _value: self.join.setFocus(Qt.FocusReason.OtherFocusReason))

    def save(self) -> None:
        if self.other.value:
            number = int(self.other.value)
            self.close_now()
            self._merge(number)


class ExportSheet(Sheet):
    """Which entries, in which order, in which language; then the system asks for the file."""

    def __init__(
        self,
        face: PageFace,
        host: QWidget,
        rows: Sequence[FaqRow],
        language: str,
        write: Callable[[str, Sequence[int]], object],
    ) -> None:
        """`write` hears language and ids, in order."""
        look = face.look
        super().__init__(look, host, look.text("faq.export_title"), width=620)
        self._face = face
        self._write = write
        self._rows = sorted(rows, key=lambda row: (row.position, row.id))
        languages = dict.fromkeys(each for row in rows for each in row.words.answer if row.words.question.get(each))
        px = look.theme.px
        top = QHBoxLayout()
        top.addWidget(Label(look, look.text("faq.export_language"), "bodyStrong"))
        self.language = Select(
            look, look.text("faq.export_language"), [(language_name(look, code), code) for code in languages]
        )
        self.language.choose(language)
        top.addWidget(self.language)
        top.addStretch(1)
        nest(self.body, top)
        self.body.addWidget(Label(look, look.text("faq.export_said"), "small", "text.secondary", wrap=True))
        area = Scrolling()
        holder = QWidget()
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(0, 0, px(8), 0)
        self._list.setSpacing(px(2))
        area.hold(holder)
        area.setFixedHeight(px(LIST_HEIGHT))
        self.body.addWidget(area)
        self.lines: list[_Line] = []
        self._fill()
        self.language.activated.connect(lambda _row: self._fill())
        self.said = Label(look, "", "caption", "text.secondary")
        self.foot.addWidget(self.said)
        self.foot.addStretch(1)
        self.write = Button(look, look.text("faq.export_write"), kind="primary", icon="export", clicked=self._go)
        self.foot.addWidget(self.write)
        self._count()

    @property
    def ids(self) -> list[int]:
        """Those that are ticked, in order."""
        return [line.entry_id for line in self.lines if line.check.isChecked()]

    def move_line(self, line: _Line, step: int) -> None:
        """One place up or down; the keyboard goes along."""
        place = self.lines.index(line)
        other = place + step
        if 0 <= other < len(self.lines):
            self.lines.insert(other, self.lines.pop(place))
            self._list.removeWidget(line)
            self._list.insertWidget(other, line)
            line.check.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        ticked = set(self.ids)
        first = not self.lines
        for old in self.lines:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        code = self.language.currentData() or ""
        self.lines = []
        for row in self._rows:
            if row.words.question.get(code) and row.words.answer.get(code):
                on = row.state is FaqState.PUBLISHED or row.state is FaqState.DRAFT if first else row.id in ticked
                line = _Line(self._face, row, code, self.move_line, checked=on)
                line.check.toggled.connect(lambda _on: self._count())
                self.lines.append(line)
                self._list.insertWidget(len(self.lines) - 1, line)
        if first:
            self._list.addStretch(1)
        else:
            self._count()

    def _count(self) -> None:
        self.said.setText(self._look.text("faq.export_count", n=len(self.ids)))
        self.write.setEnabled(bool(self.ids))

    def _go(self) -> None:
        language, ids = self.language.currentData() or "", self.ids
        self.close_now()
        self._write(language, ids)


class _Tick(CheckBox):
    """Says `moved` at Shift+↑ and Shift+↓, which a button would take for going to the next one."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


class _Line(QWidget):
    """An entry with its tick; Shift+↑ and Shift+↓ move it, as the buttons do."""

    def __init__(
        self, face: PageFace, row: FaqRow, language: str, move: Callable[[_Line, int], object], *, checked: bool
    ) -> None:
        super().__init__()
        look = face.look
        self.entry_id = row.id
        question = one_line(row.words.question.get(language, ""))
        line = QHBoxLayout(self)
        line.setContentsMargins(2, 2, 2, 2)
        line.setSpacing(look.theme.px(6))
        self.check = _Tick(look, "", checked=checked)
        self.check.moved.connect(lambda step: move(self, step))
        self.check.setAccessibleName(question)
        line.addWidget(self.check)
        words = ElidedLabel(look, question, "body")
        words.setBuddy(self.check)
        line.addWidget(words, 1)
        line.addWidget(Label(look, look.text(f"faq.state_{row.state}"), "caption", "text.secondary"))
        for step, icon, name in ((-1, "arrow-up-bold", "faq.up"), (1, "arrow-down-bold", "faq.down")):
            button = IconButton(look, icon, look.text(name, question=question), size=26)
            button.clicked.connect(lambda _on=False, step=step: move(self, step))
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            line.addWidget(button)
