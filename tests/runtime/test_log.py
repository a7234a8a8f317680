"""The log: what gets into the file, what must never get there, and the hooks."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.runtime import log
from app.runtime.log import MOST_OF_AN_ACCOUNT, Held, Log, Redactor, redact


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Log]:
    running = Log(tmp_path / "logs", Redactor())
    yield running
    running.close()


def written(running: Log) -> str:
    return running.path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "line",
    [
        "Authorization: Bearer SECRET-abc.def",
        "authorization=SECRETabc",
        "headers={'Authorization': 'Bearer SECRETabc', 'Accept': 'text/html'}",
        'body {"access_token": "SECRET abc", "scope": "read"}',
        "{'password': 'SECRET \\' abc'}",
        "POST /token?code=SECRETabc&state=1",
        "grant_type=x&client_secret=SECRETabc&refresh_token=SECRETdef",
        "password: SECRETabc",
        "https://user:SECRETabc@shop.example/x",
        "mail from SECRET.person+tag@shop.example.org failed",
        "Token(access_token='SECRETabc')",
        "Basic SECRETabc==",
    ],
)
def test_secrets_and_addresses_are_taken_out(line: str) -> None:
    assert "SECRET" not in redact(line)


@pytest.mark.parametrize(
    "line", ["@aurora@mastodon.example was signed out", "status code=404", "took 12 s at 18:05", "the token is gone"]
)
def test_what_explains_a_fault_stays(line: str) -> None:
    assert redact(line) == line


def test_a_registered_secret_is_found_anywhere() -> None:
    redactor = Redactor()
    redactor.register(Held("one", ("p/ss wörd", "abc")))
    assert redactor.redact("x p/ss wörd y p%2Fss%20w%C3%B6rd z abc") == "x <secret> y <secret> z abc"


def test_the_longer_of_two_secrets_is_taken_out_whole() -> None:
    redactor = Redactor()
    redactor.register(Held("one", ("secret-one",)))
    redactor.register(Held("two", ("secret-one-and-two",)))
    assert redactor.redact("secret-one-and-two") == "<secret>"


def test_tokens_that_are_renewed_for_months_neither_fill_the_memory_nor_drive_out_what_is_in_use() -> None:
    redactor = Redactor()
    redactor.register(Held("two", ("never-renewed",)))
    for number in range(500):
        redactor.register(Held("one", ("app-password", f"access-{number}-{'x' * 300}", f"refresh-{number}-{'y' * 300}")))
    said = f"never-renewed app-password access-499-{'x' * 300} refresh-490-{'y' * 300}"
    assert redactor.redact(said) == "<secret> <secret> <secret> <secret>"
    assert len(redactor._longest_first) <= MOST_OF_AN_ACCOUNT + 1


def test_arguments_and_tracebacks_are_redacted(running: Log) -> None:
    running.redactor.register(Held("one", ("hunter2hunter2",)))
    try:
        raise RuntimeError("no luck with hunter2hunter2 and Bearer abcdefgh")
    except RuntimeError:
        logging.getLogger("app.test").info("sent %s", "hunter2hunter2", exc_info=True)
    text = written(running)
    assert "RuntimeError: no luck with <secret> and Bearer <secret>" in text
    assert "sent <secret>" in text
    assert "hunter2" not in text


def test_a_full_file_is_set_aside_and_few_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MAX_BYTES", 500)
    running = Log(tmp_path, Redactor())
    for number in range(100):
        logging.getLogger("app.test").info("line %d", number)
    running.close()
    names = sorted(path.name for path in tmp_path.glob("tertulia*.log"))
    assert names == ["tertulia.1.log", "tertulia.2.log", "tertulia.3.log", "tertulia.crash.log", "tertulia.log"]
    assert "line 99" in written(running)


def test_a_folder_that_cannot_be_written_does_not_stop_the_program(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file in the way")
    running = Log(tmp_path / "logs", Redactor())
    logging.getLogger("app.test").info("nobody reads this")
    running.close()
    assert (tmp_path / "logs").read_text() == "a file in the way"


def test_a_file_that_cannot_be_opened_any_more_does_not_stop_the_program(running: Log) -> None:
    running.path.mkdir()  # as when the disk fails before the first record, which opens the file
    logging.getLogger("app.test").info("nobody reads this")
    assert list(running.path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="stands for a full disk on Linux")
def test_a_disk_that_takes_nothing_more_does_not_stop_the_end(tmp_path: Path) -> None:
    running = Log(tmp_path, Redactor())
    running.path.symlink_to("/dev/full")
    logging.getLogger("app.test").info("nobody reads this")
    running.close()
    assert running.path.is_symlink()
    assert logging.getLogger("app").isEnabledFor(logging.WARNING)  # it goes on without a file


def test_what_nobody_caught_is_written_and_handed_on(running: Log, expected_log: list[logging.LogRecord]) -> None:
    heard: list[BaseException] = []
    running.install_hooks(heard.append)
    error = ValueError("a bug")
    sys.excepthook(ValueError, error, None)
    assert heard == [error]
    assert "nobody caught this" in written(running)
    assert "ValueError: a bug" in written(running)


def test_threads_and_the_loop_are_covered(running: Log, expected_log: list[logging.LogRecord]) -> None:
    heard: list[BaseException] = []
    running.install_hooks(heard.append)

    def fail() -> None:
        raise ValueError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    error = ValueError("in the loop")
    running.loop_trouble(heard.append)(None, {"message": "x", "exception": error})
    assert [str(one) for one in heard] == ["in a thread", "in the loop"]


def test_closing_puts_the_hooks_back(tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    running = Log(tmp_path, Redactor())
    running.install_hooks(lambda error: None)
    running.close()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_requests_of_the_http_client_are_not_logged_by_line(running: Log) -> None:
    logging.getLogger("httpx").info("GET https://x.example/?access_token=1")
    assert not running.path.exists()
