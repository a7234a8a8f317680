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
from typing import Any, ClassVar, TypeVar

from app.runtime.desktop_settings import Desktop, Keyboard, Notifications
from app.runtime.errors import UserMistake
from app.runtime.safekeeping_settings import Lock, Safekeeping
from app.runtime.setting_group import (
    Group,
    Hours,
    Kind,
    Setting,
    Targets,
    a_list,
    a_number,
    a_switch,
    a_text,
    a_week,
    describe,
    one_of,
)
from app.runtime.setting_values import (
    LINK,
    ClosedDays,
    OpenDays,
    Paces,
    is_absolute,
    is_closed_time,
    is_day,
    is_keys,
    is_open_day,
    is_pace,
    is_rows,
    is_sort,
    is_target,
)
from app.runtime.signals import Signal
from app.runtime.sorting_settings import Sorting
from app.runtime.words import message

_log = logging.getLogger(__name__)

FORMAT_VERSION = 1
MINUTES_A_DAY = 24 * 60
LONGEST_PROMISE = 30 * MINUTES_A_DAY
LONGEST_NAME = 80
LONGEST_UNDO = 30
"""Seconds; what is read out takes its time, so that with a screen reader every undo lasts as long."""

__all__ = [
    "GROUPS",
    "Analytics",
    "Answer",
    "Appearance",
    "Desktop",
    "Group",
    "Hour",
    "Hours",
    "Keyboard",
    "Kind",
    "Links",
    "Lock",
    "Notifications",
    "Plan",
    "Posting",
    "Reading",
    "Reports",
    "Safekeeping",
    "Sending",
    "Setting",
    "Settings",
    "Shop",
    "Sorting",
    "Spelling",
    "Spending",
    "Style",
    "Targets",
    "describe",
    "first_weekday",
    "undo_time",
]


class Shop(Group):
    """Whose voice this is, and how the shop's country writes times."""

    GROUP: ClassVar[str] = "shop"
    name: str = a_text("", 80)
    country: str = a_text("", 2, Kind.COUNTRY)
    """Two capital letters, or empty until the first run has asked."""
    zone: str = a_text("", 64, Kind.ZONE)
    """IANA name; empty until the first run has asked."""
    language: str = one_of("system", "system", "en", "es", "fr", "ru", "zh")
    """Of the program, not of the answers."""
    clock: str = one_of("region", "region", "12", "24")
    first_weekday: str = one_of("region", "region", "monday", "saturday", "sunday")
    terms: str = a_text("", 300, Kind.LINK)
    """Where the terms of use stand, which answers about money point to."""


FIRST_DAYS = {"monday": 1, "saturday": 6, "sunday": 7}


def first_weekday(shop: Shop, habit: int) -> int:
    """1 is Monday: as the user set it, else the habit of language and region."""
    return FIRST_DAYS.get(shop.first_weekday, habit)


class Sending(Group):
    """How things leave."""

    GROUP: ClassVar[str] = "sending"
    undo_seconds: int = a_number(10, 0, LONGEST_UNDO, 5)
    numbering: str = one_of("end", "end", "start", "none")
    """Whether the parts of a reply that is too long for one are numbered ("1/2"), and where."""
    cooling: bool = a_switch(True)
    """Whether a reply that sounds angry is held for two minutes."""


def undo_time(chosen: int, *, screen_reader: bool) -> int:
    """How many seconds an act can be taken back. None at all stays none: who chose that wants nothing held."""
    return LONGEST_UNDO if screen_reader and chosen else chosen


class Style(Group):
    """How the shop speaks, which the reply box reminds of; it holds nothing back."""

    GROUP: ClassVar[str] = "style"
    address: str = one_of("any", "any", "informal", "formal")
    """The form of address: "tú" or "usted"."""
    greeting: bool = a_switch(False)
    """Whether a reply begins with one."""
    forbidden: str = a_text("", 500)
    """Words that are not used, separated by commas."""
    posts: int = a_number(0, 0, 10)
    """The most that a public reply may take; 0: any number."""


class Appearance(Group):
    """How the window looks."""

    GROUP: ClassVar[str] = "appearance"
    theme: str = one_of("system", "system", "light", "dark")
    density: str = one_of("auto", "auto", "comfortable", "compact")
    zoom: int = a_number(100, 90, 150, 10)
    """Percent of the system's text size."""
    contrast: str = one_of("system", "system", "high")
    motion: bool = a_switch(True)
    footer_keys: bool = a_switch(True)
    always_menu: bool = a_switch(False)


class Hour(Group):
    """The daily hour."""

    GROUP: ClassVar[str] = "hour"
    enabled: bool = a_switch(True)
    minutes: int = a_number(60, 15, 180, 5)


WEEKDAY: tuple[tuple[int, int], ...] = ((9 * 60, 19 * 60),)
SATURDAY: tuple[tuple[int, int], ...] = ((10 * 60, 14 * 60),)


class Answer(Group):
    """What customers may expect: an answer within so many minutes of opening hours."""

    GROUP: ClassVar[str] = "answer"
    minutes: int = a_number(60, 5, LONGEST_PROMISE, 5)
    """To the first answer in a case."""
    next_minutes: int = a_number(60, 5, LONGEST_PROMISE, 5)
    """To each further answer."""
    solved_minutes: int = a_number(0, 0, LONGEST_PROMISE, 5)
    """From the first message until it is solved, without the time in which we wait for the customer; 0: not promised."""
    targets: Targets = a_list(Kind.TARGETS)
    """Other promises by account and category."""
    hours: Hours = a_week((*(WEEKDAY,) * 5, SATURDAY, ()))
    """In the shop's zone, like all days below."""
    holiday_country: str = a_text("", 2, Kind.COUNTRY)
    """Whose public holidays the shop keeps; empty: none."""
    holiday_region: str = a_text("", 16)
    """A part of that country with holidays of its own; empty: those of the whole country."""
    closed_days: ClosedDays = a_list(Kind.CLOSED_DAYS)
    open_days: OpenDays = a_list(Kind.OPEN_DAYS)


