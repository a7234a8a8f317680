"""The sheet that reads figures of the past from a file: of which account they are, what stands in it, then progress and result."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.account import POSTS_NOTHING, AccountRow
from app.models.order import DayOrder
from app.models.past_figure import FigurePreview
from app.ui.names import network_name
from app.ui.orders.file_sheet import CameOf, FileSheet
from app.ui.orders.table_preview import offer_days
from app.ui.page import PageFace
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label


def open_figures(face: PageFace, host: QWidget, path: Path) -> None:
    """Look into a file, then show the sheet; a file that cannot be read is told like any other mistake."""

    async def look() -> None:
        preview = await face.services.figure_import.preview(path)
        accounts = face.services.reads.now(lambda queries: queries.accounts())
        face.window.open_sheet(
            FigureSheet(face, host, path, preview, [each for each in accounts if each.network not in POSTS_NOTHING])
        )

    face.actions.start("figures: preview", look())


class FigureSheet(FileSheet):
    """One import of figures by day."""

    def __init__(
        self, face: PageFace, host: QWidget, path: Path, preview: FigurePreview, accounts: list[AccountRow]
    ) -> None:
        super().__init__(face, host, path, face.services.figure_import, "figures.title", width=520)
        look, words = face.look, face.words
        first, last = preview.first, preview.last
        days = words.range(first, last) if first is not None and last is not None else ""
        self.said.setText(look.text("figures.said", n=preview.days, file=isolated(path.name), days=days))
        metrics = words.enumeration(
            f"{one_line(title)[:40]} ({look.text(f'figures.metric.{metric}')})" for title, metric in preview.columns
        )
        self.columns = Label(look, look.text("figures.columns", columns=metrics), "small", "text.secondary", wrap=True)
        named: list[tuple[str, object]] = [
            (f"{network_name(each.network)} {isolated(each.handle)}", each.id) for each in accounts
        ]
        self.account = Select(look, look.text("figures.of_account"), named)
        self.days = Select(look, look.text("orders.days"))
        offer_days(look, self.days, preview.order)
        self._ambiguous = preview.order is None and preview.days > 0
        area = QWidget()
        column = QVBoxLayout(area)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(8))
        column.addWidget(self.columns)
        column.addWidget(Label(look, look.text("figures.of_account"), "bodyStrong"))
        column.addWidget(self.account)
        column.addWidget(self.days)
        self.days.setVisible(self._ambiguous)
        column.addWidget(Label(look, look.text("figures.known_said"), "caption", "text.tertiary", wrap=True))
        self.begin(area, "figures.import")
        self.go.setEnabled(bool(accounts))

    def unclear(self) -> tuple[QWidget, str] | None:
        return (self.days, "orders.days_unclear") if self._ambiguous and not self.days.currentData() else None

    async def read(self) -> CameOf:
        chosen, look = self.days.currentData(), self._look
        result = await self._face.services.figure_import.import_file(
            self._path, int(self.account.currentData()), self.tell, DayOrder(chosen) if chosen else None
        )
        said = [look.text("figures.brought", n=result.days) if result.days else look.text("figures.brought_nothing")]
        if result.known:
            said.append(look.text("figures.known", n=result.known))
        if result.stopped:
            said.append(look.text("orders.result.stopped"))
        return CameOf(said, result.wrong, len(result.wrong))

    def reading(self, done: int, of_all: int) -> str:
        return self._look.text("figures.reading", done=done, all=of_all)
