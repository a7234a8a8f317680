"""Names of search operators in the language of the screen, from the catalogues: "de:", "es:sin-leer", "antes:ayer"."""

from __future__ import annotations

from app.models.find import DAYS, OPERATORS, Vocabulary
from app.models.folding import level
from app.models.tag import STANDARD
from app.runtime.words import Words


def names_of(words: Words, entry: str) -> tuple[str, ...]:
    """All names of an entry, the one that is shown first."""
    return tuple(words.text(f"find.{entry}").split("|"))


def vocabulary(words: Words) -> Vocabulary:
    """Every name that may be typed, levelled."""
    operators: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    for operator, known in OPERATORS.items():
        operators.update((level(name), operator) for name in names_of(words, f"operator.{operator}"))
        values[operator] = {level(name): value for value in known for name in names_of(words, f"{operator}.{value}")}
    values["tag"] = {level(words.text(f"tag.{key}")).replace(" ", "-"): key for key in STANDARD}
    for operator in ("before", "after"):
        values[operator] = {level(name): day for day in DAYS for name in names_of(words, f"day.{day}")}
    return Vocabulary(operators, values)
