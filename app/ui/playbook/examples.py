"""The messages that an answer fits: from them the program learns when to offer it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.playbook import ExampleRow
from app.ui.page import PageFace
from app.ui.playbook.desk import Desk
from app.ui.safe_text import one_line
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.chip import ChipLabel, language_chip
from app.ui.widgets.field import LineField
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Card, Line
from app.ui.widgets.text import ElidedLabel, Label, SectionLabel

SHOWN = 6


class Examples(QWidget):
    """Those of the shown language first, six at most until all are wanted; a line below takes another."""

    def __init__(self, face: PageFace, desk: Desk) -> None:
        super().__init__()
        self._face = face
        self._look = face.look
        self._desk = desk
        self._rows: list[ExampleRow] = []
        self._shows_all = False
        self._shown: tuple[object, ...] = ()
        self.aways: list[IconButton] = []
        px = self._look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.addWidget(SectionLabel(self._look, self._look.text("playbook.sounds_like")), 1)
        self.many = Label(self._look, "", "caption", "text.tertiary")
        head.addWidget(self.many)
        nest(column, head)
        self._card = Card(self._look)
        self._list = QVBoxLayout(self._card)
        self._list.setContentsMargins(1, 1, 1, 1)
        self._list.setSpacing(0)
        column.addWidget(self._card)
        self.all = Button(
            self._look, self._look.text("playbook.all_examples"), kind="flat", size="small", clicked=self._show_all
        )
        self.add = LineField(
            self._look, self._look.text("playbook.add_example"), "", self._look.text("playbook.add_example_hint")
        )
        self.add.returnPressed.connect(self._added)
        foot = QHBoxLayout()
        foot.addWidget(self.add, 1)
        foot.addWidget(self.all)
        nest(column, foot)

    def ask(self) -> None:
        """Read those of the open answer."""
        number = self._desk.answer_id
        self.setVisible(bool(number))
        if number:
            self._face.services.reads.later(
                lambda queries: queries.examples_of(number), lambda rows: self._read(number, rows)
            )

    def _read(self, number: int, rows: Sequence[ExampleRow]) -> None:
        if number == self._desk.answer_id:
            self._rows = list(rows)
            self.show_content()

    def show_content(self) -> None:
        """Those of the shown language first."""
        language = self._desk.language
        ordered = sorted(self._rows, key=lambda row: row.language != language)
        shown = ordered if self._shows_all else ordered[:SHOWN]
        read_only = self._face.services.data.read_only
        self.add.setVisible(not read_only)
        self.all.setVisible(len(ordered) > len(shown))
        self.many.setText(self._look.text("playbook.examples", n=len(ordered)) if ordered else "")
        self._card.setVisible(bool(shown))
        if (*shown, read_only) == self._shown:
            return
        self._shown = (*shown, read_only)
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.aways = []
        for place, row in enumerate(shown):
            if place:
                self._list.addWidget(Line(self._look))
            self._list.addWidget(self._line(row, read_only=read_only))

    def _line(self, row: ExampleRow, *, read_only: bool) -> QWidget:
        look, px = self._look, self._look.theme.px
        line = QWidget()
        line.setFixedHeight(px(34))
        across = QHBoxLayout(line)
        across.setContentsMargins(px(12), 0, px(6), 0)
        across.setSpacing(px(8))
        across.addWidget(ChipLabel(look, language_chip(row.language)))
        across.addWidget(ElidedLabel(look, one_line(row.text), "body"), 1)
        away = IconButton(
            look,
            "x",
            look.text("playbook.remove_example", text=one_line(row.text)),
            clicked=lambda: self._remove(row.id),
        )
        away.setEnabled(not read_only)
        self.aways.append(away)
        across.addWidget(away)
        return line

    def _show_all(self) -> None:
        self._shows_all = True
        self.show_content()

    def _added(self) -> None:
        text, number = self.add.text().strip(), self._desk.answer_id
        if text and number:
            self.add.clear()
            work = self._face.services.playbook.add_example(number, self._desk.language, text)
            self._face.actions.start("playbook: example", work)

    def _remove(self, example_id: int) -> None:
        self._face.actions.start("playbook: example", self._face.services.playbook.remove_example(example_id))
