"""Whether a message sounds happy or unhappy: a small lexicon of five languages and a few rules; keeps both to itself.

Negation turns a word, an intensifier and capitals strengthen it, emoji count like words, and a text that is nothing but shouting is
unhappy. Irony is left alone: nothing on this computer can tell it, and a person corrects the mark with one key.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from app.runtime.paths import resources

WORDS = "language/moods.json"
"""Words that show a mood, by language: letters small and without accents, a star for any ending, "_" between the words of a phrase."""
LONGEST = 4_000
"""Characters that are read: a mood shows early."""

REACH = 3
"""So many words a negation reaches."""
TURNED = 0.7
"""What "not good" weighs beside "bad"."""
STRONG = 1.5
SIGN = 1.5
"""What an emoji weighs."""
MOST_SIGNS = 3
ENOUGH = 0.6
LONGEST_PHRASE = 4
SHOUTED_LETTERS = 10
POLITE = frozenset({"gracias", "merci", "thanks", "thank", "thank_you", "спасибо", "谢谢"})
"""Who asks something thanks beforehand: in a question they say nothing."""

_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)?"  # compiled (by `re`, which keeps it) when first used
_PIECE = rf"{_WORD}|[.,;:!?…]"
"""Words, and what ends the reach of a negation."""
_LATIN = ("es", "en", "fr")


class _Lexicon(NamedTuple):
    """One language's words, ready to be asked."""

    language: str
    weights: Mapping[str, int]
    stems: Mapping[str, int]
    shortest: int
    negators: frozenset[str]
    intense: frozenset[str]
    starts: frozenset[str]
    """First words of phrases; in Chinese, first characters."""

    def weight(self, word: str) -> int:
        """1, -1, or 0 for a word that shows nothing; the longest stem counts."""
        known = self.weights.get(word)
        if known is not None:
            return known
        for length in range(len(word), self.shortest - 1, -1):
            stem = self.stems.get(word[:length])
            if stem is not None:
                return stem
        return 0


def mood(text: str, language: str = "") -> int:
    """1 happy, -1 unhappy, 0 neither. `language` (ISO 639-1) where it is known; else it is guessed from the letters and small words."""
    text = text[:LONGEST]
    score = _signs(text)
    if re.search("[\u4e00-\u9fff]", text):
        score += _chinese(text)
    words = re.findall(_WORD, text)
    if words:
        score += _words(re.findall(_PIECE, text), _language(words, language), asks="?" in text)
    if score == 0 and _shouts(words):
        return -1
    return 1 if score >= ENOUGH else -1 if score <= -ENOUGH else 0


def plain_count(text: str) -> int:
    """Positive words minus negative words without any rule, as a sign: what `mood` has to beat."""
    folded = [_fold(word) for word in re.findall(_WORD, text)]
    score = 0
    for language in ("es", "en", "fr", "ru"):
        lexicon = _lexicon(language)
        score += sum(lexicon.weight(word) for word in folded)
    chinese = _lexicon("zh")
    score += sum(weight * text.count(word) for word, weight in chinese.weights.items())
    return (score > 0) - (score < 0)


def _signs(text: str) -> float:
    signs = _words_of("signs")
    happy = min(sum(text.count(sign) for sign in signs["happy"]), MOST_SIGNS)
    unhappy = min(sum(text.count(sign) for sign in signs["unhappy"]), MOST_SIGNS)
    return SIGN * (happy > 0) + 0.25 * max(0, happy - 1) - SIGN * (unhappy > 0) - 0.25 * max(0, unhappy - 1)


def _language(words: list[str], told: str) -> str:
    if told in (*_LATIN, "ru"):
        return told
    if any("\u0400" <= word[0] <= "\u04ff" for word in words):
        return "ru"
    small = [_fold(word) for word in words]
    return max(_LATIN, key=lambda language: _small_words(language, small))


def _small_words(language: str, words: list[str]) -> tuple[int, int]:
    common = set(_words_of(language)["common"].split())
    covered = sum(mark.last - mark.first + 1 for mark in _marks(words, _lexicon(language)))
    return sum(word in common for word in words), covered


