"""Groups questions that ask the same, by their letters and words, and by meaning where somebody tells which are near; keeps its index to itself.

Two steps. Questions that read alike come together round one of them (`bunches`). Then the middles of these bunches are joined to what a
group had before and to each other (`joined`), by pairs that are near: those of `pairs_by_letters`, or such as compare meanings. Every
member of a group is near to its middle: no chain leads from one question to quite another. The same questions in the same order always
make the same groups.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.language.asking import LITTLE
from app.language.matching import DENSE, WORDS, plain
from app.runtime.rhythm import giving_way

STEM = 6
LOOKED_AT = 300
"""Characters of a question: what somebody wants stands at the beginning."""
WORD, PIECE = 1.6, 0.5
PIECE_SIZE = 4
RARE = 10
"""So many of a question's rarest features look for others like it."""
MOST_SHARED = 600
"""A feature that more middles than this have looks for nobody: it would cost most of the time and tell least."""
CANDIDATES = 12
ALIKE = 0.5
"""Questions as near as this by letters and words read alike."""
NEAR = 0.45
"""Middles as near as this by letters and words ask the same, where nobody compares by meaning."""
NEAR_IN_MEANING = 0.57
"""The same by meaning, which languages do not matter to."""
NEAR_TO_ENTRY = 0.63
"""What comes to an entry that somebody may have written and published has to be nearer to one of its questions."""
GROUPS_NEAR = 0.82
"""Groups whose questions together are as near as this in meaning are one."""
NEIGHBOURS = 6
"""Two stand near each other when each is among so many that are nearest to the other: else what is a little like everything would draw
everything to it.
"""
LEAST = 3
"""So many alike make a group."""
MOST_OF_WORDS = 3
HELD = 0.4
"""A word that so many of a group's questions have is one of its words."""


class Bunch(NamedTuple):
    """Questions that read alike, by their places; the middle is the most typical of them."""

    middle: int
    members: tuple[int, ...]
    entry: int | None = None
    """Whose it is already."""


class Pair(NamedTuple):
    """Two that are near, by their places, and how near (0 to 1)."""

    first: int
    second: int
    score: float


class Gathered(NamedTuple):
    """A group: the places of its questions, and the entry that it belongs to; None for one that is new."""

    members: tuple[int, ...]
    middle: int
    entry: int | None = None
    bunches: tuple[int, ...] = ()
    """The places of the bunches that it is made of."""


class _Middles:
    """The questions that others come to, found by what they consist of."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._found: list[Mapping[str, float]] = []
        self._postings: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, vector: Mapping[str, float]) -> int:
        number = len(self._found)
        self._found.append(vector)
        for feature in vector:
            self._postings[feature].append(number)
        return number

    def near(self, vector: Mapping[str, float], least: float) -> list[tuple[float, int]]:
        """Those at least so near, the nearest first; of equals the one that came first."""
        postings = self._postings
        there = sorted((len(postings[each]), each) for each in vector if each in postings)
        partly: dict[int, float] = {}
        for many, feature in there[:RARE]:
            if many > MOST_SHARED:
                break
            share = vector[feature]
            for number in postings[feature]:
                partly[number] = partly.get(number, 0.0) + share * self._found[number][feature]
        best = sorted(partly.items(), key=lambda each: (-each[1], each[0]))[:CANDIDATES]
        exact = [(product(vector, self._found[number]), number) for number, _ in best]
        return sorted(
            ((score, number) for score, number in exact if score >= least), key=lambda each: (-each[0], each[1])
        )


class Reading:
    """What a set of questions consists of: vectors of length one, rare features weighing most."""

    def __init__(self, texts: Sequence[str]) -> None:
        counted = [features_of(text) for text in texts]
        seen: Counter[str] = Counter()
        for found in counted:
            seen.update(found)
        top = math.log(1 + len(texts)) + 1.0
        self.weights = {feature: top - math.log(1 + many) for feature, many in seen.items()}
        self.vectors = [_unit(found, self.weights) for found in counted]

    def forget(self) -> None:
        """Let go of it bit by bit: all at once, nothing else would run meanwhile. Only for a thread of its own."""
        for _ in giving_way(range(len(self.vectors))):
            self.vectors.pop()


def features_of(text: str) -> dict[str, float]:
    """The beginnings of its words that say something, and pieces of them, so that a slip of the finger does not matter."""
    bare = plain(text[:LOOKED_AT])
    found: dict[str, float] = {}
    for word in WORDS.findall(bare):
        if DENSE.search(word):
            continue
        if word in LITTLE:
            continue
        found[f"{word[:STEM]}\t"] = WORD
        if len(word) > PIECE_SIZE:
            found.update((word[place : place + PIECE_SIZE], PIECE) for place in range(len(word) - PIECE_SIZE + 1))
    signs = [letter if DENSE.match(letter) else " " for letter in bare]
    for place, letter in enumerate(signs[:-1]):
        pair = letter + signs[place + 1]
        if " " not in pair and pair not in LITTLE:
            found[pair] = WORD
    return found or {bare: WORD}


def product(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How near two vectors of length one are."""
    if len(one) > len(other):
        one, other = other, one
    total = 0.0
    for feature, value in one.items():
        if feature in other:
            total += value * other[feature]
    return total


