"""What the interpreter does otherwise while a thread imports, and that it does as before afterwards."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from app.runtime.rhythm import giving_way, keeping_the_rhythm, sharing_the_time


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def full_collections() -> int:
    return int(gc.get_stats()[2]["collections"])


def make_many() -> list[list[object]]:
    return [[] for _ in range(300_000)]


def test_old_objects_are_left_alone_meanwhile() -> None:
    with keeping_the_rhythm():
        before = full_collections()
        kept = make_many()
        assert full_collections() == before
    assert len(kept) == 300_000


def test_what_was_made_is_never_gone_through_again() -> None:
    with keeping_the_rhythm():
        kept = make_many()
    assert gc.get_freeze_count() >= len(kept)


def test_all_is_as_before_afterwards_even_when_it_failed() -> None:
    before = sys.getswitchinterval(), gc.get_threshold()
    meanwhile = 0.0
    with suppress(LookupError), keeping_the_rhythm():
        meanwhile = sys.getswitchinterval()
        raise LookupError
    assert meanwhile < before[0]
    assert (sys.getswitchinterval(), gc.get_threshold()) == before


def test_of_several_that_overlap_the_last_one_puts_it_back() -> None:
    """Two long pieces of work on two threads: the second one begins while the first goes on, and ends after it."""
    before = (sys.getswitchinterval(), gc.get_threshold())
    first, second = sharing_the_time(), sharing_the_time()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert sys.getswitchinterval() < before[0]
    second.__exit__(None, None, None)
    assert (sys.getswitchinterval(), gc.get_threshold()) == before


def test_sharing_the_time_leaves_everything_as_it_was() -> None:
    before = (sys.getswitchinterval(), gc.get_threshold())
    with sharing_the_time():
        assert sys.getswitchinterval() < before[0]
        assert gc.get_threshold()[2] > before[1][2]
    assert (sys.getswitchinterval(), gc.get_threshold()) == before


def test_giving_way_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    monkeypatch.setattr(time, "sleep", rests.append)
    assert list(giving_way(range(250), 100)) == list(range(250))
    assert len(rests) == 2
