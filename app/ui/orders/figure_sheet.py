"""The sheet that reads figures of the past from a file: of which account they are, what stands in it, then progress and result."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.account import POSTS_NOTHING, AccountRow
from app.models.order import DayOrder
from app.models.past_figure import FigurePreview, FigureResult
from app.runtime.errors import AppError
from app.ui.dialogs import Sheet
from app.ui.names import network_name
from app.ui.orders.progress_bar import ProgressBar
from app.ui.orders.table_preview import offer_days
from app.ui.page import PageFace
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.button import Button
from app.ui.widgets.select import Select
from app.ui.widgets.strip import Strip
from app.ui.widgets.text import Label

LEFT_OUT_SHOWN = 5


def open_figures(face: PageFace, host: QWidget, path: Path) -> None:
    """Look into a file, then show the sheet; a file that cannot be read is told like any other mistake."""

    async def look() -> None:
        preview = await face.services.figure_import.preview(path)
        accounts = face.services.reads.now(lambda queries: queries.accounts())
        face.window.open_sheet(
            FigureSheet(face, host, path, preview, [each for each in accounts if each.network not in POSTS_NOTHING])
        )

    face.actions.start("figures: preview", look())


class FigureSheet(Sheet):
    """One import. Closing it while it runs stops it after the days in hand."""

    def __init__(
        self, face: PageFace, host: QWidget, path: Path, preview: FigurePreview, accounts: list[AccountRow]
    ) -> None:
        look = face.look
        super().__init__(look, host, look.text("figures.title"), width=520)
        self._face = face
        self._path = path
        self._running = False
        self._ended = False
        words = face.words
        days = (
            words.range(preview.first, preview.last) if preview.first is not None and preview.last is not None else ""
        )
        self.said = Label(
            look, look.text("figures.said", n=preview.days, file=isolated(path.name), days=days), "body", wrap=True
        )
        self.body.addWidget(self.said)
        metrics = ", ".join(
            f"{one_line(title)[:40]} ({look.text(f'figures.metric.{metric}')})" for title, metric in preview.columns
        )
        self.columns = Label(look, look.text("figures.columns", columns=metrics), "small", "text.secondary", wrap=True)
        self.body.addWidget(self.columns)
        self.body.addWidget(Label(look, look.text("figures.of_account"), "bodyStrong"))
        named: list[tuple[str, object]] = [
            (f"{network_name(each.network)} {isolated(each.handle)}", each.id) for each in accounts
        ]
        self.account = Select(look, look.text("figures.of_account"), named)
        self.body.addWidget(self.account)
        self._ambiguous = preview.order is None and any(True for _ in range(preview.days))
        self.days = Select(look, look.text("orders.days"))
        offer_days(look, self.days, preview.order)
        self.days.setVisible(self._ambiguous)
        self.body.addWidget(self.days)
        self.body.addWidget(Label(look, look.text("figures.known_said"), "caption", "text.tertiary", wrap=True))
        self.trouble = Strip(look, "warn")
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.progress = ProgressBar(look)
        self.progress.hide()
        self.body.addWidget(self.progress)
        self.result = Label(look, "", "body", wrap=True)
        self.result.hide()
        self.body.addWidget(self.result)
        self.go = Button(look, look.text("figures.import"), kind="primary", clicked=self.start)
        self.go.setEnabled(bool(accounts))
        self.foot.addStretch(1)
        self.foot.addWidget(self.go)
        self.closed.connect(self._stop)

    def start(self) -> None:
        """Import; once more ends it, and when it is over closes the sheet."""
        if self._running:
            self._face.services.figure_import.stop()
        elif self._ended:
            self.close_now()
        elif self._ambiguous and not self.days.currentData():
            self.trouble.show_message("warn", self._look.text("orders.days_unclear"))
            self.trouble.show()
            self.days.setFocus(Qt.FocusReason.OtherFocusReason)
            self.place()
        else:
            self._running = True
            self.trouble.hide()
            self.progress.show()
            self.go.setText(self._look.text("orders.stop"))
            self._face.actions.start("figures: import", self._import())

    async def _import(self) -> None:
        chosen = self.days.currentData()
        try:
            days = DayOrder(chosen) if chosen else None
            result = await self._face.services.figure_import.import_file(
                self._path, int(self.account.currentData()), self._tell, days
            )
        except AppError:
            self._running = False
            if not self.isHidden():
                self.close_now()
            raise
        self._running = False
        if not self.isHidden():
            self._end(result)

    def _tell(self, done: int, of_all: int) -> None:
        if not self.isHidden():
            self.progress.show_share(done / max(1, of_all), self._look.text("figures.reading", done=done, all=of_all))

    def _end(self, result: FigureResult) -> None:
        look = self._look
        self._ended = True
        self.progress.hide()
        said = [look.text("figures.brought", n=result.days) if result.days else look.text("figures.brought_nothing")]
        if result.known:
            said.append(look.text("figures.known", n=result.known))
        if result.stopped:
            said.append(look.text("orders.result.stopped"))
        said += [
            look.text("orders.wrong_row", line=row.line, reason=row.reason) for row in result.wrong[:LEFT_OUT_SHOWN]
        ]
        self.result.setText("\n".join(said))
        self.result.show()
        self.go.setText(look.text("orders.close"))
        self.place()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        if self._running:
            self._face.services.figure_import.stop()
