"""The plan as iCalendar (RFC 5545): one event a post, all-day events for phases and marks, with the zone's own changes of the clock.

A post in the hour that comes twice is written in UTC: local times of the format mean its first occurrence alone (3.3.5). Texts are told as
they are, but for control signs and line ends other than LF, which the format cannot hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from app.models.calendar import MarkRow, PhaseRow
from app.models.plan import Plan, PlannedPost, PlanWords
from app.models.stance import Stance, stance

PRODUCT = "-//Tertulia//Plan 1.0//"
MINUTES = 15
"""A post is a moment; programs draw events without a length badly."""
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""SEQUENCE counts seconds from here: it must grow with each change and stay below 2^31."""
DAY = timedelta(days=1)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_STATUS = {Stance.DRAFT: "TENTATIVE", Stance.LET_GO: "CANCELLED"}


class Event(NamedTuple):
    """A name that stays while the event does, and its text from BEGIN:VEVENT on."""

    uid: str
    text: bytes


class PlanCalendar:
    """Writes events of one profile; keeps those it has written, so that only what changed is written anew. For one thread at a time."""

    def __init__(self, profile: str) -> None:
        """`profile` tells UIDs of two computers apart; it names nothing else."""
        self._profile = profile
        self._kept: dict[str, tuple[object, bytes]] = {}

    def events(self, plan: Plan, words: PlanWords, zone: tzinfo, now: datetime) -> list[Event]:
        """Of posts in time order, then of phases and marks. `now` stamps what has no time of change of its own."""
        kept: dict[str, tuple[object, bytes]] = {}
        for uid, what in self._things(plan):
            key = (what, zone, words)
            before = self._kept.get(uid)
            text = before[1] if before is not None and before[0] == key else _event(uid, what, words, zone, now)
            kept[uid] = (key, text)
        self._kept = kept
        return [Event(uid, text) for uid, (_, text) in kept.items()]

    def _things(self, plan: Plan) -> Iterator[tuple[str, PlannedPost | PhaseRow | MarkRow]]:
        for post in plan.posts:
            yield f"post-{post.row.id}@{self._profile}.tertulia", post
        for phase in plan.phases:
            yield f"phase-{phase.id}@{self._profile}.tertulia", phase
        for mark in plan.marks:
            yield f"mark-{mark.id}@{self._profile}.tertulia", mark


