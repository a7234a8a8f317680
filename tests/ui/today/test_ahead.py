"""The days ahead: what is too much or too little there, what begins, and who has something to do about it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from app.models.calendar import CalendarPost, CalendarSpan, MarkRow, PhaseRow
from app.models.post import PostFormat, PostState
from app.models.rhythm import NO_EDGES, Pace, Paces, WarningKind
from app.models.slot import Slot, SlotGrid
from app.ui.today.ahead import Asked, coming, plan_work, read
from tests.ui.shop import MASTODON, NOW, X, three_accounts

ZONE = ZoneInfo("America/Mexico_City")
TODAY = date(2026, 11, 18)
ASKED = Asked(NOW, ZONE, Paces(Pace(2, 2)), "en", 60)


def planned(
    number: int,
    hours: float,
    *,
    kind: PostFormat = PostFormat.INFORMS,
    campaign: int | None = None,
    accounts: tuple[int, ...] = (X,),
) -> CalendarPost:
    return CalendarPost(
        id=number, title=f"post {number}", state=PostState.SCHEDULED, shown=None, deliveries=1, out=0, planned_at=NOW + timedelta(hours=hours),
        pillar="", format=kind, networks=("x",), accounts=accounts, campaign_id=campaign,
    )  # fmt: skip


def queries(span: CalendarSpan, grid: SlotGrid | None = None) -> Any:
    return SimpleNamespace(
        accounts=three_accounts, calendar=lambda *_span: span, edges=lambda *_span: NO_EDGES, slots=lambda: grid or SlotGrid(),
        tips=lambda *_asked: [], known_waiting=lambda: 6,
    )  # fmt: skip


def test_a_day_with_too_much_says_how_much_of_it_sells() -> None:
    posts = tuple(planned(n, 24 + n, kind=PostFormat.PROMO if n < 2 else PostFormat.INFORMS) for n in range(3))
    found = read(queries(CalendarSpan(posts)), ASKED)
    flood = next(each for each in found.floods if each.kind is WarningKind.FLOOD)
    assert (flood.first, flood.many, flood.limit) == (TODAY + timedelta(days=1), 3, 2)
    assert found.selling[found.floods.index(flood)] == 2
    assert found.known == 6


def test_a_silence_says_how_many_good_times_are_free_meanwhile() -> None:
    posts = (planned(1, 1), planned(2, 24 * 6))
    slots = SlotGrid(tuple(Slot(n, X, weekday, 600, "America/Mexico_City") for n, weekday in enumerate((4, 5))))
    found = read(queries(CalendarSpan(posts), slots), ASKED)
    assert any(silence.good == 2 for silence in found.silences)


def test_the_guided_hour_counts_the_same_warnings() -> None:
    span = CalendarSpan(tuple(planned(n, 24 + n) for n in range(3)))
    found = read(queries(span), ASKED)
    assert plan_work(queries(span), ASKED) == len(found.floods) + len(found.silences) > 0


def test_the_phase_of_today_is_that_which_began_last() -> None:
    phases = tuple(
        PhaseRow(n, 1, "Santa Cecilia", "rose", kind, TODAY - timedelta(days=begun), TODAY + timedelta(days=1))
        for n, (kind, begun) in enumerate((("promo", 9), ("teaser", 2)))
    )
    found = read(queries(CalendarSpan(phases=phases)), ASKED)
    assert found.phase is phases[1]


def test_what_comes_up_is_told_by_days_and_a_launch_with_its_phase_once() -> None:
    launch = MarkRow(1, "launch", "Marea", TODAY + timedelta(days=2), campaign_id=7)
    deadline = MarkRow(2, "deadline", "Cierra la lista", TODAY + timedelta(days=1), campaign_id=7)
    own = PhaseRow(1, 7, "Marea", "blue", "promo", launch.on_day, TODAY + timedelta(days=5))
    other = PhaseRow(2, 8, "Buen Fin", "rose", "winners", TODAY + timedelta(days=3), TODAY + timedelta(days=3))
    running = PhaseRow(3, 8, "Buen Fin", "rose", "promo", TODAY, TODAY + timedelta(days=1))
    posts = (
        planned(1, 3, campaign=7),
        planned(2, 24, campaign=7),
        planned(3, 24 * 4, campaign=7),
        planned(4, 24 * 3, campaign=8),
    )
    found = coming(
        CalendarSpan(posts, (running, own, other), (MarkRow(3, "holiday", "hoy", TODAY), launch, deadline)), TODAY, ZONE
    )
    assert [(each.mark or each.phase, each.posts) for each in found] == [(deadline, 0), (launch, 2), (other, 1)]


def test_days_are_those_of_the_shop() -> None:
    late = Asked(datetime(2026, 11, 18, 5, 30, tzinfo=UTC), ZONE, Paces(), "en", 60)
    assert late.today == date(2026, 11, 17)
    assert late.starts(late.today) == datetime(2026, 11, 17, 6, tzinfo=UTC)
    assert MASTODON != X
