"""What the command line says of itself and of mistakes, in the language of the words."""

from __future__ import annotations

import argparse

import pytest

from app.cli.grammar import Grammar
from app.runtime.paths import resources
from app.runtime.words import Words


def grammar(language: str) -> Grammar:
    made = Grammar(Words(resources() / "translations", language), prog="tertulia")
    made.add_argument("--days", type=int)
    group = made.add_mutually_exclusive_group()
    group.add_argument("--out", action="store_true")
    group.add_argument("--not-out", action="store_true")
    either = (
        made.add_subparsers(dest="act", required=True, metavar="ACT")
        .add_parser("settle")
        .add_mutually_exclusive_group(required=True)
    )
    either.add_argument("--yes", action="store_true")
    either.add_argument("--no", action="store_true")
    return made


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "Falta: ACT."),
        ("fly", "ACT no puede ser 'fly'. Hay: "),
        ("settle --yes --later", "No se entiende: --later."),
        ("--days", "--days necesita un valor."),
        ("--days many settle", "--days no se puede leer: 'many'."),
        ("--out --not-out settle", "--not-out no va junto con argument --out."),
        ("settle", "Hace falta uno de estos: --yes --no."),
    ],
)
def test_every_mistake_is_told_in_the_words_language(line: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        grammar("es").parse_args(line.split())
    told = capsys.readouterr().err
    assert end.value.code == 2
    assert said.replace("argument --out", "--out") in told
    assert told.startswith("uso: tertulia")
    assert "usage" not in told


@pytest.mark.parametrize("language", ["es", "fr", "ru", "zh"])
def test_no_heading_of_the_help_is_left_in_english(language: str) -> None:
    made = grammar(language)
    commands = next(action for action in made._actions if isinstance(action, argparse._SubParsersAction))
    for text in (made.format_help(), commands.choices["settle"].format_help()):
        assert not {"usage:", "positional arguments", "show this help"} & {
            part for part in ("usage:", "positional arguments", "show this help") if part in text
        }
