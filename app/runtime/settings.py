"""What the user can set: one frozen class a group, with bounds, kept as versioned JSON by whoever stores it.

Keeps unknown keys (a newer version may have written them) and replaces what it cannot use by the default. The settings page is
generated from `describe`. The title of a setting is `setting.<group>.<field>` in the catalogues, its description the same + `.help`,
a choice the same + `.<choice>`.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from app.runtime.errors import UserMistake
from app.runtime.signals import Signal
from app.runtime.words import message

_log = logging.getLogger(__name__)

FORMAT_VERSION = 1
MINUTES_A_DAY = 24 * 60

Hours = tuple[tuple[tuple[int, int], ...], ...]
"""Seven days from Monday, each a row of blocks (from, to) in minutes since midnight, in order, apart from each other."""


class Kind(StrEnum):
    """How a setting is shown and checked."""

    SWITCH = "switch"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    COUNTRY = "country"
    ZONE = "zone"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as the settings page needs it."""

    group: str
    name: str
    kind: Kind
    default: object
    low: int = 0
    high: int = 0
    """Bounds of a number, both included; for text, `high` is the greatest length."""
    step: int = 1
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.group}.{self.name}"

    @property
    def title_id(self) -> str:
        return f"setting.{self.key}"

    @property
    def help_id(self) -> str:
        return f"setting.{self.key}.help"

    def choice_id(self, choice: str) -> str:
        return f"setting.{self.key}.{choice}"


def _switch(default: bool) -> Any:
    return dataclasses.field(default=default, metadata={"kind": Kind.SWITCH})


def _number(default: int, low: int, high: int, step: int = 1) -> Any:
    return dataclasses.field(default=default, metadata={"kind": Kind.NUMBER, "low": low, "high": high, "step": step})


def _text(default: str, longest: int, kind: Kind = Kind.TEXT) -> Any:
    return dataclasses.field(default=default, metadata={"kind": kind, "high": longest})


def _choice(default: str, *choices: str) -> Any:
    return dataclasses.field(default=default, metadata={"kind": Kind.CHOICE, "choices": choices})


