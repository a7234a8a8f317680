"""The parts of a rule's editor: one clause of its sentence each, with what is chosen or typed in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.models.rule import DAY_MINUTES
from app.ui.look import Look
from app.ui.settings.rule_sentences import clock
from app.ui.widgets.button import IconButton
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import LineField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.inside import nest
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label

MOST_FOLLOWERS = 2_000_000_000
LABEL_WIDTH = 168


class Answer(QWidget):
    """What stands in a clause. Says `changed`; `value` is None or empty while nothing is said."""

    changed = Signal()

    @property
    def value(self) -> object:
        return None

    def focus(self) -> QWidget:
        """What takes the keyboard."""
        return self


class Several(Answer):
    """Any of a few things, each with its box."""

    def __init__(self, look: Look, name: str, choices: Sequence[tuple[str, object]], chosen: Sequence[object]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        flow = FlowLayout(self, gap=look.theme.px(12))
        self.boxes: list[tuple[CheckBox, object]] = []
        for text, value in choices:
            box = CheckBox(look, text, checked=value in chosen)
            box.setAccessibleDescription(name)
            box.toggled.connect(lambda _on: self.changed.emit())
            self.boxes.append((box, value))
            flow.addWidget(box)

    @property
    def value(self) -> tuple[object, ...]:
        return tuple(value for box, value in self.boxes if box.isChecked())

    def focus(self) -> QWidget:
        return self.boxes[0][0] if self.boxes else self


class Typed(Answer):
    """Words with commas between them."""

    def __init__(self, look: Look, name: str, placeholder: str, words: Sequence[str]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.line = LineField(look, name, ", ".join(words), placeholder)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        row.addWidget(self.line)

    @property
    def value(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(
                word for word in (piece.strip() for piece in re.split("[,，、;；\n]", self.line.text())) if word
            )
        )

    def focus(self) -> QWidget:
        return self.line


class Choice(Answer):
    """One of a few things."""

    def __init__(self, look: Look, name: str, choices: Sequence[tuple[str, object]], chosen: object) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.select = Select(look, name, choices)
        self.select.choose(chosen)
        self.select.currentIndexChanged.connect(lambda _place: self.changed.emit())
        row.addWidget(self.select)
        row.addStretch(1)

    @property
    def value(self) -> object:
        return self.select.currentData()

    def focus(self) -> QWidget:
        return self.select


class Number(Answer):
    """A number of people."""

    def __init__(self, look: Look, name: str, number: int | None) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.line = LineField(look, name, "" if number is None else str(number), "1000")
        self.line.setFixedWidth(look.theme.px(110))
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        row.addWidget(self.line)
        row.addStretch(1)

    @property
    def value(self) -> int | None:
        digits = re.sub(r"[\s.,\u00a0\u202f']", "", self.line.text())
        return min(int(digits), MOST_FOLLOWERS) if digits.isdecimal() and len(digits) < 12 else None

    def focus(self) -> QWidget:
        return self.line


class Hours(Answer):
    """From a time of the day until another, over midnight too."""

    def __init__(self, look: Look, name: str, hours: tuple[int, int] | None) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(8))
        begins, ends = hours or (20 * 60, 8 * 60)
        self.begins = self._line(look, f"{name}: {look.text('rules.from')}", begins)
        self.ends = self._line(look, f"{name}: {look.text('rules.until')}", ends)
        for widget in (self.begins, Label(look, look.text("rules.until"), "body", "text.secondary"), self.ends):
            row.addWidget(widget)
        row.addStretch(1)

    def _line(self, look: Look, name: str, minutes: int) -> LineField:
        line = LineField(look, name, clock(minutes), "20:00")
        line.setFixedWidth(look.theme.px(72))
        line.textEdited.connect(lambda _text: self.changed.emit())
        return line

    @property
    def value(self) -> tuple[int, int] | None:
        begins, ends = _minutes(self.begins), _minutes(self.ends)
        return (begins, ends) if begins is not None and ends is not None and begins != ends else None

    def focus(self) -> QWidget:
        return self.begins


def _minutes(line: QLineEdit) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,2})(?:[:.hH ](\d{2}))?\s*", line.text())
    minutes = int(found[1]) * 60 + int(found[2] or 0) if found else DAY_MINUTES + 1
    good = minutes <= DAY_MINUTES and (found is None or int(found[2] or 0) < 60)
    if isinstance(line, LineField):
        line.mark_wrong(not good)
    return minutes if good else None


class Clause(QWidget):
    """Words at the left, the answer, and a cross that takes the clause out."""

    def __init__(self, look: Look, words: str, answer: Answer, gone: Callable[[], None], hint: str = "") -> None:
        super().__init__()
        self.answer = answer
        px = look.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(3), 0, px(3))
        row.setSpacing(px(10))
        label = Label(look, words, "body", wrap=True)
        label.setFixedWidth(px(LABEL_WIDTH))
        label.setMinimumHeight(look.theme.size("control.input"))
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        middle = QVBoxLayout()
        middle.setSpacing(px(2))
        policy = answer.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        answer.setSizePolicy(policy)
        if isinstance(answer, Several):
            middle.addSpacing(px(3))
        middle.addWidget(answer)
        if hint:
            middle.addWidget(Label(look, hint, "caption", "text.tertiary", wrap=True))
        nest(row, middle, 1)
        self.cross = IconButton(look, "x", look.text("rules.without", clause=words), clicked=gone)
        row.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
