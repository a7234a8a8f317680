"""Turns message ids and values into sentences, numbers and times of the chosen language; keeps the catalogues and all patterns to itself.

Lower layers carry a `Message`; only the edges (window, command line, mail, reports) hold a `Words`. Standard library alone: it is
needed before the first frame.
"""

from __future__ import annotations

import json
import logging
import string
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from app.runtime.catalogue import Catalogue, has_figure
from app.runtime.clock import Clock, from_ms, to_ms
from app.runtime.signals import Signal
from app.runtime.zones import ZoneInfo, ZoneInfoNotFoundError

_log = logging.getLogger(__name__)

FALLBACK = "en"
DOMAIN = "tertulia"
MINUS = "\u2212"
MISSING = "\u2014"
SEVERAL = 5
"""A number that takes a form for many in every language."""


class Message(NamedTuple):
    """A sentence not yet in any language: the id of a catalogue entry and the values for its placeholders."""

    id: str
    values: Mapping[str, object] = MappingProxyType({})

    def __hash__(self) -> int:
        return hash(self.id)

    def to_json(self) -> str:
        """For the database and the command line; times, days and nested messages survive."""
        return json.dumps(_plain(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Message:
        """Raises ValueError when `text` was not written by `to_json`."""
        made = _from_plain(json.loads(text))
        if not isinstance(made, Message):
            raise ValueError(f"not a message: {text[:80]!r}")
        return made


def message(message_id: str, /, **values: object) -> Message:
    """`message("error.refused", reason=...)`."""
    return Message(message_id, values)


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return {"message": value.id, "values": {name: _plain(item) for name, item in value.values.items()}}
    if isinstance(value, datetime):
        return {"time": to_ms(value)}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"a message carries text, numbers, times, days, lists and messages, not {type(value).__name__}")


def _from_plain(value: Any) -> Any:
    if isinstance(value, dict):
        if "message" in value:
            return Message(value["message"], {name: _from_plain(item) for name, item in value["values"].items()})
        if "time" in value:
            return from_ms(value["time"])
        if "day" in value:
            return date.fromisoformat(value["day"])
        raise ValueError(f"not a value of a message: {value!r}")
    if isinstance(value, list):
        return [_from_plain(item) for item in value]
    return value


class Catalogues:
    """The catalogue files, loaded when first asked; says once what is missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: dict[str, Catalogue | None] = {}
        self._complained: set[str] = set()

    def available(self) -> tuple[str, ...]:
        return tuple(sorted(path.parent.parent.name for path in self._folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))

    def language(self, tag: str) -> str:
        """The code of a language that is there, for "es", "es_MX" or "es-MX"."""
        language = tag.replace("_", "-").partition("-")[0].lower()
        if language and self._path(language).is_file():
            return language
        self.complain(f"no catalogue for the language {tag!r}, using {FALLBACK}")
        return FALLBACK

    def find(self, language: str, message_id: str, n: object = None) -> str:
        """In the language, else in English, else the id itself."""
        count = n if isinstance(n, int) else None
        for choice in dict.fromkeys((language, FALLBACK)):
            found = self.look_up(choice, message_id, count)
            if found is not None:
                return found
        self.complain(f"no words for {message_id}")
        return message_id

    def look_up(self, language: str, message_id: str, n: int | None = None) -> str | None:
        catalogue = self._catalogue(language)
        if catalogue is None:
            return None
        found = catalogue.find(message_id, None if n is None else abs(n))
        if found is not None and n is not None and abs(n) != 1 and not has_figure(found):
            # The form for one may do without the figure; Russian takes it for 21 too, French for 0.
            several = catalogue.find(message_id, SEVERAL) or found
            found = several if has_figure(several) else found
        return None if found == message_id else found

    def complain(self, complaint: str) -> None:
        if complaint not in self._complained:
            self._complained.add(complaint)
            _log.warning("%s", complaint)

    def _path(self, language: str) -> Path:
        return self._folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"

    def _catalogue(self, language: str) -> Catalogue | None:
        if language not in self._loaded:
            self._loaded[language] = None
            try:
                self._loaded[language] = Catalogue(self._path(language))
            except (OSError, ValueError) as error:
                self.complain(f"the catalogue {self._path(language)} cannot be read: {error}")
        return self._loaded[language]


class _Forms(ABC):
    """Numbers, times and lists as a language writes them, from the patterns of its catalogue."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._clock_hours: int | None = None

    @property
    def clock_hours(self) -> int:
        """12 or 24: the user's choice, else the habit of language and region."""
        return self._clock_hours or int(self._pattern("hours"))

    @property
    def first_weekday(self) -> int:
        """1 is Monday, 7 Sunday: the habit of language and region."""
        return int(self._pattern("first_weekday"))

    @abstractmethod
    def write(self, value: object) -> str:
        """Any value as it stands within a sentence."""

    # --- numbers

    def number(self, value: float | None, digits: int = 0, least: int = 0) -> str:
        """At most `digits` decimals and at `least` so many, further zeros at the end dropped. None is "—"."""
        if value is None:
            return MISSING
        whole, _, decimals = f"{abs(value):.{digits}f}".partition(".")
        decimals = decimals.rstrip("0")
        groups = f"{int(whole):,}".replace(",", self._pattern("thousands"))
        negative = value < 0 and (whole.strip("0") != "" or decimals != "")
        decimals = decimals.ljust(least, "0")
        return (MINUS if negative else "") + groups + (self._pattern("decimal") + decimals if decimals else "")

    def money(self, millionths: int) -> str:
        """Two decimals; four below a tenth, so that no price reads as nothing."""
        places = 4 if 0 < millionths < 100_000 else 2
        return self.number(millionths / 1_000_000, places, places)

    def percent(self, share: float | None, digits: int = 1) -> str:
        """0.061 is "6.1%"."""
        return MISSING if share is None else self._fill("percent", number=self.number(share * 100, digits))

    def delta(
        self, value: float | None, unit: Literal["percent", "number", "minutes", "points"] = "percent", digits: int = 1
    ) -> str:
        """A change with its sign: percent takes a share (0.061 is "+6.1%"), points too (0.02 is "+2 pts"), the others the plain figure."""
        if value is None:
            return MISSING
        figure = self.number(value * 100 if unit in ("percent", "points") else value, digits)
        if not figure.startswith(MINUS) and figure != "0":
            figure = f"+{figure}"
        return figure if unit == "number" else self._fill(unit, number=figure)

    # --- times

    def time(self, moment: datetime) -> str:
        """The clock time in the shown zone: "18:05" or "6:05 p.m."."""
        local = self._local(moment)
        return self._fill(
            f"time.{self.clock_hours}",
            hour=local.hour,
            half_hour=local.hour % 12 or 12,
            minute=local.minute,
            half=self._pattern("am" if local.hour < 12 else "pm"),
        )

    def day(self, when: datetime | date, now: datetime | None = None) -> str:
        """ "Wed 18 Nov"; with `now`, the year too if it is another one."""
        local = self._date(when)
        with_year = now is not None and self._date(now).year != local.year
        return self._fill("day_year" if with_year else "day", **self._parts(local))

    def day_and_time(self, moment: datetime, now: datetime | None = None) -> str:
        """ "Tue 10 Nov, 10:12"."""
        return self._fill("day_and_time", day=self.day(moment, now), time=self.time(moment))

    def long_day(self, when: datetime | date) -> str:
        """ "Wednesday 18 November 2026"."""
        return self._fill("long_day", **self._parts(self._date(when)))

    def month(self, when: datetime | date) -> str:
        """ "November 2026"."""
        return self._fill("month", **self._parts(self._date(when)))

    def moment(self, moment: datetime, now: datetime, full: bool = False) -> str:
        """When, as short as is clear: "33 min", "18:05", "Tue 10 Nov", "Tue 10 Nov 2025"; `full` adds: "Today, 18:05", "Tue 10 Nov, 10:12".

        Within 60 minutes, past and future alike, it is the distance in minutes (future: "in 33 min"), or "now" below one minute.
        """
        minutes = int(abs(moment - now) / timedelta(minutes=1))
        if minutes < 60:
            if minutes == 0:
                return self._pattern("now")
            return self._fill("minutes_ahead" if moment > now else "minutes", number=self.number(minutes))
        if self._date(moment) == self._date(now):
            return self._fill("today_and_time", time=self.time(moment)) if full else self.time(moment)
        return self.day_and_time(moment, now) if full else self.day(moment, now)

    def range(self, first: datetime | date, last: datetime | date) -> str:
        """ "16–22 November 2026"; both days included."""
        one, two = self._parts(self._date(first)), self._parts(self._date(last))
        if one == two:
            return self._fill("range.day", **one)
        same_year = one["year"] == two["year"]
        name = (
            "range.days"
            if same_year and one["month"] == two["month"]
            else "range.months"
            if same_year
            else "range.years"
        )
        return self._fill(name, **one, **{f"last_{key}": value for key, value in two.items()})

    def weekday(self, number: int, long: bool = False) -> str:
        """1 is Monday."""
        return self._pattern(f"{'long_weekday' if long else 'weekday'}.{number}")

    # --- lists

    def listing(self, items: Sequence[object]) -> str:
        """ "X, Mastodon and Bluesky"."""
        written = [self.write(item) for item in items]
        if len(written) < 2:
            return "".join(written)
        # Spanish says "e" for "y" before the sound of i.
        sounds = tuple(filter(None, self._pattern("list.special_before").split(",")))
        special = bool(sounds) and written[-1].lower().startswith(sounds)
        rest = self._pattern("list.between").join(written[:-1])
        return self._fill("list.special_last" if special else "list.last", rest=rest, last=written[-1])

    def enumeration(self, items: Iterable[object]) -> str:
        """ "X, Mastodon, Bluesky": names beside each other, without "and"; empty ones are left out."""
        return self._pattern("list.between").join(filter(None, map(self.write, items)))

    def facts(self, said: Iterable[object]) -> str:
        """ "14 wait, 1 is late": short sentences after each other; empty ones are left out."""
        return self._pattern("list.facts").join(filter(None, map(self.write, said)))

    def told_of(self, name: object, said: object) -> str:
        """ "Ana: the parcel is here": a name, and what is told of it or said by it, with the language's colon."""
        return self._pattern("list.told_of").join((self.write(name), self.write(said)))

    # --- inside

    @abstractmethod
    def _pattern(self, name: str) -> str:
        """One of the language's patterns by its name."""

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError(f"a time without a zone: {moment!r}")
        return moment.astimezone(self._zone)

    def _date(self, when: datetime | date) -> date:
        return self._local(when).date() if isinstance(when, datetime) else when

    def _parts(self, day: date) -> dict[str, object]:
        weekday = day.isoweekday()
        return {
            "weekday": self.weekday(weekday),
            "long_weekday": self.weekday(weekday, long=True),
            "day": self._pattern("first_of_month") if day.day == 1 else str(day.day),
            "month": self._pattern(f"month.{day.month}"),
            "long_month": self._pattern(f"long_month.{day.month}"),
            "bare_month": self._pattern(f"bare_month.{day.month}"),
            "year": str(day.year),
        }

    def _fill(self, name: str, /, **values: object) -> str:
        """Fills one of our own patterns; its values are ready to stand, so numbers stay plain."""
        return self._pattern(name).format(**values)


class Words(_Forms):
    """The catalogues, one language at a time. Texts, numbers and times come out as that language writes them."""

    def __init__(self, catalogues: Path | Catalogues, language: str, zone: tzinfo | str = UTC) -> None:
        """`catalogues` is the folder `resources/translations`; an unknown language or zone falls back to English or UTC."""
        self._catalogues = catalogues if isinstance(catalogues, Catalogues) else Catalogues(catalogues)
        super().__init__(self._find_zone(zone))
        self.changed: Signal[[]] = Signal("words.changed")
        self._region = ""
        self._language = self._catalogues.language(language)
        self._patterns: dict[str, str] = {}
        self._own: Mapping[str, str] = MappingProxyType({})
        self._filler = _Filler(self)
        self.clock: Clock | None = None
        """Lets a text say "18:05" for today and "Tue 10 Nov, 18:05" for another day."""

    # --- what is set

    @property
    def language(self) -> str:
        return self._language

    @language.setter
    def language(self, tag: str) -> None:
        """Takes "es", "es_MX" or "es-MX"."""
        self._set("_language", self._catalogues.language(tag))

    @property
    def zone(self) -> tzinfo:
        """Where times are shown."""
        return self._zone

    @zone.setter
    def zone(self, zone: tzinfo | str) -> None:
        self._set("_zone", self._find_zone(zone))

    @property
    def region(self) -> str:
        """The country whose habits refine the language's ("US": Wed, Nov 18); empty for the language's own."""
        return self._region

    @region.setter
    def region(self, country: str) -> None:
        self._set("_region", country.upper())

    def set_clock_hours(self, hours: int | None) -> None:
        """12 or 24; None returns to the habit of language and region."""
        if hours not in (None, 12, 24):
            raise ValueError(f"a clock has 12 or 24 hours, not {hours}")
        self._set("_clock_hours", hours)

    @property
    def own(self) -> Mapping[str, str]:
        """The user's own words by message id. They win in every language and stand as they are: nothing is filled into them."""
        return self._own

    @own.setter
    def own(self, texts: Mapping[str, str]) -> None:
        self._set("_own", dict(texts))

    def available(self) -> tuple[str, ...]:
        """The languages that have a catalogue, as two-letter codes in alphabetical order."""
        return self._catalogues.available()

    def name_of(self, language: str) -> str:
        """A language's name in itself ("Español"), for choosing it."""
        return self._catalogues.look_up(language, "language.name") or language

    # --- texts

    def text(self, message_or_id: Message | str, /, **values: object) -> str:
        """The sentence. A value named `n` chooses the plural form. Whole numbers, times, lists and nested messages are written out."""
        if isinstance(message_or_id, Message):
            values = {**message_or_id.values, **values}
            message_or_id = message_or_id.id
        if message_or_id in self._own:
            return self._own[message_or_id]
        pattern = self._catalogues.find(self._language, message_or_id, values.get("n"))
        if "{" not in pattern and "}" not in pattern:
            return pattern
        try:
            return self._filler.fill(pattern, values)
        except (ValueError, TypeError, AttributeError) as error:
            self._catalogues.complain(f"the text of {message_or_id} in {self._language} cannot be filled: {error}")
            return pattern

    def title(self, message_or_id: Message | str, /, **values: object) -> str:
        """The text with a capital first letter: words of the glossary as headings and menu entries."""
        text = self.text(message_or_id, **values)
        return text[:1].upper() + text[1:]

    def knows(self, message_id: str) -> bool:
        """Whether English, the chosen language or the user has words for this id."""
        return message_id in self._own or any(self._catalogues.look_up(choice, message_id) is not None for choice in (self._language, FALLBACK))

    def write(self, value: object) -> str:
        """Any value as it stands within a sentence."""
        if isinstance(value, str):
            return value
        if isinstance(value, Message):
            return self.text(value)
        if isinstance(value, datetime):
            return self.time(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, list | tuple):
            return self.listing(value)
        if value is None:
            return MISSING
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.number(value, 0 if isinstance(value, int) else 2)
        return str(value)

    # --- inside

    def _set(self, name: str, value: object) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)
            self._patterns.clear()
            self.changed.emit()

    def _pattern(self, name: str) -> str:
        """`format.<name>`, the region's own form first. A lone "-" in the catalogue stands for nothing."""
        if name not in self._patterns:
            regional = (
                self._catalogues.look_up(self._language, f"format.{name}.{self._region}") if self._region else None
            )
            found = regional or self._catalogues.find(self._language, f"format.{name}")
            self._patterns[name] = "" if found == "-" else found
        return self._patterns[name]

    def _find_zone(self, zone: tzinfo | str) -> tzinfo:
        if isinstance(zone, tzinfo):
            return zone
        try:
            return ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self._catalogues.complain(f"no time zone named {zone!r}, using UTC")
            return UTC


