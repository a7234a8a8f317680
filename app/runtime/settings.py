"""What the user can set: one frozen class a group, with bounds, kept as versioned JSON by whoever stores it.

Keeps unknown keys (a newer version may have written them) and replaces what it cannot use by the default. The settings page is
generated from `describe`. The title of a setting is `setting.<group>.<field>` in the catalogues, its description the same + `.help`,
a choice the same + `.<choice>`.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple, TypeVar

from app.runtime.errors import UserMistake
from app.runtime.setting_values import (
    LINK,
    ClosedDays,
    OpenDays,
    Paces,
    is_absolute,
    is_closed_time,
    is_day,
    is_open_day,
    is_pace,
    is_rows,
    is_target,
)
from app.runtime.signals import Signal
from app.runtime.words import message

_log = logging.getLogger(__name__)

FORMAT_VERSION = 1
MINUTES_A_DAY = 24 * 60
LONGEST_PROMISE = 30 * MINUTES_A_DAY
LONGEST_NAME = 80

Hours = tuple[tuple[tuple[int, int], ...], ...]
"""Seven days from Monday, each a row of blocks (from, to) in minutes since midnight, in order, apart from each other."""

Targets = tuple[tuple[int, str, int | None, int | None, int | None], ...]
"""(account id or 0 for all, category or empty for all, minutes to the first answer, to the next, to the solution): 0 promises nothing,
None leaves it to the next wider rule. Each pair of account and category once, never both for all.
"""


class Kind(StrEnum):
    """How a setting is shown and checked."""

    SWITCH = "switch"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    COUNTRY = "country"
    ZONE = "zone"
    HOURS = "hours"
    LINK = "link"
    CLOSED_DAYS = "closed_days"
    OPEN_DAYS = "open_days"
    TARGETS = "targets"
    PACES = "paces"
    FOLDER = "folder"


class Setting(NamedTuple):
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


class _Field(NamedTuple):
    """What stands in a group's class for a setting; a group that is made has the value instead."""

    kind: Kind
    default: object
    low: int = 0
    high: int = 0
    step: int = 1
    choices: tuple[str, ...] = ()


def _switch(default: bool) -> Any:
    return _Field(Kind.SWITCH, default)


def _number(default: int, low: int, high: int, step: int = 1) -> Any:
    return _Field(Kind.NUMBER, default, low, high, step)


def _text(default: str, longest: int, kind: Kind = Kind.TEXT) -> Any:
    return _Field(kind, default, high=longest)


def _hours(default: Hours) -> Any:
    return _Field(Kind.HOURS, default)


def _rows(kind: Kind) -> Any:
    return _Field(kind, ())


def _choice(default: str, *choices: str) -> Any:
    return _Field(Kind.CHOICE, default, choices=choices)


class Group:
    """The root of all groups; `GROUP` is the first half of the keys. A group never changes.

    Not a dataclass: each takes a millisecond to define, and settings are needed before the first page.
    """

    GROUP: ClassVar[str]

    def __init__(self, **values: object) -> None:
        """What is not given has its default."""
        fields = _fields(type(self))
        unknown = values.keys() - fields
        if unknown:
            raise TypeError(f"{self.GROUP} has no setting {', '.join(sorted(unknown))}")
        self.__dict__.update({name: field.default for name, field in fields.items()}, **values)

    def __setattr__(self, name: str, _value: object) -> None:
        raise AttributeError(f"{self.GROUP}.{name} is changed through Settings.change")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


def _fields(group: type[Group]) -> dict[str, _Field]:
    """The settings of a group by name, in the order in which they stand in its class."""
    return {name: field for name, field in vars(group).items() if isinstance(field, _Field)}


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
    terms: str = _text("", 300, Kind.LINK)
    """Where the terms of use stand, which answers about money point to."""


FIRST_DAYS = {"monday": 1, "saturday": 6, "sunday": 7}


def first_weekday(shop: Shop, habit: int) -> int:
    """1 is Monday: as the user set it, else the habit of language and region."""
    return FIRST_DAYS.get(shop.first_weekday, habit)


class Sending(Group):
    """How things leave."""

    GROUP: ClassVar[str] = "sending"
    undo_seconds: int = _number(10, 0, 30, 5)
    numbering: str = _choice("end", "end", "start", "none")
    """Whether the parts of a reply that is too long for one are numbered ("1/2"), and where."""
    cooling: bool = _switch(True)
    """Whether a reply that sounds angry is held for two minutes."""