@dataclass(frozen=True, slots=True)
class Group:
    """The root of all groups; `GROUP` is the first half of the keys."""

    GROUP: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Shop(Group):
    """Whose voice this is, and how the shop's country writes times."""

    GROUP: ClassVar[str] = "shop"
    name: str = _text("", 80)
    country: str = _text("", 2, Kind.COUNTRY)
    """Two capital letters, or empty until the first run has asked."""
    zone: str = _text("", 64, Kind.ZONE)
    """IANA name; empty until the first run has asked."""
    language: str = _choice("system", "system", "en", "es")
    """Of the program, not of the answers."""
    clock: str = _choice("region", "region", "12", "24")
    first_weekday: str = _choice("region", "region", "monday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Sending(Group):
    """How things leave."""

    GROUP: ClassVar[str] = "sending"
    undo_seconds: int = _number(10, 0, 30, 5)


@dataclass(frozen=True, slots=True)
class Appearance(Group):
    """How the window looks."""

    GROUP: ClassVar[str] = "appearance"
    theme: str = _choice("system", "system", "light", "dark")
    density: str = _choice("auto", "auto", "comfortable", "compact")
    zoom: int = _number(100, 90, 150, 10)
    """Percent of the system's text size."""
    footer_keys: bool = _switch(True)
    always_menu: bool = _switch(False)


@dataclass(frozen=True, slots=True)
class Keyboard(Group):
    """Which keys act."""

    GROUP: ClassVar[str] = "keyboard"
    single_keys: bool = _switch(True)
    preset: str = _choice("tertulia", "tertulia", "gmail", "tweetdeck", "modifiers")


@dataclass(frozen=True, slots=True)
class Hour(Group):
    """The daily hour."""

    GROUP: ClassVar[str] = "hour"
    enabled: bool = _switch(True)
    minutes: int = _number(60, 15, 180, 5)


WEEKDAY: tuple[tuple[int, int], ...] = ((9 * 60, 19 * 60),)
SATURDAY: tuple[tuple[int, int], ...] = ((10 * 60, 14 * 60),)


@dataclass(frozen=True, slots=True)
class Answer(Group):
    """What customers may expect: an answer within so many minutes of opening hours."""

    GROUP: ClassVar[str] = "answer"
    minutes: int = _number(60, 5, MINUTES_A_DAY, 5)
    hours: Hours = dataclasses.field(default=(*(WEEKDAY,) * 5, SATURDAY, ()), metadata={"kind": Kind.HOURS})
    """In the shop's zone."""


@dataclass(frozen=True, slots=True)
class Reading(Group):
    """How often the program looks for messages by itself."""

    GROUP: ClassVar[str] = "reading"
    minutes: int = _number(5, 1, 120)


@dataclass(frozen=True, slots=True)
class Posting(Group):
    """Neither flood nor silence."""

    GROUP: ClassVar[str] = "posting"
    day_limit: int = _number(5, 1, 50)
    """Posts of one account in a day; one more warns."""
    silence_days: int = _number(2, 1, 30)


GROUPS: tuple[type[Group], ...] = (Shop, Sending, Appearance, Keyboard, Hour, Answer, Reading, Posting)

G = TypeVar("G", bound=Group)


def describe(group: type[Group]) -> tuple[Setting, ...]:
    """The settings of a group in the order in which they are shown."""
    return tuple(
        Setting(group.GROUP, field.name, default=field.default, **field.metadata) for field in dataclasses.fields(group)
    )


class Settings:
    """The settings in force. `changed` carries the set of keys ("sending.undo_seconds") whose values are new."""

    def __init__(self, load: Callable[[], Mapping[str, str]], save: Callable[[str, str], object]) -> None:
        """`load` gives the JSON of each group by name, `save` keeps that of one group."""
        self.changed: Signal[frozenset[str]] = Signal("settings.changed")
        self._load = load
        self._save = save
        self._documents: dict[str, dict[str, Any]] = {}
        self._groups: dict[type[Group], Group] = {}
        self._read()

    def get(self, group: type[G]) -> G:
        found = self._groups[group]
        assert isinstance(found, group)
        return found

    def change(self, group: type[G], **values: object) -> frozenset[str]:
        """Keeps the new values and returns the keys that differ. Raises `UserMistake` naming the field, and then changes nothing."""
        known = {setting.name: setting for setting in describe(group)}
        for name, value in values.items():
            if not _fits(known[name], value):
                raise _mistake(known[name])
        before = self.get(group)
        after = dataclasses.replace(before, **values)
        keys = _differing(before, after)
        if keys:
            document = self._documents.setdefault(group.GROUP, {"version": FORMAT_VERSION, "values": {}})
            document["values"].update({key.partition(".")[2]: getattr(after, key.partition(".")[2]) for key in keys})
            self._save(group.GROUP, json.dumps(document, ensure_ascii=False))
            self._groups[group] = after
            self.changed.emit(keys)
        return keys

    def reload(self) -> frozenset[str]:
        """Another process may have changed them; returns the keys that differ."""
        before = dict(self._groups)
        self._read()
        keys = frozenset[str]().union(*(_differing(before[group], self._groups[group]) for group in GROUPS))
        if keys:
            self.changed.emit(keys)
        return keys

    def _read(self) -> None:
        texts = self._load()
        for group in GROUPS:
            document = _document(group.GROUP, texts.get(group.GROUP, ""))
            self._documents[group.GROUP] = document
            usable = {}
            for setting in describe(group):
                if setting.name not in document["values"]:
                    continue
                value = _as_tuples(document["values"][setting.name])
                if _fits(setting, value):
                    usable[setting.name] = value
                else:
                    _log.warning("setting %s cannot be %r, using the default", setting.key, value)
            self._groups[group] = group(**usable)


def _document(group: str, text: str) -> dict[str, Any]:
    """The stored document, whatever else it carries; an empty one where there is none or it cannot be read."""
    if text:
        try:
            document = json.loads(text)
        except ValueError:
            document = None
        if isinstance(document, dict) and isinstance(document.get("values"), dict):
            return document
        _log.warning("the settings of %s cannot be read, using the defaults", group)
    return {"version": FORMAT_VERSION, "values": {}}


def _differing(before: Group, after: Group) -> frozenset[str]:
    return frozenset(
        f"{before.GROUP}.{field.name}"
        for field in dataclasses.fields(before)
        if getattr(before, field.name) != getattr(after, field.name)
    )


def _as_tuples(value: Any) -> Any:
    return tuple(_as_tuples(item) for item in value) if isinstance(value, list) else value


def _fits(setting: Setting, value: object) -> bool:
    match setting.kind:
        case Kind.SWITCH:
            return isinstance(value, bool)
        case Kind.NUMBER:
            return isinstance(value, int) and not isinstance(value, bool) and setting.low <= value <= setting.high
        case Kind.CHOICE:
            return value in setting.choices
        case Kind.COUNTRY:
            return isinstance(value, str) and re.fullmatch(r"([A-Z]{2})?", value) is not None
        case Kind.HOURS:
            return isinstance(value, tuple) and len(value) == 7 and all(_is_day(day) for day in value)
        case Kind.TEXT | Kind.ZONE:
            return isinstance(value, str) and len(value) <= setting.high


def _is_day(blocks: object) -> bool:
    """Blocks in order that do not touch: touching ones are one block."""
    if not isinstance(blocks, tuple):
        return False
    last = -1
    for block in blocks:
        if not (isinstance(block, tuple) and len(block) == 2 and all(type(minute) is int for minute in block)):
            return False
        if not last < block[0] < block[1] <= MINUTES_A_DAY:
            return False
        last = block[1]
    return True


def _mistake(setting: Setting) -> UserMistake:
    if setting.kind is Kind.NUMBER:
        return UserMistake(message("error.setting.number", low=setting.low, high=setting.high), setting.key)
    if setting.kind is Kind.HOURS:
        return UserMistake(message("error.setting.hours"), setting.key)
    if setting.kind is Kind.TEXT:
        return UserMistake(message("error.setting.text", longest=setting.high), setting.key)
    return UserMistake(message("error.setting.choice"), setting.key)