class _Filler:
    """Fills placeholders: `{name}`, or `{when:day}` for one of the forms below. A missing value stays visible as "{name}"."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._forms: dict[str, Callable[[Any], str]] = {
            "at": self._at,
            "time": words.time,
            "day": words.day,
            "day_and_time": lambda when: words.day_and_time(when, words.clock.now() if words.clock is not None else None),
            "long_day": words.long_day,
            "month": words.month,
            "money": words.money,
            "percent": words.percent,
            "delta": words.delta,
            "list": words.listing,
        }

    def fill(self, pattern: str, values: Mapping[str, object]) -> str:
        """Raises ValueError for unbalanced braces, TypeError or AttributeError for a value that its form cannot show."""
        filled = ""
        for literal, name, form, _ in string.Formatter().parse(pattern):
            # "6:05 p.m." at the end of a sentence brings the full stop along.
            filled += literal[1:] if filled.endswith(".") and literal.startswith(".") else literal
            if name is not None:
                filled += self._write(values[name], form or "") if name in values else f"{{{name}}}"
        return filled

    def _write(self, value: object, form: str) -> str:
        if form in self._forms and not isinstance(value, str | Message):
            return self._forms[form](value)
        return self._words.write(value)

    def _at(self, moment: datetime) -> str:
        """The clock time if it is today, else day and time."""
        now = self._words.clock.now() if self._words.clock is not None else None
        if now is not None and moment.astimezone(self._words.zone).date() == now.astimezone(self._words.zone).date():
            return self._words.time(moment)
        return self._words.day_and_time(moment, now)
