"""What posts and messages are sorted by, as the user has it: content pillars and the categories of messages, their names, icons, hues and order.

The eight pillars that the program brings along are a start: each can be named anew, set aside or taken away, and own ones come beside
them. The ten categories are fixed in what they mean and do. An id is given once and for ever: posts keep it, whatever it is called.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from app.runtime.errors import UserMistake
from app.runtime.setting_values import LONGEST_SORT
from app.runtime.setting_values import Sorts as Rows
from app.runtime.settings import Settings, Sorting
from app.runtime.words import Words, message

Kind = Literal["pillar", "category"]
PILLAR: Kind = "pillar"
CATEGORY: Kind = "category"

PILLARS = ("releases", "catalogue", "scene", "community", "offers", "contest", "help", "house")
"""Those that the program brings along."""
CATEGORIES = ("question", "order", "technical", "request", "complaint", "praise", "contest", "other", "troll", "spam")
STAYING = frozenset({"complaint", "praise", "other", "troll", "spam"})
"""Categories by which the program itself acts: they are always offered."""
BUILT_IN: Mapping[str, tuple[str, ...]] = {PILLAR: PILLARS, CATEGORY: CATEGORIES}

HUES = ("blue", "orange", "green", "rose", "gold", "violet", "sky", "slate")
ICONS = (
    "disc", "music-notes", "microphone", "users-three", "tag-simple", "trophy", "lifebuoy", "storefront", "star", "heart-straight",
    "megaphone-simple", "newspaper", "lightbulb", "calendar-blank", "rocket-launch", "image", "book-open", "package", "handshake", "globe",
    "house", "question", "wrench", "warning-circle", "chat-circle-dots", "quotes", "coffee", "wine", "cake", "fork-knife",
    "airplane-tilt", "suitcase-rolling", "map-pin", "ticket", "car", "bicycle", "camera", "film-strip", "game-controller", "headphones",
    "palette", "scissors", "hammer", "armchair", "t-shirt", "handbag", "diamond", "gift", "flower", "plant",
    "paw-print", "baby", "barbell", "first-aid", "graduation-cap", "laptop", "speaker-slash", "prohibit",
)  # fmt: skip
"""To choose from; each a file among the icons."""

MOST = 30
"""Pillars that there can be; with more nobody finds the one that is meant."""
MOST_ROWS = 300
OFFERED, KEPT, GONE = "offered", "kept", "gone"
"""Kept: no longer offered, still shown where posts have it. Gone: taken away; its id is never given again."""

_OWN = "own"
_MARKS = 4
_JOINERS = "\u200c\u200d"
_OPENS, _CLOSES = "\u2068", "\u2069"


class Sort(NamedTuple):
    """A pillar or a category. Without a name the language's word, without icon and hue those that it came with."""

    id: str
    name: str = ""
    icon: str = ""
    hue: str = ""
    stand: str = OFFERED


class Uses(NamedTuple):
    """How much there is of a pillar."""

    posts: int = 0
    slots: int = 0
    patterns: int = 0
    series: int = 0

    @property
    def any(self) -> bool:
        return sum(self) > 0


class Sorts:
    """All of one kind in the user's order. Never changes: each act answers what it would be then."""

    __slots__ = ("_by_id", "everything", "kind")

    def __init__(self, kind: Kind, rows: Iterable[Sort | tuple[str, str, str, str, str]] = ()) -> None:
        """What the rows do not say is as it came with the program; rows that make no sense are left out."""
        self.kind = kind
        found: dict[str, Sort] = {}
        for row in rows:
            sort = _sound(kind, Sort(*row))
            if sort is not None:
                found.setdefault(sort.id, sort)
        for number in BUILT_IN[kind]:
            found.setdefault(number, Sort(number))
        self._by_id = found
        self.everything: tuple[Sort, ...] = tuple(found.values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sorts) and (self.kind, self.everything) == (other.kind, other.everything)

    def __hash__(self) -> int:
        return hash((self.kind, self.everything))

    # ---- what there is

    @property
    def rows(self) -> Rows:
        """For the settings."""
        plain = tuple(tuple(each) for each in self.everything)
        return () if plain == tuple(tuple(Sort(number)) for number in BUILT_IN[self.kind]) else plain  # type: ignore[return-value]

    @property
    def there(self) -> tuple[Sort, ...]:
        """Those that were not taken away."""
        return tuple(each for each in self.everything if each.stand != GONE)

    @property
    def offered(self) -> tuple[str, ...]:
        return tuple(each.id for each in self.everything if each.stand == OFFERED)

    def offers(self, number: str) -> bool:
        return number in self._by_id and self._by_id[number].stand == OFFERED

    def find(self, number: str) -> Sort | None:
        """Also one that was taken away: an old post may still have it."""
        return self._by_id.get(number)

    def place(self, number: str) -> int:
        """For putting things in the user's order; what is unknown comes last."""
        return next((place for place, each in enumerate(self.everything) if each.id == number), len(self.everything))

    def word(self, number: str) -> str:
        """The message id of its name."""
        return f"{self.kind}.{number}"

    def texts(self) -> dict[str, str]:
        """Own names by message id."""
        return {self.word(each.id): _alone(each.name) for each in self.everything if each.name}

    def look(self, number: str) -> tuple[str, str]:
        """(hue, icon) of its own; empty: as it came."""
        found = self._by_id.get(number)
        return (found.hue, f"ph.{found.icon}" if found.icon else "") if found is not None else ("", "")

    def may_rest(self, number: str) -> bool:
        """Whether it can be offered no more."""
        return self.kind == PILLAR or number not in STAYING

    # ---- acts

    def renamed(self, number: str, name: str) -> Sorts:
        """Empty gives a built-in one the language's word back. Raises `UserMistake`."""
        clean = tidy(name)
        if not clean and number not in BUILT_IN[self.kind]:
            raise UserMistake(message("sorting.no_name"), field="name")
        self._refuse_twice(clean, number)
        return self._with(number, name=clean)

    def dressed(self, number: str, icon: str, hue: str) -> Sorts:
        return self._with(number, icon=icon, hue=hue)

    def switched(self, number: str, *, offered: bool) -> Sorts:
        return self._with(number, stand=OFFERED if offered else KEPT)

    def moved(self, number: str, step: int) -> Sorts:
        """So many places among those that are there; as it is at the end of them."""
        there = [each.id for each in self.there]
        target = there.index(number) + step
        if not 0 <= target < len(there):
            return self
        there.insert(target, there.pop(there.index(number)))
        gone = [each for each in self.everything if each.stand == GONE]
        return Sorts(self.kind, [*(self._by_id[each] for each in there), *gone])

    def added(self, name: str) -> tuple[Sorts, str]:
        """An own one behind the others, and its id. Raises `UserMistake`."""
        clean = tidy(name)
        if not clean:
            raise UserMistake(message("sorting.no_name"), field="name")
        self._refuse_twice(clean, "")
        if len(self.there) >= MOST:
            raise UserMistake(message("sorting.too_many", most=MOST), field="name")
        last = max((_own_number(each.id) for each in self.everything), default=0)
        number = f"own{last + 1}"
        icons = {each.icon for each in self.there}
        icon = next((each for each in ICONS[len(PILLARS) :] if each not in icons), ICONS[0])
        gone = [each for each in self.everything if each.stand == GONE]
        forgotten = [each for each in gone if _own_number(each.id)][: max(0, len(self.everything) + 1 - MOST_ROWS)]
        kept = [each for each in gone if each not in forgotten]
        return Sorts(self.kind, [*self.there, Sort(number, clean, icon, HUES[last % len(HUES)]), *kept]), number

    def without(self, number: str) -> Sorts:
        """Taken away; what still has it keeps its name."""
        sort = self._by_id[number]
        rest = [each for each in self.everything if each.id != number]
        return Sorts(self.kind, [*rest, sort._replace(stand=GONE)])

    # ---- inside

    def _with(self, number: str, **changed: str) -> Sorts:
        return Sorts(self.kind, [each._replace(**changed) if each.id == number else each for each in self.everything])

    def _refuse_twice(self, name: str, number: str) -> None:
        folded = name.casefold()
        if name and any(each.name.casefold() == folded for each in self.there if each.id != number):
            raise UserMistake(message("sorting.same_name", name=name), field="name")