class Style(Group):
    """How the shop speaks, which the reply box reminds of; it holds nothing back."""

    GROUP: ClassVar[str] = "style"
    address: str = _choice("any", "any", "informal", "formal")
    """The form of address: "tú" or "usted"."""
    greeting: bool = _switch(False)
    """Whether a reply begins with one."""
    forbidden: str = _text("", 500)
    """Words that are not used, separated by commas."""
    posts: int = _number(0, 0, 10)
    """The most that a public reply may take; 0: any number."""


class Appearance(Group):
    """How the window looks."""

    GROUP: ClassVar[str] = "appearance"
    theme: str = _choice("system", "system", "light", "dark")
    density: str = _choice("auto", "auto", "comfortable", "compact")
    zoom: int = _number(100, 90, 150, 10)
    """Percent of the system's text size."""
    footer_keys: bool = _switch(True)
    always_menu: bool = _switch(False)


class Keyboard(Group):
    """Which keys act."""

    GROUP: ClassVar[str] = "keyboard"
    single_keys: bool = _switch(True)
    preset: str = _choice("tertulia", "tertulia", "gmail", "tweetdeck", "modifiers")


class Hour(Group):
    """The daily hour."""

    GROUP: ClassVar[str] = "hour"
    enabled: bool = _switch(True)
    minutes: int = _number(60, 15, 180, 5)


WEEKDAY: tuple[tuple[int, int], ...] = ((9 * 60, 19 * 60),)
SATURDAY: tuple[tuple[int, int], ...] = ((10 * 60, 14 * 60),)


class Answer(Group):
    """What customers may expect: an answer within so many minutes of opening hours."""

    GROUP: ClassVar[str] = "answer"
    minutes: int = _number(60, 5, LONGEST_PROMISE, 5)
    """To the first answer in a case."""
    next_minutes: int = _number(60, 5, LONGEST_PROMISE, 5)
    """To each further answer."""
    solved_minutes: int = _number(0, 0, LONGEST_PROMISE, 5)
    """From the first message until it is solved, without the time in which we wait for the customer; 0: not promised."""
    targets: Targets = _rows(Kind.TARGETS)
    """Other promises by account and category."""
    hours: Hours = _hours((*(WEEKDAY,) * 5, SATURDAY, ()))
    """In the shop's zone, like all days below."""
    holiday_country: str = _text("", 2, Kind.COUNTRY)
    """Whose public holidays the shop keeps; empty: none."""
    holiday_region: str = _text("", 16)
    """A part of that country with holidays of its own; empty: those of the whole country."""
    closed_days: ClosedDays = _rows(Kind.CLOSED_DAYS)
    open_days: OpenDays = _rows(Kind.OPEN_DAYS)


class Reading(Group):
    """How often the program looks for messages by itself, and what it fetches along with them."""

    GROUP: ClassVar[str] = "reading"
    minutes: int = _number(5, 1, 120)
    live: bool = _switch(True)
    """Whether servers that can may tell by themselves when something has come."""
    pictures: str = _choice("avatars", "off", "avatars", "all")
    """Which pictures are fetched when a message comes; showing it fetches nothing."""


class Posting(Group):
    """Neither flood nor silence."""

    GROUP: ClassVar[str] = "posting"
    day_limit: int = _number(5, 1, 50)
    """Posts of one account in a day; one more warns."""
    silence_days: int = _number(2, 1, 30)
    paces: Paces = _rows(Kind.PACES)
    """(account id, posts a day, days of silence) of accounts that have limits of their own; 0: as all."""
    selling: int = _number(20, 0, 100, 5)
    """Of a hundred posts so many are to sell; in a promotion phase it is half of them."""
    hashtags: int = _number(5, 1, 30)
    """Hashtags in a post; one more warns."""
    late: str = _choice("fine_until", "fine_until", "next_slot", "ask", "drop")
    """What becomes of a post whose time passed while nothing could send it; a post may have a rule of its own."""
    late_minutes: int = _number(60, 5, MINUTES_A_DAY, 5)
    """How late is still fine, under `fine_until`."""
    server_holds: bool = _switch(True)
    """Whether a network's server may keep posts until their time, where that is known to be safe."""


class Spelling(Group):
    """Words that are in no dictionary are underlined while a post is written."""

    GROUP: ClassVar[str] = "spelling"
    on: bool = _switch(True)
    words: str = _text("", 60_000)
    """The user's own, right in every language; between blanks."""


class Plan(Group):
    """Where the plan is kept for other programs."""

    GROUP: ClassVar[str] = "plan"
    folder: str = _text("", 1000, Kind.FOLDER)
    """An absolute path; calendar programs read from there. Empty: none."""


