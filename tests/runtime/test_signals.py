"""Signals without Qt."""

from __future__ import annotations

import logging

import pytest

from app.runtime.signals import Signal


def test_listeners_hear_in_the_order_they_connected() -> None:
    signal: Signal[int] = Signal("numbers")
    heard: list[tuple[str, int]] = []
    signal.connect(lambda number: heard.append(("first", number)))
    signal.connect(lambda number: heard.append(("second", number)))
    signal.emit(7)
    assert heard == [("first", 7), ("second", 7)]


def test_disconnecting_ends_it_and_may_be_repeated() -> None:
    signal: Signal[[]] = Signal()
    heard: list[int] = []
    disconnect = signal.connect(lambda: heard.append(1))
    disconnect()
    disconnect()
    signal.emit()
    assert heard == []


def test_the_same_listener_may_connect_twice() -> None:
    signal: Signal[int] = Signal()
    heard: list[int] = []
    disconnect = signal.connect(heard.append)
    signal.connect(heard.append)
    disconnect()
    signal.emit(1)
    assert heard == [1]


def test_one_that_fails_does_not_silence_the_others(expected_log: list[logging.LogRecord]) -> None:
    errors: list[BaseException] = []
    signal: Signal[int] = Signal("numbers", errors.append)
    heard: list[int] = []
    signal.connect(lambda number: heard.append(1 // number))
    signal.connect(heard.append)
    signal.emit(0)
    assert heard == [0]
    assert [type(error) for error in errors] == [ZeroDivisionError]
    assert [record.getMessage() for record in expected_log] == ["a listener of numbers failed: ZeroDivisionError"]


def test_without_a_door_of_its_own_an_error_reaches_the_process_hook(
    expected_log: list[logging.LogRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda *args: caught.append(args[0]))
    signal: Signal[[]] = Signal()
    signal.connect(lambda: 1 // 0)
    signal.emit()
    assert caught == [ZeroDivisionError]


def test_a_listener_may_connect_and_disconnect_while_hearing() -> None:
    signal: Signal[[]] = Signal()
    heard: list[str] = []

    def first() -> None:
        heard.append("first")
        drop_second()
        signal.connect(lambda: heard.append("late"))

    signal.connect(first)
    drop_second = signal.connect(lambda: heard.append("second"))
    signal.emit()
    assert heard == ["first"]
