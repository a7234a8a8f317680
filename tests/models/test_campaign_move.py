"""What a move runs into."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.calendar import CalendarPost
from app.models.campaign_move import MovePreview, PostMove, Stays, by_days, collided, wall_moment
from app.models.post import PostFormat, PostState
from app.models.rhythm import Pace, Paces

NOON = datetime(2026, 11, 20, 18, tzinfo=UTC)
MEXICO = ZoneInfo("America/Mexico_City")


def other(number: int, at: datetime, *accounts: int) -> CalendarPost:
    return CalendarPost(
        id=number, title=f"otra {number}", state=PostState.SCHEDULED, shown=None, deliveries=0, out=0, planned_at=at, pillar="",
        format=PostFormat.INFORMS, networks=(), accounts=accounts,
    )  # fmt: skip


def move(number: int, after: datetime, stays: Stays | None = None) -> PostMove:
    return PostMove(number, f"post {number}", after - timedelta(days=7), after, stays)


def test_posts_of_one_account_within_45_minutes_collide() -> None:
    close, far = other(9, NOON + timedelta(minutes=44), 1), other(8, NOON - timedelta(minutes=45), 1)
    found = collided([move(1, NOON)], [close, far], {1: (1, 2)}, MEXICO, Paces(Pace(5)))
    assert [(said.id, said.values["title"]) for said in found[0].collisions] == [("campaigns.too_close", "otra 9")]
    elsewhere = collided([move(1, NOON)], [other(9, NOON, 3)], {1: (1, 2)}, MEXICO, Paces(Pace(5)))
    assert not elsewhere[0].collisions


def test_posts_that_move_together_collide_with_each_other_and_those_that_stay_with_none() -> None:
    moves = [move(1, NOON), move(2, NOON + timedelta(minutes=10)), move(3, NOON, Stays.OUT)]
    found = collided(moves, [], {1: (1,), 2: (1,), 3: (1,)}, MEXICO, Paces(Pace(5)))
    assert [len(each.collisions) for each in found] == [1, 1, 0]
    assert MovePreview(tuple(found)).collisions == 2
    assert [each.post_id for each in MovePreview(tuple(found)).moving] == [1, 2]


def test_a_day_over_the_limit_is_said_by_the_days_of_the_shops_zone() -> None:
    late = datetime(2026, 11, 21, 5, tzinfo=UTC)  # 23:00 of the 20th in Mexico City
    others = [other(number, NOON + timedelta(hours=number - 6), 1) for number in (3, 4)]
    found = collided([move(1, late)], others, {1: (1,)}, MEXICO, Paces(Pace(2)))
    assert [(said.id, said.values["n"]) for said in found[0].collisions] == [("campaigns.over_limit", 3)]
    assert not collided([move(1, late)], others, {1: (1,)}, ZoneInfo("UTC"), Paces(Pace(2)))[0].collisions


def test_days_keep_the_time_of_day_over_a_change_of_the_clocks() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = wall_moment(date(2026, 10, 24), 10 * 60, berlin)
    after = by_days(before, 1, berlin)
    assert (before.hour, after.hour) == (8, 9)
    assert after.astimezone(berlin).hour == 10
