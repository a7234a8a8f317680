"""J and K: key press to the end of the repaint, in the inbox of a large profile and in a C++ list of 20,000 strings."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from tests.benchmarks.figure import Figure, middle, quantile

PRESSES = 400
BLOCK = 50


class Painted(QObject):
    """Hears when a viewport has painted itself."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__()
        self.at = 0.0
        self._viewport = viewport
        viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and watched is self._viewport:
            self._viewport.removeEventFilter(self)
            QApplication.sendEvent(self._viewport, event)
            self._viewport.installEventFilter(self)
            self.at = time.perf_counter()
            return True
        return False


def press(application: QApplication, view: QWidget, painted: Painted, key: Qt.Key, text: str) -> float:
    """Milliseconds from posting the key to the end of the paint it caused."""
    painted.at = 0.0
    began = time.perf_counter()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.postEvent(view, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
    while not painted.at and time.perf_counter() - began < 2:
        application.processEvents()
    return (painted.at - began) * 1000


def baseline_list() -> QTableView:
    """A C++ model under a C++ delegate."""
    view = QTableView()
    view.setModel(QStringListModel([f"Row {number} of a plain list of strings" for number in range(20_000)], view))
    view.horizontalHeader().hide()
    view.verticalHeader().hide()
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(92)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.resize(356, 800)
    view.show()
    view.setCurrentIndex(view.model().index(0, 0))
    return view


def figures(application: QApplication, list_view: QTableView, settle: Callable[[], None], _scratch: Path) -> Iterator[Figure]:
    """`list_view` is the inbox's own list, shown and settled; blocks of presses are interleaved with the baseline's."""
    plain = baseline_list()
    settle()
    painted, plainly = Painted(list_view.viewport()), Painted(plain.viewport())
    ours: list[float] = []
    theirs: list[float] = []
    for block in range(PRESSES // BLOCK):
        down = block % 2 == 0
        for _ in range(BLOCK):
            ours.append(press(application, list_view, painted, Qt.Key.Key_J if down else Qt.Key.Key_K, "j" if down else "k"))
        settle()
        for _ in range(BLOCK):
            theirs.append(press(application, plain, plainly, Qt.Key.Key_Down if down else Qt.Key.Key_Up, ""))
        settle()
    name = "C++ list of 20,000 strings"
    yield Figure("inbox.jk.median", middle(ours), "ms", middle(theirs), name, 1.5)
    yield Figure("inbox.jk.p99", quantile(ours, 0.99), "ms", quantile(theirs, 0.99), name, 2.0)
