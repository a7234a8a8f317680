"""The process that compares by meaning: started when wanted, let go when idle, and missed by nobody where it cannot be."""

from __future__ import annotations

import logging
import sys
import time
from pathlib import Path

import pytest

from app.language.suggestion import Known
from app.services.suggesting import encoder
from app.services.understanding import Understanding

KNOWN = (Known("late", "¿Dónde está mi pedido?"), Known("refund", "Quiero mi dinero de vuelta"))
ECHO = (
    "import json,sys\n"
    "print(json.dumps({'ready': True}), flush=True)\n"
    "for line in sys.stdin:\n"
    "    asked = json.loads(line)\n"
    "    answer = {'found': [[['late', 1.0, ['x']]] for _ in asked['ask']]} if 'ask' in asked else {'ok': True}\n"
    "    print(json.dumps(answer), flush=True)\n"
)


def test_the_real_one_answers_in_another_language() -> None:
    mind = encoder()
    try:
        waking = mind.wake(KNOWN)
        assert waking is not None
        waking.result(60)
        assert mind.is_ready
        found = mind.ask(["where is my order"], 3).result(10)
        assert found is not None
        assert [each.answer for each in found[0]] == ["late"]
    finally:
        mind.close()


def test_it_is_let_go_when_nobody_asks_and_comes_back_when_somebody_does() -> None:
    mind = Understanding([sys.executable, "-c", ECHO], idle_seconds=0.05)
    try:
        for _ in range(2):
            waking = mind.wake(KNOWN)
            assert waking is not None
            waking.result(20)
            end = time.monotonic() + 10
            while mind.is_ready:
                assert time.monotonic() < end
            assert not mind.trouble
    finally:
        mind.close()


def test_what_is_loaded_is_not_loaded_again() -> None:
    mind = Understanding([sys.executable, "-c", ECHO])
    try:
        waking = mind.wake(KNOWN)
        assert waking is not None
        waking.result(20)
        assert mind.wake(KNOWN) is None
        mind.learn(Known("late", "x"))
        assert mind.wake((*KNOWN, Known("late", "x"))) is None
        assert mind.ask(["a", "b"], 3).result(10) is not None
    finally:
        mind.close()


@pytest.mark.parametrize("command", [["/nowhere/at/all"], [sys.executable, "-c", "raise SystemExit(1)"]])
def test_where_it_cannot_be_it_says_so_once(command: list[str], expected_log: list[logging.LogRecord]) -> None:
    mind = Understanding(command)
    try:
        waking = mind.wake(KNOWN)
        assert waking is not None
        waking.result(20)
        assert (mind.trouble, mind.is_ready, mind.wake(KNOWN)) == (True, False, None)
        assert mind.ask(["a"], 3).result(10) is None
        assert len(expected_log) == 1
    finally:
        mind.close()


def test_closed_it_does_nothing_more() -> None:
    mind = Understanding([sys.executable, "-c", ECHO])
    mind.close()
    assert mind.wake(KNOWN) is None


@pytest.mark.parametrize("ready", ["print(json.dumps({'ready': True}), flush=True); sys.stdin.readline()", "pass"], ids=["loading", "starting"])
def test_closed_in_the_middle_of_loading_it_keeps_nobody_waiting(ready: str, tmp_path: Path) -> None:
    busy = tmp_path / "busy"
    mind = Understanding([sys.executable, "-c", f"import json,sys,time\n{ready}\nopen({str(busy)!r}, 'w').close()\ntime.sleep(3600)"])
    waking = mind.wake(KNOWN)
    assert waking is not None
    end = time.monotonic() + 20
    while not busy.exists():
        assert time.monotonic() < end
    mind.close()
    waking.result(20)
    assert (mind.trouble, mind.is_ready) == (False, False)


def test_texts_are_compared_with_each_other_where_it_is_there() -> None:
    mind = Understanding([sys.executable, "-c", ECHO.replace("{'ok': True}", "{'pairs': [[0, 1, 0.8]]}")])
    try:
        assert mind.hold(["a"], anew=True).result(10) is False
        assert mind.pairs([[0]], 0.5).result(10) is None
        assert mind.near(["a", "b"], 0.5).result(10) is None
        waking = mind.wake(KNOWN)
        assert waking is not None
        waking.result(20)
        assert mind.hold(["a", "b"], anew=True).result(10) is True
        near = mind.pairs([[0], [1]], 0.5).result(10)
        assert near is not None
        assert list(near) == [(0, 1, 0.8)]
        few = mind.near(["a", "b"], 0.5).result(10)
        assert few is not None
        assert list(few) == [(0, 1, 0.8)]
    finally:
        mind.close()


def test_many_pairs_come_line_by_line() -> None:
    lines = "[{'pairs': [[0, 1, 0.8]], 'more': True}, {'pairs': [[1, 2, 0.7]], 'more': False}]"
    told = f"[print(json.dumps(each), flush=True) for each in ({lines} if 'pairs' in asked else [answer])]"
    mind = Understanding([sys.executable, "-c", ECHO.replace("print(json.dumps(answer), flush=True)", told)])
    try:
        waking = mind.wake(KNOWN)
        assert waking is not None
        waking.result(20)
        near = mind.pairs([[0], [1]], 0.5).result(10)
        assert near is not None
        assert list(near) == [(0, 1, 0.8), (1, 2, 0.7)]
    finally:
        mind.close()
