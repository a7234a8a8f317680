"""The grammar, as architecture and help describe it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.cli.acts import ACTS, act_of
from app.cli.parser import moment, parser, size
from app.runtime.words import Words
from app.version import VERSION


@pytest.fixture
def grammar(words: Words) -> argparse.ArgumentParser:
    return parser(words, VERSION)


def test_a_post_as_it_is_written_down(grammar: argparse.ArgumentParser) -> None:
    line = (
        "--profile P --sample --json post --account 1 2 --text a --text b --at 2026-11-20T09:00 --media x.png --alt uno --media y.png --alt dos"
        " --poll si no --visibility unlisted --warning ojo --language es --queue"
    )
    args = grammar.parse_args(line.split())
    assert (args.profile, args.sample, args.json, args.command) == (Path("P"), True, True, "post")
    assert (args.account, args.text, args.at) == ([1, 2], ["a", "b"], datetime(2026, 11, 20, 9, 0))  # noqa: DTZ001
    assert args.media == ((Path("x.png"), "uno"), (Path("y.png"), "dos"))
    assert (args.poll, args.visibility, args.warning, args.post_language, args.queue) == (["si", "no"], "unlisted", "ojo", "es", True)
    assert args.language is None


@pytest.mark.parametrize(
    "line",
    [
        "accounts add mastodon --server https://musica.example --handle @aurora --secret-stdin", "accounts list", "accounts remove 1",
        "sync --once", "sync", "publish --once", "publish", "outbox list", "outbox list --all", "outbox retry 1", "outbox cancel 1",
        "outbox settle 1 --out", "outbox settle 1 --out https://musica.example/1", "outbox settle 1 --not-out",
        "inbox list", "inbox show 1", "inbox reply 1 --text hola", "inbox done 1", "search vinilo", "measure --network x",
        "backup copia.db", "doctor", "vault", "tour fotos", "picture inbox inbox.png --theme dark --size 1024x640 --language es",
        "post --account 1 --text hola",
    ],
)  # fmt: skip
def test_every_line_has_its_act(grammar: argparse.ArgumentParser, line: str) -> None:
    assert act_of(grammar.parse_args(line.split())) in ACTS.values()


@pytest.mark.parametrize(
    "line", ["accounts", "outbox", "inbox", "accounts remove uno", "post", "measure", "tour", "fly", "outbox settle 1 --out --not-out", "--prof x doctor"]
)
def test_what_is_no_line_is_a_mistake_of_usage(
    grammar: argparse.ArgumentParser, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        grammar.parse_args(line.split())
    assert end.value.code == 2
    assert "usage: tertulia" in capsys.readouterr().err


def parsers_of(grammar: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield grammar
    for action in grammar._actions:
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                yield from parsers_of(each)


@pytest.mark.parametrize("language", ["en", "es"])
def test_help_speaks_the_language(language: str) -> None:
    from tests.conftest import TRANSLATIONS

    for each in parsers_of(parser(Words(TRANSLATIONS, language, "UTC"), VERSION)):
        assert "cli." not in each.format_help()  # a message without words shows its id


def test_sizes_and_moments() -> None:
    assert size("1440x900") == (1440, 900)
    assert moment("2026-11-20T09:00+01:00").utcoffset() is not None
    for wrong in ("1440", "big", "1440x"):
        with pytest.raises(ValueError, match="invalid"):
            size(wrong)


def test_no_option_takes_a_secret(grammar: argparse.ArgumentParser) -> None:
    """Arguments are seen by everybody on the computer and kept by the shell."""
    for each in parsers_of(grammar):
        for action in each._actions:
            if any(word in " ".join(action.option_strings) for word in ("secret", "token", "password", "passphrase")):
                assert action.nargs == 0
