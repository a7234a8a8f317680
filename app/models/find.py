"""What was typed to find something: words, phrases, words not wanted, and conditions ("from:ana", "is:late", "before:2026-11-01").

Operators have English names; a `Vocabulary` adds those of another language. `canonical` rewrites a text with the English ones, which is how
searches are kept: they mean the same when the language of the screen changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from typing import NamedTuple

from app.models.conversation import Category, ConversationRow, ConversationState
from app.models.folding import level, term
from app.runtime.clock import from_wall
from app.runtime.words import Message, message

STATES = tuple(str(state) for state in ConversationState)
CONVERSATION_FLAGS = ("unread", "private", "late", "soon", "praise", "priority", "vip")
MESSAGE_FLAGS = ("thanks", "found")
OPERATORS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "from": ("us",),
        "account": (),
        "is": (*STATES, *CONVERSATION_FLAGS, *MESSAGE_FLAGS),
        "category": tuple(str(category) for category in Category),
        "before": (),
        "after": (),
        "tag": (),
        "has": ("picture", "video", "link", "note", "reply"),
    }
)
"""Every operator with the values it knows; those without take any."""
FREE = frozenset({"from", "account", "tag"})
"""Operators whose value is a name."""
DAYS = ("today", "yesterday")
LONGEST = 500
"""More characters than this are not looked at."""

_PIECE = r'(?P<minus>-?)(?:(?P<name>[^\W\d_]{1,20})[:：](?!//))?(?:"(?P<phrase>[^"]*)"?|(?P<plain>[^\s"]+))?'
_SPAN = r"(\d{1,4})([dwmy])"
_SPAN_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


class Condition(NamedTuple):
    """One operator with its value; `negated` where a minus stood before it."""

    operator: str
    value: str
    negated: bool = False


class Vocabulary(NamedTuple):
    """Names of operators and values in another language, levelled, each with the English one."""

    operators: Mapping[str, str] = MappingProxyType({})
    values: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    """By operator; `before` and `after` have the names of days."""


ENGLISH = Vocabulary()


class Wanted(NamedTuple):
    """What to find. Times are aware UTC: from `since` on, before `until`."""

    words: tuple[str, ...] = ()
    """All of them, as `folding.term` makes them."""
    without: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    troubles: tuple[Message, ...] = ()
    """What could not be understood; the rest is searched all the same."""

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.words or self.conditions or self.since or self.until)

    def of(self, operator: str, *, negated: bool = False) -> tuple[str, ...]:
        """The values of an operator."""
        return tuple(
            found.value for found in self.conditions if found.operator == operator and found.negated is negated
        )

    def lasting(self) -> Wanted:
        """The part that a message fits or does not, whatever is done with its conversation: what a saved search keeps its hits of."""
        return self._replace(conditions=tuple(filter(_lasts, self.conditions)), since=None, until=None)

    def passing(self) -> Wanted:
        """The other part, which is looked at whenever the hits are shown."""
        return self._replace(
            words=(), without=(), conditions=tuple(found for found in self.conditions if not _lasts(found))
        )


def _lasts(condition: Condition) -> bool:
    return condition.operator in ("from", "account", "has") or condition.value in MESSAGE_FLAGS


class FoundRow(NamedTuple):
    """A conversation that was found; its snippet is the passage with the hit."""

    row: ConversationRow
    at_ms: int
    """When the match was written: what the list is ordered by."""


class FoundRows(NamedTuple):
    """An answer, newest first; `resume` says where to go on, None when nothing is left."""

    rows: tuple[FoundRow, ...]
    resume: tuple[int, int] | None


class SavedSearchRow(NamedTuple):
    """A search that was kept."""

    id: int
    name: str
    words: str
    """With English operators (`canonical`)."""
    accounts: tuple[int, ...] = ()
    """Those that look for it at their networks."""
    asks: bool = False
    """Whether what is found there needs an answer."""


class Piece(NamedTuple):
    """A part of what was typed, with its place."""

    start: int
    end: int
    minus: bool
    name: str
    """Of an operator as typed; empty for a word."""
    value: str
    quoted: bool


def pieces(text: str) -> list[Piece]:
    """The words, phrases and operators in a text."""
    found = []
    for match in re.finditer(_PIECE, text[:LONGEST]):
        if match.group():
            quoted = match["phrase"] is not None
            value = match["phrase"] if quoted else match["plain"] or ""
            found.append(Piece(match.start(), match.end(), bool(match["minus"]), match["name"] or "", value, quoted))
    return found


def parse(text: str, now: datetime, zone: tzinfo, vocabulary: Vocabulary = ENGLISH) -> Wanted:
    """What a text asks for. `now` (aware) and `zone` say what "today" and the day of a date are."""
    words: list[str] = []
    without: list[str] = []
    conditions: list[Condition] = []
    troubles: list[Message] = []
    bounds: dict[str, datetime] = {}
    for piece in pieces(text):
        operator = operator_of(piece.name, vocabulary)
        if operator is None:
            if piece.name and piece.value:
                troubles.append(message("find.unknown_operator", operator=piece.name))
            wanted = term(f"{piece.name} {piece.value}", exact=piece.quoted)
            if wanted:
                (without if piece.minus else words).append(wanted)
        elif not piece.value.strip():
            continue  # still being typed
        elif operator in ("before", "after"):
            moment = _moment(piece.value, now, zone, vocabulary.values.get(operator, {}))
            if moment is None:
                troubles.append(message("find.unreadable_date", date=piece.value))
            else:
                bounds[operator] = moment
        else:
            known, unknown = _values(operator, piece.value, vocabulary)
            conditions += [Condition(operator, value, piece.minus) for value in known]
            troubles += [message("find.unknown_value", operator=piece.name, value=value) for value in unknown]
    return Wanted(
        tuple(words), tuple(without), tuple(conditions), bounds.get("after"), bounds.get("before"), tuple(troubles)
    )


def canonical(text: str, vocabulary: Vocabulary) -> str:
    """The same with English names of operators and values."""
    return _rewritten(text, vocabulary, lambda operator: operator, lambda _operator, value: value)


def localized(text: str, vocabulary: Vocabulary) -> str:
    """The same with the vocabulary's names."""
    names = _first_names(vocabulary.operators)
    values = {operator: _first_names(known) for operator, known in vocabulary.values.items()}

    def spelt(operator: str, value: str) -> str:
        return values.get(operator, {}).get(value, value)

    return _rewritten(text, vocabulary, lambda operator: names.get(operator, operator), spelt)


