"""The lock on the command line: what shows or changes the shop's contents is kept back, what runs by itself is not."""

from __future__ import annotations

import json
import sqlite3
import sys
from argparse import Namespace
from contextlib import closing
from pathlib import Path

import keyring
import pytest

from app.cli import locking
from app.runtime import credentials
from app.runtime.paths import resources
from app.runtime.words import Words
from app.services import locking as locks
from tests.cli.program import Program
from tests.fakes.file_keyring import FileKeyring
from tests.fakes.keyring import MemoryKeyring
from tests.services.shop import empty_data_file

RIGHT = "nadie pasa"
KEPT_BACK = "locked with a passphrase"


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    made = MemoryKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: made)
    monkeypatch.setattr(locks, "SCRYPT_N", locks.LEAST_N)
    return made


@pytest.fixture
def program(tmp_path: Path, ring: MemoryKeyring) -> Program:
    """A profile whose window asks for a passphrase."""
    made = Program(tmp_path / "p")
    made.root.mkdir()
    (made.root / "tertulia.db").write_bytes(empty_data_file())
    assert made.run("accounts", "list").code == 0  # the profile gets its id
    key = locks.LockKey(
        lambda: credentials.KeyringCredentials(lambda _secret: None, ring),
        stored(made, "profile.id"),
        cost=locks.LEAST_N,
    )
    key.keep(RIGHT)
    with closing(sqlite3.connect(made.root / "tertulia.db")) as connection, connection:
        connection.execute(
            "INSERT OR REPLACE INTO setting (name, value) VALUES ('lock', ?)",
            (json.dumps({"version": 1, "values": {"on": True}}),),
        )
    return made


def stored(program: Program, name: str) -> str:
    with closing(sqlite3.connect(program.root / "tertulia.db")) as connection:
        (value,) = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return str(value)


def test_contents_are_kept_back(program: Program, tmp_path: Path) -> None:
    for words in (
        ("inbox", "list"),
        ("search", "disco"),
        ("outbox", "list"),
        ("accounts", "list"),
        ("backup", tmp_path / "b.tertulia-backup"),
        ("export", "everything", tmp_path / "e"),
        ("picture", "inbox", tmp_path / "p.png"),
        ("erase", "--yes", "p"),
    ):
        ran = program.run(*words, as_json=False)
        assert ran.code == 1, words
        assert KEPT_BACK in ran.err
        assert ran.out == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p"]


def test_what_runs_by_itself_goes_on(program: Program) -> None:
    for words in (("publish", "--once"), ("sync", "--once"), ("lock", "status")):
        assert program.run(*words).code == 0, words
    for word in ("service status", "doctor"):
        assert KEPT_BACK not in program.run(*word.split(), as_json=False).err


def test_the_passphrase_comes_from_standard_input_and_wrong_ones_count(program: Program) -> None:
    assert program.run("--passphrase-stdin", "inbox", "list", stdin=f"{RIGHT}\n").code == 0
    for _ in range(3):
        ran = program.run("--passphrase-stdin", "inbox", "list", stdin="adivino\n", as_json=False)
        assert ran.code == 1
        assert "not the passphrase" in ran.err
    ran = program.run("--passphrase-stdin", "inbox", "list", stdin=f"{RIGHT}\n", as_json=False)
    assert ran.code == 1
    assert "wrong passphrases" in ran.err


def test_a_vault_s_passphrase_is_the_next_line(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials.VaultCredentials.__init__, "__defaults__", (2**10,))
    assert program.run("--passphrase-stdin", "vault", stdin=f"{RIGHT}\nuna frase bastante larga\n").code == 0
    ran = program.run("--passphrase-stdin", "accounts", "list", stdin=f"{RIGHT}\nuna frase bastante larga\n")
    assert ran.code == 0


def test_whoever_holds_the_account_of_the_computer_can_take_it_off_and_it_is_noted(
    program: Program, ring: MemoryKeyring
) -> None:
    assert program.run("lock", "status").item == {"lock": True}
    assert program.run("lock", "remove").item == {"lock": False, "removed": True}
    assert ring.entries == {}
    assert json.loads(stored(program, "lock"))["values"]["taken_off_at"]
    assert program.run("inbox", "list").code == 0
    assert program.run("lock", "status").item == {"lock": False}
    assert program.run("lock", "remove").item == {"lock": False, "removed": False}


def test_at_a_terminal_it_is_asked_for_without_showing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    spanish = Words(resources() / "translations", "es")
    asked = list[str]()
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(locking.getpass, "getpass", lambda prompt: asked.append(prompt) or RIGHT)
    assert locking.ask_for(Namespace(passphrase_stdin=False), spanish) == RIGHT
    assert asked == ["Frase de paso: "]


def test_the_keyring_of_other_processes_holds_it_too(tmp_path: Path) -> None:
    ring = FileKeyring(tmp_path / "ring.json")
    key = locks.LockKey(lambda: credentials.KeyringCredentials(lambda _secret: None, ring), "p1", cost=locks.LEAST_N)
    key.keep(RIGHT)
    assert key.matches(RIGHT) is True
    assert key.matches("otra") is False
    assert RIGHT not in (tmp_path / "ring.json").read_text("utf-8")
