"""Files and links that the system hands over while the program runs, as macOS does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from app.ui.opened import Opened
from tests.ui.closing import delete


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Opened]:
    made = Opened(qapp)
    yield made
    qapp.removeEventFilter(made)
    delete(made)


def test_what_comes_before_the_window_waits_for_it_and_the_rest_is_told_at_once(qapp: QApplication, opened: Opened, tmp_path: Path) -> None:
    heard: list[str] = []
    backup = tmp_path / "Ma sauvegarde é.tertulia-backup"
    assert QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(backup))))
    opened.hand_to(heard.append)
    assert heard == [str(backup)]
    QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl("tertulia:calendar/2026-11-21")))
    QCoreApplication.sendEvent(qapp, QFileOpenEvent(str(tmp_path / "respuestas.tertulia-playbook")))
    assert heard[1:] == ["tertulia:calendar/2026-11-21", str(tmp_path / "respuestas.tertulia-playbook")]


def test_everything_else_goes_where_it_goes(qapp: QApplication, opened: Opened) -> None:
    assert not opened.eventFilter(qapp, QEvent(QEvent.Type.ApplicationPaletteChange))
