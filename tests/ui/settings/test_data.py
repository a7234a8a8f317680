"""Settings, Data: what backups there are, going back to one, taking all along, deleting everything behind a typed word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.models.safekeeping import SUFFIX, BackupFile, BackupKind
from app.runtime.settings import Safekeeping
from app.runtime.words import message
from app.ui.settings.erase_sheet import EraseSheet
from app.ui.widgets.button import Button
from app.ui.widgets.text import Label
from tests.ui.fake_safekeeping import WHEN
from tests.ui.shop import Shop

COPY = BackupFile(Path(f"a{SUFFIX}"), BackupKind.AUTOMATIC, WHEN, 1000)
FORMER = BackupFile(Path(f"f{SUFFIX}"), BackupKind.BEFORE_RESTORE, WHEN, 1000)


def section(shop: Shop, files: list[BackupFile]) -> Any:
    shop.services.safekeeping.files = files
    shop.shell.window.show_page("settings", section="data")
    shop.go_on()
    return shop.page.stack.currentWidget()


def overlay(shop: Shop) -> Any:
    QApplication.processEvents()
    shop.go_on()
    QApplication.processEvents()
    return shop.shell.window.overlay()


def press(sheet: Any, text: str) -> None:
    next(button for button in sheet.findChildren(Button) if button.text() == text).click()


def said_in(sheet: Any) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(Label))


def test_the_last_backup_and_how_many_there_are(shop: Shop) -> None:
    pane = section(shop, [])
    assert pane.last.text() == "No backup yet"
    assert pane.former.isHidden()
    pane = section(shop, [COPY, FORMER])
    assert pane.last.text().startswith("Last backup: ")
    assert pane.kept.text().startswith("1 backup")
    assert not pane.former.isHidden()


def test_the_daily_backup_can_be_switched_off(shop: Shop) -> None:
    pane = section(shop, [])
    pane.automatic.widget.click()
    assert not shop.services.settings.get(Safekeeping).automatic


def test_a_file_is_looked_into_before_it_takes_the_place_of_anything(shop: Shop, tmp_path: Path) -> None:
    shop.services.safekeeping.made_at = "elsewhere"
    shop.shell.window.show_page("settings", section="data", backup=str(tmp_path / f"a{SUFFIX}"))
    sheet = overlay(shop)
    said = said_in(sheet)
    assert "Messages: 701. Posts: 271." in said
    assert "another computer" in said
    press(sheet, "Leave it as it is")
    overlay(shop)
    assert shop.done == []
    shop.page.data.offer(tmp_path / f"a{SUFFIX}")
    press(overlay(shop), "Restore")
    overlay(shop)
    assert shop.done == [f"restored a{SUFFIX}"]


def test_a_file_that_is_no_backup_is_told(shop: Shop, tmp_path: Path) -> None:
    shop.shell.window.show_page("settings", section="data")
    shop.page.data.offer(tmp_path / "photo.jpg")
    assert overlay(shop) is None
    assert any("photo.jpg is not a backup" in said for said in shop.said())


def test_a_restore_is_taken_back_where_there_was_one(shop: Shop) -> None:
    section(shop, [COPY])
    shop.page.data.act("undo_restore")
    assert overlay(shop) is None
    assert any("No restored backup" in said for said in shop.said())
    section(shop, [COPY, FORMER])
    shop.page.data.act("undo_restore")
    press(overlay(shop), "Restore")
    overlay(shop)
    assert shop.done == [f"restored f{SUFFIX}"]


@pytest.mark.parametrize(("act", "did"), [("backup", "backed up x"), ("export", "exported x"), ("move", "moved x")])
def test_files_are_asked_for_and_what_became_of_it_is_told(shop: Shop, tmp_path: Path, act: str, did: str) -> None:
    section(shop, [])
    shop.page.data.act(act)
    if act == "move":
        press(overlay(shop), "Stop here and make the file")
    QApplication.processEvents()
    [dialog] = shop.shell.window.window().findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "x"))
    dialog.close()
    overlay(shop)
    assert shop.done == [did]
    shop.services.safekeeping.stopped = True
    shop.page.data._start("again", getattr(shop.page.data, f"_{act}")(tmp_path / "x"))
    overlay(shop)
    assert shop.said()[-1] == "Stopped. Nothing was changed."


def erase_sheet(shop: Shop) -> EraseSheet:
    section(shop, [])
    shop.page.data.act("erase")
    sheet = overlay(shop)
    assert isinstance(sheet, EraseSheet)
    return sheet


def test_nothing_is_deleted_before_the_word_is_typed(shop: Shop) -> None:
    sheet = erase_sheet(shop)
    assert not sheet.go.isEnabled()
    sheet.field.line.setText("auror")
    sheet.accept()
    overlay(shop)
    assert shop.done == []
    sheet.field.line.setText("aurora")
    assert sheet.go.isEnabled()
    sheet.accept()
    overlay(shop)
    assert shop.done == ["erased aurora", "finished"]


def test_what_could_not_be_done_is_read_before_the_window_closes(shop: Shop) -> None:
    shop.services.erasing.left = [message("restore.none")]
    sheet = erase_sheet(shop)
    sheet.field.line.setText("aurora")
    sheet.accept()
    overlay(shop)
    assert "There is no backup that can be read." in said_in(sheet)
    assert shop.done == ["erased aurora"]
    press(sheet, "Delete the folder and quit")
    assert shop.done[-1] == "finished"


def test_a_word_that_the_service_refuses_is_told_beside_it(shop: Shop) -> None:
    sheet = erase_sheet(shop)
    sheet.field.line.setText("Aurora")
    sheet.accept()
    overlay(shop)
    assert shop.done == []
    assert "Nothing was deleted" in said_in(sheet)
