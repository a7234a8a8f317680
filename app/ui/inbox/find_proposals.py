"""What the search field proposes while one types: operators, then the values they know, named in the language of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.commands.find_words import names_of, vocabulary
from app.models.find import DAYS, OPERATORS, operator_of
from app.models.folding import level
from app.runtime.words import Words

LEAST = 2
"""So many letters of an operator's name are typed before it is proposed."""
MOST = 10
SPANS = ("7d", "30d")


class Proposal(NamedTuple):
    """What may be put in place of text[start:end]; what comes next is typed behind it."""

    start: int
    end: int
    text: str
    title: str
    detail: str = ""


def proposals(
    text: str, cursor: int, words: Words, *, accounts: Sequence[str] = (), tags: Sequence[str] = (), asked: bool = False
) -> list[Proposal]:
    """For the word that the cursor stands behind; `asked` also proposes where nothing was typed yet."""
    if text[:cursor].count('"') % 2:
        return []
    start = max(text.rfind(" ", 0, cursor), text.rfind("\u3000", 0, cursor)) + 1
    typed = text[start:cursor].replace("：", ":")
    minus = "-" if typed.startswith("-") else ""
    name, colon, value = typed.removeprefix("-").partition(":")
    if not colon:
        return _operators(start, cursor, minus, name, words, asked=asked)
    operator = operator_of(name, vocabulary(words))
    if operator is None:
        return []
    before, comma, last = value.rpartition(",")
    found = []
    for known, detail in _values(operator, words, accounts, tags):
        if level(last) in level(known) and level(last) != level(known):
            found.append(Proposal(start, cursor, f"{minus}{name}:{before}{comma}{known} ", known, detail))
    return sorted(found, key=lambda one: not level(one.title).startswith(level(last)))[:MOST]


def _operators(start: int, end: int, minus: str, typed: str, words: Words, *, asked: bool) -> list[Proposal]:
    if len(typed) < LEAST and not (asked and not typed):
        return []
    plain = level(typed)
    found = []
    for operator in OPERATORS:
        names = names_of(words, f"operator.{operator}")
        if any(level(name).startswith(plain) for name in (*names, operator)):
            found.append(
                Proposal(start, end, f"{minus}{names[0]}:", f"{names[0]}:", words.text(f"find.help.{operator}"))
            )
    return found


def _values(operator: str, words: Words, accounts: Sequence[str], tags: Sequence[str]) -> list[tuple[str, str]]:
    """(what is typed, what it says)."""
    if operator == "account":
        return [(account, "") for account in accounts]
    if operator == "tag":
        return [(tag.replace(" ", "-"), "") for tag in tags]
    if operator in ("before", "after"):
        days = [(names_of(words, f"day.{day}")[0], "") for day in DAYS]
        return [*days, *((span, words.text("find.days_ago", n=int(span[:-1]))) for span in SPANS)]
    return [(names_of(words, f"{operator}.{value}")[0], "") for value in OPERATORS[operator]]
