"""Floods and silences of a plan: told of what is to come, by account, whatever the zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.calendar import CalendarPost
from app.models.outbox import DeliveryState
from app.models.post import PostFormat, PostState
from app.models.rhythm import CLOSE, Edges, Pace, Paces, Rhythm, RhythmWarning, WarningKind, look
from app.runtime.clock import from_wall
from app.runtime.settings import Posting
from app.runtime.zones import ZoneInfo

MEXICO = ZoneInfo("America/Mexico_City")
NOW = datetime(2026, 11, 18, 15, 42, tzinfo=UTC)  # Wednesday, 09:42 in Mexico City
WEEK = [date(2026, 11, 16) + number * timedelta(days=1) for number in range(7)]
BOTH = (1, 2)
PACES = Paces(Pace(3, 2))
_BARE = CalendarPost(
    1, "", PostState.SCHEDULED, DeliveryState.WAITING, 1, 0, NOW, "", PostFormat.INFORMS, ("x",), accounts=(1,)
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A wall time of November in Mexico City."""
    return from_wall(datetime.combine(date(2026, 11, day), time(hour, minute)), MEXICO).at


def post(number: int, when: datetime | None, *accounts: int, **more: object) -> CalendarPost:
    return replace(_BARE, id=number, planned_at=when, accounts=accounts or BOTH, **more)  # type: ignore[arg-type]


def found(*posts: CalendarPost, edges: Edges | None = None, paces: Paces = PACES) -> list[RhythmWarning]:
    return look(Rhythm(posts, MEXICO), WEEK, BOTH, paces, NOW, edges or Edges())


def kinds(warnings: list[RhythmWarning]) -> list[tuple[WarningKind, int, int, tuple[int, ...]]]:
    return [(each.kind, each.first.day, each.last.day, each.account_ids) for each in warnings]


def daily(*accounts: int, but: tuple[int, ...] = ()) -> list[CalendarPost]:
    """A post each day at noon, so that nothing is silent."""
    return [post(100 + day, at(day, 12), *accounts) for day in range(15, 24) if day not in but]


def test_a_day_above_the_limit_is_a_flood_of_the_accounts_concerned() -> None:
    more = [post(number, at(19, 14 + number), 1) for number in range(1, 4)]
    (warning,) = found(*daily(), *more)
    assert (warning.kind, warning.first.day, warning.account_ids) == (WarningKind.FLOOD, 19, (1,))
    assert (warning.many, warning.limit) == (4, 3)
    assert warning.post_ids == (119, 1, 2, 3)
    own = Paces(Pace(3, 2), {1: Pace(4, 2)})
    assert found(*daily(), *more, paces=own) == []


def test_two_posts_of_one_account_within_three_quarters_of_an_hour_are_a_flood() -> None:
    near = post(1, at(20, 12, 44), 2)
    (warning,) = found(*daily(), near)
    assert (warning.kind, warning.post_ids, warning.many, warning.account_ids) == (
        WarningKind.CLOSE,
        (120, 1),
        44,
        (2,),
    )
    assert found(*daily(), replace(near, planned_at=at(20, 12, 45))) == []
    assert found(*daily(1), replace(near, accounts=(2,)), *daily(2, but=(20,))) == [], "another account is no flood"


def test_what_is_over_is_no_warning() -> None:
    gone = [post(number, at(17, 8 + number)) for number in range(8)]
    assert found(*daily(but=(17,)), *gone) == []


def test_an_account_that_is_silent_for_longer_than_allowed_is_told_with_the_posts_around() -> None:
    warnings = found(*daily(1), *[post(day, at(day, 16), 2) for day in (15, 16, 17, 18, 19, 22)])
    assert kinds(warnings) == [(WarningKind.SILENCE, 19, 22, (2,))]
    assert [day.day for day in WEEK if warnings[0].covers(day)] == [20, 21]
    two_days = [post(day, at(day, 16), 2) for day in (15, 16, 17, 18, 19, 21, 23)]
    assert found(*daily(1), *two_days) == []


def test_the_posts_just_outside_of_the_page_count() -> None:
    quiet = [post(day, at(day, 16), 2) for day in (18, 19, 20)]
    assert kinds(found(*daily(1), *quiet, edges=Edges({}, {2: at(23, 10)}))) == [(WarningKind.SILENCE, 20, 23, (2,))]
    assert found(*daily(1), *quiet, post(9, at(22, 9), 2), edges=Edges({2: at(17, 10)}, {})) == []


def test_days_on_which_nobody_has_anything_are_one_warning() -> None:
    warnings = found(*daily(but=(20, 21)))
    assert kinds(warnings) == [(WarningKind.SILENCE, 20, 21, BOTH)]
    assert warnings[0].everybody
    assert [day.day for day in WEEK if warnings[0].covers(day)] == [20, 21]


def test_a_silence_without_an_end_goes_to_the_end_of_the_page() -> None:
    (warning,) = found(*daily(1), *[post(day, at(day, 16), 2) for day in (17, 18)])
    assert (warning.first.day, warning.last.day, warning.open_end) == (18, 22, True)


def test_a_shop_without_a_plan_and_accounts_without_a_post_are_left_in_peace() -> None:
    assert found() == []
    assert found(*daily(1)) == []


def test_the_day_is_the_shops_day() -> None:
    late = [
        post(number, datetime(2026, 11, 20, 1 + number, tzinfo=UTC), 1) for number in range(4)
    ]  # 19:00 to 22:00 on the 19th
    assert [each.first.day for each in found(*daily(2), *daily(1, but=(19,)), *late)] == [19]


MOMENTS = st.lists(st.tuples(st.integers(-3 * 96, 12 * 96), st.sets(st.sampled_from(BOTH), min_size=1)), max_size=40)


@given(MOMENTS)
def test_floods_are_what_counting_by_hand_finds(those: list[tuple[int, set[int]]]) -> None:
    posts = [
        post(number, NOW + quarters * timedelta(minutes=15), *accounts)
        for number, (quarters, accounts) in enumerate(those)
    ]
    warnings = found(*posts)
    times = {
        (account, day): [
            each.planned_at
            for each in posts
            if account in each.accounts
            and each.planned_at is not None
            and each.planned_at.astimezone(MEXICO).date() == day
        ]
        for account in BOTH
        for day in WEEK[2:]
    }
    floods = {
        (account, each.first) for each in warnings if each.kind is WarningKind.FLOOD for account in each.account_ids
    }
    assert floods == {place for place, those in times.items() if len(those) > 3 and max(those) >= NOW}
    for each in warnings:
        assert each.kind is not WarningKind.CLOSE or timedelta(minutes=each.many) < CLOSE
        assert each.kind is not WarningKind.SILENCE or each.last > NOW.astimezone(MEXICO).date()


def test_an_account_may_have_limits_of_its_own() -> None:
    paces = Paces.of_settings(Posting(day_limit=5, silence_days=2, paces=((1, 2, 0), (2, 0, 9))))
    assert paces.of(1) == Pace(2, 2)
    assert paces.of(2) == Pace(5, 9)
    assert paces.of(3) == Pace(5, 2)
