"""J and K: key press to the end of the repaint, in the inbox of a large profile and in a C++ list of 20,000 strings.

Twice: as fast as the computer can, where a press meets whatever the press before left to be done, and at the rhythm of a key held down.
Then how long it takes until the conversation that was moved to is on the screen, for somebody who looks at each.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from random import Random

from PySide6.QtCore import QEvent, QEventLoop, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from app.ui.inbox.page import InboxPage
from tests.benchmarks.figure import Figure, middle, quantile

PRESSES = 400
BLOCK = 50
HELD_S = 0.033
"""Between two presses of a key that is held down."""
LOOKS = 80
JUMPS = 60
DOWN = (Qt.Key.Key_J, "j"), (Qt.Key.Key_Down, "")
UP = (Qt.Key.Key_K, "k"), (Qt.Key.Key_Up, "")
Wait = Callable[[float], None]
"""Lets Qt run for some seconds."""


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


def pressed(application: QApplication, view: QTableView, plain: QTableView, wait: Wait, pause: float) -> tuple[list[float], list[float]]:
    """Milliseconds of each press, ours and the baseline's, in interleaved blocks with `pause` seconds before each press."""
    painted, plainly = Painted(view.viewport()), Painted(plain.viewport())
    ours: list[float] = []
    theirs: list[float] = []
    for block in range(PRESSES // BLOCK):
        keys = DOWN if block % 2 == 0 else UP
        for watched, watcher, (key, text), times in ((view, painted, keys[0], ours), (plain, plainly, keys[1], theirs)):
            for _ in range(BLOCK):
                wait(pause)
                times.append(press(application, watched, watcher, key, text))
            wait(0.3)
    return ours, theirs


def jumped(application: QApplication, view: QTableView, plain: QTableView, wait: Wait) -> tuple[list[float], list[float]]:
    """Milliseconds from choosing a row anywhere to the paint that shows it, ours (once its page is read) and the baseline's, whose rows
    are as high here as Qt makes them.
    """
    plain.verticalHeader().resetDefaultSectionSize()
    painted, plainly = Painted(view.viewport()), Painted(plain.viewport())
    ours: list[float] = []
    theirs: list[float] = []
    chance = Random(20261122)
    for _ in range(JUMPS):
        for watched, watcher, times in ((view, painted, ours), (plain, plainly, theirs)):
            wait(0.02)
            index = watched.model().index(chance.randrange(watched.model().rowCount()), 0)
            watcher.at = 0.0
            began = time.perf_counter()
            watched.setCurrentIndex(index)
            watched.scrollTo(index)
            while time.perf_counter() - began < 2 and not (watcher.at and index.data()):
                if not index.data():
                    watcher.at = 0.0
                # Waiting, not spinning: the thread that reads the page must get its turn.
                application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            times.append((watcher.at - began) * 1000)
    return ours, theirs


def looked_at(application: QApplication, page: InboxPage, wait: Wait) -> list[float]:
    """Milliseconds from each press to the end of the paint that shows the messages of the conversation moved to."""
    painted, messages = Painted(page.list.rows.viewport()), Painted(page.conversation.messages.viewport())
    shown: dict[int, float] = {}
    page.desk.detailed.connect(lambda row, _detail: shown.setdefault(row.id, time.perf_counter()))
    times: list[float] = []
    for number in range(LOOKS):
        wait(0.2)
        shown.clear()
        began = time.perf_counter()
        press(application, page.list.rows, painted, *(DOWN if number < LOOKS // 2 else UP)[0])
        row = page.desk.row
        assert row is not None
        while time.perf_counter() - began < 2 and not messages.at > shown.get(row.id, began + 2):
            application.processEvents()
        times.append((messages.at - began) * 1000 if messages.at > shown.get(row.id, began + 2) else 2000.0)
    return times


def figures(application: QApplication, page: InboxPage, wait: Wait) -> Iterator[Figure]:
    """`page` is shown and settled."""
    plain = baseline_list()
    wait(0.3)
    name = "C++ list of 20,000 strings"
    for kind, pause in (("jk", 0.0), ("jk_held", HELD_S)):
        ours, theirs = pressed(application, page.list.rows, plain, wait, pause)
        yield Figure(f"inbox.{kind}.median", middle(ours), "ms", middle(theirs), name, 1.5)
        yield Figure(f"inbox.{kind}.p99", quantile(ours, 0.99), "ms", quantile(theirs, 0.99), name, 2.0)
    ours, theirs = jumped(application, page.list.rows, plain, wait)
    yield Figure("inbox.jump.median", middle(ours), "ms", middle(theirs), name, 3.0)
    times = looked_at(application, page, wait)
    yield Figure("inbox.open.median", middle(times), "ms", limit=50)
    yield Figure("inbox.open.p95", quantile(times, 0.95), "ms", limit=50)
