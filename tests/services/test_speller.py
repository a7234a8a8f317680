"""What a misspelt word may mean is looked for in a process of its own: meanwhile everything else goes on."""

from __future__ import annotations

import logging
import threading
import time

import pytest

from app.runtime.paths import resources
from app.services import speller as module
from app.services.speller import Speller


@pytest.fixture
def speller() -> Speller:
    return Speller(resources() / "dictionaries")


def test_words_are_judged_here_and_suggested_there(speller: Speller) -> None:
    assert speller.knows("fr-CA")
    assert speller.wrong("el vinlo azul", "es") == [(3, 8)]
    assert "développement" in speller.suggestions("developement", "fr")
    assert speller.suggestions("错字", "zh") == []


def test_meanwhile_everything_else_goes_on(speller: Speller) -> None:
    """In this process it would stand still for a second."""
    gaps, done = [0.0], threading.Event()

    def ask() -> None:
        speller.suggestions("developement", "fr")
        done.set()

    thread = threading.Thread(target=ask)
    thread.start()
    last = time.perf_counter()
    while not done.wait(0.001):
        now = time.perf_counter()
        gaps.append(now - last)
        last = now
    thread.join()
    assert sorted(gaps)[-2] < 0.25
    assert len(gaps) > 50


def test_where_it_cannot_be_there_are_none(speller: Speller, monkeypatch: pytest.MonkeyPatch, expected_log: list[logging.LogRecord]) -> None:
    for command in (["/nowhere/at/all"], ["false"]):
        monkeypatch.setattr(module, "program", lambda command=command: command)
        assert speller.suggestions("vinlo", "es") == []
    assert len(expected_log) == 2