class Vocabulary(NamedTuple):
    """Both at once."""

    pillars: Sorts = Sorts(PILLAR)
    categories: Sorts = Sorts(CATEGORY)

    def of(self, kind: str) -> Sorts:
        return self.pillars if kind == PILLAR else self.categories

    def texts(self) -> dict[str, str]:
        """Own names by message id, for `Words.own`."""
        return {**self.pillars.texts(), **self.categories.texts()}


def vocabulary(settings: Settings) -> Vocabulary:
    """As it is set now."""
    chosen = settings.get(Sorting)
    return Vocabulary(_sorts(PILLAR, chosen.pillars), _sorts(CATEGORY, chosen.categories))


@lru_cache(maxsize=8)
def _sorts(kind: Kind, rows: Rows) -> Sorts:
    """Asked for each row of a spreadsheet and at each key of a post with a link."""
    return Sorts(kind, rows)


def speak(words: Words, settings: Settings) -> None:
    """From now on these words say the user's own names; also as they change."""

    def hear(keys: frozenset[str]) -> None:
        if any(key.startswith(f"{Sorting.GROUP}.") for key in keys):
            words.own = vocabulary(settings).texts()

    words.own = vocabulary(settings).texts()
    settings.changed.connect(hear)


def tidy(name: str) -> str:
    """One line of at most `LONGEST_SORT` characters, in which nothing hides, reorders or piles up."""
    plain = unicodedata.normalize("NFC", name[: LONGEST_SORT * 20])
    kept, marks = [], 0
    for sign in plain:
        kind = unicodedata.category(sign)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind in ("Cc", "Zl", "Zp", "Zs"):
            kept.append(" ")
        elif marks <= _MARKS and (kind not in ("Cf", "Cs", "Co", "Cn") or sign in _JOINERS):
            kept.append(sign)
    return " ".join("".join(kept).split())[:LONGEST_SORT].strip(f" {_JOINERS}")


def bare(text: str) -> str:
    """For comparing names: without the signs that hold one apart within a sentence, and in small letters."""
    return " ".join(text.replace(_OPENS, "").replace(_CLOSES, "").split()).casefold()


def _sound(kind: Kind, sort: Sort) -> Sort | None:
    own = kind == PILLAR and _own_number(sort.id) > 0
    if not own and sort.id not in BUILT_IN[kind]:
        return None
    name, stand = tidy(sort.name), sort.stand
    if own and not name:
        return None
    if kind == CATEGORY and (stand == GONE or sort.id in STAYING):
        stand = OFFERED
    return Sort(sort.id, name, sort.icon if sort.icon in ICONS else "", sort.hue if sort.hue in HUES else "", stand)


def _own_number(number: str) -> int:
    """7 of "own7"; 0 of what is no pillar of the user's own."""
    digits = number.removeprefix(_OWN)
    fits = (
        digits != number and digits.isascii() and digits.isdigit() and not digits.startswith("0") and len(digits) < 10
    )
    return int(digits) if fits else 0


def _alone(name: str) -> str:
    """Held apart where it is written from right to left, so that it leaves the order of a sentence alone."""
    return f"{_OPENS}{name}{_CLOSES}" if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in name) else name
