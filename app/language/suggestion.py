"""Which answers of the playbook fit a message, or none: weighs letters, words and (where there is an encoder) meaning against small talk.

What nobody needs an answer for has examples of its own (`resources/language/chatter.json`): an answer has to come nearer to a message than
they do. How much nearer is measured on those examples themselves, for each playbook anew: more than nine in ten of them must bring nothing up.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from app.language.matching import Example, Matcher
from app.language.sentences import length, sentences
from app.language.tongue import tongue

NOTHING = -2.0
"""Less than any nearness."""
CHATTER = ""
"""Stands for an answer's key with texts that want no answer."""
SHOWN = 3
ENOUGH_BY_LETTERS = 100
"""Lines of small talk a language that are read where there is no encoder: more cost time at the first suggestion, and change little."""
EACH = 2
"""Which lines of small talk the bar is measured on: half of them tell it soon enough, and all cost twice the time."""
HINT = 0.85
"""The weight of titles and of the answer's own words: nobody asks in them."""


class Known(NamedTuple):
    """One text and the answer that fits it; or, with `fits` false, one that the user said it does not fit."""

    answer: str
    text: str
    weight: float = 1.0
    fits: bool = True
    group: int = -1
    """Of small talk: lines that say the same in several languages."""
    language: str = ""
    """Of small talk."""


class Sensed(NamedTuple):
    """How near a text comes in meaning: to what an answer fits, to what it was said not to fit, and to small talk."""

    answers: Mapping[str, float]
    """To tell the answers apart."""
    nearness: Mapping[str, float]
    """To tell whether any fits: of the nearest."""
    against: Mapping[str, float]
    chatter: float


class Sense(Protocol):
    """Compares by meaning."""

    def hold(self, known: Sequence[Known]) -> None: ...

    def learn(self, known: Known) -> None: ...

    def emptied(self) -> Sense:
        """The same encoder, holding nothing."""

    def sense(self, texts: Sequence[str], groups: Sequence[int] = ()) -> list[Sensed]: ...


class Found(NamedTuple):
    """An answer that fits a message, how well, and the message's own words that say so."""

    answer: str
    score: float
    words: tuple[str, ...] = ()


class Score(NamedTuple):
    """Of one answer for one message."""

    fit: float
    """Against other answers."""
    sure: float
    """Against silence."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How the parts of a score count. Chosen on examples, each left out in turn, and on the first and third set of `tests/suggestions/data`."""

    letters: float
    """Of nearness by letters, to tell the answers apart."""
    letters_sure: float
    """And to tell whether any fits."""
    small_talk: float
    """Of nearness to small talk by letters; where there is meaning they tell nothing more."""
    chatter: float
    """Of nearness to small talk by meaning."""
    against: float
    """For each part by which a text that the answer did not fit is nearer than `apart`; of `fit`."""
    against_sure: float
    """And of `sure`."""
    apart: float
    far: float
    """A second or third suggestion so far below the first is left out."""
    least: float
    """The bar that a score has to pass at least, and where there is nothing to measure it on."""
    quiet: float
    """So many of the examples of small talk in a language must bring nothing up."""
    elsewhere: float
    """How much a language's bar is that of all languages together: there are few examples in one."""
    length: float
    """Of how much a text says: the more, the less near it comes to anything, and the less it is small talk."""
    whole: float
    """Of how sure the whole of a message is, beside the surest of its sentences."""


BY_LETTERS = Weights(
    letters=1.0,
    letters_sure=1.0,
    small_talk=0.5,
    chatter=0.0,
    against=2.0,
    against_sure=2.0,
    apart=0.3,
    far=0.2,
    least=0.12,
    quiet=0.86,
    elsewhere=0.0,
    length=0.0,
    whole=0.0,
)
BY_MEANING = Weights(
    letters=1.6,
    letters_sure=1.0,
    small_talk=0.0,
    chatter=1.5,
    against=2.5,
    against_sure=5.0,
    apart=0.55,
    far=1.0,
    least=-1.5,
    quiet=0.93,
    elsewhere=0.5,
    length=0.2,
    whole=0.5,
)


