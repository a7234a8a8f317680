"""Work handed to the window's thread."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from app.ui.hand_over import HandOver


def test_what_another_thread_hands_over_runs_on_this_one_in_order(qtbot: QtBot) -> None:
    post = HandOver()
    ran: list[tuple[int, int]] = []

    def hand() -> None:
        for number in range(3):
            post(lambda number=number: ran.append((number, threading.get_ident())))  # type: ignore[misc]

    worker = threading.Thread(target=hand)
    worker.start()
    worker.join()
    assert ran == []  # not within the call, and not on the worker
    qtbot.waitUntil(lambda: len(ran) == 3, timeout=30_000)
    here = threading.get_ident()
    assert ran == [(0, here), (1, here), (2, here)]


def test_on_the_same_thread_it_waits_for_its_turn_too(qtbot: QtBot) -> None:
    post = HandOver()
    ran: list[str] = []
    post(lambda: ran.append("later"))
    ran.append("now")
    qtbot.waitUntil(lambda: len(ran) == 2, timeout=30_000)
    assert ran == ["now", "later"]
