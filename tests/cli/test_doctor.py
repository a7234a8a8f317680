"""What is well and what is not, in a sentence each, with nothing changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.cli.program import Program


def digest(program: Program) -> str:
    return hashlib.sha256((program.root / "tertulia.db").read_bytes()).hexdigest()


def topics(program: Program) -> dict[str, bool]:
    topics: dict[str, bool] = {}
    for item in program.run("doctor").items:
        topics[item["topic"]] = topics.get(item["topic"], True) and item["ok"]
        assert item["text"]
    return topics


def test_a_good_profile_is_well(empty: Program) -> None:
    empty.run("vault", stdin="una frase bastante larga\n")
    empty.run("accounts", "list")
    before = digest(empty)
    ran = empty.run("--passphrase-stdin", "doctor", stdin="una frase bastante larga\n")
    assert (ran.code, ran.err) == (0, "")
    assert {item["topic"] for item in ran.items} == {"program", "folder", "room", "file", "backup", "secrets", "outbox", "clock"}
    assert all(item["ok"] for item in ran.items)
    assert digest(empty) == before


def test_a_missing_keyring_and_an_open_question_are_told(sample: Program, empty: Program) -> None:
    assert topics(empty)["secrets"] is False
    assert empty.run("doctor").code == 1
    told = topics(sample)
    assert (told["outbox"], told["account"], told["file"]) == (False, True, True)


def test_what_calls_have_cost_is_told_where_a_network_charges(sample: Program, empty: Program) -> None:
    assert topics(sample)["spending"]
    assert "spending" not in topics(empty)


def test_people_read_a_mark_and_a_sentence(empty: Program) -> None:
    lines = empty.run("doctor", as_json=False).out.splitlines()
    assert {line[:2] for line in lines} == {"+ ", "! "}


def test_a_file_of_a_newer_program_is_left_alone(empty: Program) -> None:
    with closing(sqlite3.connect(empty.root / "tertulia.db")) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = digest(empty)
    for words in (["doctor"], ["accounts", "list"], ["post", "--account", 1, "--text", "hola"]):
        ran = empty.run(*words)
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 1)
        assert "new" in ran.err
    assert digest(empty) == before


def test_a_file_that_is_no_database_is_left_alone(empty: Program) -> None:
    (empty.root / "tertulia.db").write_bytes(b"esto no es una base de datos " * 100)
    before = digest(empty)
    for words in (["inbox", "list"], ["accounts", "list"]):
        ran = empty.run(*words)
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 1)
    assert digest(empty) == before


def test_damage_deep_inside_is_found_and_nothing_mended(sample: Program) -> None:
    file = sample.root / "tertulia.db"
    with closing(sqlite3.connect(file)) as connection:
        page, size = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sample'").fetchone()[0], 4096
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with file.open("r+b") as data:
        data.seek((page - 1) * size)
        data.write(b"\xff" * size)
    before = digest(sample)
    ran = sample.run("doctor")
    told = [item for item in ran.items if item["topic"] == "file"]
    assert (ran.code, told[0]["ok"]) == (1, False)
    assert digest(sample) == before


@contextmanager
def by_somebody_else(root: Path) -> Iterator[None]:
    """Who may look at the profile and not change it. For root rights do not count, so root becomes nobody meanwhile."""
    for path in [root, *root.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)
        for path in [root, *root.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.skipif(os.name != "posix", reason="rights are kept otherwise there")
@pytest.mark.parametrize(("words", "code"), [(["doctor"], 1), (["accounts", "list"], 0), (["post", "--account", "2", "--text", "hola"], 1)])
def test_a_profile_that_may_only_be_read_is_read_and_not_written(made_sample: Path, words: list[str], code: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # pytest's own folders are closed to others
        program = Program(Path(folder) / "p", sample=True)
        shutil.copytree(made_sample, program.root)
        program.run("doctor")  # loads what nobody could not read
        before = {path: path.read_bytes() for path in program.root.rglob("*") if path.is_file()}
        with by_somebody_else(program.root):
            ran = program.run(*words)
        assert (ran.code, len(ran.err.splitlines())) == (code, 1 if words[0] == "post" else 0)
        assert bool(ran.out) == (words[0] != "post")
        assert [item["ok"] for item in ran.items if item.get("topic") == "folder"] == ([False] if words == ["doctor"] else [])
        assert {path: path.read_bytes() for path in program.root.rglob("*") if path.is_file()} == before
