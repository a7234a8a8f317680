"""The plan as iCalendar, read back by three parsers that share no code: icalendar, vobject and ical."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import ical.calendar_stream
import icalendar
import pytest
import vobject
from hypothesis import HealthCheck, given, settings

from app.models.calendar import MarkRow, PhaseRow
from app.models.outbox import DeliveryState
from app.models.plan import Plan
from app.models.post import PostState
from app.runtime.clock import from_wall
from app.services.plan_ics import PlanCalendar, comparable, description, file_of, frame_of, sound, years_of
from tests.services.plans import NIGHTS, NOW, WORDS, ZONES, plan_of, planned, plans, zone_of

TEASER = PhaseRow(3, 1, "Navidad, 2026", "rose", "teaser", date(2026, 12, 1), date(2026, 12, 10))
LAUNCH = MarkRow(5, "launch", "«Marea»; sale", date(2026, 11, 20))


class Read(NamedTuple):
    """What a program makes of an event."""

    summary: str
    description: str
    at: datetime | date


def written(plan: Plan, zone: str = "Europe/Madrid") -> bytes:
    calendar = PlanCalendar("0123456789ab")
    return file_of(calendar.events(plan, WORDS, zone_of(zone), NOW), frame_of(WORDS, zone_of(zone), years_of(plan)))


def by_icalendar(data: bytes) -> dict[str, Read]:
    found = icalendar.Calendar.from_ical(data)
    return {
        str(each["uid"]): Read(str(each["summary"]), str(each.get("description", "")), each.decoded("dtstart"))
        for each in found.walk("VEVENT")
    }


def by_vobject(data: bytes) -> dict[str, Read]:
    found = vobject.readOne(data.decode("utf-8"))
    return {
        each.uid.value: Read(
            each.summary.value, each.description.value if hasattr(each, "description") else "", each.dtstart.value
        )
        for each in getattr(found, "vevent_list", [])
    }


def by_ical(data: bytes) -> dict[str, Read]:
    found = ical.calendar_stream.IcsCalendarStream.calendar_from_ics(data.decode("utf-8"))
    return {each.uid: Read(each.summary, each.description or "", each.dtstart) for each in found.events}


PARSERS = [by_icalendar, by_vobject, by_ical]


def moment(at: datetime | date) -> datetime | date:
    return at.astimezone(UTC) if isinstance(at, datetime) else at


@pytest.mark.parametrize("parse", PARSERS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans())
def test_any_post_is_read_back_intact(parse: object, drawn: tuple[Plan, str]) -> None:
    plan, zone = drawn
    found = parse(written(plan, zone))  # type: ignore[operator]
    assert set(found) == {f"post-{post.row.id}@0123456789ab.tertulia" for post in plan.posts}
    for post in plan.posts:
        read = found[f"post-{post.row.id}@0123456789ab.tertulia"]
        assert moment(read.at) == post.at
        assert read.summary == (sound(post.row.title) or "Untitled")
        assert read.description == description(post, WORDS)
        assert sound(post.text) in read.description


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize("zone", ZONES)
def test_each_quarter_of_a_night_with_a_clock_change_is_the_same_moment(parse: object, zone: str) -> None:
    posts = [
        planned(number * 100 + step, at=night + timedelta(minutes=15 * step - 180))
        for number, night in enumerate(NIGHTS[zone], 1)
        for step in range(25)
    ]
    found = parse(written(plan_of(*posts), zone))  # type: ignore[operator]
    for post in posts:
        assert moment(found[f"post-{post.row.id}@0123456789ab.tertulia"].at) == post.at


@pytest.mark.parametrize("zone", ZONES)
def test_the_zone_is_told_with_its_changes_of_the_clock(zone: str) -> None:
    """A reader that knows no zones but those of the file gets the same moments."""
    nights = NIGHTS[zone]
    found = icalendar.Calendar.from_ical(written(plan_of(planned(at=nights[0])), zone))
    (told,) = found.walk("VTIMEZONE")
    own = told.to_tz(lookup_tzid=False)
    for night in nights:
        for minutes in range(-360, 361, 30):
            local = (night + timedelta(minutes=minutes)).astimezone(zone_of(zone))
            if from_wall(local.replace(tzinfo=None), zone_of(zone)).repeated:
                continue
            assert local.replace(tzinfo=own, fold=0).utcoffset() == local.utcoffset()


@pytest.mark.parametrize("parse", PARSERS)
def test_phases_and_launches_are_whole_days(parse: object) -> None:
    data = written(plan_of(planned(), phases=(TEASER,), marks=(LAUNCH,)))
    found = parse(data)  # type: ignore[operator]
    assert found["phase-3@0123456789ab.tertulia"] == Read("Navidad, 2026 · teaser", "", date(2026, 12, 1))
    assert found["mark-5@0123456789ab.tertulia"] == Read("«Marea»; sale", "", date(2026, 11, 20))
    ends = {
        str(each["uid"]): each.decoded("dtend")
        for each in icalendar.Calendar.from_ical(data).walk("VEVENT")
        if "dtend" in each
    }
    assert ends["phase-3@0123456789ab.tertulia"] == date(2026, 12, 11)  # the day after the last, as the format wants it


def test_an_event_says_where_the_post_goes_and_how_it_stands() -> None:
    out = planned(7, own="Otro texto", out=1, shown=DeliveryState.OUT)
    draft = planned(8, state=PostState.DRAFT, shown=None, deliveries=0)
    events = {each["uid"]: each for each in icalendar.Calendar.from_ical(written(plan_of(out, draft))).walk("VEVENT")}
    sent, begun = events["post-7@0123456789ab.tertulia"], events["post-8@0123456789ab.tertulia"]
    assert (sent["x-tertulia-state"], sent["status"]) == ("out", "CONFIRMED")
    assert (begun["x-tertulia-state"], begun["status"]) == ("draft", "TENTATIVE")
    assert sent["location"] == "@aurora (Mastodon)"
    assert sent["transp"] == "TRANSPARENT"
    assert sent["categories"].cats == ["New releases", "Navidad"]
    for said in ("Mañana sale.", "State: is out", "Goes to: Mastodon @aurora", "Campaign: Navidad", "Otro texto"):
        assert said in sent["description"]


def test_an_event_keeps_its_name_and_grows_with_each_change() -> None:
    before = planned(changed=NOW)
    after = planned(text="Otra cosa", changed=NOW + timedelta(seconds=5))
    events = [icalendar.Calendar.from_ical(written(plan_of(each))).walk("VEVENT")[0] for each in (before, after)]
    assert events[0]["uid"] == events[1]["uid"]
    assert events[1]["sequence"] == events[0]["sequence"] + 5
    assert events[1].decoded("last-modified") - events[0].decoded("last-modified") == timedelta(seconds=5)


def test_what_has_not_changed_is_not_written_anew() -> None:
    calendar, zone = PlanCalendar("0123456789ab"), zone_of("UTC")
    marked = plan_of(planned(1), planned(2), phases=(TEASER,))
    first = calendar.events(marked, WORDS, zone, NOW)
    second = calendar.events(
        plan_of(planned(1), planned(2, "Otro"), phases=(TEASER,)), WORDS, zone, NOW + timedelta(days=1)
    )
    same = [one.text is two.text for one, two in zip(first, second, strict=True)]
    assert same == [True, False, True]


def test_two_files_are_compared_without_the_moment_they_were_written_at() -> None:
    later = PlanCalendar("0123456789ab").events(
        plan_of(phases=(TEASER,)), WORDS, zone_of("UTC"), NOW + timedelta(days=1)
    )
    sooner = PlanCalendar("0123456789ab").events(plan_of(phases=(TEASER,)), WORDS, zone_of("UTC"), NOW)
    assert later[0].text != sooner[0].text
    assert comparable(later[0].text) == comparable(sooner[0].text)


def test_lines_are_short_and_end_as_the_format_wants() -> None:
    data = written(plan_of(planned(text="ñ" * 500 + "😀" * 100, title="x" * 300)))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