class Suggester:
    """Knows a playbook. Asked and taught from one thread at a time."""

    def __init__(self, chatter: Sequence[Known], sense: Sense | None = None) -> None:
        self._sense = sense
        self._weights = BY_LETTERS if sense is None else BY_MEANING
        self._chatter = tuple(line for line in chatter if sense is not None or line.group < ENOUGH_BY_LETTERS)
        self._bars: dict[str, float] = {}
        self._matcher = Matcher()
        self._small_talk: dict[str, Matcher] = {}
        self._refused = Matcher()
        if sense is not None:
            sense.hold(self._chatter)

    def load(self, known: Iterable[Known]) -> None:
        """All that is known of a playbook, once."""
        known = tuple(known)
        self._matcher = Matcher(Example(each.answer, each.text, each.weight) for each in known if each.fits)
        self._refused = Matcher(Example(each.answer, each.text) for each in known if not each.fits)
        self._bars = {}
        if self._sense is not None:
            self._sense.hold(known)
            # Now, while nobody waits: by letters it costs little, and may wait until a text comes in the language.
            self._measure()

    def emptied(self) -> Sense | None:
        """Its encoder, if it has one, for another that begins anew."""
        return self._sense.emptied() if self._sense is not None else None

    def learn(self, known: Known) -> None:
        """One choice of the user's."""
        (self._matcher if known.fits else self._refused).learn(Example(known.answer, known.text, known.weight))
        if self._sense is not None:
            self._sense.learn(known)

    def suggest(self, text: str, limit: int = SHOWN) -> list[Found]:
        """Up to three answers that fit, the best first; none where none does."""
        return self.suggest_all([text], limit)[0]

    def suggest_all(self, texts: Sequence[str], limit: int = SHOWN) -> list[list[Found]]:
        """The same for many, cheaper."""
        return [self._fitting(text, scores, limit) for text, scores in zip(texts, self._scored(texts), strict=True)]

    def ranked(self, text: str) -> list[tuple[str, float]]:
        """Every answer that anything speaks for, whether shown or not, the best first; where one is above zero, something is shown."""
        scores, bar = self._scored([text])[0], self._bar(text)
        best = sorted(scores.items(), key=lambda each: -each[1].fit)
        return [(answer, score.sure - bar) for answer, score in best]

    # ---- inside

    def _fitting(self, text: str, scores: Mapping[str, Score], limit: int) -> list[Found]:
        best = sorted(scores.items(), key=lambda each: -each[1].fit)[:limit]
        if not best or max(score.sure for score in scores.values()) < self._bar(text):
            return []
        top = best[0][1].fit
        near = [(answer, score.fit) for answer, score in best if top - score.fit <= self._weights.far]
        return [Found(answer, round(score, 4), self._matcher.words(text, answer)) for answer, score in near]

    def _scored(self, texts: Sequence[str], lines: Sequence[Known] = ()) -> list[dict[str, Score]]:
        """Of every answer for each text, sentence by sentence. `lines`: the texts are themselves these of the small talk."""
        parts = [sentences(text) for text in texts]
        sensed = iter(self._sensed(parts, lines))
        found: list[dict[str, Score]] = []
        for number, own in enumerate(parts):
            language = lines[number].language if lines else tongue(texts[number])
            scores = [self._scores(part, next(sensed), language, lines[number].group if lines else -1) for part in own]
            found.append(_together(scores[0], scores[1:], self._weights.whole))
        return found

    def _sensed(self, parts: Sequence[Sequence[str]], lines: Sequence[Known]) -> Sequence[Sensed | None]:
        flat = [part for own in parts for part in own]
        if self._sense is None or not flat:
            return [None] * len(flat)
        groups = [line.group for line, own in zip(lines, parts, strict=True) for _ in own] if lines else []
        return self._sense.sense(flat, groups)

    def _scores(self, text: str, sensed: Sensed | None, language: str, line: int) -> dict[str, Score]:
        """Of every answer. `line`: the text is itself this line of the small talk in `language`."""
        weights = self._weights
        letters = self._matcher.scores(text)
        quiet = -weights.length * math.log1p(length(text))
        if sensed is None:
            quiet += weights.small_talk * self._talk(language).scores(text, line).get(CHATTER, 0.0)
            against = self._refused.scores(text) if len(self._refused) else {}
            scores = {answer: Score(score, score - quiet) for answer, score in letters.items()}
        else:
            quiet += weights.chatter * sensed.chatter
            against = dict(sensed.against)
            scores = {}
            for answer, fit in sensed.answers.items():
                near = letters.get(answer, 0.0)
                sure = sensed.nearness.get(answer, NOTHING) + weights.letters_sure * near - quiet
                scores[answer] = Score(fit + weights.letters * near, sure)
        for answer, nearness in against.items():
            if answer in scores and nearness > weights.apart:
                less = nearness - weights.apart
                fit, sure = scores[answer]
                scores[answer] = Score(fit - weights.against * less, sure - weights.against_sure * less)
        return scores

    def _bar(self, text: str) -> float:
        """What a score has to pass: measured on small talk in the language of the text, where that is known."""
        language = tongue(text)
        if language not in self._bars:
            lines = [line for line in self._chatter if line.language == language]
            self._bars[language] = self._passed(self._tops(lines[::EACH])) if lines else self._hardest()
        return self._bars[language]

    def _hardest(self) -> float:
        """Of all languages; by letters, of those that texts came in so far: the others would cost time and tell little."""
        return max(self._weights.least, *self._bars.values(), self._weights.least)

    def _measure(self) -> None:
        """The bars of all languages at once."""
        tops: dict[str, list[float]] = {}
        lines = self._chatter[::EACH]
        for line, top in zip(lines, self._tops(lines), strict=True):
            tops.setdefault(line.language, []).append(top)
        part, everywhere = self._weights.elsewhere, self._passed([top for own in tops.values() for top in own])
        self._bars = {language: (1 - part) * self._passed(own) + part * everywhere for language, own in tops.items()}

    def _tops(self, lines: Sequence[Known]) -> list[float]:
        """How sure small talk makes it."""
        scored = self._scored([line.text for line in lines], lines)
        return [max((score.sure for score in scores.values()), default=0.0) for scores in scored]

    def _passed(self, tops: Sequence[float]) -> float:
        """The bar that hardly any of them passes."""
        if not tops:
            return self._weights.least
        return max(self._weights.least, sorted(tops)[int(self._weights.quiet * (len(tops) - 1))])

    def _talk(self, language: str) -> Matcher:
        """Small talk in a language; in all of them where there is none in this one."""
        if language not in self._small_talk:
            lines = [line for line in self._chatter if line.language == language] or self._chatter
            self._small_talk[language] = Matcher(Example(CHATTER, line.text) for line in lines)
        return self._small_talk[language]


