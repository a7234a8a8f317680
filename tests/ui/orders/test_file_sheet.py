"""A sheet that reads a file: asks before it begins, can be stopped, says what came of it, and is silent once it is closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.models.order import WrongRow
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.orders.file_sheet import LEFT_OUT_SHOWN, CameOf, FileSheet, choose_file
from app.ui.page import PageFace
from app.ui.shell import Shell
from app.ui.widgets.field import LineField


class Asked:
    """What is told to stop."""

    def __init__(self) -> None:
        self.stops = 0

    def stop(self) -> None:
        self.stops += 1


class OfNames(FileSheet):
    """Asks for a name and reads nothing; the test says what came of it."""

    def __init__(self, face: PageFace, host: QWidget, service: Asked) -> None:
        super().__init__(face, host, Path("/shop/names.csv"), service, "orders.title", width=400)
        self.came = CameOf(["Read."])
        self.mistake: UserMistake | None = None
        self.name = LineField(face.look, "Name", "")
        self.begin(self.name, "orders.import")

    def unclear(self) -> tuple[QWidget, str] | None:
        return None if self.name.text() else (self.name, "orders.no_number_column")

    async def read(self) -> CameOf:
        if self.mistake is not None:
            raise self.mistake
        return self.came


@pytest.fixture
def service() -> Asked:
    return Asked()


@pytest.fixture
def sheet(shell: Shell, face: PageFace, service: Asked) -> OfNames:
    made = OfNames(face, shell.window, service)
    face.window.open_sheet(made)
    return made


def test_what_is_unclear_is_pointed_at_and_nothing_is_read(sheet: OfNames) -> None:
    sheet.start()
    assert sheet.name.hasFocus()
    assert sheet.trouble.isVisible()
    assert not sheet.result.isVisible()


def test_afterwards_it_says_what_came_of_it_and_the_button_closes_it(sheet: OfNames) -> None:
    sheet.name.setText("Ana")
    sheet.start()
    assert sheet.result.text() == "Read."
    assert not sheet.area.isVisible()
    assert not sheet.copy.isVisible()
    sheet.start()
    assert not sheet.isVisible()


def test_the_first_rows_that_were_left_out_are_named_and_all_of_them_can_be_copied(sheet: OfNames) -> None:
    wrong = [WrongRow(line, message("orders.wrong.date", text="ayer")) for line in range(2, 10)]
    sheet.came = CameOf(["Read."], wrong, len(wrong))
    sheet.name.setText("Ana")
    sheet.start()
    assert len(sheet.wrong.text().splitlines()) == LEFT_OUT_SHOWN + 1
    assert sheet.wrong.text().endswith("…")
    sheet.copy.click()
    assert len(QApplication.clipboard().text().splitlines()) == len(wrong)


def test_while_it_runs_the_button_stops_it_and_closing_too(sheet: OfNames, service: Asked) -> None:
    sheet._run()
    assert sheet.go.text() == "Stop"
    assert not sheet.area.isEnabled()
    sheet.start()
    sheet.close_now()
    assert service.stops == 2
    sheet.tell(10, 20)  # the last word of what runs finds nobody any more
    assert sheet.progress.share == 0


def test_a_file_that_cannot_be_read_closes_the_sheet_and_is_told(sheet: OfNames, service: Asked) -> None:
    sheet.mistake = UserMistake(message("orders.file_empty"))
    sheet.name.setText("Ana")
    sheet.start()
    assert not sheet.isVisible()
    assert service.stops == 0


def test_the_dialog_does_not_stop_the_window(shell: Shell, face: PageFace, monkeypatch: pytest.MonkeyPatch) -> None:
    dialogs: list[QFileDialog] = []
    monkeypatch.setattr(QFileDialog, "open", lambda self: dialogs.append(self))
    chosen: list[Path] = []
    choose_file(face, shell.window, "orders.choose_file", chosen.append)
    dialogs[0].fileSelected.emit("/shop/a.csv")
    assert chosen == [Path("/shop/a.csv")]
    assert dialogs[0].nameFilters()[0].endswith("(*.csv *.tsv *.txt)")
    dialogs[0].deleteLater()
