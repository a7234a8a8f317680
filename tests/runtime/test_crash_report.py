"""A report tells where in the program it happened, and nothing of what was in its hands."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.runtime.crash_report import KEPT, kept, report, said, write
from app.runtime.errors import UserMistake
from app.runtime.words import message

TEXT = "Hola, soy Ximena y mi pedido 4711 no llega, escribe a ximena@correo.example"
TOKEN = "xoxb-123456789-secret"
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as caught:  # noqa: BLE001
        return caught


def nested() -> BaseException:
    try:
        try:
            raise ValueError(TEXT)
        except ValueError as inner:
            raise RuntimeError(f"cannot read {TEXT}") from inner
    except RuntimeError as caught:
        return caught


ERRORS = [
    ValueError(TEXT),
    KeyError(TEXT),
    RuntimeError(f"token={TOKEN} {TEXT}"),
    TypeError(f"unsupported operand for {TEXT!r}"),
    TypeError(f"unsupported operand for {TEXT}"),
    AttributeError(f"'str' object has no attribute '{TEXT}'"),
    OSError(2, "No such file or directory", f"/home/ximena/{TEXT}"),
    sqlite3.IntegrityError(f"UNIQUE constraint failed: {TEXT}"),
    UnicodeDecodeError("utf-8", TEXT.encode(), 0, 1, TEXT),
    UserMistake(message("data.onto_itself", file=TEXT), technical=TEXT),
    ExceptionGroup(TEXT, [ValueError(TEXT)]),
    AssertionError(TEXT),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_no_text_of_anybody_and_no_secret_is_in_it(error: BaseException):
    told = report(raised(error), "0.1", "6.8")
    for part in ("Ximena", "4711", "ximena", "correo", TOKEN, "secret"):
        # Lines of this file's code are the program's own text; everything else must be clean.
        assert part not in "\n".join(line for line in told.splitlines() if not line.startswith("    ")), told
    assert "Tertulia 0.1" in told
    assert "in raised" in told


def test_the_whole_chain_is_told_with_its_places():
    told = report(nested(), "0.1")
    assert told.index("ValueError") < told.index("and then:") < told.index("RuntimeError")
    assert "Ximena" not in told


def test_what_python_says_about_code_stays():
    assert said(AttributeError("'NoneType' object has no attribute 'show'")) == "AttributeError: 'NoneType' object has no attribute 'show'"
    assert said(KeyError("account_id")) == "KeyError: account_id"
    assert said(UserMistake(message("data.busy"))) == "app.runtime.errors.UserMistake: data.busy"
    assert said(OSError(28, "x")).startswith("OSError: [Errno 28]")


def test_the_users_folder_is_not_told():
    told = report(raised(ValueError(f"no file {Path.home() / 'letters' / 'of.ana'}")), "0.1")
    assert str(Path.home()) not in told


def test_reports_are_kept_beside_the_log_the_last_ones_alone(tmp_path: Path):
    folder = tmp_path / "logs"
    for number in range(KEPT + 3):
        assert write(folder, f"report {number}", NOW + timedelta(minutes=number)) is not None
    assert len(kept(folder)) == KEPT
    assert kept(folder)[0].read_text() == f"report {KEPT + 2}\n"
    (tmp_path / "file").write_text("")
    assert write(tmp_path / "file", "x", NOW) is None
    assert kept(tmp_path / "none") == []