class Reports(Group):
    """Reports made by themselves: `hour` is that of the shop's clock, `folder` an absolute path, `mail` addresses between commas."""

    GROUP: ClassVar[str] = "reports"
    rhythm: str = _choice("never", "never", "week", "four_weeks")
    weekday: str = _choice("monday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    hour: int = _number(8, 0, 23)
    form: str = _choice("pdf", "pdf", "html", "both")
    language: str = _choice("shop", "shop", "en", "es", "fr", "ru", "zh")
    folder: str = _text("", 1000, Kind.FOLDER)
    mail: str = _text("", 1000)


class Spending(Group):
    """What calls to networks that charge may cost. Prices are data; see services/spending.py."""

    GROUP: ClassVar[str] = "spending"
    limit: int = _number(5, 0, 10_000)
    """In whole units of the network's currency, for a month and for all accounts of one network together; 0: no paid call is made."""
    minutes: int = _number(15, 5, 240, 5)
    """How often a network that charges is looked at."""


class Links(Group):
    """How links of posts tell where clicks came from. `failing`: what a post does whose link cannot be made short. The token is in the keyring."""

    GROUP: ClassVar[str] = "links"
    shortener: str = _choice("none", "none", "bitly", "shlink")
    server: str = _text("", 200)
    """Of Shlink: the user's own."""
    domain: str = _text("", 100)
    """Of the short links; empty: the shortener's own."""
    pattern: str = _text("utm_source={network}&utm_medium=social&utm_campaign={campaign}&utm_content={post}", 300)
    """What is added to each link; see links/utm.py."""
    failing: str = _choice("long", "long", "refuse")


class Analytics(Group):
    """The shop's own analytics server, and the site's name there. Its key is in the keyring."""

    GROUP: ClassVar[str] = "analytics"
    server: str = _text("", 200)
    site: str = _text("", 120)


GROUPS: tuple[type[Group], ...] = (Shop, Sending, Style, Appearance, Keyboard, Hour, Answer, Reading, Posting, Spelling, Plan, Reports, Spending, Links, Analytics)

G = TypeVar("G", bound=Group)


def describe(group: type[Group]) -> tuple[Setting, ...]:
    """The settings of a group in the order in which they are shown."""
    return tuple(Setting(group.GROUP, name, *field) for name, field in _fields(group).items())


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
        after = group(**{**vars(before), **values})
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
    new = vars(after)
    return frozenset(f"{before.GROUP}.{name}" for name, value in vars(before).items() if new[name] != value)


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
            return isinstance(value, str) and (not value or (len(value) == 2 and value.isascii() and value.isalpha() and value.isupper()))
        case Kind.HOURS:
            return isinstance(value, tuple) and len(value) == 7 and all(is_day(day) for day in value)
        case Kind.CLOSED_DAYS:
            return is_rows(value) and all(is_closed_time(row, LONGEST_NAME) for row in value)
        case Kind.OPEN_DAYS:
            return is_rows(value) and all(is_open_day(row) for row in value) and len({row[0] for row in value}) == len(value)
        case Kind.TARGETS:
            return is_rows(value) and all(is_target(row, LONGEST_PROMISE) for row in value) and len({row[:2] for row in value}) == len(value)
        case Kind.PACES:
            return is_rows(value) and all(is_pace(row) for row in value) and len({row[0] for row in value}) == len(value)
        case Kind.LINK:
            return isinstance(value, str) and len(value) <= setting.high and re.fullmatch(LINK, value) is not None
        case Kind.TEXT | Kind.ZONE:
            return isinstance(value, str) and len(value) <= setting.high
        case Kind.FOLDER:
            return isinstance(value, str) and len(value) <= setting.high and (not value or is_absolute(value))


def _mistake(setting: Setting) -> UserMistake:
    if setting.kind is Kind.NUMBER:
        return UserMistake(message("error.setting.number", low=setting.low, high=setting.high), setting.key)
    if setting.kind is Kind.HOURS:
        return UserMistake(message("error.setting.hours"), setting.key)
    if setting.kind in (Kind.CLOSED_DAYS, Kind.OPEN_DAYS, Kind.TARGETS, Kind.PACES):
        return UserMistake(message(f"error.setting.{setting.kind}"), setting.key)
    if setting.kind is Kind.LINK:
        return UserMistake(message("error.setting.link"), setting.key)
    if setting.kind is Kind.FOLDER:
        return UserMistake(message("error.setting.folder"), setting.key)
    if setting.kind is Kind.TEXT:
        return UserMistake(message("error.setting.text", longest=setting.high), setting.key)
    return UserMistake(message("error.setting.choice"), setting.key)
