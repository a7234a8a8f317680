"""Below the words: the placeholders of the language with what stands there without a value, and what happens after sending."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.language.filling import described
from app.models.conversation import Category
from app.models.playbook import AfterSending
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.playbook.desk import Desk
from app.ui.playbook.drafting import placeholders, with_blank
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import LineField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label, SectionLabel

SNOOZES = (0, 24, 48, 72, 168)
KEEPS = ""


class Placeholders(QWidget):
    """One line each: its name, what stands there without a value in this language, and whether sending waits for one."""

    def __init__(self, face: PageFace, desk: Desk) -> None:
        super().__init__()
        self._face = face
        self._look = face.look
        self._desk = desk
        self._names: tuple[str, ...] = ()
        self.fallbacks: dict[str, LineField] = {}
        self.needed: dict[str, CheckBox] = {}
        px = self._look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(SectionLabel(self._look, self._look.text("playbook.placeholders")))
        self._holder: QWidget | None = None
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
        self._names, self.fallbacks, self.needed = names, {}, {}
        self._holder = QWidget()
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(4))
        for line, name in enumerate(names):
            grid.addWidget(Label(look, f"{{{name}}}", "small", "accent.text"), line, 0)
            field = LineField(look, look.text("playbook.fallback_name", name=name), "", look.text("playbook.fallback"))
            field.textEdited.connect(lambda text, name=name: self._fall_back(name, text))
            grid.addWidget(field, line, 1)
            needed = CheckBox(look, look.text("playbook.needed"))
            needed.setAccessibleName(look.text("playbook.needed_name", name=name))
            needed.toggled.connect(lambda on, name=name: self._need(name, on))
            grid.addWidget(needed, line, 2)
            self.fallbacks[name], self.needed[name] = field, needed
        grid.setColumnStretch(1, 1)
        self._column.addWidget(self._holder)

    def _fall_back(self, name: str, text: str) -> None:
        desk = self._desk
        blank = described(name, desk.content.blanks)
        fallback = {code: words for code, words in {**blank.fallback, desk.language: text}.items() if words}
        desk.edit(with_blank(desk.content, blank._replace(fallback=fallback)))

    def _need(self, name: str, on: bool) -> None:
        desk = self._desk
        desk.edit(with_blank(desk.content, described(name, desk.content.blanks)._replace(required=on)))


class After(QWidget):
    """What happens to the conversation once the answer was sent."""

    def __init__(self, face: PageFace, desk: Desk) -> None:
        super().__init__()
        look = face.look
        self._face = face
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
            [
                (look.text("playbook.keeps_category"), KEEPS),
                *((look.text(f"category.{category}"), str(category)) for category in Category),
            ],
        )
        self.done = CheckBox(look, look.text("playbook.after_done"))
        self.snooze = Select(
            look, look.text("playbook.after_snooze"), [(_hours(look, "snooze", each), each) for each in SNOOZES]
        )
        self.done.setMinimumHeight(look.theme.size("control.input"))
        for widget in (self.category, self.snooze, self.done):
            flow.addWidget(widget)
        column.addWidget(flow_holder)
        for select in (self.category, self.snooze):
            select.activated.connect(lambda _row: self._edited())
        self.done.toggled.connect(lambda _on: self._edited())

    def show_content(self) -> None:
        after = self._desk.content.after
        widgets = (self.category, self.snooze, self.done)
        for widget in widgets:
            widget.blockSignals(True)
            widget.setEnabled(not self._face.services.data.read_only)
        self.category.choose(after.category)
        self.snooze.choose(after.snooze_hours)
        self.done.setChecked(after.done)
        for widget in widgets:
            widget.blockSignals(False)

    def _edited(self) -> None:
        after = AfterSending(
            str(self.category.currentData()),
            self.done.isChecked(),
            int(self.snooze.currentData()),
        )
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
