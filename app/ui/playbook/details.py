"""Below the words: the placeholders of the language with what stands there without a value, and what happens after sending."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.language.filling import described
from app.models.playbook import AfterSending
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.playbook.desk import Desk
from app.ui.playbook.drafting import placeholders, with_blank
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import LineField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label, SectionLabel, text_width

SNOOZES = (0, 24, 48, 72, 168)
PROMISES = (0, 1, 4, 24, 48, 72, 168)
KEEPS = ""
PER_LINE = 2
"""Rows of the grid: the second one is for what has no room in the first."""
SHARES = (2, 3)
"""Of the two fields in the width that is left."""
EDGES, FALLBACK = 22, 180
"""Around the words in a field; and the least for what the user puts there."""


class Placeholders(QWidget):
    """One line each: its name, what the user is asked for, what stands there without a value in this language, whether sending waits."""

    def __init__(self, face: PageFace, desk: Desk) -> None:
        super().__init__()
        self._face = face
        self._look = face.look
        self._desk = desk
        self._names: tuple[str, ...] = ()
        self._titles: list[Label] = []
        self.labels: dict[str, LineField] = {}
        self.fallbacks: dict[str, LineField] = {}
        self.needed: dict[str, CheckBox] = {}
        px = self._look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(SectionLabel(self._look, self._look.text("playbook.placeholders")))
        self._holder: QWidget | None = None
        self._grid: QGridLayout | None = None
        self._are_below = False
        self._column = column

    def show_content(self) -> None:
        desk = self._desk
        names = placeholders(desk.content, desk.language)
        if names != self._names or (names and self._holder is None):
            self._remake(names)
        self.setVisible(bool(names))
        read_only = self._face.services.data.read_only
        for name in names:
            blank = described(name, desk.content.blanks)
            field, needed = self.fallbacks[name], self.needed[name]
            fallback = blank.fallback.get(desk.language, "")
            if field.text() != fallback:
                field.setText(fallback)
            label = self.labels[name]
            if label.text() != blank.label:
                label.setText(blank.label)
            label.setReadOnly(read_only)
            blocked = needed.blockSignals(True)
            needed.setChecked(blank.required)
            needed.blockSignals(blocked)
            field.setReadOnly(read_only)
            needed.setEnabled(not read_only)

    def _remake(self, names: tuple[str, ...]) -> None:
        if self._holder is not None:
            self._column.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        look, px = self._look, self._look.theme.px
        self._names, self._titles, self.labels, self.fallbacks, self.needed = names, [], {}, {}, {}
        self._holder = QWidget()
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(4))
        for line, name in enumerate(names):
            title = Label(look, f"{{{name}}}", "small", "accent.text")
            self._titles.append(title)
            grid.addWidget(title, PER_LINE * line, 0)
            label = LineField(look, look.text("playbook.label_name", name=name), "", look.text("playbook.label"))
            label.textEdited.connect(lambda text, name=name: self._label(name, text))
            grid.addWidget(label, PER_LINE * line, 1)
            field = LineField(look, look.text("playbook.fallback_name", name=name), "", look.text("playbook.fallback"))
            field.textEdited.connect(lambda text, name=name: self._fall_back(name, text))
            grid.addWidget(field, PER_LINE * line, 2)
            needed = CheckBox(look, look.text("playbook.needed"))
            needed.setAccessibleName(look.text("playbook.needed_name", name=name))
            needed.toggled.connect(lambda on, name=name: self._need(name, on))
            grid.addWidget(needed, PER_LINE * line, 3)
            self.labels[name], self.fallbacks[name], self.needed[name] = label, field, needed
        self._grid, self._are_below = grid, False
        self._fit()
        self._column.addWidget(self._holder)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Both fields show all of their hint: they share by need where they must, and where that is not enough the switch goes below."""
        if self._grid is None or not self._names:
            return
        hints = [max(_room(self._look, field) for field in fields.values()) for fields in (self.labels, self.fallbacks)]
        hints[1] = max(hints[1], self._look.theme.px(FALLBACK))
        name, switch = (max(each.sizeHint().width() for each in column) for column in (self._titles, self.needed.values()))
        free = self.width() - name - 2 * self._grid.horizontalSpacing()
        self._put_below(below=sum(hints) + switch + self._grid.horizontalSpacing() > free)
        if not self._are_below:
            free -= switch + self._grid.horizontalSpacing()
        as_drawn = all(hint <= free * share // sum(SHARES) for hint, share in zip(hints, SHARES, strict=True))
        for place, share in enumerate(SHARES if as_drawn else hints, 1):
            self._grid.setColumnStretch(place, share)

    def _put_below(self, *, below: bool) -> None:
        if self._grid is None or below == self._are_below:
            return
        self._are_below = below
        for line, needed in enumerate(self.needed.values()):
            self._grid.removeWidget(needed)
            if below:
                self._grid.addWidget(needed, PER_LINE * line + 1, 1, 1, 2)
            else:
                self._grid.addWidget(needed, PER_LINE * line, 3)

    def _label(self, name: str, text: str) -> None:
        desk = self._desk
        desk.edit(with_blank(desk.content, described(name, desk.content.blanks)._replace(label=text)))

    def _fall_back(self, name: str, text: str) -> None:
        desk = self._desk
        blank = described(name, desk.content.blanks)
        fallback = {code: words for code, words in {**blank.fallback, desk.language: text}.items() if words}
        desk.edit(with_blank(desk.content, blank._replace(fallback=fallback)))

    def _need(self, name: str, on: bool) -> None:
        desk = self._desk
        desk.edit(with_blank(desk.content, described(name, desk.content.blanks)._replace(required=on)))


def _room(look: Look, field: LineField) -> int:
    """How wide a field shows all of its hint."""
    return ceil(text_width(field.placeholderText(), look.theme.font("body"))) + look.theme.px(EDGES)


class After(QWidget):
    """What happens to the conversation once the answer was sent. Done, snoozed and escalated are one or the other."""

    def __init__(self, face: PageFace, desk: Desk) -> None:
        super().__init__()
        look = face.look
        self._face = face
        self._look = look
        self._desk = desk
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(SectionLabel(look, look.text("playbook.after")))
        flow_holder = QWidget()
        flow = FlowLayout(flow_holder, gap=px(12))
        self.category = Select(
            look,
            look.text("playbook.after_category"),
            self._categories(""),
        )
        self.snooze = Select(look, look.text("playbook.after_snooze"))
        self.promise = Select(look, look.text("playbook.after_promise"))
        self.done = CheckBox(look, look.text("playbook.after_done"))
        self.escalate = CheckBox(look, look.text("playbook.after_escalate"))
        for check in (self.done, self.escalate):
            check.setMinimumHeight(look.theme.size("control.input"))
        self._widgets = (self.category, self.snooze, self.promise, self.done, self.escalate)
        for widget in self._widgets:
            flow.addWidget(widget)
        column.addWidget(flow_holder)
        self.category.activated.connect(lambda _row: self._edited())
        self.promise.activated.connect(lambda _row: self._edited())
        self.snooze.activated.connect(lambda _row: self._edited("snooze"))
        self.done.toggled.connect(lambda _on: self._edited("done"))
        self.escalate.toggled.connect(lambda _on: self._edited("escalate"))

    def _categories(self, chosen: str) -> list[tuple[str, object]]:
        return [(self._look.text("playbook.keeps_category"), KEEPS), *self._look.categories(chosen)]

    def show_content(self) -> None:
        after = self._desk.content.after
        for widget in self._widgets:
            widget.blockSignals(True)
            widget.setEnabled(not self._face.services.data.read_only)
        self.category.offer(self._categories(after.category))
        self.category.choose(after.category)
        for select, what, usual, hours in (
            (self.snooze, "snooze", SNOOZES, after.snooze_hours),
            (self.promise, "promise", PROMISES, after.promise_hours),
        ):
            select.offer([(_hours(self._look, what, each), each) for each in sorted({*usual, hours})])
            select.choose(hours)
        self.done.setChecked(after.done)
        self.escalate.setChecked(after.escalate)
        for widget in self._widgets:
            widget.blockSignals(False)

    def _edited(self, wanted: str = "") -> None:
        """`wanted` was chosen just now: what it does not go with gives way."""
        after = AfterSending(
            str(self.category.currentData()),
            self.done.isChecked(),
            int(self.snooze.currentData()),
            self.escalate.isChecked(),
            int(self.promise.currentData()),
        )
        if wanted == "done" and after.done:
            after = after._replace(snooze_hours=0, escalate=False)
        elif wanted == "snooze" and after.snooze_hours:
            after = after._replace(done=False, escalate=False)
        elif wanted == "escalate" and after.escalate:
            after = after._replace(done=False, snooze_hours=0)
        self._desk.edit(replace(self._desk.content, after=after))


def _hours(look: Look, what: str, hours: int) -> str:
    if hours == 0:
        return look.text(f"playbook.no_{what}")
    if hours % 24 == 0:
        return look.text(f"playbook.{what}_days", n=hours // 24)
    return look.text(f"playbook.{what}_hours", n=hours)


class Tags(QWidget):
    """Words by which an answer is found, separated by commas."""

    def __init__(self, face: PageFace, desk: Desk) -> None:
        super().__init__()
        look = face.look
        self._face = face
        self._desk = desk
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(10))
        label = Label(look, look.text("playbook.tags"), "small", "text.secondary")
        self.field = LineField(look, look.text("playbook.tags"), "", look.text("playbook.tags_hint"))
        label.setBuddy(self.field)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.field, 1)
        self.field.textEdited.connect(self._typed)

    def show_content(self) -> None:
        tags = self._desk.content.tags
        self.field.setReadOnly(self._face.services.data.read_only)
        if _tags(self.field.text()) != tags:
            self.field.setText(", ".join(tags))

    def _typed(self, text: str) -> None:
        self._desk.edit(replace(self._desk.content, tags=_tags(text)))


def _tags(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.strip() for tag in text.replace("，", ",").split(",") if tag.strip()))
