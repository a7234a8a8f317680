"""The first rows of a file that is to be read, under their titles; scrolls sideways where there are many columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.models.order import DayOrder
from app.ui.look import Look
from app.ui.safe_text import one_line
from app.ui.widgets.select import Select
from app.ui.widgets.surface import Scrolling
from app.ui.widgets.text import ElidedLabel

MOST_COLUMNS = 24


def offer_days(look: Look, days: Select, guessed: DayOrder | None) -> None:
    """The orders in which a file may write day, month and year; where they cannot be told, the user is asked."""
    orders: list[tuple[str, object]] = [
        (look.text(f"orders.days.{order}"), order)
        for order in (DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST, DayOrder.YEAR_FIRST)
    ]
    if guessed is None:
        orders.insert(0, (look.text("orders.days.choose"), None))
    days.offer(orders)
    days.choose(guessed)


def without_order(encoding: str) -> str:
    """An encoding's name as it is chosen: the file itself says in which order its bytes are."""
    return encoding.removesuffix("-le").removesuffix("-be")


class TablePreview(QWidget):
    """As high as six lines."""

    def __init__(self, look: Look, column_width: int = 84) -> None:
        super().__init__()
        self._look = look
        self._column_width = column_width
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme.px(10))
        self._grid.setVerticalSpacing(look.theme.px(3))
        area = Scrolling()
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.hold(self._rows)
        area.setFixedHeight((look.theme.line("caption") + look.theme.px(3)) * 6 + look.theme.px(16))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def show_rows(self, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Other rows."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for line, cells in enumerate((titles, *rows)):
            for place, cell in enumerate(cells[:MOST_COLUMNS]):
                role = "captionStrong" if line == 0 else "caption"
                label = ElidedLabel(self._look, one_line(cell[:80]), role, "text.secondary")
                label.setMinimumWidth(self._look.theme.px(self._column_width))
                self._grid.addWidget(label, line, place)