def _together(whole: Mapping[str, Score], parts: Sequence[Mapping[str, Score]], share: float) -> dict[str, Score]:
    """Of a message and its sentences: the whole tells as much as the best sentence which answer fits, and for its `share` whether any
    does ("I can do weekends" asks for no opening hours behind "Are you hiring?"); it need not be less sure than it is of itself."""
    if not parts:
        return dict(whole)
    found: dict[str, Score] = {}
    for answer in dict.fromkeys(answer for each in (whole, *parts) for answer in each):
        own = [each[answer] for each in parts if answer in each]
        all_of_it = whole.get(answer)
        fit = max((score.fit for score in own), default=0.0)
        sure = max((score.sure for score in own), default=NOTHING)
        if all_of_it:
            sure = max(all_of_it.sure, (1 - share) * sure + share * all_of_it.sure)
        found[answer] = Score((fit + (all_of_it.fit if all_of_it else 0.0)) / 2, sure)
    return found


def read_chatter(file: Path) -> tuple[Known, ...]:
    """Lines of small talk: a list a language, line by line the same."""
    lines: Mapping[str, Sequence[str]] = json.loads(file.read_text(encoding="utf-8"))
    return tuple(
        Known(CHATTER, text, group=number, language=language)
        for language, texts in lines.items()
        for number, text in enumerate(texts)
    )
