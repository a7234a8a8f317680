"""Garbage is swept on the screen's thread, when there is enough of it, and never by a worker."""

from __future__ import annotations

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from app.ui.sweeping import Sweeping, sweep


class Ring:
    """Refers to itself: only a sweep frees it."""

    def __init__(self) -> None:
        self.own = self


def much() -> list[weakref.ref[Ring]]:
    return [weakref.ref(Ring()) for _ in range(2000)]


def test_what_is_due_is_swept_and_nothing_else() -> None:
    gc.collect()
    assert sweep() == -1
    left = much()
    assert sweep() >= 0
    assert not any(each() for each in left)


def test_a_worker_sweeps_nothing_and_the_timer_does(qtbot: QtBot) -> None:
    gc.collect()
    sweeping = Sweeping()
    sweeping.begin()
    left: list[weakref.ref[Ring]] = []
    worker = threading.Thread(target=lambda: left.extend(much()))
    worker.start()
    worker.join()
    assert all(each() for each in left)
    qtbot.waitUntil(lambda: not any(each() for each in left), timeout=30_000)
    sweeping.end()
