"""The command line's way through the program: what comes out where, in which language, and that no secret ever does."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from app import headless
from app.runtime import credentials
from tests.cli.program import ROOT, Program, make_sample, run, sample_copy
from tests.fakes.clock import FakeClock
from tests.networks.mastodon.server_of_tests import TOKEN, MastodonOfTests
from tests.services.shop import empty_data_file

PHRASE = "una frase bastante larga"
CANARY = "canary-7f3a91c2d4"


@pytest.fixture(scope="module")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory)


@pytest.fixture
def sample(made_sample: Path, tmp_path: Path) -> Program:
    return sample_copy(made_sample, tmp_path)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A profile with a vault whose keys cost nothing."""
    monkeypatch.setattr(credentials.VaultCredentials.__init__, "__defaults__", (2**10,))
    made = Program(tmp_path / "p")
    made.root.mkdir()
    (made.root / "tertulia.db").write_bytes(empty_data_file())
    assert made.run("vault", stdin=f"{PHRASE}\n").code == 0
    return made


def test_mistakes_of_usage_end_with_2_and_touch_nothing(tmp_path: Path) -> None:
    for words in (["fly"], ["--profile", str(tmp_path / "p"), "accounts"], ["--json"], ["post"], ["--profile"]):
        ran = run(words)
        assert (ran.code, ran.out) == (2, "")
        assert "usage: tertulia" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_profile_that_is_a_file_is_a_mistake_of_usage(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("no soy una carpeta")
    ran = Program(tmp_path / "p").run("accounts", "list")
    assert ran.code == 2
    assert str(tmp_path / "p") in ran.err


def test_it_speaks_spanish_when_asked(tmp_path: Path) -> None:
    folder = str(tmp_path / "p")
    said = run(["--profile", folder, "--language", "es", "outbox", "retry", "99"])
    assert said.err == "No hay ningún elemento 99 en la bandeja de salida.\n" or "99" in said.err
    assert said.err != run(["--profile", folder, "--language=en", "outbox", "retry", "99"]).err


def test_the_language_of_a_post_is_not_the_programs() -> None:
    assert headless._language(["--profile", "p", "post", "--language", "es"]) == headless._language([])
    assert headless._language(["--json", "--language", "es", "post", "--language", "fr"]) == "es"
    assert headless._language(["--profile", "--language", "--language=es"]) == "es"


def test_a_new_profile_is_made_where_it_was_asked_for(tmp_path: Path) -> None:
    ran = Program(tmp_path / "nuevo").run("accounts", "list")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert (tmp_path / "nuevo" / "tertulia.db").is_file()


def test_a_reader_that_has_enough_is_no_error(sample: Program) -> None:
    """`tertulia inbox list | head -1`."""
    process = sample.start("inbox", "list", "--view", "all", "--limit", "300")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(timeout=30) == 0
    process.stderr.close()
    assert process.stdin is not None
    process.stdin.close()


def test_each_process_of_a_profile_writes_its_own_log(sample: Program) -> None:
    sample.run("sync", "--once")
    sample.run("publish", "--once")
    logs = {file.name for file in (sample.root / "logs").iterdir()}
    assert {"command-line-sync.crash.log", "command-line-publish.crash.log"} <= logs


def test_what_went_wrong_is_in_the_log(sample: Program) -> None:
    sample.run("outbox", "retry", "99999")
    assert "cli.no_such_item" in (sample.root / "logs" / "command-line-outbox.log").read_text(encoding="utf-8")


async def test_a_sign_in_with_a_token_works_and_leaves_no_trace_of_it(program: Program, clock: FakeClock) -> None:
    """Against a server on this computer; the secret comes by standard input and stays in the vault."""
    server = MastodonOfTests(clock)
    await server.start()
    try:
        words = ("--passphrase-stdin", "accounts", "add", "mastodon", "--server", server.url, "--secret-stdin")
        wrong = await asyncio.to_thread(program.run, *words, stdin=f"{PHRASE}\n{CANARY}\n")
        right = await asyncio.to_thread(program.run, *words, stdin=f'{PHRASE}\n{{"access_token": "{TOKEN}"}}\n')
        assert (wrong.code, wrong.out) == (1, "")
        assert (right.code, right.err) == (0, "")
        posted = await asyncio.to_thread(
            program.run, "--passphrase-stdin", "post", "--account", right.item["id"], "--text", "hola", stdin=f"{PHRASE}\n"
        )
        assert posted.item["state"] == "out"
        locked = await asyncio.to_thread(program.run, "post", "--account", right.item["id"], "--text", "cerrado")
        assert (locked.code, locked.item["state"]) == (1, "waiting")
        removed = await asyncio.to_thread(program.run, "--passphrase-stdin", "accounts", "remove", right.item["id"], stdin=f"{PHRASE}\n")
        assert (removed.code, len(removed.err.splitlines())) == (1, 1)  # a pasted token is revoked by hand, which is said
        assert (await asyncio.to_thread(program.run, "accounts", "list")).items == []
    finally:
        await server.stop()
    said = "".join(ran.out + ran.err for ran in (wrong, right, posted, locked, removed))
    for file in program.root.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            for secret in (TOKEN, CANARY, PHRASE):
                assert secret.encode() not in data, file
    assert not any(secret in said for secret in (TOKEN, CANARY, PHRASE))


def test_a_bug_is_not_swallowed(sample: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    async def stumble(_desk: object) -> int:
        raise ValueError("a bug")

    monkeypatch.setitem(headless.acts.ACTS, "search", stumble)
    with pytest.raises(ValueError, match="a bug"):
        sample.run("search", "x")
    assert sample.run("accounts", "list").code == 0  # and everything was closed in order


def test_nothing_of_qt_is_loaded_for_what_does_not_paint(tmp_path: Path) -> None:
    code = "import sys; from app.headless import run; run(sys.argv[1:]); print(any(name.startswith('PySide6') for name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code, "--profile", str(tmp_path / "p"), "accounts", "list"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"
