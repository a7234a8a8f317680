"""What is behind a figure: the very conversations it rests on, with what each counted for; Enter opens one in the Inbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.conversation import ConversationRow
from app.ui.dialogs import Sheet
from app.ui.insights.column_list import ColumnList, Figures
from app.ui.page import PageFace
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.fitting import Fitting
from app.ui.widgets.text import Label

MOST = 200
WIDTH = 680


def open_cases(face: PageFace, host: QWidget, title: str, conversations: Sequence[int], told: Mapping[int, str]) -> None:
    """`told` says of a conversation what it counted for. In the order given; more than `MOST` are counted only."""
    wanted = list(dict.fromkeys(conversations))

    def show(rows: Sequence[ConversationRow]) -> None:
        order = {number: place for place, number in enumerate(wanted)}
        found = sorted(rows, key=lambda row: order[row.id])
        face.window.open_sheet(CasesSheet(face, host, title, found, told, len(wanted)))

    face.services.reads.later(lambda queries: queries.conversations_by_id(wanted[:MOST]), show)


class CasesSheet(Sheet):
    """Closes when one is opened."""

    def __init__(
        self, face: PageFace, host: QWidget, title: str, rows: Sequence[ConversationRow], told: Mapping[int, str], many: int
    ) -> None:
        look, text = face.look, face.text
        super().__init__(look, host, title, width=WIDTH)
        self._face = face
        now = face.clock.now()
        columns = [
            Figures(text("support.conversation"), lambda row: f"{one_line(row.author)} · {one_line(row.snippet)}"),
            Figures(text("support.counted"), lambda row: told.get(row.id, ""), 120, strong=True),
            Figures(text("support.when"), lambda row: look.words.day(row.last_at, now), 96),
        ]
        self.rows = ColumnList(face, title, columns, lambda row: look.theme.category(row.category)[::-1])
        self.rows.show_rows(list(rows))
        self.rows.activated_row.connect(self._open)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rows.heads())
        column.addWidget(self.rows)
        if rows:
            self.body.addWidget(Fitting(inside))
        else:
            inside.deleteLater()
            self.body.addWidget(Label(look, text("support.nothing_behind"), "body", "text.secondary", wrap=True))
        told_many = text("support.conversations", n=many)
        if many > len(rows) and rows:
            told_many = text("support.first_of", shown=look.number(len(rows)), n=many)
        self.foot.addWidget(Label(look, told_many, "caption", "text.secondary"), 1)

    def _open(self, place: int) -> None:
        number = self.rows.rows[place].id
        self.close_now()
        self._face.window.show_page("inbox", conversation=number)


def names(*parts: str) -> str:
    """A title of pieces, each of which may be in another script."""
    return " · ".join(isolated(part) for part in parts if part)
