"""What every test stands on: async tests, a clock that stands still, English words, and a log that must stay quiet."""

from __future__ import annotations

import asyncio
import gc
import inspect
import logging
import os
from collections.abc import Callable, Coroutine, Generator
from pathlib import Path
from typing import Any

# Before any import of Qt, keyring or numpy. A system test sets its own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does; a worker has one core, and threads that wait take it
os.environ.pop("TERTULIA_PROFILE", None)

import pytest
import qasync
from hypothesis import HealthCheck
from hypothesis import settings as property_settings
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.runtime.words import Words
from tests.fakes.clock import FakeClock
from tests.slowed import slow_down

TRANSLATIONS = Path(__file__).resolve().parents[1] / "resources" / "translations"
# The same cases each time, however busy the machine is: a test that fails says something about the change that is tested. Other cases
# are looked for by `python3 run.py test --hypothesis-profile search`.
property_settings.register_profile(
    "steady", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
property_settings.register_profile("search", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.load_profile("steady")

GRACE_PASSES = 10
"""Turns of the loop that a task may still need after its test has ended."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slowed", type=float, default=0.0, metavar="SECONDS", help="work on other threads takes up to so long longer")


@pytest.fixture
def clock() -> FakeClock:
    """Stands at Wednesday 18 November 2026, 10:00 in Mexico City."""
    return FakeClock()


@pytest.fixture
def words(clock: FakeClock) -> Words:
    """English, as the sample shop's Mexico City sees the time."""
    words = Words(TRANSLATIONS, "en", "America/Mexico_City")
    words.clock = clock
    return words


# --- async tests


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Runs `async def` tests: under qasync if the test uses Qt, else under asyncio alone."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    qapp = pyfuncitem.funcargs.get("qapp")
    if qapp is None:
        _run(pyfuncitem.obj(**arguments), None)
        return True
    # Quitting on the last closed window would stop the loop in the middle of a test.
    quits = qapp.quitOnLastWindowClosed()
    qapp.setQuitOnLastWindowClosed(False)
    try:
        _run(pyfuncitem.obj(**arguments), lambda: qasync.QEventLoop(qapp))
    finally:
        qapp.setQuitOnLastWindowClosed(quits)
    return True


def _run(test: Coroutine[Any, Any, None], loop_factory: Callable[[], asyncio.AbstractEventLoop] | None) -> None:
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(_alone(test))


async def _alone(test: Coroutine[Any, Any, None]) -> None:
    """Runs a test and fails it if it leaves a task behind."""
    try:
        await test
    finally:
        for _ in range(GRACE_PASSES):
            await asyncio.sleep(0)
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
    if left:
        pytest.fail("the test left tasks behind: " + ", ".join(sorted(str(task.get_coro()) for task in left)))


# --- a quiet log


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


_LISTENER = pytest.StashKey[_Listener]()


MUCH_GARBAGE = 200_000
"""Objects made since the last sweep."""


def pytest_configure(config: pytest.Config) -> None:
    """A worker thread that happened to sweep would destroy Qt's objects of earlier tests from beside the screen's thread."""
    gc.disable()
    if config.getoption("slowed"):
        slow_down(config.getoption("slowed"))


def pytest_collection_finish() -> None:
    """Eighteen thousand tests and all modules stay to the end: a sweep that went through them would take longer than most tests."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    item.stash[_LISTENER] = listener = _Listener()
    logging.getLogger().addHandler(listener)
    try:
        return (yield)
    finally:
        logging.getLogger().removeHandler(listener)
        _clear_the_screen()
        if gc.get_count()[0] > MUCH_GARBAGE:
            gc.collect()


def _clear_the_screen() -> None:
    """A window that a test left would be dressed anew together with each one that comes after it."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    for widget in application.topLevelWidgets():
        if isValid(widget):  # it may have gone with the one before it
            widget.deleteLater()
            application.sendPostedEvents(widget, QEvent.Type.DeferredDelete)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Fails a test that logs a warning, unless it asks for `expected_log`."""
    yield
    records = item.stash[_LISTENER].records
    if records and "expected_log" not in getattr(item, "fixturenames", ()):
        said = "\n".join(f"{record.levelname} {record.name}: {record.getMessage()}" for record in records)
        pytest.fail(f"unexpected in the log (a test that means it asks for expected_log):\n{said}", pytrace=False)


@pytest.fixture
def expected_log(request: pytest.FixtureRequest) -> list[logging.LogRecord]:
    """The records of WARNING and above so far; asking for it allows them."""
    return request.node.stash[_LISTENER].records
