"""Reads days and times as people type them, in five languages at once: "mañana 9", "fri 19:30", "пт 19:30", "周五19:30", "dans 3 jours".

`read` answers the day and the time that were named, for fields that hold them apart; `moment` the one moment that is meant, always in
the future, or what is wrong and what may have been meant; `find` looks for a time inside a sentence. All are free of side effects.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from difflib import get_close_matches
from typing import Literal, NamedTuple

from app.language.time_parts import FURTHEST_DAYS, TimeParts, take_apart, with_half
from app.language.time_words import BEGIN_PHRASES, fold, meanings
from app.models.moment import Moment
from app.runtime.clock import from_wall

LONGEST_SENTENCE = 2000
MORNING = time(9)
"""When a day without a time begins."""
_PART_BEGINS = {"morning": 9, "noon": 12, "afternoon": 15, "evening": 18, "night": 20, "small": 6}
_FEW_DAYS = 36
_WINDOW = 7
"""Words of a sentence that are looked at together for a time."""
_CHINESE_TIME = "今明后大下周星期礼拜上中午早晚两一二三四五六七八九十点半刻月日号小时分钟天个之以"
_SENTENCE = re.compile(
    rf"[{_CHINESE_TIME}][{_CHINESE_TIME}\d:：]*|\d[\d:：]*[{_CHINESE_TIME}][{_CHINESE_TIME}\d:：]*|[\u4e00-\u9fff]|[^\s\u4e00-\u9fff]+"
)
"""Words of a sentence; a stretch of what Chinese times are made of is one."""
_HOUR_AT_END = re.compile(r"(?:\bat|\bla|\blas|[àâ]|\bв|\bк)\s+\d{1,2}$", re.IGNORECASE)
Alone = Literal["", "time", "day"]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was understood; what was not named is None."""

    day: date | None = None
    time: time | None = None


class Found(NamedTuple):
    """A time inside a sentence."""

    at: datetime
    start: int
    end: int


