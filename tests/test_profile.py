"""Opening a profile, its language, and renewing the sample shop only when nobody has it open."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app import bootstrap
from app.bootstrap import open_database
from app.models.sorting import PILLAR, Sorts
from app.profile import language_of, open_profile, renew_sample
from app.runtime.clock import SystemClock
from app.runtime.errors import NewerFile
from app.runtime.paths import Paths
from app.runtime.settings import Shop
from app.runtime.start import Options
from app.services import sample_profile
from app.store.schema import FileState
from app.store.writing import settings as settings_writing
from tests.services.shop import empty_data_file


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


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LC_ALL": "es_MX.UTF-8"}, "es_MX"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
        ({"LC_ALL": "", "LANG": "es"}, "es"),
    ],
)
def test_the_language_is_the_one_chosen_else_the_systems(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
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
    for text, held in (
        ("", False),
        ("x\n", False),
        (f"{os.getpid()}\ntertulia\n{socket.gethostname()}\n", False),
        ("1\ntertulia\nelsewhere\n", True),
    ):
        paths.lock.write_text(text, encoding="utf-8")
        assert sample_profile.has_window(paths) is held


def test_the_users_own_names_are_spoken_from_the_start_and_as_another_process_changes_them(tmp_path: Path) -> None:
    options = Options(tmp_path / "p", language="es")
    first = open_profile(options, "test")
    database = open_database(first)
    named = json.dumps({"version": 1, "values": {"pillars": Sorts(PILLAR).renamed("scene", "Viajes {n}").rows}})
    database.write_now(settings_writing.save, "sorting", named)
    try:
        second = open_profile(options, "test")
        assert second.words.text("pillar.scene") == "Viajes {n}"
        assert first.words.text("pillar.scene") == "Escena y conciertos"
        first.stored["sorting"] = named
        first.settings.reload()
        assert first.words.text("pillar.scene") == "Viajes {n}"
        second.reader.close()
        second.log.close()
    finally:
        database.close_now()
        first.reader.close()
        first.log.close()