def operator_of(name: str, vocabulary: Vocabulary = ENGLISH) -> str | None:
    """The operator of a name in English or in the vocabulary's language."""
    plain = level(name)
    return plain if plain in OPERATORS else vocabulary.operators.get(plain)


def value_of(operator: str, value: str, vocabulary: Vocabulary = ENGLISH) -> str:
    """A value's English name; itself where there is none."""
    plain = level(value)
    return vocabulary.values.get(operator, {}).get(plain, plain.replace("-", "_") if operator not in FREE else value)


def plain_words(text: str) -> list[str]:
    """The words and phrases that were typed, as they were typed, without operators: what may be looked for alone."""
    return [piece.value for piece in pieces(text) if not piece.name and not piece.minus and term(piece.value)]


# --- inside


def _values(operator: str, typed: str, vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    """(known values, what is none)."""
    known, unknown = [], []
    for part in typed.split(","):
        value = value_of(operator, part.strip(), vocabulary)
        if not value:
            continue
        if operator in FREE or value in OPERATORS[operator]:
            known.append(value)
        else:
            unknown.append(part.strip())
    return known, unknown


def _moment(typed: str, now: datetime, zone: tzinfo, names: Mapping[str, str]) -> datetime | None:
    """When a day begins that was typed as 2026-11-18, 18.11.2026, 2026-11, 2026, 7d, 2w, 3m, 1y, today or yesterday."""
    today = now.astimezone(zone).date()
    plain = names.get(level(typed), level(typed))
    day = _day(plain, today)
    return None if day is None else from_wall(datetime.combine(day, time()), zone).at


def _day(typed: str, today: date) -> date | None:
    if typed in DAYS:
        return today - timedelta(days=DAYS.index(typed))
    span = re.fullmatch(_SPAN, typed)
    try:
        if span is not None:
            return today - timedelta(days=int(span[1]) * _SPAN_DAYS[span[2]])
        numbers = [int(part) for part in re.split(r"[-./年月日]", typed) if part]
        if len(numbers) == 3 and numbers[0] < 1000:
            numbers.reverse()
        if not numbers or not 1970 <= numbers[0] <= 2109:
            return None
        return date(*[*numbers, 1, 1][:3])
    except (ValueError, OverflowError):
        return None


def _first_names(known: Mapping[str, str]) -> dict[str, str]:
    """English name -> the first of its names in the vocabulary."""
    return {key: name for name, key in reversed(list(known.items()))}


def _rewritten(
    text: str, vocabulary: Vocabulary, name_of: Callable[[str], str], spelt: Callable[[str, str], str]
) -> str:
    """Each operator and its values by other names; what is no operator stays as it is."""
    made, at = [], 0
    for piece in pieces(text):
        operator = operator_of(piece.name, vocabulary)
        if operator is None:
            continue
        parts = [part.strip() for part in piece.value.split(",")]
        value = ",".join(spelt(operator, value_of(operator, part, vocabulary)) for part in parts)
        if operator in ("before", "after"):
            value = spelt(operator, vocabulary.values.get(operator, {}).get(level(piece.value), piece.value))
        value = f'"{value}"' if piece.quoted else value
        made.append(f"{text[at : piece.start]}{'-' if piece.minus else ''}{name_of(operator)}:{value}")
        at = piece.end
    return "".join([*made, text[at:]])