def read(text: str, today: date, *, alone: Alone = "", language: str = "") -> Typed | None:
    """None where it cannot be understood. `alone` says what a lone number means: an hour ("time") or a day of the month ("day").

    `language` decides what is ambiguous ("mar 24" is a Tuesday in Spanish, and the 24th of March in English).
    """
    if not text.strip():
        return Typed()
    parts = take_apart(text, language)
    if parts is None or parts.broken or parts.unknown or parts.span or parts.months:
        return None
    day = _day_of(parts, today, by_number=True)
    if parts.numbers:
        number = parts.numbers.pop(0)
        if parts.clock is None and number < 24 and (alone == "time" or day is not None):
            parts.clock = with_half(time(number), parts.part)
        elif day is None and alone == "day":
            day = _next_day_of_month(number, today)
        elif parts.clock is None and 100 <= number <= 2359 and number % 100 < 60:
            parts.clock = time(number // 100, number % 100)
        else:
            return None
    clock = parts.clock or (time(_PART_BEGINS[parts.part]) if parts.part else None)
    if parts.numbers or (day is None and clock is None):
        return None
    return Typed(day, clock)


def moment(text: str, now: datetime, zone: tzinfo, language: str = "") -> Moment:
    """What is meant, later than `now` (aware UTC). A day alone means its morning, a time alone its next occurrence."""
    parts = take_apart(text, language)
    if parts is None or parts.broken or parts.unknown or not text.strip():
        return Moment(None, "unreadable", _proposal(text, parts, now, zone, language))
    try:
        at = _meant(parts, now, zone)
    except (ValueError, OverflowError):
        at = None
    if at is None:
        return Moment(None, "unreadable", _proposal(text, None, now, zone, language))
    if at <= now:
        return Moment(None, "past", _after(at, now, zone))
    if at > now + timedelta(days=FURTHEST_DAYS):
        return Moment(None, "too_far", _tomorrow(now, zone))
    return Moment(at)


def find(text: str, now: datetime, zone: tzinfo, language: str = "") -> Found | None:
    """The first time that a sentence names, the longest way it can be read. Numbers and short words alone are no times here."""
    words = list(_SENTENCE.finditer(text[:LONGEST_SENTENCE]))
    kinds = [_kind_of(word[0]) for word in words]
    for first, kind in enumerate(kinds):
        if kind != "time":
            continue
        end = next(
            (place for place in range(first, min(len(words), first + _WINDOW)) if not kinds[place]),
            min(len(words), first + _WINDOW),
        )
        for last in range(end - 1, first - 1, -1):
            start, end = words[first].start(), words[last].end()
            phrase = text[start:end].strip("¡!?.,;:()\"'«»…，。！？")
            parts = take_apart(phrase, language)
            if parts is None or parts.broken or parts.unknown or not _certain(parts, phrase):
                continue
            if parts.numbers and not (parts.dated and _HOUR_AT_END.search(phrase)):
                continue
            found = moment(phrase, now, zone, language)
            if found.at is not None:
                return Found(found.at, start, end)
    return None


# ---- sentences


def _kind_of(word: str) -> str:
    """What a word of a sentence is made for: a time may begin with it ("time"), may go on with it ("fill"), or not (empty)."""
    plain = fold(word).strip("¡!?.,;:()\"'«»…").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    if any(letter.isdigit() or "\u4e00" <= letter <= "\u9fff" for letter in plain) or plain in BEGIN_PHRASES:
        return "time"
    known = meanings().get(plain)
    if known is None:
        return ""
    return "fill" if all(meaning.kind == "fill" for meaning in known) else "time"


def _certain(parts: TimeParts, phrase: str) -> bool:
    """Whether it is a time in the middle of other words too: not "may", "sun" or "10"."""
    if not parts.strong:
        return False
    if parts.weekday and not (parts.clock or parts.day or parts.month):
        longest = max(re.findall(r"[^\W\d_]+", phrase), key=len, default="")
        return len(longest) > 4 or bool(re.search(r"[\u4e00-\u9fff]", longest))
    return True


# ---- meaning


def _meant(parts: TimeParts, now: datetime, zone: tzinfo) -> datetime | None:
    local = now.astimezone(zone)
    today = local.date()
    if parts.span is not None or parts.months:
        return _later(parts, now, local, zone)
    if parts.lone_hours and not (parts.dated or parts.part or parts.numbers):
        return now + timedelta(hours=parts.lone_hours)
    day = _day_of(parts, today, by_number=any(number >= 24 for number in parts.numbers))
    clock = parts.clock
    for number in parts.numbers:
        if clock is None and number < 24:
            clock = with_half(time(number), parts.part)
        elif clock is None and 100 <= number <= 2359 and number % 100 < 60:
            clock = time(number // 100, number % 100)
        else:
            return None
    if day is None and clock is None and not parts.part:
        return None
    named = clock or (time(_PART_BEGINS[parts.part]) if parts.part else None)
    if day is None:
        assert named is not None
        at = from_wall(datetime.combine(today, named), zone).at
        return at if at > now else from_wall(datetime.combine(today + timedelta(days=1), named), zone).at
    at = from_wall(datetime.combine(day, named or MORNING), zone).at
    if parts.weekday and not parts.day_of_month and (at <= now or (parts.named_next and day == today)):
        at = from_wall(datetime.combine(day + timedelta(days=7), named or MORNING), zone).at
    return at


def _later(parts: TimeParts, now: datetime, local: datetime, zone: tzinfo) -> datetime | None:
    """So long from now: hours and minutes as they pass, days at the same time of the day or at the one named."""
    if parts.dated or len(parts.numbers) > 1 or any(number >= 24 or parts.clock for number in parts.numbers):
        return None
    clock = parts.clock or next((with_half(time(number), parts.part) for number in parts.numbers), None)
    span = parts.span or timedelta()
    days = span // timedelta(days=1) if parts.months or span >= timedelta(days=1) else 0
    rest = span - timedelta(days=days)
    if not days and not parts.months:
        return None if clock or parts.part else now + rest
    day = _months_later(local.date(), parts.months) + timedelta(days=days)
    same = time(_PART_BEGINS[parts.part]) if parts.part else local.time().replace(second=0, microsecond=0)
    return from_wall(datetime.combine(day, clock or same), zone).at + rest


def _months_later(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _day_of(parts: TimeParts, today: date, *, by_number: bool) -> date | None:
    """The day that was named. `by_number`: a number beside a weekday may be the day of the month ("sun 22")."""
    if parts.day_of_month:
        return _dated(parts, today)
    if parts.weekday:
        day = today + timedelta(days=(parts.weekday - today.isoweekday()) % 7)
        if parts.week_after or parts.next_week:
            monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
            return monday + timedelta(days=parts.weekday - 1)
        if by_number and len(parts.numbers) == 1 and parts.clock is None:
            for weeks in range(_FEW_DAYS // 7):
                other = day + timedelta(weeks=weeks)
                if other.day == parts.numbers[0]:
                    parts.numbers.clear()
                    return other
        return day
    if parts.offset is not None:
        return today + timedelta(days=parts.offset)
    if parts.next_week:
        return today - timedelta(days=today.weekday()) + timedelta(days=7)
    return _months_later(today.replace(day=1), 1) if parts.next_month else None


def _dated(parts: TimeParts, today: date) -> date | None:
    day, month = parts.day_of_month, parts.month
    if not month:
        return _next_day_of_month(day, today)
    try:
        if parts.year is not None:
            return date(parts.year, month, day)
        for year in range(today.year, today.year + 9):  # the 29th of February comes again
            if monthrange(year, month)[1] >= day and date(year, month, day) >= today:
                return date(year, month, day)
    except ValueError:
        pass
    parts.broken = True
    return None


def _next_day_of_month(day: int, today: date) -> date | None:
    for months in range(13):
        first = _months_later(today.replace(day=1), months)
        if 1 <= day <= monthrange(first.year, first.month)[1] and first.replace(day=day) >= today:
            return first.replace(day=day)
    return None


# ---- proposals


def _after(at: datetime, now: datetime, zone: tzinfo) -> datetime:
    """The same time of the day, the next time it comes."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    for days in range(3):
        again = from_wall(
            datetime.combine(today + timedelta(days=days), local.time().replace(second=0, microsecond=0)), zone
        ).at
        if again > now:
            return again
    return _tomorrow(now, zone)


def _tomorrow(now: datetime, zone: tzinfo) -> datetime:
    return from_wall(datetime.combine(now.astimezone(zone).date() + timedelta(days=1), MORNING), zone).at.astimezone(
        UTC
    )


def _proposal(text: str, parts: TimeParts | None, now: datetime, zone: tzinfo, language: str) -> datetime:
    """What a misspelt text may have meant, else tomorrow morning."""
    if parts is not None and parts.unknown and not parts.broken:
        mended = fold(text)
        for word in parts.unknown:
            close = get_close_matches(word, meanings(), n=1, cutoff=0.7) if len(word) > 2 else []
            mended = mended.replace(word, close[0] if close else " ")
        again = take_apart(mended, language)
        if mended.strip() and again is not None and again.strong and not again.unknown and not again.broken:
            meant = moment(mended, now, zone, language)
            if meant.at is not None:
                return meant.at
    return _tomorrow(now, zone)
