"""What a file would do is said before it comes in; rows are mended or saved as a list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.playbook_file import FilePlan, WrongRow
from app.runtime.words import message
from app.ui.playbook.files import export_file, import_file
from app.ui.playbook.import_sheet import ImportSheet, RowSheet
from tests.ui.playbook.acting import fake_of, page_of
from tests.ui.shop import Shop, texts

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

Open = Callable[..., Shop]


def opened_import(shop: Shop) -> ImportSheet:
    import_file(page_of(shop)._face, page_of(shop), Path("a.csv"))
    sheet = shop.shell.window.overlay()
    assert isinstance(sheet, ImportSheet)
    return sheet


def test_what_a_file_would_do_is_said_before_it_comes_in(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    sheet = opened_import(shop)
    said = texts(sheet)
    assert any(each.startswith("2 answers are new: ") and "Thanks" in each for each in said)
    assert any(each.startswith("1 answer changes: ") and "Tarde" in each for each in said)
    assert "3 answers are here already, just so" in said
    assert fake_of(shop).asked == [("preview", "a.csv", {})]
    assert sheet.go.hasFocus()
    sheet.leave.setChecked(True)
    sheet.go.click()
    qapp.processEvents()
    assert fake_of(shop).asked[-1] == ("import", "a.csv", {}, True)
    assert shop.said() == ["2 answers came in, 1 changed"]
    assert shop.shell.window.overlay() is None


def test_rows_left_out_are_mended_here_or_saved_as_a_list(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    wrong = (
        WrongRow(
            5,
            message("playbook_file.unknown_category", category="odr", categories="order"),
            {"key": "late", "text": "one\ntwo"},
        ),
        WrongRow(9, message("orders.wrong.quote")),
    )
    fake_of(shop).plan = fake_of(shop).plan._replace(new=(), changed=(), facts=(), examples=0, wrong=wrong)
    sheet = opened_import(shop)
    assert "Nothing in it is new." in texts(sheet)
    assert not sheet.go.isEnabled()
    assert "2 rows were left out" in texts(sheet)
    sheet.save_list(Path("list.csv"))
    qapp.processEvents()
    assert fake_of(shop).asked[-1][:3] == ("list", "list.csv", [5, 9])
    (fix,) = sheet.fixes
    fix.click()
    row = shop.shell.window.overlay()
    assert isinstance(row, RowSheet)
    row.fields["category"].line.setText("order")
    QTest.keyClick(row.fields["category"].line, Qt.Key.Key_Return)
    qapp.processEvents()
    asked = fake_of(shop).asked[-1]
    assert asked[0] == "preview"
    assert (asked[2][5]["key"], asked[2][5]["category"], asked[2][5]["text"]) == ("late", "order", "one\ntwo")
    assert "1 row was left out" in texts(sheet)


def test_a_file_with_nothing_new_cannot_be_brought_in(open_page: Open) -> None:
    shop = open_page()
    fake_of(shop).plan = FilePlan((), (), 3, 0, (), ())
    assert not opened_import(shop).go.isEnabled()


def test_all_answers_go_into_a_file(open_page: Open) -> None:
    shop = open_page()
    export_file(page_of(shop)._face, Path("all.json"))
    assert fake_of(shop).asked[-1] == ("export", "all.json")
    assert shop.said() == ["3 answers are in all.json"]


def test_a_file_that_was_opened_by_double_click_is_looked_into_first(open_page: Open, qapp: QApplication, tmp_path: Path) -> None:
    shop = open_page()
    file = tmp_path / "mis  respuestas.tertulia-playbook"
    shop.shell.face.show_page("playbook", import_file=str(file))
    qapp.processEvents()
    assert isinstance(shop.shell.window.overlay(), ImportSheet)
    assert [asked[0] for asked in fake_of(shop).asked] == ["preview"]
    assert "respuestas.tertulia-playbook" in texts(shop.shell.window.overlay())[0]
