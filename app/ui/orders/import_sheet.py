"""The sheet that reads the shop's orders from a file: which column is what, how days are written, the first rows, then progress and result."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from app.models.order import Column, FilePreview, ImportResult, Mapped
from app.ui.orders.column_form import ColumnForm
from app.ui.orders.file_sheet import CameOf, FileSheet
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.widgets.field import LineField
from app.ui.widgets.fitting import Fitting


def currency_of(country: str) -> str:
    """The code of a country's currency, by its two letters; empty where it is not known."""
    territory = QLocale.codeToTerritory(country)
    if not country or territory == QLocale.Country.AnyTerritory:
        return ""
    return QLocale(QLocale.Language.AnyLanguage, territory).currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)


def open_import(face: PageFace, host: QWidget, path: Path, currency: str) -> None:
    """Look into a file, then show the sheet; a file that cannot be read is told like any other mistake."""

    async def look() -> None:
        preview = await face.services.orders.preview(path)
        face.window.open_sheet(ImportSheet(face, host, path, preview, currency))

    face.actions.start("orders: preview", look())


class ImportSheet(FileSheet):
    """One import of orders."""

    def __init__(self, face: PageFace, host: QWidget, path: Path, preview: FilePreview, currency: str) -> None:
        super().__init__(face, host, path, face.services.orders, "orders.title", width=720)
        look = face.look
        self.currency = LineField(look, look.text("orders.currency"), currency)
        self.currency.setMaxLength(3)
        self.form = ColumnForm(
            look,
            {column: f"orders.column.{column}" for column in Column},
            [("orders.currency", self.currency)],
            encoded=self._look_again,
        )
        self.begin(Fitting(self.form), "orders.import")
        self._show(preview)

    def mapped(self) -> Mapped:
        """What was chosen."""
        return Mapped(self.form.chosen_columns(), self.form.chosen_days(), self.currency.text().strip().upper())

    def unclear(self) -> tuple[QWidget, str] | None:
        mapped = self.mapped()
        if Column.NUMBER not in mapped.columns:
            return self.form.columns[Column.NUMBER], "orders.no_number_column"
        if self._preview.ambiguous_days and mapped.days is None and Column.DATE in mapped.columns:
            return self.form.days, "orders.days_unclear"
        return None

    async def read(self) -> CameOf:
        result = await self._face.services.orders.import_file(
            self._path, self.mapped(), self.tell, self.form.chosen_encoding()
        )
        return CameOf(self._sentences(result), result.wrong, result.wrong_count)

    def reading(self, done: int, of_all: int) -> str:
        return super().reading(done // 2, of_all // 2)  # each row is read and kept

    # ---- inside

    def _show(self, preview: FilePreview) -> None:
        self._preview = preview
        self.said.setText(self._look.text("orders.said", n=preview.data_lines, file=isolated(self._path.name)))
        guessed = preview.guessed
        self.form.show_file(preview.header, preview.rows, guessed.columns, guessed.days, preview.form.encoding)
        self.place()

    def _look_again(self, encoding: str) -> None:
        async def look() -> None:
            self._show(await self._face.services.orders.preview(self._path, encoding))

        self._face.actions.start("orders: preview", look())

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
