"""Reads days and times as people type them ("fri 19:30", "mañana 9", "22 nov", "6:05 p.m.") in the window's language or in English."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time, timedelta

from app.runtime.words import Words

_TIME = re.compile(
    r"(?<![\d/.-])(?P<hour>[01]?\d|2[0-4])(?:(?::|h|\.(?=\d\d(?!\d|\.)))(?P<minute>[0-5]\d)?|(?=\s*[ap]\.?\s?m))\s*(?P<half>[ap]\.?\s?m\.?)?"
    r"(?![\d/-])"
)
_FOUR = re.compile(r"(?<!\d)(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?(?!\d)")
_CHINESE = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日?")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3
"""Letters of a month that must be typed; weekdays are known by the language's own short form too."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was understood; what was not named is None."""

    day: date | None = None
    time: time | None = None


def read(text: str, words: Words, today: date, *, alone: str = "") -> Typed | None:
    """None where it cannot be understood. `alone` says what a lone number means: an hour ("time") or a day of the month ("day")."""
    rest = _folded(text).strip()
    if not rest:
        return Typed()
    found_day, rest = _day_in_figures(rest, today)
    found_time, rest = _time_in(rest, _TIME)
    if found_day is None:
        found_day, rest = _day_in_words(rest, words, today)
    if found_time is None:
        found_time, rest = _time_in(rest, _FOUR)
    lone = re.fullmatch(r"\D*(\d{1,2})\D*", rest)
    if lone is not None:
        number, rest = int(lone[1]), ""
        if found_time is None and number < 24 and (alone == "time" or found_day is not None):
            found_time = time(number)
        elif found_day is None and alone == "day":
            found_day = _next_day_of_month(number, today)
    if any(character.isdigit() for character in rest) or (found_day is None and found_time is None):
        return None
    return Typed(found_day, found_time)


def _time_in(text: str, pattern: re.Pattern[str]) -> tuple[time | None, str]:
    match = pattern.search(text)
    if match is None:
        return None, text
    values = match.groupdict()
    hour, minute = int(values["hour"]), int(values.get("minute") or 0)
    half = (values.get("half") or "")[:1]
    if half and not 1 <= hour <= 12:
        return None, text
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour % 24
    return time(hour, minute), text[: match.start()] + " " + text[match.end() :]


def _day_in_figures(text: str, today: date) -> tuple[date | None, str]:
    for pattern in (_ISO, _CHINESE):
        match = pattern.search(text)
        if match is not None:
            year, month, day = match.groups()
            return _date(int(year) if year else None, int(month), int(day), today), text.replace(match[0], " ")
    match = _NUMBERS.search(text)
    if match is not None and (match[3] or "/" in match[0] or "-" in match[0] or int(match[2]) <= 12 < int(match[1])):
        day, month, year = int(match[1]), int(match[2]), match[3]
        full = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
        return _date(full, month, day, today), text.replace(match[0], " ")
    return None, text


def _day_in_words(text: str, words: Words, today: date) -> tuple[date | None, str]:
    for name, distance in (("composer.typed.today", 0), ("composer.typed.tomorrow", 1)):
        for word in _folded(words.text(name)).split("|"):
            if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text):
                return today + timedelta(days=distance), text.replace(word, " ")
    months, weekdays = _months(words), _weekdays(words)
    named_day = False
    for match in _WORD.finditer(text):
        if match[0] in weekdays and not named_day:
            named_day = True  # "mar" is Tuesday in Spanish, and March only after another day's name
            continue
        month = next((number for name, number in months if len(match[0]) >= _SHORTEST and name.startswith(match[0])), None)
        if month is None:
            continue
        numbers = re.findall(r"(?<!\d)(\d{1,2}|\d{4})(?!\d)", text)
        day = next((int(number) for number in numbers if len(number) < 3), None)
        year = next((int(number) for number in numbers if len(number) == 4), None)
        if day is not None:
            used = re.sub(rf"(?<!\d)({day:02d}|{day})(?!\d)", " ", text.replace(match[0], " "), count=1)
            return _date(year, month, day, today), used.replace(str(year), " ") if year else used
    return _weekday(text, words, today)


def _weekday(text: str, words: Words, today: date) -> tuple[date | None, str]:
    """The next such day, today included."""
    for number in range(1, 8):
        names = {_folded(words.weekday(number, long=long)) for long in (False, True)} | _ENGLISH_DAYS[number - 1]
        for name in sorted(names, key=len, reverse=True):
            match = re.search(rf"(?<![^\W\d_]){re.escape(name.rstrip('.'))}\.?(?![^\W\d_])", text)
            if match is not None:
                day = today + timedelta(days=(number - today.isoweekday()) % 7)
                return _named_with_number(day, text.replace(match[0], " "), today)
    return None, text


def _named_with_number(day: date, rest: str, today: date) -> tuple[date, str]:
    """ "sun 22" is the Sunday that is the 22nd, if one comes within five weeks."""
    match = re.fullmatch(r"\s*(\d{1,2})\s*", rest)
    if match is not None:
        for weeks in range(5):
            other = day + timedelta(weeks=weeks)
            if other.day == int(match[1]) and other >= today:
                return other, ""
    return day, rest


def _months(words: Words) -> list[tuple[str, int]]:
    """(name, number) in the window's language and in English, each form of the name."""
    names = [(name, number) for number, name in enumerate(_ENGLISH_MONTHS, start=1)]
    for number in range(1, 13):
        for written in (words.month(date(2026, number, 15)), words.long_day(date(2026, number, 15))):
            names += [(word, number) for word in _WORD.findall(_folded(written)) if len(word) >= _SHORTEST]
    weekdays = _weekdays(words)
    return [(name, number) for name, number in names if name not in weekdays]


def _weekdays(words: Words) -> set[str]:
    return {_folded(words.weekday(number, long=long)).rstrip(".") for number in range(1, 8) for long in (False, True)}


def _date(year: int | None, month: int, day: int, today: date) -> date | None:
    """Without a year: the next such day."""
    try:
        if year is not None:
            return date(year, month, day)
        this = date(today.year, month, day)
    except ValueError:
        return None
    return this if this >= today else _date(today.year + 1, month, day, today)


def _next_day_of_month(day: int, today: date) -> date | None:
    for months in range(13):
        index = today.month - 1 + months
        try:
            found = date(today.year + index // 12, index % 12 + 1, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _folded(text: str) -> str:
    """Lower case, without accents: "mañana" is typed "manana" too."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", "".join(letter for letter in decomposed if not unicodedata.combining(letter)))


_ENGLISH_DAYS: tuple[frozenset[str], ...] = tuple(
    frozenset({name, name[:3]})
    for name in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
)
_ENGLISH_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
