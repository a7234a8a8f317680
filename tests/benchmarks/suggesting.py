"""Suggestions beside a plain matcher: how often the right answer is among the three, how often silence is right, and what it costs."""

from __future__ import annotations

import gc
import math
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from app.language.everyday import read_everyday
from app.language.matching import features
from app.language.meaning import Encoder, Hearing, Meaning
from app.language.mood import mood
from app.language.suggestion import Known, Suggester, read_chatter
from app.language.tongue import tongue
from app.runtime.paths import resources
from tests.benchmarks.figure import Figure, middle
from tests.suggestions.corpus import (
    LANGUAGES,
    Said,
    fits_none,
    fresh,
    fresh_fits_none,
    held_out,
    playbook,
    silence_tuned_on,
    silence_tuned_on_fits_none,
    tuned_on,
    tuned_on_fits_none,
    wild_fits_none,
    wild_held_out,
    wild_playbook,
)

MOODS = Path(__file__).parents[1] / "language" / "mood_fresh.tsv"
SILENT = 0.10
"""The share of messages that fit no answer on which the plain matcher may show something: its bar is set on those very messages."""


class Plain:
    """TF-IDF over runs of 2 to 5 letters, nearest text: what anybody would write first."""

    def __init__(self, known: Sequence[Known]) -> None:
        counted = [self._grams(each.text) for each in known]
        self._df = Counter(gram for grams in counted for gram in grams)
        self._size = len(counted)
        self._answers = [each.answer for each in known]
        self._index: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, grams in enumerate(counted):
            for gram, weight in self._vector(grams).items():
                self._index[gram].append((number, weight))

    def ranked(self, text: str) -> list[tuple[str, float]]:
        totals: defaultdict[int, float] = defaultdict(float)
        for gram, weight in self._vector(self._grams(text)).items():
            for number, own in self._index.get(gram, ()):
                totals[number] += weight * own
        best: dict[str, float] = {}
        for number, score in totals.items():
            best[self._answers[number]] = max(score, best.get(self._answers[number], 0.0))
        return sorted(best.items(), key=lambda each: -each[1])

    @staticmethod
    def _grams(text: str) -> Counter[str]:
        padded = f" {' '.join(text.casefold().split())} "
        return Counter(padded[place : place + size] for size in (2, 3, 4, 5) for place in range(len(padded) - size + 1))

    def _vector(self, grams: Counter[str]) -> dict[str, float]:
        vector = {
            gram: count * (math.log((1 + self._size) / (1 + self._df[gram])) + 1) for gram, count in grams.items()
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        return {gram: weight / length for gram, weight in vector.items()}


class Counts:
    """What was shown, over several playbooks."""

    def __init__(self) -> None:
        self.messages = self.among = self.shown = self.right = self.noise = self.noisy = 0
        self.plain_among = 0
        self.plain_right: list[tuple[float, bool]] = []
        self.plain_noise: list[float] = []

    def plain_right_when_silent(self) -> float:
        """The plain matcher's right answers where it is silent as often as asked."""
        bar = sorted(self.plain_noise)[int((1 - SILENT) * len(self.plain_noise))]
        return sum(right and score > bar for score, right in self.plain_right) / self.messages


class Way(NamedTuple):
    """One arrangement: the playbook's languages, examples an answer, and the languages of the messages."""

    languages: tuple[str, ...]
    examples: int
    asked: tuple[str, ...]


class Data(NamedTuple):
    """Where playbooks and messages come from."""

    playbook: Callable[[tuple[str, ...], int], list[Known]]
    held_out: Callable[[str], list[Said]]
    fits_none: Callable[[str], list[str]]


PLAIN_WORDS = Data(playbook, held_out, fits_none)
"""Twenty answers; messages of one sentence."""
WILD = Data(wild_playbook, wild_held_out, wild_fits_none)
"""Forty answers near to each other; messages as they come: long ones, asides, slang, another hand."""
FRESH = Data(wild_playbook, fresh, fresh_fits_none)
"""The same forty; messages that nothing was chosen by."""
TUNED_ON = Data(wild_playbook, tuned_on, tuned_on_fits_none)
"""The same forty; what the weights were chosen on, beside the others to show how much that flatters."""
SILENCE_TUNED_ON = Data(wild_playbook, silence_tuned_on, silence_tuned_on_fits_none)
"""The same forty; with these it was chosen last when to be silent."""


class Least(NamedTuple):
    """What has to be reached; None where it is only told."""

    right: float | None = None
    shown: float | None = None
    points: float | None = None


def figures() -> Iterator[Figure]:
    yield from _first()  # while this process is as small as one that has just begun
    encoder = Encoder()
    own = [Way((each,), 20, (each,)) for each in LANGUAGES]
    one = [Way((each,), 1, (each,)) for each in LANGUAGES]
    cross = [Way((each,), 20, tuple(other for other in LANGUAGES if other != each)) for each in LANGUAGES]
    every = [Way(LANGUAGES, 4, LANGUAGES)]
    for name, ways, least in (
        ("20 examples", own, Least(0.90, 0.85, 10.0)),
        ("1 example", one, Least(0.75, None, 10.0)),
        ("another language", cross, Least(0.70, None, 10.0)),
        ("five languages, 4 examples in each", every, Least()),
    ):
        yield from _quality(name, ways, least, encoder)
    for name, ways, least in (
        ("40 answers, messages as they come, 20 examples", own, Least(0.90, 0.85, 10.0)),
        ("40 answers, messages as they come, 1 example", one, Least(points=10.0)),
        ("40 answers, messages as they come, another language", cross[1:2], Least(0.70, None, 10.0)),
    ):
        yield from _quality(name, ways, least, encoder, WILD)
    for name, ways, least in (
        ("20 examples", own, Least(0.90, 0.85, 10.0)),
        ("1 example", one, Least(0.75, None, 10.0)),
        ("another language", cross[1:2], Least(0.70, None, 10.0)),
    ):
        yield from _quality(f"40 answers, fresh messages, {name}", ways, least, encoder, FRESH)
    for name, ways in (("20 examples", own), ("1 example", one), ("another language", cross[1:2])):
        yield from _quality(f"40 answers, messages that it was tuned on, {name}", ways, Least(), encoder, TUNED_ON)
    for name, ways in (("20 examples", own), ("1 example", one), ("another language", cross[1:2])):
        key = f"40 answers, messages that its silence was tuned on, {name}"
        yield from _quality(key, ways, Least(), encoder, SILENCE_TUNED_ON)
    for name, ways, data in (
        ("20 examples", own, PLAIN_WORDS),
        ("1 example", one, PLAIN_WORDS),
        ("40 answers, messages as they come, 20 examples", own, WILD),
    ):
        yield from _quality(f"{name}, letters alone", ways, Least(), None, data)
    yield from _learning(encoder)
    yield from _languages()
    yield from _moods(encoder)
    yield from _cost(encoder)


def _first() -> Iterator[Figure]:
    usual = playbook(("es", "en"), 1)
    chatter = read_chatter(resources() / "language" / "chatter.json")
    times = []
    gc.disable()  # as in the window, which sweeps while nobody waits (ui/sweeping.py): here all of this benchmark would be swept
    for _ in range(7):
        features.cache_clear()
        begun = time.process_time()
        first = Suggester(chatter)
        first.load(usual)
        first.suggest("¿dónde está mi pedido?")
        times.append(1000 * (time.process_time() - begun))
    gc.enable()
    yield Figure(
        "suggest, letters alone: the first one, learning the playbook included",
        middle(times),
        "ms",
        limit=50.0,
        note=f"{len(usual)} texts, slowest {max(times):.1f}",
    )


def _quality(
    name: str, ways: Sequence[Way], least: Least, encoder: Encoder | None, data: Data = PLAIN_WORDS
) -> Iterator[Figure]:
    counts = Counts()
    for way in ways:
        known = data.playbook(way.languages, way.examples)
        suggester, plain = _made(known, encoder), Plain(known)
        for language in way.asked:
            _ask(counts, suggester, plain, data.held_out(language), data.fits_none(language))
    among, shown = counts.among / counts.messages, counts.shown / counts.messages
    right, noise = counts.right / counts.messages, counts.noisy / counts.noise
    plain_among, plain_right = counts.plain_among / counts.messages, counts.plain_right_when_silent()
    key = f"suggest, {name}"
    yield Figure(f"{key}: right one among the best three", among, "share", limit=least.right, at_least=True)
    yield Figure(
        f"{key}: points above the plain matcher",
        100 * (among - plain_among),
        "points",
        limit=least.points,
        at_least=True,
        note=f"plain {plain_among:.3f}",
    )
    yield Figure(f"{key}: shown, of messages that fit", shown, "share", limit=least.shown, at_least=True)
    yield Figure(f"{key}: shown, of messages that fit none", noise, "share", limit=SILENT)
    yield Figure(
        f"{key}: shown and right",
        right,
        "share",
        at_least=True,
        note=f"{right / max(shown, 1e-9):.3f} of what is shown",
    )
    yield Figure(
        f"{key}: shown and right, points above the plain matcher",
        100 * (right - plain_right),
        "points",
        limit=least.points,
        at_least=True,
        note=f"plain {plain_right:.3f}, its bar set on these very messages to be silent on nine of ten that fit none",
    )


def _learning(encoder: Encoder) -> Iterator[Figure]:
    """Playbooks of one example an answer, and what a shop sends in its first weeks: an answer to each of the first messages of each kind."""
    steps = (0, 1, 3, 10)
    right, asked = Counter[int](), 0
    for language in LANGUAGES:
        known, own = playbook((language,), 1), held_out(language)
        sent = [said for place, said in enumerate(own) if place % 20 < steps[-1]]
        later = [said for place, said in enumerate(own) if place % 20 >= steps[-1]]
        asked += len(later)
        suggester, learned = _made(known, encoder), 0
        for step in steps:
            while learned < step:
                for said in sent[learned :: steps[-1]]:
                    suggester.learn(Known(said.intent, said.text))
                learned += 1
            right[step] += sum(
                said.intent in [answer for answer, _ in suggester.ranked(said.text)[:3]] for said in later
            )
    shares = [right[step] / asked for step in steps]
    yield Figure(
        "suggest, 1 example: points gained by ten choices an answer",
        100 * (shares[-1] - shares[0]),
        "points",
        limit=5.0,
        at_least=True,
        note=", ".join(f"after {step}: {share:.3f}" for step, share in zip(steps, shares, strict=True)),
    )


def _languages() -> Iterator[Figure]:
    """Of short messages in five languages."""
    for name, data in (("", PLAIN_WORDS), (", messages as they come", WILD)):
        told = [(language, tongue(said.text)) for language in LANGUAGES for said in data.held_out(language)]
        right = sum(language == found for language, found in told) / len(told)
        wrong = sum(found not in (language, "") for language, found in told) / len(told)
        yield Figure(f"language of a message{name}: told and right", right, "share", at_least=True)
        yield Figure(f"language of a message{name}: told and wrong", wrong, "share", limit=0.05)


def _moods(encoder: Encoder) -> Iterator[Figure]:
    """On lines in five languages that the words of the lexicon and the lines it learns from were chosen without."""
    learned = [(int(heard), text) for _, heard, text in _rows(resources() / "language" / "mood_lines.tsv")]
    own = [(language, int(heard), text) for language, heard, text in _rows(MOODS)]
    found = Hearing(encoder, learned).moods([text for *_, text in own])
    right = sum(heard == each for (_, heard, _), each in zip(own, found, strict=True)) / len(own)
    by_words = sum(mood(text, language) == heard for language, heard, text in own) / len(own)
    yield Figure(
        "mood of a message: right of three",
        right,
        "share",
        limit=0.73,
        at_least=True,
        note=f"by words alone {by_words:.3f}, {len(own)} lines",
    )


def _rows(file: Path) -> list[list[str]]:
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]


