"""Opening a profile, standing in for services that are not loaded yet, and renewing the sample shop only when nobody has it open."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Protocol

import pytest

from app import bootstrap
from app.bootstrap import Late, NoSecrets, language_of, open_database, open_profile, renew_sample
from app.runtime.clock import SystemClock
from app.runtime.errors import NewerFile
from app.runtime.paths import Paths
from app.runtime.settings import Shop
from app.runtime.signals import Signal
from app.runtime.start import Options
from app.services import sample_profile
from app.store.schema import FileState
from tests.services.shop import empty_data_file

ROOT = Path(__file__).resolve().parents[1]


class Face(Protocol):
    """A service as screens know it."""

    @property
    def plain(self) -> int: ...

    async def send(self, text: str) -> str: ...

    def measure(self, text: str) -> int: ...


class Real:
    plain = 7

    def __init__(self) -> None:
        self.progress: Signal[int] = Signal("progress")

    async def send(self, text: str) -> str:
        return f"sent {text}"

    def measure(self, text: str) -> int:
        return len(text)


class Standing:
    """A stand-in, and what hurrying does."""

    def __init__(self) -> None:
        self.hurried = 0
        self.real = Real()
        self.progress: Signal[int] = Signal("progress")
        self.late = Late(self.hurry, Face, {"early": lambda: "soon"}, progress=self.progress)

    def hurry(self) -> None:
        self.hurried += 1
        self.late.become(self.real)


async def test_a_late_service_is_not_hurried_by_work_that_begins_with_the_loop() -> None:
    standing = Standing()
    begun = standing.late.send("hola")
    assert standing.hurried == 0
    assert await begun == "sent hola"
    assert standing.hurried == 1


def test_a_late_service_is_hurried_by_who_cannot_wait() -> None:
    for ask in (lambda late: late.measure("hola"), lambda late: late.plain):
        standing = Standing()
        assert ask(standing.late) in (4, 7)
        assert standing.hurried == 1


def test_a_late_service_has_its_signals_and_early_answers_from_the_start() -> None:
    standing = Standing()
    heard: list[int] = []
    standing.late.progress.connect(heard.append)
    assert standing.late.early() == "soon"
    assert standing.hurried == 0
    standing.late.become(standing.real)
    standing.real.progress.emit(3)
    assert heard == [3]
    assert standing.late.measure("hola") == 4


def test_what_a_service_does_not_have_it_does_not_have_late_either() -> None:
    with pytest.raises(AttributeError):
        _ = Standing().late.nothing_like_this


def test_a_new_profile_is_made_and_a_current_one_opened(tmp_path: Path) -> None:
    options = Options(tmp_path / "p", language="es")
    for state in (FileState.MISSING, FileState.CURRENT):
        profile = open_profile(options, "test")
        try:
            assert (profile.state, profile.words.language, profile.read_only) == (state, "es", False)
            database = open_database(profile)
            identity = profile.stored[bootstrap.PROFILE_ID]
            database.close_now()
        finally:
            profile.reader.close()
            profile.log.close()
    again = open_profile(options, "test")
    assert again.stored[bootstrap.PROFILE_ID] == identity  # names its secrets in the keyring for ever
    again.reader.close()
    again.log.close()


def test_a_newer_file_stops_before_anything_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "tertulia.db").write_bytes(empty_data_file())
    with closing(sqlite3.connect(folder / "tertulia.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerFile):
        open_profile(Options(folder), "test")


def test_processes_of_a_profile_have_names_of_their_own(tmp_path: Path) -> None:
    profile = open_profile(Options(tmp_path / "p"), "test")
    first, second = profile.process_id(), profile.process_id()
    assert first != second
    assert first.split(":")[:2] == [socket.gethostname(), str(os.getpid())]
    profile.reader.close()
    profile.log.close()


@pytest.mark.parametrize(("variables", "language"), [({"LC_ALL": "es_MX.UTF-8"}, "es_MX"), ({"LANG": "C.UTF-8"}, "en"), ({}, "en"), ({"LC_ALL": "", "LANG": "es"}, "es")])
def test_the_language_is_the_one_chosen_else_the_systems(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language_of(Shop()) == language
    assert language_of(Shop(language="es")) == "es"


def stale_sample(folder: Path) -> Paths:
    paths = Paths.of(folder)
    paths.create()
    paths.database.write_bytes(empty_data_file())
    (paths.media / "ab").mkdir()
    (paths.media / "ab" / "abcd.png").write_bytes(b"x")
    return paths


def test_a_sample_shop_of_another_day_is_emptied_pictures_and_all(tmp_path: Path) -> None:
    paths = stale_sample(tmp_path)
    assert renew_sample(paths, SystemClock())
    assert not paths.database.exists()
    assert list(paths.media.iterdir()) == []


def test_a_sample_shop_is_not_emptied_under_an_open_window(tmp_path: Path) -> None:
    paths = stale_sample(tmp_path)
    window = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        paths.lock.write_text(f"{window.pid}\ntertulia\n{socket.gethostname()}\n", encoding="utf-8")
        assert not renew_sample(paths, SystemClock())
        assert paths.database.exists()
    finally:
        window.kill()
        window.communicate()
    assert renew_sample(paths, SystemClock())  # its lock outlived it


def test_locks_that_say_nothing_and_our_own_do_not_count(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path)
    assert not sample_profile.has_window(paths)
    for text, held in (("", False), ("x\n", False), (f"{os.getpid()}\ntertulia\n{socket.gethostname()}\n", False), ("1\ntertulia\nelsewhere\n", True)):
        paths.lock.write_text(text, encoding="utf-8")
        assert sample_profile.has_window(paths) is held


def test_the_sample_shop_keeps_no_secrets() -> None:
    secrets = NoSecrets()
    secrets.set("a", {"token": "t"})
    secrets.delete("a")
    secrets.make_vault("x")
    secrets.unlock("x")
    assert (secrets.get("a"), secrets.has_vault) == ({}, False)