def _words(written: list[str], language: str, *, asks: bool) -> float:
    lexicon = _lexicon(language)
    words = [_fold(word) for word in written]
    score, read = 0.0, 0
    for mark in _marks(words, lexicon):
        weight = float(mark.weight)
        before = _clause(words[max(read, mark.first - REACH) : mark.first])
        read = mark.last + 1
        # A phrase says itself whether it is meant or denied.
        if mark.first == mark.last and any(word in lexicon.negators for word in before):
            weight = -weight * TURNED
            if weight > 0:
                weight *= TURNED  # "not bad" is less than "good"
        if before and before[-1] in lexicon.intense:
            weight *= STRONG
        shout = written[mark.first]
        if len(shout) > 2 and shout.isupper():
            weight *= STRONG
        if asks and mark.word in POLITE:
            weight = 0.0
        score += weight
    return score


def _clause(words: list[str]) -> list[str]:
    """What stands behind the last comma or full stop."""
    ends = [place for place, word in enumerate(words) if not word[0].isalpha()]
    return words[ends[-1] + 1 :] if ends else words


class _Mark(NamedTuple):
    first: int
    last: int
    weight: int
    word: str


def _marks(words: list[str], lexicon: _Lexicon) -> list[_Mark]:
    """The words and phrases that show something, longest first."""
    found = []
    place = 0
    while place < len(words):
        longest = min(LONGEST_PHRASE, len(words) - place) if words[place] in lexicon.starts else 1
        for length in range(longest, 0, -1):
            joined = "_".join(words[place : place + length])
            weight = (
                _weight(lexicon.language, joined)
                if length == 1
                else lexicon.weight(joined) * _is_phrase(joined, lexicon)
            )
            if weight:
                found.append(_Mark(place, place + length - 1, weight, joined))
                place += length - 1
                break
        place += 1
    return found


def _is_phrase(joined: str, lexicon: _Lexicon) -> bool:
    """A stem of one word does not swallow what comes after it."""
    if joined in lexicon.weights:
        return True
    parts = joined.count("_")
    return any(
        joined[:length] in lexicon.stems and joined[:length].count("_") == parts for length in range(len(joined), 1, -1)
    )


def _chinese(text: str) -> float:
    lexicon = _lexicon("zh")
    longest = max(map(len, lexicon.weights))
    score, place = 0.0, 0
    asks = "？" in text or "?" in text or "吗" in text
    while place < len(text):
        if text[place] not in lexicon.starts:
            place += 1
            continue
        for length in range(min(longest, len(text) - place), 0, -1):
            word = text[place : place + length]
            weight: float = lexicon.weights.get(word, 0)
            if not weight:
                continue
            before = text[max(0, place - REACH) : place]
            if any(before.find(negator) >= 0 for negator in lexicon.negators):
                weight *= -TURNED if weight > 0 else -TURNED * TURNED
            elif before[-1:] in lexicon.intense:
                weight *= STRONG
            if asks and word in (*POLITE, "问题"):
                weight = 0
            score += weight
            place += length - 1
            break
        place += 1
    return score


def _shouts(words: list[str]) -> bool:
    """Three words or more, and all of them in capitals; alphabets without capitals cannot shout."""
    letters = sum(map(len, words))
    return len(words) > 2 and letters >= SHOUTED_LETTERS and all(word.isupper() or len(word) == 1 for word in words)


@lru_cache(maxsize=8192)
def _weight(language: str, word: str) -> int:
    """Kept by word: most messages are made of the same ones."""
    return _lexicon(language).weight(word)


@lru_cache(maxsize=8192)
def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.casefold().replace("’", "'"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@lru_cache(maxsize=1)
def _all_words() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((resources() / WORDS).read_text("utf-8"))
    return found


def _words_of(part: str) -> dict[str, str]:
    """Of a language, or the signs."""
    found: dict[str, str] = _all_words()[part]
    return found


@lru_cache(maxsize=8)
def _lexicon(language: str) -> _Lexicon:
    weights: dict[str, int] = {}
    stems: dict[str, int] = {}
    told = _words_of(language)
    for weight, words in ((1, told["happy"]), (-1, told["unhappy"])):
        for entry in words.split():
            word = entry if language == "zh" else _fold(entry)
            if word.endswith("*"):
                stems[word[:-1]] = weight
            else:
                weights[word] = weight
    shortest = min(map(len, stems), default=1)
    negators = frozenset(_fold(word) for word in told["negators"].split())
    intense = frozenset(_fold(word) for word in told["intense"].split())
    starts = frozenset(word.partition("_")[0] for word in (*weights, *stems) if "_" in word)
    if language == "zh":
        starts = frozenset(word[0] for word in weights)
    return _Lexicon(language, weights, stems, shortest, negators, intense, starts)
