"""The messages and answers in `data/`, read."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from app.language.suggestion import HINT, Known
from app.services.suggesting import WORDING_WEIGHT

DATA = Path(__file__).parent / "data"
SECOND = DATA / "second"
THIRD = DATA / "third"
FOURTH = DATA / "fourth"
FIFTH = DATA / "fifth"
SILENCE = DATA / "silence"
LANGUAGES = ("en", "es", "fr", "ru", "zh")
A_LANGUAGE = 20


class Said(NamedTuple):
    """A message and the answer that fits it."""

    intent: str
    text: str


def read(file: Path) -> list[Said]:
    """Lines below the heading of their intent."""
    found: list[Said] = []
    heading = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            heading = line[2:]
        elif line:
            found.append(Said(heading, line))
    return found


def held_out(language: str) -> list[Said]:
    return read(DATA / "held_out" / f"{language}.txt")


def examples(language: str, count: int = A_LANGUAGE, data: Path = DATA) -> list[Said]:
    """The first `count` of each intent."""
    return [
        said for place, said in enumerate(read(data / "examples" / f"{language}.txt")) if place % A_LANGUAGE < count
    ]


def fits_none(language: str) -> list[str]:
    return [said.text for said in read(DATA / "fits_none.txt") if said.intent == language]


def playbook(languages: tuple[str, ...], count: int, data: Path = DATA) -> list[Known]:
    """What a playbook of these answers tells: title and wording in each language, and `count` examples an answer in each."""
    known: list[Known] = []
    for language in languages:
        known += [Known(said.intent, said.text) for said in examples(language, count, data)]
        for intent, line in read(data / "answers.txt"):
            spoken, title, text = line.split("|", 2)
            if spoken == language:
                known += [Known(intent, title, HINT), Known(intent, text, WORDING_WEIGHT)]
    return known


def wild_held_out(language: str) -> list[Said]:
    """Of twice as many intents, near to each other; longer, and less to the point."""
    return read(SECOND / "held_out" / f"{language}.txt")


def wild_fits_none(language: str) -> list[str]:
    return [said.text for said in read(SECOND / "fits_none.txt") if said.intent == language]


def wild_playbook(languages: tuple[str, ...], count: int) -> list[Known]:
    """Forty answers: the twenty, and twenty more that are near to them."""
    return [*playbook(languages, count), *playbook(languages, count, SECOND)]


def tuned_on(language: str) -> list[Said]:
    """Of the forty intents: what the weights were chosen on."""
    return read(THIRD / "messages" / f"{language}.txt")


def tuned_on_fits_none(language: str) -> list[str]:
    return [said.text for said in read(THIRD / "fits_none.txt") if said.intent == language]


def silence_tuned_on(language: str) -> list[Said]:
    """Of the forty intents: beside whose `fits_none` it was chosen when to be silent."""
    return read(FOURTH / "held_out" / f"{language}.txt")


def silence_tuned_on_fits_none(language: str) -> list[str]:
    return [said.text for said in read(FOURTH / "fits_none.txt") if said.intent == language]


def hard_fits_none(language: str) -> list[str]:
    """Written to choose by when to be silent: half of them ask a shop for what no usual answer covers."""
    return [said.text for said in read(SILENCE / "fits_none.txt") if said.intent == language]


def fresh(language: str) -> list[Said]:
    """Of the forty intents: looked at by nobody while anything was chosen."""
    return read(FIFTH / "held_out" / f"{language}.txt")


def fresh_fits_none(language: str) -> list[str]:
    return [said.text for said in read(FIFTH / "fits_none.txt") if said.intent == language]
