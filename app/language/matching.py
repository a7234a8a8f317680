"""Finds the answers whose examples read like a message, by its letters and words alone; keeps index and weights to itself."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

GRAMS = (2, 3, 4, 5)
STEM = 6
"""Letters of a word that count: endings differ, and beginnings are seldom mistyped."""
COMMON = 0.025
"""What stands in more than this share of many examples tells little and costs most of the time."""
MANY = 1500
WORD_WEIGHT = 1.6
UNKNOWN = 0.35
"""How much of what no example knows counts against a message."""
NEARNESS = (0.65, 0.25, 0.10)
"""How the three nearest examples of an answer count."""

NOISE = re.compile(r"https?://\S+|@\w+|[#*_~^`|]+")
LONG_DRAWN = re.compile(r"(.)\1{2,}")
WORDS = re.compile(r"[^\W\d_]+")
NUMBERS = re.compile(r"\d+")
# Scripts written without blanks between words.
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")


class Example(NamedTuple):
    """A text that an answer fits."""

    answer: str
    text: str
    weight: float = 1.0
    """Below one: hints (titles, the answer's own words) that speak less than what customers wrote."""


class Near(NamedTuple):
    """How near a message comes to an answer, 0 to 1, and the words that brought it there."""

    answer: str
    score: float
    words: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Small letters without accents, links, names, figures and drawn-out letters ("sooo" is "soo")."""
    text = NOISE.sub(" ", unicodedata.normalize("NFKC", text).casefold())
    letters = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return " ".join(LONG_DRAWN.sub(r"\1\1", NUMBERS.sub("0", "".join(letters))).split())


@lru_cache(4096)
def features(text: str) -> Mapping[str, float]:
    """What a text consists of: runs of letters, and words by their beginning, each with how much of it there is."""
    bare = plain(text)
    padded = f" {bare} "
    found = Counter([padded[place : place + size] for size in GRAMS for place in range(len(padded) - size + 1)])
    counted = {gram: 1.0 if count == 1 else 1.0 + math.log(count) for gram, count in found.items()} if bare else {}
    for word in WORDS.findall(bare):
        counted[f"{word[:STEM]}\t"] = WORD_WEIGHT
    if DENSE.search(bare):
        counted.update((f"{letter}\t", 1.0) for letter in bare if DENSE.match(letter))
    return counted


class Matcher:
    """An index of examples that grows one at a time. Asked and taught from one thread at a time."""

    def __init__(self, examples: Iterable[Example] = ()) -> None:
        self._answers: list[str] = []
        self._examples: defaultdict[str, set[int]] = defaultdict(set)
        self._parts: list[float] = []
        """Of each example: its weight over its length."""
        self._logs: list[float] = [0.0]
        """Of one more than each number: asked for a thousand times a text."""
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        self._add([(each, features(each.text)) for each in examples])

    def __len__(self) -> int:
        return len(self._answers)

    def learn(self, example: Example) -> None:
        """From now on this text speaks for its answer as well."""
        self._add([(example, features(example.text))])

    def near(self, text: str, but: int = -1) -> list[Near]:
        """Every answer that has anything in common with the text, the nearest first; `but`: the number of an example to leave out."""
        found = [Near(answer, score) for answer, score in self.scores(text, but).items()]
        return sorted(found, key=lambda each: -each.score)

    def scores(self, text: str, but: int = -1) -> dict[str, float]:
        """The same in no order, for who asks a thousand times."""
        totals, length = self._totals(features(text))
        totals.pop(but, None)
        answers, parts = self._answers, self._parts
        by_answer: defaultdict[str, list[float]] = defaultdict(list)
        for number, total in totals.items():
            by_answer[answers[number]].append(total * parts[number])
        return {answer: _nearness(scores) / length for answer, scores in by_answer.items()}

    def words(self, text: str, answer: str, limit: int = 3) -> tuple[str, ...]:
        """The message's own words that speak most for an answer, as they were written and in their order."""
        mine = self._examples.get(answer, set())
        said: dict[str, float] = {}
        for word in WORDS.findall(unicodedata.normalize("NFKC", text)):
            told = self._told(plain(word), mine)
            if told > 0:
                said[word.casefold()] = max(told, said.get(word.casefold(), 0.0))
        best = sorted(said, key=lambda word: -said[word])[:limit]
        return tuple(word for word in said if word in best)

    def _told(self, word: str, mine: set[int]) -> float:
        """How much a word says for the examples `mine`."""
        dense = bool(DENSE.search(word))
        if len(word) < (2 if dense else 4):
            return 0.0
        told = 0.0
        for gram in [word[place : place + 2] for place in range(len(word) - 1)] if dense else [f"{word[:STEM]}\t"]:
            postings = self._postings.get(gram, ())
            own = sum(1 for number, _ in postings if number in mine)
            if own:
                told += self._rarity(gram) * own / len(postings)
        return told

    # ---- inside

    def _add(self, counted: Sequence[tuple[Example, Mapping[str, float]]]) -> None:
        first, postings = len(self._answers), self._postings
        for number, (example, found) in enumerate(counted, first):
            self._answers.append(example.answer)
            self._examples[example.answer].add(number)
            for gram, count in found.items():
                postings[gram].append((number, count))
        logs = self._logs
        logs.extend(math.log(1 + each) for each in range(len(logs), len(self._answers) + 1))
        top = logs[-1] + 1.0
        for example, found in counted:
            total = 0.0
            for gram, count in found.items():
                part = count * (top - logs[len(postings[gram])])
                total += part * part
            self._parts.append(example.weight / (math.sqrt(total) or 1.0))

    def _rarity(self, gram: str) -> float:
        return math.log((1 + len(self._answers)) / (1 + len(self._postings.get(gram, ())))) + 1.0

    def _totals(self, asked: Mapping[str, float]) -> tuple[dict[int, float], float]:
        """The products with each example that has anything in common, and the length of what was asked."""
        totals: defaultdict[int, float] = defaultdict(float)
        length = unknown = 0.0
        size, logs, known = len(self._answers), self._logs, self._postings
        too_common = size * COMMON if size > MANY else size
        top = logs[size] + 1.0
        for gram, count in asked.items():
            postings = known.get(gram)
            if postings is None:
                unknown += count * count
                continue
            rarity = top - logs[len(postings)]
            share = count * rarity
            length += share * share
            if len(postings) > too_common:
                continue
            share *= rarity
            for number, own in postings:
                totals[number] += share * own
        return totals, math.sqrt(length + UNKNOWN * top * top * unknown) or 1.0


def _nearness(scores: list[float]) -> float:
    """Of the nearest examples of an answer; one that has fewer loses nothing by it."""
    if len(scores) == 1:
        return scores[0]
    scores.sort(reverse=True)
    first, second, third = NEARNESS
    if len(scores) == 2:
        return (first * scores[0] + second * scores[1]) / (first + second)
    return first * scores[0] + second * scores[1] + third * scores[2]