def bunches(reading: Reading, entries: Sequence[int | None]) -> Iterator[Bunch | int]:
    """First the number of questions that were looked at, again and again; then the bunches, in the order in which they began.

    `entries` says whose a question is already: such a one begins a bunch of its own, and others come to it.
    """
    middles = _Middles(reading.weights)
    members: list[list[int]] = []
    for place, (vector, entry) in enumerate(zip(reading.vectors, entries, strict=True)):
        near = middles.near(vector, ALIKE) if entry is None else []
        if near:
            members[near[0][1]].append(place)
        else:
            middles.add(vector)
            members.append([place])
        yield place + 1
    for some in members:
        entry = entries[some[0]]
        middle = some[0] if entry is not None else _most_typical(some, reading.vectors)
        yield Bunch(middle, tuple(some), entry)


def pairs_by_letters(reading: Reading, places: Sequence[int]) -> Iterator[Pair | int]:
    """The same for pairs among some of them: first how many were looked at, between them what is near."""
    middles = _Middles(reading.weights)
    for number, place in enumerate(places):
        vector = reading.vectors[place]
        for score, other in middles.near(vector, NEAR):
            yield Pair(other, number, score)
        middles.add(vector)
        yield number + 1


def joined(
    found: Sequence[Bunch],
    pairs: Iterable[tuple[int, int, float]],
    least: int = LEAST,
    near_to_entry: float = 0.0,
) -> list[Gathered]:
    """Groups out of bunches. `pairs` (see `Pair`) go by the places of the bunches; those with what an entry has count from `near_to_entry` on.

    What an entry has takes first: each bunch goes to the entry that it is nearest to. Of the rest, those with most near ones take theirs,
    largest first; what stays smaller than `least` is no group.
    """
    near = _neighbours(found, pairs)
    owner: dict[int, int] = {}
    for place, bunch in enumerate(found):
        if bunch.entry is not None:
            owner[place] = bunch.entry
            continue
        theirs = [
            (score, -entry)
            for other, score in near[place].items()
            if (entry := found[other].entry) is not None and score >= near_to_entry
        ]
        if theirs:
            owner[place] = -max(theirs)[1]
    groups: list[Gathered] = []
    for entry in sorted(set(owner.values())):
        places = tuple(place for place, its in owner.items() if its == entry)
        members = tuple(sorted(each for place in places for each in found[place].members))
        groups.append(Gathered(members, found[places[0]].middle, entry, places))
    free = [place for place in range(len(found)) if place not in owner]
    return groups + _stars(found, free, near, least)


def _neighbours(found: Sequence[Bunch], pairs: Iterable[tuple[int, int, float]]) -> Mapping[int, Mapping[int, float]]:
    """Of each bunch those it is near to: all that an entry has, of the others those that are neighbours of each other."""
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for first, second, score in pairs:
        near[first][second] = max(score, near[first].get(second, 0.0))
        near[second][first] = max(score, near[second].get(first, 0.0))
    nearest = {
        place: {other for _, other in sorted((-score, other) for other, score in scores.items())[:NEIGHBOURS]}
        for place, scores in near.items()
    }
    return defaultdict(
        dict,
        {
            place: {
                other: score
                for other, score in scores.items()
                if found[place].entry is not None
                or found[other].entry is not None
                or (other in nearest[place] and place in nearest[other])
            }
            for place, scores in near.items()
        },
    )


