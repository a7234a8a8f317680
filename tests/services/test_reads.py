"""How screens read: at once, or later and on their own thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from app.runtime.errors import DiskTrouble
from app.services.reads import ScreenReads
from app.store.reader import Reader
from app.store.reading.queries import StoreQueries
from tests.fakes.clock import FakeClock
from tests.services.shop import empty_data_file


class Screen:
    """A screen's thread, worked by the test: what is posted waits here until `work`."""

    def __init__(self, path: Path) -> None:
        path.write_bytes(empty_data_file())
        self.posted: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self.errors: list[BaseException] = []
        self.reader = Reader(path)
        self.reads = ScreenReads(self.reader, FakeClock(), self.posted.put, self.errors.append, StoreQueries)

    def work(self) -> None:
        self.posted.get(timeout=5)()


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    made = Screen(tmp_path / "a.db")
    yield made
    made.reader.close()


def test_now_answers_on_this_thread(screen: Screen) -> None:
    assert screen.reads.now(lambda queries: (queries.accounts(), threading.get_ident())) == ([], threading.get_ident())


def test_later_reads_on_another_thread_and_delivers_on_the_screens(screen: Screen) -> None:
    delivered: list[tuple[int, int]] = []
    screen.reads.later(lambda _queries: threading.get_ident(), lambda reader: delivered.append((reader, threading.get_ident())))
    assert screen.reads.is_busy()
    screen.work()
    assert not screen.reads.is_busy()
    (reader, here) = delivered[0]
    assert (reader != here, here) == (True, threading.get_ident())


def test_a_reading_that_the_end_of_the_program_overtakes_is_no_trouble(screen: Screen) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def hold(_queries: StoreQueries) -> None:
        begun.set()
        go_on.wait(5)
        raise DiskTrouble(technical="read after closing")

    screen.reads.later(hold, lambda _none: None)
    begun.wait(5)
    closing = threading.Thread(target=screen.reader.close)
    closing.start()
    while not screen.reader.closed:
        pass
    go_on.set()
    closing.join()
    screen.work()
    assert screen.errors == []


def test_what_was_cancelled_is_not_delivered(screen: Screen) -> None:
    delivered: list[object] = []
    cancel = screen.reads.later(StoreQueries.accounts, delivered.append)
    cancel()
    screen.work()
    assert delivered == []
    assert not screen.reads.is_busy()


def test_cancelling_afterwards_does_no_harm(screen: Screen) -> None:
    delivered: list[object] = []
    cancel = screen.reads.later(StoreQueries.accounts, delivered.append)
    screen.work()
    cancel()
    assert delivered == [[]]


def test_an_error_goes_to_the_screens_thread_and_delivers_nothing(screen: Screen) -> None:
    delivered: list[object] = []

    def stumble(_queries: StoreQueries) -> None:
        raise ValueError("a bug")

    screen.reads.later(stumble, delivered.append)
    screen.work()
    assert delivered == []
    assert [str(error) for error in screen.errors] == ["a bug"]


def test_an_error_of_something_cancelled_is_nobodys_business(screen: Screen) -> None:
    def stumble(_queries: StoreQueries) -> None:
        raise ValueError("a bug")

    screen.reads.later(stumble, lambda _result: None)()
    screen.work()
    assert screen.errors == []


def test_after_the_end_nothing_is_read(screen: Screen) -> None:
    screen.reader.close()
    with pytest.raises(DiskTrouble):
        screen.reads.now(StoreQueries.accounts)


def test_a_screen_on_its_way_out_that_asks_once_more_hears_nothing(screen: Screen) -> None:
    screen.reader.close()
    delivered: list[object] = []
    screen.reads.later(StoreQueries.accounts, delivered.append)()
    assert not screen.reads.is_busy()
    assert (delivered, screen.errors) == ([], [])
