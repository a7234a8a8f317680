"""The sheet that reads the shop's orders from a file: which column is what, how days are written, the first rows, then progress and result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.order import Column, DayOrder, FilePreview, ImportResult, Mapped
from app.runtime.errors import AppError
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.orders.progress_bar import ProgressBar
from app.ui.orders.table_preview import TablePreview, offer_days, without_order
from app.ui.page import PageFace
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.button import Button
from app.ui.widgets.field import LineField
from app.ui.widgets.fitting import Fitting
from app.ui.widgets.select import Select
from app.ui.widgets.strip import Strip
from app.ui.widgets.text import Label, SectionLabel

ENDINGS = "*.csv *.tsv *.txt"
ENCODINGS = ("utf-8", "utf-16", "cp1252", "cp1251", "gb18030")
LEFT_OUT_SHOWN = 5
NOTHING = -1


def currency_of(country: str) -> str:
    """The code of a country's currency, by its two letters; empty where it is not known."""
    territory = QLocale.codeToTerritory(country)
    if not country or territory == QLocale.Country.AnyTerritory:
        return ""
    return QLocale(QLocale.Language.AnyLanguage, territory).currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)


def choose_file(face: PageFace, host: QWidget, then: Callable[[Path], None]) -> None:
    """Open the system's dialog; it calls back and does not stop the window."""
    dialog = QFileDialog(host, face.text("orders.choose_file"), "", f"{face.text('orders.files')} ({ENDINGS})")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()


def open_import(face: PageFace, host: QWidget, path: Path, currency: str) -> None:
    """Look into a file, then show the sheet; a file that cannot be read is told like any other mistake."""

    async def look() -> None:
        preview = await face.services.orders.preview(path)
        face.window.open_sheet(ImportSheet(face, host, path, preview, currency))

    face.actions.start("orders: preview", look())


