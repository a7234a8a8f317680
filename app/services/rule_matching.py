"""Whether a message is like a rule says. Words are compared folded (case, accents, widths) and whole; keeps to itself how."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from app.models.folding import fold
from app.models.judgement import Heard, Ruled
from app.models.rule import Rule

LONGEST = 20_000
"""Characters of a message that are looked at; no message of a network is longer, a hostile one may be."""

ANY_ENDING = "*"

Zone = Callable[[], ZoneInfo]


class Text:
    """A message's text as rules look at it: folded when first asked for, once for all of them."""

    def __init__(self, text: str) -> None:
        self._text = text[:LONGEST]
        self._words: str | None = None

    @property
    def words(self) -> str:
        """All words with one space before and after each; Han, kana and hangul each by itself."""
        if self._words is None:
            self._words = words_of(self._text)
        return self._words

    def holds(self, needle: str) -> bool:
        """`needle` is an answer of `needles`."""
        return needle in self.words


def words_of(text: str) -> str:
    """Folded words and the signs between them, each with a space before and after it."""
    return f" {' '.join(re.findall(_PIECE, fold(text)))} "


_PIECE = r"[^\W_]+|[^\w\s!-/:-@\[-`{-~¡¿«»“”‘’…–—]"
"""Words, and signs that are no punctuation: emoji."""


def needles(words: Iterable[str]) -> tuple[str, ...]:
    """What to look for in `Text.words`; words without a letter, digit or emoji are left out."""
    found = []
    for word in words:
        stem = word.strip().rstrip(ANY_ENDING)
        pieces = words_of(stem)
        if pieces.strip():
            found.append(pieces.rstrip() if word.strip().endswith(ANY_ENDING) else pieces)
    return tuple(dict.fromkeys(found))


class Matcher:
    """One rule, made ready to be asked many times."""

    def __init__(self, rule: Rule, zone: Zone) -> None:
        self.rule = rule
        self.ruled: Ruled = rule.ruled()
        self._zone = zone
        when = rule.when
        self._when = when
        self._any, self._all, self._none = needles(when.any_of), needles(when.all_of), needles(when.none_of)
        self._has_words = bool(when.any_of or when.all_of or when.none_of)
        self._networks, self._accounts = frozenset(when.networks), frozenset(when.accounts)
        self._kinds, self._languages = frozenset(when.kinds), frozenset(when.languages)
        self._categories = frozenset(when.categories)
        self._flags, self._not_flags = frozenset(when.flags), frozenset(when.not_flags)
        self._handles, self._not_handles = _handles(when.handles), _handles(when.not_handles)
        self._has_author = bool(self._flags or self._not_flags or self._handles or self._not_handles)
        self._has_numbers = when.followers_from is not None or when.followers_below is not None

    def matches(self, heard: Heard, text: Text) -> bool:
        """`text` is that of the message."""
        arrival = heard.arrival
        if self._networks and heard.network not in self._networks:
            return False
        if self._accounts and heard.account_id not in self._accounts:
            return False
        if self._kinds and arrival.kind not in self._kinds:
            return False
        if self._categories and heard.category not in self._categories:
            return False
        if self._languages and arrival.language[:2] not in self._languages:
            return False
        if self._when.first_time is not None and heard.first_time is not self._when.first_time:
            return False
        if self._has_author and not self._is_from(heard):
            return False
        if self._has_numbers and not self._is_followed(heard.followers):
            return False
        if self._when.hours is not None and not _within(arrival.at, self._when.hours, self._zone()):
            return False
        return not self._has_words or self._holds(text)

    def _is_from(self, heard: Heard) -> bool:
        if self._flags and not self._flags & heard.flags:
            return False
        if self._not_flags & heard.flags:
            return False
        if not self._handles and not self._not_handles:
            return True
        names = _names(heard.arrival.author_handle)
        if self._handles and not self._handles & names:
            return False
        return not self._not_handles & names

    def _is_followed(self, followers: int | None) -> bool:
        """Where the network does not say how many follow, neither condition holds."""
        when = self._when
        if followers is None:
            return False
        if when.followers_from is not None and followers < when.followers_from:
            return False
        return when.followers_below is None or followers < when.followers_below

    def _holds(self, text: Text) -> bool:
        when = self._when
        if when.any_of and not any(text.holds(needle) for needle in self._any):
            return False
        if when.all_of and not (self._all and all(text.holds(needle) for needle in self._all)):
            return False
        return not any(text.holds(needle) for needle in self._none)


def ruled(heard: Heard, matchers: Iterable[Matcher]) -> tuple[Ruled, ...]:
    """What the rules do to a message, in order. The first that matches decides, unless it says that the next ones count as well."""
    text = Text(heard.arrival.text)
    found: list[Ruled] = []
    for matcher in matchers:
        if matcher.matches(heard, text):
            found.append(matcher.ruled)
            if not matcher.rule.goes_on:
                break
            if matcher.ruled.category is not None:
                heard = heard._replace(category=matcher.ruled.category)
    return tuple(found)


def _handles(handles: Iterable[str]) -> frozenset[str]:
    return frozenset(bare for bare in (handle.strip().lstrip("@").casefold() for handle in handles) if bare)


def _names(handle: str) -> frozenset[str]:
    """A handle with and without its server."""
    bare = handle.lstrip("@").casefold()
    return frozenset({bare, bare.split("@", 1)[0]})


def _within(at: datetime, hours: tuple[int, int], zone: ZoneInfo) -> bool:
    local = at.astimezone(zone)
    minute, (begins, ends) = local.hour * 60 + local.minute, hours
    return begins <= minute < ends if begins < ends else minute >= begins or minute < ends
