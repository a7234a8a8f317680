"""What the catalogues hold, as tests of the screen need it: sentences of a language, and messages with values as long as they get."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache

from babel.messages.pofile import read_po

from app.runtime.paths import resources
from app.runtime.words import Words
from tests.rules.sources import APP, called_name, prose_free_nodes, python_files, tree

LANGUAGES = ("en", "es", "fr", "ru", "zh")
MAY_BE_CUT = re.compile(r"[\u2026]$")
"""Placeholders in empty fields and words that end in an ellipsis themselves."""


@cache
def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """Every id with its text, or with all forms of its plural."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((resources() / "translations" / language).glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, locale=language):
                name = entry.id if isinstance(entry.id, str) else entry.id[0]
                if name:
                    found[name] = tuple(entry.string) if isinstance(entry.string, tuple) else (str(entry.string),)
    return found


def sentences(language: str) -> set[str]:
    """What a language says; the first form of plurals."""
    return {forms[0] for forms in catalogue(language).values() if forms[0] and not MAY_BE_CUT.search(forms[0])}


LONG_NAME = "Maximiliana von Hohenstauffen-Wierzbicka de la Torre y Villalobos"
RTL_NAME = "\u2068عبد الرحمن بن عوف الأندلسي\u2069"
MOMENT = datetime(2025, 12, 31, 23, 59, tzinfo=UTC)
FIGURES = (1, 21, 1_234_567)
_BY_FORM: dict[str, object] = {
    **dict.fromkeys(("at", "time", "day_and_time"), MOMENT),
    **dict.fromkeys(("day", "long_day", "month"), date(2025, 12, 31)),
    **dict.fromkeys(("percent", "delta"), 0.4567),
    "money": 1_234_567_890,
    "list": (LONG_NAME, "@discosaurora@musica.example", RTL_NAME),
}


@cache
def carried() -> frozenset[str]:
    """Ids of sentences that are told as they come: what was done, banners, errors and their reasons."""
    ids, patterns = set[str](), list[re.Pattern[str]]()
    for path in python_files(APP):
        for node in prose_free_nodes(tree(path)):
            if not isinstance(node, ast.Call) or called_name(node) not in {"Message", "message"} or not node.args:
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant):
                ids.add(str(first.value))
            elif isinstance(first, ast.JoinedStr):
                parts = (
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.-]+"
                    for part in first.values
                )
                patterns.append(re.compile("".join(parts)))
    known = catalogue("en")
    return frozenset(name for name in known if name in ids or any(pattern.fullmatch(name) for pattern in patterns))


def told(words: Words, name: str) -> Iterator[str]:
    """The sentence with small and large numbers, and with names as long as people have them."""
    fields = {
        (field, form or "")
        for text in catalogue("en")[name]
        for _, field, form, _ in string.Formatter().parse(text)
        if field is not None
    }
    for turn, figure in enumerate(FIGURES if fields else FIGURES[:1]):
        who = RTL_NAME if turn == 0 else LONG_NAME
        values = {field: _BY_FORM.get(form, figure if field == "n" else who) for field, form in fields}
        yield words.text(name, **values)