def frame_of(words: PlanWords, zone: tzinfo, years: tuple[int, int]) -> tuple[bytes, bytes]:
    """What stands before and after the events of a file; `years` are the first and the last that the zone's changes are told of."""
    calendar = import_module("icalendar").Calendar()
    calendar.add("prodid", f"{PRODUCT}EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    _add_text(calendar, "name", words.title)
    _add_text(calendar, "x-wr-calname", words.title)
    calendar.add("x-wr-timezone", _zone_name(zone))
    calendar.add_component(_zone(zone, *years))
    head, end = calendar.to_ical().rsplit(b"END:VCALENDAR", 1)
    return bytes(head), bytes(b"END:VCALENDAR" + end)


def file_of(events: Sequence[Event], frame: tuple[bytes, bytes]) -> bytes:
    """A whole file."""
    head, end = frame
    return head + b"".join(event.text for event in events) + end


def years_of(plan: Plan) -> tuple[int, int]:
    """A year more at each end, for programs that show what comes before and after."""
    days = [plan.first, plan.last, *(post.at.date() for post in plan.posts)]
    return min(days).year - 1, max(days).year + 1


def sound(text: str) -> str:
    """What the format can hold of a text."""
    return _CONTROL.sub("", _LINE_ENDS.sub("\n", text))


@lru_cache(maxsize=1)
def _text_kind() -> Any:
    """The library's text, escaped by us: it takes a backslash before a capital N for a line end (7.3.0)."""

    def to_ical(self: str) -> bytes:
        text = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return text.encode("utf-8")

    return type("PlainText", (import_module("icalendar").vText,), {"to_ical": to_ical})


def _add_text(component: Any, name: str, text: str) -> None:
    component.add(name, _text_kind()(sound(text)))


def _event(uid: str, what: PlannedPost | PhaseRow | MarkRow, words: PlanWords, zone: tzinfo, now: datetime) -> bytes:
    event = import_module("icalendar").Event()
    event.add("uid", uid)
    if isinstance(what, PlannedPost):
        _tell_post(event, what, words, zone)
        changed = what.changed_at or now
    else:
        first, last, title = _days(what, words)
        _add_text(event, "summary", title)
        event.add("dtstart", first)
        event.add("dtend", last + DAY)
        event.add("status", "CONFIRMED")
        changed = now
    event.add("transp", "TRANSPARENT")
    whole = changed.astimezone(UTC).replace(microsecond=0)
    event.add("dtstamp", whole)
    event.add("last-modified", whole)
    event.add("sequence", max(0, int((changed - EPOCH).total_seconds())))
    return bytes(event.to_ical())


def _days(what: PhaseRow | MarkRow, words: PlanWords) -> tuple[date, date, str]:
    if isinstance(what, PhaseRow):
        kind = what.title or words.phases.get(what.kind, what.kind)
        return what.starts_on, what.ends_on, f"{what.campaign} · {kind}"
    return what.on_day, what.on_day, what.title


def _tell_post(event: Any, post: PlannedPost, words: PlanWords, zone: tzinfo) -> None:
    standing = stance(post.row)
    _add_text(event, "summary", sound(post.row.title) or words.labels["untitled"])
    local = post.at.astimezone(zone)
    event.add("dtstart", post.at.astimezone(UTC) if local.fold or zone is UTC else local)
    event.add("duration", timedelta(minutes=MINUTES))
    event.add("status", _STATUS.get(standing, "CONFIRMED"))
    _add_text(event, "description", description(post, words))
    if post.places:
        places = (f"{place.handle} ({words.network(place.network)})" for place in post.places)
        _add_text(event, "location", ", ".join(places))
    pillar = words.pillars.get(post.row.pillar, "")
    names = [sound(each).replace("\\", "/") for each in (pillar, post.campaign) if each]
    if names:
        event.add("categories", names)
    if post.link.isascii() and post.link.isprintable():
        event.add("url", post.link) if post.link else None
    event.add("x-tertulia-state", str(standing))
    if post.row.networks:
        event.add("x-tertulia-networks", ",".join(post.row.networks))


def description(post: PlannedPost, words: PlanWords) -> str:
    """The text of the post, and below it what is known of it."""
    labels = words.labels
    facts = [f"{labels['state']}: {words.states[stance(post.row)]}"]
    if post.places:
        facts.append(
            f"{labels['goes_to']}: " + ", ".join(f"{words.network(each.network)} {each.handle}" for each in post.places)
        )
    if post.campaign:
        facts.append(f"{labels['campaign']}: {post.campaign}")
    facts += [f"{labels['out_at']} {words.network(each.network)}: {each.url}" for each in post.places if each.url]
    own = [
        f"{labels['own_text']} {words.network(each.network)} {each.handle}:\n{each.text}"
        for each in post.places
        if each.text
    ]
    return sound("\n\n".join(filter(None, [post.text, "\n".join(facts), *own])))


def _zone_name(zone: tzinfo) -> str:
    return str(getattr(zone, "key", "UTC"))


def _zone(zone: tzinfo, first: int, last: int) -> Any:
    """VTIMEZONE of these years. The library's own maker tells the beginning of summer time an hour late (it gives the new wall time)."""
    library = import_module("icalendar")
    made = library.Timezone()
    made.add("tzid", _zone_name(zone))
    begin, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    grouped: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = {}
    offset = _offset(begin, zone)
    grouped[offset, offset, _name(begin, zone), _is_summer(begin, zone)] = [(begin + offset).replace(tzinfo=None)]
    for moment in _changes(zone, begin, end):
        before, after = _offset(moment - timedelta(seconds=1), zone), _offset(moment, zone)
        key = (before, after, _name(moment, zone), _is_summer(moment, zone))
        grouped.setdefault(key, []).append((moment + before).replace(tzinfo=None))
    for (before, after, name, summer), onsets in grouped.items():
        part = library.TimezoneDaylight() if summer else library.TimezoneStandard()
        part.add("dtstart", onsets[0])
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        if onsets[1:]:
            part.add("rdate", onsets[1:])
        made.add_component(part)
    return made


def _changes(zone: tzinfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The moments (UTC) from which another offset holds; two within one day happen nowhere."""
    moment = begin
    while moment < end:
        after = moment + DAY
        if _offset(moment, zone) != _offset(after, zone):
            low, high = moment, after
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) / 2
                middle = middle.replace(microsecond=0)
                if middle <= low:
                    break
                if _offset(middle, zone) == _offset(moment, zone):
                    low = middle
                else:
                    high = middle
            yield high
        moment = after


def _offset(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _is_summer(moment: datetime, zone: tzinfo) -> bool:
    return bool(moment.astimezone(zone).dst())


def _name(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).tzname() or _zone_name(zone)


def comparable(text: bytes) -> bytes:
    """A file without the lines that say when it was written: equal where nothing else differs."""
    return re.sub(rb"(?m)^(?:DTSTAMP|LAST-MODIFIED|SEQUENCE):.*\r?\n", b"", text)
