"""The sheet that imports orders: what is not clear is asked, nothing happens before, progress is shown and can be stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.models.order import Column, DayOrder, FileForm, FilePreview, ImportResult, Mapped, WrongRow
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.orders.column_form import NOTHING
from app.ui.orders.import_sheet import ImportSheet, currency_of, open_import
from app.ui.page import PageFace
from app.ui.shell import Shell
from tests.ui.inbox.fake_services import FakeServices

PATH = Path("/shop/pedidos.csv")
CLEAR = Mapped({Column.NUMBER: 0, Column.DATE: 1}, DayOrder.DAY_FIRST)


def seen(
    mapped: Mapped, *, ambiguous: bool = False, header: tuple[str, ...] = ("Folio", "Fecha", "Algo")
) -> FilePreview:
    return FilePreview(FileForm("utf-8", ";"), header, (("A-1", "03/04/2026", "<b>\u202ex"),), mapped, ambiguous, 120)


def opened(face: PageFace, shell: Shell, preview: FilePreview) -> ImportSheet:
    sheet = ImportSheet(face, shell.window, PATH, preview, "MXN")
    face.window.open_sheet(sheet)
    return sheet


def test_the_file_is_looked_into_and_shown(face: PageFace, shell: Shell, services: FakeServices) -> None:
    open_import(face, shell.window, PATH, "MXN")
    (sheet,) = [
        widget for widget in QApplication.allWidgets() if isinstance(widget, ImportSheet) and widget.isVisible()
    ]
    assert services.acts("preview") == [("preview", "pedidos.csv", "")]
    assert sheet.said.text() == "120 rows in \u2068pedidos.csv\u2069. Check which column is what."
    assert sheet.form.columns[Column.NUMBER].currentText() == "Folio"
    assert sheet.form.columns[Column.EMAIL].currentData() == NOTHING


def test_days_that_can_be_read_in_two_ways_are_asked_before_anything_happens(
    face: PageFace, shell: Shell, services: FakeServices
) -> None:
    sheet = opened(face, shell, seen(Mapped({Column.NUMBER: 0, Column.DATE: 1}), ambiguous=True))
    sheet.start()
    assert sheet.trouble.accessibleName() == "Choose how the days are written."
    assert sheet.form.days.hasFocus()
    assert services.acts("import") == []
    sheet.form.days.choose(DayOrder.MONTH_FIRST)
    sheet.start()
    assert services.acts("import") == [
        ("import", "pedidos.csv", Mapped({Column.NUMBER: 0, Column.DATE: 1}, DayOrder.MONTH_FIRST, "MXN"), "utf-8")
    ]


def test_without_an_order_number_nothing_is_imported(face: PageFace, shell: Shell, services: FakeServices) -> None:
    sheet = opened(face, shell, seen(Mapped({})))
    sheet.start()
    assert sheet.form.columns[Column.NUMBER].hasFocus()
    assert services.acts("import") == []


def test_what_is_chosen_is_what_is_imported(face: PageFace, shell: Shell) -> None:
    sheet = opened(face, shell, seen(CLEAR))
    sheet.form.columns[Column.PRODUCT].choose(2)
    sheet.form.columns[Column.DATE].choose(NOTHING)
    sheet.currency.setText("eur")
    assert sheet.mapped() == Mapped({Column.NUMBER: 0, Column.PRODUCT: 2}, DayOrder.DAY_FIRST, "EUR")


def test_the_result_names_what_was_left_out(face: PageFace, shell: Shell, services: FakeServices) -> None:
    wrong = tuple(WrongRow(10 + n, message("orders.wrong.date", text="ayer")) for n in range(7))
    services.orders.result = ImportResult(read=90, new=80, changed=2, matched=40, wrong_count=7, wrong=wrong)
    sheet = opened(face, shell, seen(CLEAR))
    sheet.start()
    assert "80 new orders" in sheet.result.text()
    assert "7 rows were left out" in sheet.result.text()
    assert sheet.wrong.text().startswith("Line 10: “ayer” is no day\n")
    sheet.copy.click()
    assert QApplication.clipboard().text().count("\n") == 6
    sheet.start()
    assert not sheet.isVisible()


def test_nothing_new_is_said_as_such(face: PageFace, shell: Shell, services: FakeServices) -> None:
    services.orders.result = ImportResult(read=90)
    sheet = opened(face, shell, seen(CLEAR))
    sheet.start()
    assert sheet.result.text() == "Nothing new: all of these were here already"


def test_progress_is_shown_in_figures(face: PageFace, shell: Shell) -> None:
    sheet = opened(face, shell, seen(CLEAR))
    sheet._run()
    sheet.tell(60, 240)
    assert (sheet.progress.share, sheet.progress.accessibleName()) == (0.25, "30 of about 120")


def test_another_encoding_is_looked_at_anew(face: PageFace, shell: Shell, services: FakeServices) -> None:
    sheet = opened(face, shell, seen(CLEAR))
    sheet.form.encoding.setCurrentIndex(3)
    sheet.form.encoding.activated.emit(3)
    assert services.acts("preview") == [("preview", "pedidos.csv", "cp1251")]


def test_a_file_that_cannot_be_read_is_told(face: PageFace, shell: Shell, services: FakeServices) -> None:
    async def refuse(*_values: object) -> None:
        raise UserMistake(message("orders.file_empty"))

    services.orders.preview = refuse  # type: ignore[assignment]
    open_import(face, shell.window, PATH, "")
    assert not [
        widget for widget in QApplication.allWidgets() if isinstance(widget, ImportSheet) and widget.isVisible()
    ]


def test_every_part_has_a_name(face: PageFace, shell: Shell) -> None:
    sheet = opened(face, shell, seen(CLEAR, header=("", "x" * 500, "c")))
    for part in (*sheet.form.columns.values(), sheet.form.days, sheet.form.encoding, sheet.currency, sheet.go):
        assert part.accessibleName()
    assert sheet.form.columns[Column.NUMBER].itemText(1) == "Column 1"


@pytest.mark.parametrize(("country", "currency"), [("MX", "MXN"), ("ES", "EUR"), ("US", "USD"), ("", ""), ("ZZ", "")])
def test_a_country_has_a_currency(country: str, currency: str) -> None:
    assert currency_of(country) == currency