class ImportSheet(Sheet):
    """One import. Closing it while it runs stops it after the rows in hand."""

    def __init__(self, face: PageFace, host: QWidget, path: Path, preview: FilePreview, currency: str) -> None:
        look = face.look
        super().__init__(look, host, look.text("orders.title"), width=720)
        self._face = face
        self._path = path
        self._preview = preview
        self._running = False
        self._left_out = ""
        self.said = Label(look, "", "body", "text.secondary", wrap=True)
        self.body.addWidget(self.said)
        self.form = QWidget()
        self._form_column = QVBoxLayout(self.form)
        self._form_column.setContentsMargins(0, 0, look.theme.px(2), look.theme.px(2))
        self._form_column.setSpacing(look.theme.px(8))
        self.columns = {column: Select(look, look.text(f"orders.column.{column}")) for column in Column}
        self.days = Select(look, look.text("orders.days"))
        self.encoding = Select(look, look.text("orders.encoding"), [(name.upper(), name) for name in ENCODINGS])
        self.currency = LineField(look, look.text("orders.currency"), currency)
        self.currency.setMaxLength(3)
        self._rows = TablePreview(look)
        self._lay_out()
        self.trouble = Strip(look, "warn")
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.progress = ProgressBar(look)
        self.progress.hide()
        self.body.addWidget(self.progress)
        self.result = Label(look, "", "body", wrap=True)
        self.result.hide()
        self.body.addWidget(self.result)
        self.wrong = Label(look, "", "small", "text.secondary", wrap=True, selectable=True)
        self.wrong.hide()
        self.body.addWidget(self.wrong)
        self.copy = Button(look, look.text("orders.copy_wrong"), icon="copy", clicked=self._copy)
        self.copy.hide()
        self.go = Button(look, look.text("orders.import"), kind="primary", clicked=self.start)
        self.foot.addWidget(self.copy)
        self.foot.addStretch(1)
        self.foot.addWidget(self.go)
        self.closed.connect(self._stop)
        self.encoding.activated.connect(lambda _row: self._look_again())
        self._show(preview)

    def mapped(self) -> Mapped:
        """What was chosen."""
        places = {column: select.currentData() for column, select in self.columns.items()}
        chosen = {column: place for column, place in places.items() if isinstance(place, int) and place != NOTHING}
        days = self.days.currentData()  # Qt makes plain text of it
        return Mapped(chosen, DayOrder(days) if days else None, self.currency.text().strip().upper())

    def start(self) -> None:
        """Import, unless something is not clear yet: then that is pointed at."""
        if self._running:
            self._face.services.orders.stop()
            return
        if self.result.isVisible():
            self.close_now()
            return
        mapped = self.mapped()
        if Column.NUMBER not in mapped.columns:
            self._point(self.columns[Column.NUMBER], "orders.no_number_column")
        elif self._preview.ambiguous_days and mapped.days is None and Column.DATE in mapped.columns:
            self._point(self.days, "orders.days_unclear")
        else:
            self.trouble.hide()
            self._begin()
            self._face.actions.start("orders: import", self._import(mapped))

    # ---- inside

    def _lay_out(self) -> None:
        look = self._look
        pairs = QGridLayout()
        pairs.setHorizontalSpacing(look.theme.px(10))
        pairs.setVerticalSpacing(look.theme.px(6))
        fields: list[tuple[str, QWidget]] = [
            (f"orders.column.{column}", select) for column, select in self.columns.items()
        ]
        fields += [("orders.days", self.days), ("orders.currency", self.currency), ("orders.encoding", self.encoding)]
        for number, (text_id, widget) in enumerate(fields):
            line, place = number // 2, number % 2 * 2
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            label = Label(look, look.text(text_id), "small", "text.secondary", wrap=True)
            label.setBuddy(widget)
            pairs.addWidget(label, line, place)
            pairs.addWidget(widget, line, place + 1)
            pairs.setColumnStretch(place, 2)
            pairs.setColumnStretch(place + 1, 3)
        self._form_column.addLayout(pairs)
        self._form_column.addWidget(SectionLabel(look, look.text("orders.preview")))
        self._form_column.addWidget(self._rows)
        self.area = Fitting(self.form)
        self.body.addWidget(self.area)

    def _show(self, preview: FilePreview) -> None:
        look = self._look
        self._preview = preview
        self.said.setText(look.text("orders.said", n=preview.data_lines, file=isolated(self._path.name)))
        titles = [
            one_line(title)[:40] or look.text("orders.column_number", n=place + 1)
            for place, title in enumerate(preview.header)
        ]
        offered: list[tuple[str, object]] = [
            (look.text("orders.no_column"), NOTHING),
            *((title, place) for place, title in enumerate(titles)),
        ]
        for column, select in self.columns.items():
            select.offer(offered)
            select.choose(preview.guessed.columns.get(column, NOTHING))
        offer_days(look, self.days, preview.guessed.days)
        self.encoding.choose(without_order(preview.form.encoding))
        self._rows.show_rows(titles, preview.rows)
        self.place()

    def _look_again(self) -> None:
        """Another encoding."""
        encoding = str(self.encoding.currentData())

        async def look() -> None:
            self._show(await self._face.services.orders.preview(self._path, encoding))

        self._face.actions.start("orders: preview", look())

    def _point(self, widget: QWidget, text_id: str) -> None:
        self.trouble.show_message("warn", self._look.text(text_id))
        self.trouble.show()
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place()

    def _begin(self) -> None:
        self._running = True
        self.form.setEnabled(False)
        self.progress.show()
        self.go.choose_kind("plain")
        self.go.setText(self._look.text("orders.stop"))
        self.place()

    async def _import(self, mapped: Mapped) -> None:
        try:
            encoding = (
                str(self.encoding.currentData())
                if self._preview.form.encoding != self.encoding.currentData()
                else self._preview.form.encoding
            )
            result = await self._face.services.orders.import_file(self._path, mapped, self._tell, encoding)
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
            self.progress.show_share(
                done / max(1, of_all), self._look.text("orders.reading", done=done // 2, all=of_all // 2)
            )

    def _end(self, result: ImportResult) -> None:
        look = self._look
        self.progress.hide()
        self.area.hide()
        self.said.hide()
        self.result.setText("\n".join(self._sentences(result)))
        self.result.show()
        if result.wrong_count:
            lines = [look.text("orders.wrong_row", line=row.line, reason=row.reason) for row in result.wrong]
            self._left_out = "\n".join(lines)
            self.wrong.setText(
                "\n".join(lines[:LEFT_OUT_SHOWN]) + ("\n…" if result.wrong_count > LEFT_OUT_SHOWN else "")
            )
            self.wrong.show()
            self.copy.show()
        self.go.choose_kind("primary")
        self.go.setText(look.text("orders.close"))
        self.place()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sentences(self, result: ImportResult) -> list[str]:
        look = self._look
        said = []
        if result.new:
            said.append(look.text("orders.result.new", n=result.new))
        if result.changed:
            said.append(look.text("orders.result.changed", n=result.changed))
        if not said and not result.stopped:
            said.append(look.text("orders.result.nothing"))
        if result.matched:
            said.append(look.text("orders.result.matched", n=result.matched))
        if result.matched < result.new:
            said.append(look.text("orders.result.waiting"))
        if result.stopped:
            said.append(look.text("orders.result.stopped"))
        if result.wrong_count:
            said.append(look.text("orders.result.wrong", n=result.wrong_count))
        return said

    def _copy(self) -> None:
        self._face.window.copy(self._left_out)
        self._face.notices.say(message("orders.copied"), level="ok")

    def _stop(self) -> None:
        if self._running:
            self._face.services.orders.stop()