class Reading(Group):
    """How often the program looks for messages by itself, and what it fetches along with them."""

    GROUP: ClassVar[str] = "reading"
    minutes: int = a_number(5, 1, 120)
    live: bool = a_switch(True)
    """Whether servers that can may tell by themselves when something has come."""
    pictures: str = one_of("avatars", "off", "avatars", "all")
    """Which pictures are fetched when a message comes; showing it fetches nothing."""


class Posting(Group):
    """Neither flood nor silence."""

    GROUP: ClassVar[str] = "posting"
    day_limit: int = a_number(5, 1, 50)
    """Posts of one account in a day; one more warns."""
    silence_days: int = a_number(2, 1, 30)
    paces: Paces = a_list(Kind.PACES)
    """(account id, posts a day, days of silence) of accounts that have limits of their own; 0: as all."""
    selling: int = a_number(20, 0, 100, 5)
    """Of a hundred posts so many are to sell; in a promotion phase it is half of them."""
    hashtags: int = a_number(5, 1, 30)
    """Hashtags in a post; one more warns."""
    late: str = one_of("fine_until", "fine_until", "next_slot", "ask", "drop")
    """What becomes of a post whose time passed while nothing could send it; a post may have a rule of its own."""
    late_minutes: int = a_number(60, 5, MINUTES_A_DAY, 5)
    """How late is still fine, under `fine_until`."""
    server_holds: bool = a_switch(True)
    """Whether a network's server may keep posts until their time, where that is known to be safe."""


class Spelling(Group):
    """Words that are in no dictionary are underlined while a post is written."""

    GROUP: ClassVar[str] = "spelling"
    on: bool = a_switch(True)
    words: str = a_text("", 60_000)
    """The user's own, right in every language; between blanks."""


class Plan(Group):
    """Where the plan is kept for other programs."""

    GROUP: ClassVar[str] = "plan"
    folder: str = a_text("", 1000, Kind.FOLDER)
    """An absolute path; calendar programs read from there. Empty: none."""


class Reports(Group):
    """Reports made by themselves: `hour` is that of the shop's clock, `folder` an absolute path, `mail` addresses between commas."""

    GROUP: ClassVar[str] = "reports"
    rhythm: str = one_of("never", "never", "week", "four_weeks")
    weekday: str = one_of("monday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    hour: int = a_number(8, 0, 23)
    form: str = one_of("pdf", "pdf", "html", "both")
    language: str = one_of("shop", "shop", "en", "es", "fr", "ru", "zh")
    folder: str = a_text("", 1000, Kind.FOLDER)
    mail: str = a_text("", 1000)


class Spending(Group):
    """What calls to networks that charge may cost. Prices are data; see services/spending.py."""

    GROUP: ClassVar[str] = "spending"
    limit: int = a_number(5, 0, 10_000)
    """In whole units of the network's currency, for a month and for all accounts of one network together; 0: no paid call is made."""
    minutes: int = a_number(15, 5, 240, 5)
    """How often a network that charges is looked at."""


class Links(Group):
    """How links of posts tell where clicks came from. `failing`: what a post does whose link cannot be made short. The token is in the keyring."""

    GROUP: ClassVar[str] = "links"
    shortener: str = one_of("none", "none", "bitly", "shlink")
    server: str = a_text("", 200)
    """Of Shlink: the user's own."""
    domain: str = a_text("", 100)
    """Of the short links; empty: the shortener's own."""
    pattern: str = a_text("utm_source={network}&utm_medium=social&utm_campaign={campaign}&utm_content={post}", 300)
    """What is added to each link; see links/utm.py."""
    failing: str = one_of("long", "long", "refuse")


class Analytics(Group):
    """The shop's own analytics server, and the site's name there. Its key is in the keyring."""

    GROUP: ClassVar[str] = "analytics"
    server: str = a_text("", 200)
    site: str = a_text("", 120)


GROUPS: tuple[type[Group], ...] = (Shop, Sending, Style, Appearance, Keyboard, Hour, Answer, Reading, Posting, Spelling, Plan, Reports, Spending, Links, Analytics, Notifications, Desktop, Safekeeping, Lock, Sorting)

G = TypeVar("G", bound=Group)


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

    def text(self, group: type[Group]) -> str:
        """A group as it is stored."""
        return json.dumps(self._documents[group.GROUP], ensure_ascii=False)

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
        case Kind.KEYS:
            return is_rows(value) and all(is_keys(row) for row in value) and len({row[0] for row in value}) == len(value)
        case Kind.SORTS:
            return is_rows(value) and all(is_sort(row) for row in value) and len({row[0] for row in value}) == len(value)
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
    if setting.kind is Kind.KEYS:
        return UserMistake(message("error.setting.keys"), setting.key)
    if setting.kind is Kind.SORTS:
        return UserMistake(message("error.setting.sorts"), setting.key)
    if setting.kind is Kind.LINK:
        return UserMistake(message("error.setting.link"), setting.key)
    if setting.kind is Kind.FOLDER:
        return UserMistake(message("error.setting.folder"), setting.key)
    if setting.kind is Kind.TEXT:
        return UserMistake(message("error.setting.text", longest=setting.high), setting.key)
    return UserMistake(message("error.setting.choice"), setting.key)
