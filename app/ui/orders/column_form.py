"""Which column of a file is what, how its days and letters are written, and its first rows below: asked alike of every file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.order import DayOrder
from app.ui.look import Look
from app.ui.orders.table_preview import TablePreview, offer_days, without_order
from app.ui.safe_text import one_line
from app.ui.widgets.inside import nest
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label, SectionLabel

ENCODINGS = ("utf-8", "utf-16", "cp1252", "cp1251", "gb18030")
NOTHING = -1

Column = TypeVar("Column", bound=str)


class ColumnForm(QWidget, Generic[Column]):
    """`titles` names each column's text; `more` are further fields between the days and the encoding, by their texts."""

    def __init__(
        self,
        look: Look,
        titles: Mapping[Column, str],
        more: Iterable[tuple[str, QWidget]] = (),
        *,
        column_width: int = 84,
        encoded: Callable[[str], object],
    ) -> None:
        """`encoded` is told when another encoding is chosen."""
        super().__init__()
        self._look = look
        self.columns = {column: Select(look, look.text(title)) for column, title in titles.items()}
        self.days = Select(look, look.text("orders.days"))
        self.encoding = Select(look, look.text("orders.encoding"), [(name.upper(), name) for name in ENCODINGS])
        self.table = TablePreview(look, column_width)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, look.theme.px(2), look.theme.px(2))
        self.rows.setSpacing(look.theme.px(8))
        fields: list[tuple[str, QWidget]] = [(titles[column], select) for column, select in self.columns.items()]
        fields += [("orders.days", self.days), *more, ("orders.encoding", self.encoding)]
        nest(self.rows, self._pairs(fields))
        self.rows.addWidget(SectionLabel(look, look.text("orders.preview")))
        self.rows.addWidget(self.table)
        self.encoding.activated.connect(lambda _row: encoded(self.chosen_encoding()))

    def show_file(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        guessed: Mapping[Column, int],
        days: DayOrder | None,
        encoding: str,
    ) -> None:
        """What was seen in the file, and what is guessed of it."""
        look = self._look
        titles = [
            one_line(title)[:40] or look.text("orders.column_number", n=place + 1) for place, title in enumerate(header)
        ]
        offered: list[tuple[str, object]] = [(look.text("orders.no_column"), NOTHING)]
        offered += [(title, place) for place, title in enumerate(titles)]
        for column, select in self.columns.items():
            select.offer(offered)
            select.choose(guessed.get(column, NOTHING))
        offer_days(look, self.days, days)
        self.encoding.choose(without_order(encoding))
        self.table.show_rows(titles, rows)

    def chosen_columns(self) -> dict[Column, int]:
        """The places of those that the file has."""
        places = {column: select.currentData() for column, select in self.columns.items()}
        return {column: place for column, place in places.items() if isinstance(place, int) and place != NOTHING}

    def chosen_days(self) -> DayOrder | None:
        days = self.days.currentData()  # Qt makes plain text of it
        return DayOrder(days) if days else None

    def chosen_encoding(self) -> str:
        return str(self.encoding.currentData())

    def _pairs(self, fields: Sequence[tuple[str, QWidget]]) -> QGridLayout:
        """Two fields a line."""
        look = self._look
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.theme.px(10))
        grid.setVerticalSpacing(look.theme.px(6))
        for number, (text_id, widget) in enumerate(fields):
            line, place = number // 2, number % 2 * 2
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            label = Label(look, look.text(text_id), "small", "text.secondary", wrap=True)
            label.setBuddy(widget)
            grid.addWidget(label, line, place)
            grid.addWidget(widget, line, place + 1)
            grid.setColumnStretch(place, 2)
            grid.setColumnStretch(place + 1, 3)
        return grid
