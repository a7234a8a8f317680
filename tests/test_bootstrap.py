"""Standing in for services that are not loaded yet, and the sample shop that has no secrets."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Protocol

import pytest

from app.bootstrap import Late, NoSecrets
from app.runtime.signals import Signal
from tests.benchmarks.big_profile import make

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


def test_the_sample_shop_keeps_no_secrets() -> None:
    secrets = NoSecrets()
    secrets.set("a", {"token": "t"})
    secrets.delete("a")
    secrets.make_vault("x")
    secrets.unlock("x")
    assert (secrets.get("a"), secrets.has_vault) == ({}, False)


WATCHED = """
import sys, traceback
from app import bootstrap
there = bootstrap.Late._there
def asked(self):
    if self._real is None:
        sys.stderr.write(self._face.__name__ + "\\n" + "".join(traceback.format_stack(limit=4)[:-1]))
        sys.stderr.flush()
    return there(self)
bootstrap.Late._there = asked
from app.__main__ import main
main(["--profile", sys.argv[1], "--page", sys.argv[2]])
"""


@pytest.mark.parametrize("page", ["inbox", "today"])
def test_the_first_page_waits_for_no_service(page: str, tmp_path: Path) -> None:
    """They are imported behind it, which takes most of a second: whoever asked for one before would stop the window for as long."""
    profile = tmp_path / "profile"
    profile.mkdir()
    make(profile / "tertulia.db", conversations=20, messages=60)
    shop = json.dumps({"version": 1, "values": {"name": "Discos Aurora", "country": "MX", "zone": "America/Mexico_City"}})
    with closing(sqlite3.connect(profile / "tertulia.db")) as connection, connection:
        connection.execute("INSERT INTO setting VALUES ('shop', ?)", (shop,))
    marks = {"TERTULIA_EXIT_AFTER": "ready", "TERTULIA_MARKS": str(tmp_path / "marks"), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", WATCHED, str(profile), page]
    run = subprocess.run(command, cwd=ROOT, env=os.environ | marks, capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert "ready" in (tmp_path / "marks").read_text()


CHANGED = """
import sys
from app import window
from app.__main__ import main
from app.runtime.settings import Sending
where, name = (window.Loading, "wait") if sys.argv[2] == "before" else (window.Program, "_tell_what_is_new")
usual = getattr(where, name)
def set_something(self):
    self._profile.settings.change(Sending, undo_seconds=20)
    return usual(self)
setattr(where, name, set_something)
main(["--profile", sys.argv[1]])
"""


@pytest.mark.parametrize("moment", ["before", "last"])
def test_what_is_set_at_the_first_and_at_the_last_moment_is_kept(moment: str, tmp_path: Path) -> None:
    """Before the data file is open for writing, and in the same breath in which the program is told to end."""
    profile = tmp_path / "profile"
    profile.mkdir()
    make(profile / "tertulia.db", conversations=2, messages=2)
    ends = {"TERTULIA_EXIT_AFTER": "ready", "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(
        [sys.executable, "-c", CHANGED, str(profile), moment], cwd=ROOT, env=os.environ | ends, capture_output=True, text=True, timeout=60, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    with closing(sqlite3.connect(profile / "tertulia.db")) as connection:
        found = connection.execute("SELECT value FROM setting WHERE name = 'sending'").fetchone()
    assert found is not None
    assert json.loads(found[0])["values"] == {"undo_seconds": 20}