def _made(known: Sequence[Known], encoder: Encoder | None) -> Suggester:
    language = resources() / "language"
    sense = Meaning(encoder, read_everyday(language / "everyday.json")) if encoder else None
    suggester = Suggester(read_chatter(language / "chatter.json"), sense)
    suggester.load(known)
    return suggester


def _ask(counts: Counts, suggester: Suggester, plain: Plain, messages: Sequence[Said], noise: Sequence[str]) -> None:
    shown = suggester.suggest_all([said.text for said in messages])
    for said, found in zip(messages, shown, strict=True):
        counts.messages += 1
        counts.shown += bool(found)
        counts.right += said.intent in {each.answer for each in found}
        counts.among += said.intent in [answer for answer, _ in suggester.ranked(said.text)[:3]]
        ranked = plain.ranked(said.text)
        is_right = said.intent in [answer for answer, _ in ranked[:3]]
        counts.plain_among += is_right
        counts.plain_right.append((ranked[0][1] if ranked else 0.0, is_right))
    for text, found in zip(noise, suggester.suggest_all(noise), strict=True):
        counts.noise += 1
        counts.noisy += bool(found)
        ranked = plain.ranked(text)
        counts.plain_noise.append(ranked[0][1] if ranked else 0.0)


def _cost(encoder: Encoder) -> Iterator[Figure]:
    """300 answers of 20 examples each, in processor seconds of one thread."""
    known = [
        Known(f"{each.answer} {language} {part}", f"{each.text} {part or ''}", each.weight)
        for part in range(3)
        for language in LANGUAGES
        for each in playbook((language,), 20)
        if each.weight == 1.0
    ]
    asked = [said.text for language in LANGUAGES for said in held_out(language)][::2]
    note = f"{len({each.answer for each in known})} answers, {len(known)} examples"
    for name, suggester in (("", _made(known, encoder)), (", letters alone", _made(known, None))):
        begun = time.process_time()
        suggester.suggest_all(asked)
        yield Figure(f"suggest{name}: 1,000 suggestions", time.process_time() - begun, "s", limit=5.0, note=note)
        times = []
        for text in asked[:100]:
            begun = time.process_time()
            suggester.suggest(text)
            times.append(1000 * (time.process_time() - begun))
        yield Figure(
            f"suggest{name}: one suggestion", middle(times), "ms", limit=15.0, note=f"slowest {max(times):.1f}"
        )
        times = []
        for text in asked[:20]:
            begun = time.process_time()
            suggester.learn(Known(known[0].answer, text))
            times.append(1000 * (time.process_time() - begun))
        yield Figure(
            f"suggest{name}: learning one choice", middle(times), "ms", limit=20.0, note=f"slowest {max(times):.1f}"
        )
    begun = time.process_time()
    Encoder()
    yield Figure("suggest: loading the encoder", time.process_time() - begun, "s", note="in its own process")
