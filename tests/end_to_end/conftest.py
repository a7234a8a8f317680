"""A sample shop for processes of the program, and the real window with a person before it."""

from __future__ import annotations

import gc
import inspect
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app import bootstrap, profile
from tests.cli.program import make_sample
from tests.end_to_end.morning import Person, Watch, the_process_as_before
from tests.end_to_end.processes import Shop


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory)


@pytest.fixture
def shop(made_sample: Path, tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(tmp_path / "p")
    shutil.copytree(made_sample, shop.root)
    yield shop
    shop.close()


# --- the window


@pytest.fixture(scope="session")
def shop_at_ten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample shop made at ten o'clock of the day that `Watch` begins with."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(profile, "SystemClock", Watch)
        return make_sample(tmp_path_factory)


@pytest.fixture
def me(
    qapp: QApplication, shop_at_ten: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Person]:
    """A person with a sample shop. An `async def` test that takes part as `me` is lived before the open window, which is closed after
    it as a user does: exit code 0, no task, no thread, not a word on stderr.
    """
    watch = Watch()
    monkeypatch.setattr(profile, "SystemClock", lambda: watch)
    monkeypatch.setattr(bootstrap, "SAMPLE_LATENCY_SECONDS", 0.0)
    # A window takes what is there for its own for as long as the process lives; here others follow, and it has to go.
    monkeypatch.setattr(gc, "freeze", lambda: None)
    person = Person(qapp, tmp_path, watch)
    shutil.copytree(shop_at_ten, person.paths.root)
    quits = qapp.quitOnLastWindowClosed()
    qapp.setQuitOnLastWindowClosed(False)
    with the_process_as_before():
        yield person
    qapp.setQuitOnLastWindowClosed(quits)
    assert capfd.readouterr().err == ""


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Lives `async def` tests before the window."""
    person = pyfuncitem.funcargs.get("me")
    if not isinstance(person, Person) or not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    assert person.come_to_work(lambda: pyfuncitem.obj(**arguments)) == 0
    return True
