"""Takes apart what somebody typed as a time: words and figures in five languages become the parts that language/typed_time.py puts together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import NamedTuple

from app.language.time_words import CHINESE, Meaning, chinese_figures, fold, meanings, phrases

LONGEST = 120
"""Characters; nobody types a longer time."""
SMALL_HOURS = 6
"""Up to here "2h" alone means hours from now."""
FURTHEST_DAYS = 366 * 5
_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})(?!\d)"
    r"|(?P<clock>\d{1,2}(?::|h|\.(?=\d\d(?!\d|[./-]\d)))\d{2})(?![\d:])\s*(?P<clockhalf>[ap]\.?\s?m\b\.?)?"
    r"|(?P<date>\d{1,2}[/.-]\d{1,2}(?:[/.-](?:\d{4}|\d{2}))?)(?![\d:])"
    r"|(?P<hour>\d{1,2})(?:\s?h(?![^\W\d_])|\s*(?P<hourhalf>[ap]\.?\s?m\b\.?))"
    r"|(?P<ordinal>\d{1,2})(?:st|nd|rd|th|er|o|-?го|-?е)(?!\w)"
    r"|(?P<number>\d+)"
    r"|(?P<word>[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)*)"
    r"|(?P<odd>[^\s,;.!·()\-–+~≈]+)"
)


@dataclass
class TimeParts:
    """What was found so far."""

    day: date | None = None
    weekday: int = 0
    week_after: bool = False
    offset: int | None = None
    """Days from today."""
    next_week: bool = False
    next_month: bool = False
    named_next: bool = False
    clock: time | None = None
    lone_hours: int = 0
    """"2h" alone: two hours, where that is too early to be meant as a time."""
    part: str = ""
    span: timedelta | None = None
    months: int = 0
    month: int = 0
    year: int | None = None
    day_of_month: int = 0
    numbers: list[int] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    broken: bool = False
    """Figures that are no time at all."""

    @property
    def dated(self) -> bool:
        return bool(
            self.day
            or self.weekday
            or self.offset is not None
            or self.next_week
            or self.next_month
            or self.day_of_month
        )

    @property
    def strong(self) -> bool:
        return bool(self.dated or self.span or self.months or self.clock)


class _Token(NamedTuple):
    kind: str
    text: str
    half: str = ""
    meanings: tuple[Meaning, ...] = ()

    def means(self, kind: str) -> int | str | None:
        return next((meaning.value for meaning in self.meanings if meaning.kind == kind), None)


def take_apart(text: str, language: str) -> TimeParts | None:
    """None for what is too long to be a time."""
    if len(text) > LONGEST:
        return None
    plain = chinese_figures(re.sub(r"^\s*\+", "in ", fold(text)))
    if re.search(r"[\u4e00-\u9fff]", plain):
        for pattern, instead in CHINESE:
            plain = re.sub(pattern, instead, plain)
    for pattern, instead in phrases():
        plain = re.sub(pattern, instead, plain)
    tokens = [_token(match) for match in _TOKEN.finditer(plain)]
    parts = TimeParts()
    place = 0
    while place < len(tokens):
        place = _take(tokens, place, parts, language)
    _assemble(parts)
    return parts


def _token(match: re.Match[str]) -> _Token:
    kind = next(
        name for name in ("iso", "clock", "date", "hour", "ordinal", "number", "word", "odd") if match[name] is not None
    )
    half = (match["clockhalf"] or match["hourhalf"] or "")[:1]
    known = meanings().get(match[kind].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"), ()) if kind == "word" else ()
    return _Token(kind, match[kind], half, known)


def _take(tokens: Sequence[_Token], place: int, parts: TimeParts, language: str) -> int:
    """Read what begins at a place; answers where to go on."""
    token = tokens[place]
    if token.kind == "number" or token.means("number") is not None:
        return _take_number(tokens, place, parts, language)
    match token.kind:
        case "iso":
            year, month, day = map(int, token.text.split("-"))
            parts.year, parts.month, parts.day_of_month = year, month, day
        case "date":
            _take_date(token.text, parts)
        case "clock" | "hour":
            after = tokens[place + 1] if place + 1 < len(tokens) else None
            if (
                token.kind == "hour"
                and not token.half
                and place
                and tokens[place - 1].means("in") is not None
                and after is None
            ):
                parts.span = timedelta(hours=int(token.text))
            else:
                hour, _, minute = re.sub(r"[h.]", ":", token.text).partition(":")
                _take_clock(int(hour), int(minute or 0), token.half, parts)
                parts.lone_hours = (
                    int(hour) if token.kind == "hour" and not token.half and int(hour) <= SMALL_HOURS else 0
                )
        case "ordinal":
            parts.day_of_month = int(token.text)
        case "word":
            _take_word(tokens, place, parts, language)
        case _:
            parts.unknown.append(token.text)
    return place + 1


def _take_number(tokens: Sequence[_Token], place: int, parts: TimeParts, language: str) -> int:
    """A number with its unit is a span ("3 days"); others wait for a month, or are an hour."""
    token = tokens[place]
    spelled = token.means("number")
    number = int(token.text[:6]) if token.kind == "number" else int(spelled or 0)
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    unit = after.means("unit") if after is not None else None
    if unit is not None and after is not None and not (parts.clock and after.means("part")):
        prefixed = any(before.means("in") is not None for before in tokens[:place])
        if (
            unit == "hour"
            and language == "fr"
            and not prefixed
            and fold(after.text).startswith("heure")
            and number < 24
        ):
            _take_clock(number, 0, "", parts)
        else:
            _add_span(parts, number, str(unit))
        return place + 2
    if token.kind == "number" or number > 1 or token.text == "una":
        if len(token.text) > 4 and token.kind == "number":
            parts.broken = True
        parts.numbers.append(number)
    return place + 1


def _take_word(tokens: Sequence[_Token], place: int, parts: TimeParts, language: str) -> None:
    token = tokens[place]
    if not token.meanings:
        parts.unknown.append(token.text)
        return
    weekday, month = token.means("weekday"), token.means("month")
    beside = [tokens[other] for other in (place - 1, place + 1) if 0 <= other < len(tokens)]
    numbered = any(other.kind in ("number", "ordinal") for other in beside) or any(
        tokens[other].kind == "number" for other in (place - 2,) if other >= 0 and tokens[place - 1].text == "de"
    )
    if weekday is not None and month is not None:
        month_first = parts.weekday or (numbered and language not in ("es", "fr"))
        weekday, month = (None, month) if month_first else (weekday, None)
    if weekday is not None:
        parts.weekday = int(weekday)
    elif month is not None and (numbered or parts.day_of_month):
        parts.month = int(month)
    elif (day := token.means("day")) is not None and parts.offset is None:
        parts.offset = int(day)
    elif (part := token.means("part")) is not None:
        parts.part = str(part)
        if token.text in ("tonight",) and parts.offset is None:
            parts.offset = 0
    elif (unit := token.means("unit")) is not None and place and tokens[place - 1].means("in") is not None:
        _add_span(parts, 1, str(unit))
    elif token.meanings[0].kind in ("nextweek", "nextmonth"):
        parts.next_week, parts.next_month = token.text == "nextweek", token.text == "nextmonth"
    elif token.means("next") is not None:
        parts.named_next = True
    elif token.means("weekafter") is not None:
        parts.week_after = True
    elif token.means("fill") is None and token.means("in") is None:
        parts.unknown.append(token.text)


def _take_date(text: str, parts: TimeParts) -> None:
    figures = re.split(r"[/.-]", text)
    day, month = int(figures[0]), int(figures[1])
    if month > 12 >= day and "/" in text:
        day, month = month, day  # as in the United States
    if len(figures) == 2 and "." in text and not (month <= 12 < day):
        parts.broken = True  # "9.70" is neither a day nor a time
    parts.day_of_month, parts.month = day, month
    if len(figures) > 2:
        parts.year = int(figures[2]) + (2000 if len(figures[2]) == 2 else 0)


def _take_clock(hour: int, minute: int, half: str, parts: TimeParts) -> None:
    if hour > 24 or minute > 59 or parts.clock is not None or (half and not 1 <= hour <= 12) or (hour == 24 and minute):
        parts.broken = True
        return
    parts.clock = time(hour % 12 + (12 if half == "p" else 0), minute) if half else time(hour % 24, minute)


def _add_span(parts: TimeParts, number: int, unit: str) -> None:
    if number > FURTHEST_DAYS * 24 * 60:
        parts.broken = True
        return
    if unit == "month":
        parts.months += min(number, 1000)
        return
    step = {
        "minute": timedelta(minutes=1),
        "hour": timedelta(hours=1),
        "day": timedelta(days=1),
        "week": timedelta(weeks=1),
    }[unit]
    parts.span = (parts.span or timedelta()) + number * step


def _assemble(parts: TimeParts) -> None:
    """Numbers find their places: a month takes a day and a year; a day's half moves the hour."""
    if parts.month and not parts.day_of_month:
        days = [number for number in parts.numbers if number <= 31]
        years = [number for number in parts.numbers if 1000 <= number <= 9999]
        if days:
            parts.day_of_month = days[0]
            parts.numbers.remove(days[0])
        else:
            parts.broken = True
        if years and parts.year is None:
            parts.year = years[0]
            parts.numbers.remove(years[0])
    elif parts.month and parts.year is None:
        years = [number for number in parts.numbers if 1000 <= number <= 9999]
        if years:
            parts.year = years[0]
            parts.numbers.remove(years[0])
    if parts.clock is not None and parts.part:
        parts.clock = with_half(parts.clock, parts.part)


def with_half(clock: time, part: str) -> time:
    """Five in the afternoon is 17:00."""
    hour = clock.hour
    if part in ("afternoon", "evening", "noon") and (hour < 11 or (hour < 12 and part != "noon")):
        hour += 12
    elif part == "night":
        hour = 0 if hour == 12 else hour + 12 if 5 <= hour < 12 else hour
    elif part in ("morning", "small") and hour == 12:
        hour = 0
    return clock.replace(hour=hour)