def _stars(
    found: Sequence[Bunch], free: Sequence[int], near: Mapping[int, Mapping[int, float]], least: int
) -> list[Gathered]:
    """Round whom most others stand; each stands with the nearest of those that took it."""
    there = set(free)
    pull = {
        place: len(found[place].members)
        + sum(score * len(found[other].members) for other, score in near.get(place, {}).items() if other in there)
        for place in free
    }
    centre: dict[int, int] = {}
    centres: list[int] = []
    for place in sorted(free, key=lambda each: (-pull[each], each)):
        if place in centre:
            continue
        centres.append(place)
        centre[place] = place
        for other in near.get(place, {}):
            if other in there and other not in centre:
                centre[other] = place
    taken: defaultdict[int, list[int]] = defaultdict(list)
    for place in free:
        choices = [(near.get(place, {}).get(each, 0.0), each) for each in centres if each in near.get(place, {})]
        own = centre[place]
        best = own if own == place else max(choices, key=lambda each: (each[0], -each[1]), default=(0.0, own))[1]
        taken[best].append(place)
    groups = []
    for place in centres:
        members = tuple(sorted(each for bunch in taken[place] for each in found[bunch].members))
        if len(members) >= least:
            groups.append(Gathered(members, found[place].middle, None, tuple(taken[place])))
    return groups


def common_words(texts: Sequence[str], others: Sequence[str], limit: int = MOST_OF_WORDS) -> tuple[str, ...]:
    """The words that hold a group together, as most of it write them: those that many of `texts` have and few of `others`."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    shares: Counter[str] = Counter()
    for text in texts:
        found = _words_of(text)
        shares.update(found.keys())
        for stem, word in found.items():
            written[stem][word] += 1
    elsewhere: Counter[str] = Counter()
    for text in others:
        elsewhere.update(_words_of(text).keys())
    size = len(others)
    told = {
        stem: many * math.log((2 + size) / (1 + elsewhere[stem]))
        for stem, many in shares.items()
        if many >= max(2, HELD * len(texts) / _tongues(shares, len(texts)))
    }
    best = sorted(told, key=lambda stem: (-told[stem], stem))[:limit]
    return tuple(max(written[stem].items(), key=lambda each: (each[1], each[0]))[0] for stem in best)


def most_typical(texts: Sequence[str]) -> int:
    """The place of the text that is nearest to all the others; of equals the shortest, then the first."""
    reading = Reading(texts)
    return min(
        range(len(texts)), key=lambda place: (-round(_sum_near(place, reading.vectors), 6), len(texts[place]), place)
    )


# ---- inside


def _unit(found: Mapping[str, float], weights: Mapping[str, float]) -> dict[str, float]:
    weighed = {feature: value * weights[feature] for feature, value in found.items()}
    length = math.sqrt(sum(value * value for value in weighed.values())) or 1.0
    return {feature: value / length for feature, value in weighed.items()}


SOME = 40
"""Of a large bunch, so many are compared to find its middle."""


def _most_typical(members: Sequence[int], vectors: Sequence[Mapping[str, float]]) -> int:
    if len(members) < LEAST:
        return members[0]
    some = members[:: max(1, len(members) // SOME)][:SOME]
    these = [vectors[place] for place in some]
    return some[max(range(len(some)), key=lambda place: (_sum_near(place, these), -place))]


def _sum_near(place: int, vectors: Sequence[Mapping[str, float]]) -> float:
    total: dict[str, float] = {}
    for vector in vectors:
        for feature, value in vector.items():
            total[feature] = total.get(feature, 0.0) + value
    return product(vectors[place], total)


def _words_of(text: str) -> dict[str, str]:
    """Words that say something by their beginnings, as they are written."""
    found: dict[str, str] = {}
    for word in re.findall(r"[^\W\d_]+", text[:LOOKED_AT]):
        bare = plain(word)
        if DENSE.search(bare):
            for place in range(len(bare) - 1):
                pair = bare[place : place + 2]
                if pair not in LITTLE:
                    found.setdefault(pair, pair)
        elif len(bare) > 2 and bare not in LITTLE:
            found.setdefault(bare[:STEM], word.casefold())
    return found


def _tongues(shares: Counter[str], many: int) -> float:
    """A group in several languages shares no word with all of them: the more languages, the smaller the share that counts."""
    return 1.0 if shares and shares.most_common(1)[0][1] >= HELD * many else 2.5
