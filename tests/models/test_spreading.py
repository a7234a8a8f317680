"""Proposals: what leaves a flooded day, and what fills a silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.calendar import CalendarPost, Move, PhaseRow
from app.models.outbox import DeliveryState
from app.models.post import PostFormat, PostState
from app.models.rhythm import CLOSE, Rhythm, RhythmWarning, WarningKind, look
from app.models.slot import GoodTime
from app.models.spreading import Plan, propose
from tests.models.test_rhythm import BOTH, MEXICO, NOW, PACES, WEEK, at, daily, post

TEASER = PhaseRow(1, 7, "Marea", "blue", "teaser", date(2026, 11, 10), date(2026, 11, 20))


def plan(
    posts: list[CalendarPost],
    *,
    waiting: tuple[CalendarPost, ...] = (),
    good: tuple[datetime, ...] = (),
    phases: tuple[PhaseRow, ...] = (),
) -> Plan:
    return Plan(posts, waiting, [GoodTime(each, BOTH) for each in good], phases, PACES, MEXICO, NOW)


def warnings(posts: list[CalendarPost]) -> list[RhythmWarning]:
    return look(Rhythm(posts, MEXICO), WEEK, BOTH, PACES, NOW)


def moved(posts: list[CalendarPost], moves: list[Move]) -> list[CalendarPost]:
    places = {move.post_id: move.at for move in moves}
    return [replace(each, planned_at=places.get(each.id, each.planned_at)) for each in posts]


def flooded(**more: object) -> list[CalendarPost]:
    """Five on Thursday, two more than are allowed."""
    return [*daily(), *[post(number, at(19, 13 + number), **more) for number in range(1, 5)]]


def test_a_flood_is_spread_to_good_times_of_other_days_the_nearest_first() -> None:
    posts = flooded()
    (flood,) = warnings(posts)
    moves = propose(flood, plan(posts, good=(at(19, 20), at(20, 18), at(21, 18), at(26, 18))))
    assert [move.at for move in moves] == [at(20, 18), at(21, 18)]
    assert warnings(moved(posts, moves)) == []


def test_without_good_times_each_keeps_its_time_of_day() -> None:
    posts = flooded()
    (flood,) = warnings(posts)
    moves = propose(flood, plan(posts))
    assert len(moves) == 2
    assert warnings(moved(posts, moves)) == []
    assert {move.at.astimezone(MEXICO).date() for move in moves} <= {
        date(2026, 11, 20),
        date(2026, 11, 18),
        date(2026, 11, 21),
    }


def test_what_has_left_stays_and_where_nothing_can_move_nothing_is_proposed() -> None:
    posts = flooded(out=1, shown=DeliveryState.OUT)
    (flood,) = warnings(posts)
    moves = propose(flood, plan(posts, good=(at(20, 18),)))
    assert {move.post_id for move in moves} <= {119}
    fixed = [replace(each, out=1) for each in posts]
    assert propose(flood, plan(fixed)) == []


def test_two_that_are_too_near_come_apart_by_the_later_one() -> None:
    posts = [*daily(), post(1, at(20, 12, 10))]
    (close,) = warnings(posts)
    assert close.kind is WarningKind.CLOSE
    assert propose(close, plan(posts)) == [Move(1, at(20, 12, 45))]
    stays = [replace(each, out=1) if each.id == 1 else each for each in posts]
    assert propose(close, plan(stays)) == [Move(120, at(20, 11, 15))]


def test_nothing_that_sells_is_put_into_the_teaser_of_its_campaign() -> None:
    posts = flooded(format=PostFormat.PROMO, campaign_id=7)
    (flood,) = warnings(posts)
    moves = propose(flood, plan(posts, good=(at(20, 18), at(21, 18), at(22, 18)), phases=(TEASER,)))
    assert {move.at.astimezone(MEXICO).day for move in moves if move.post_id != 119} <= {21, 22}


def silent() -> list[CalendarPost]:
    return [*daily(1), *[post(day, at(day, 16), 2) for day in (15, 16, 17, 18, 22)]]


def idea(number: int, *accounts: int, state: PostState = PostState.IDEA) -> CalendarPost:
    return post(number, None, *accounts, state=state, shown=None)


def test_a_silence_is_filled_by_what_waits_for_that_account_drafts_first() -> None:
    posts = silent()
    (silence,) = warnings(posts)
    ideas = (idea(51, 1), idea(52, 2), idea(53, 2, state=PostState.DRAFT))
    moves = propose(silence, plan(posts, waiting=ideas, good=(at(20, 18), at(21, 9))))
    assert [(move.post_id, move.at) for move in moves] == [(53, at(20, 18))]
    assert warnings(moved([*posts, *ideas], moves)) == []


def test_without_a_good_time_the_middle_of_the_silence_is_proposed() -> None:
    (silence,) = warnings(silent())
    (move,) = propose(silence, plan(silent(), waiting=(idea(52, 2),)))
    assert move.at.astimezone(MEXICO).strftime("%d %H:%M") in ("20 12:00", "20 12:45", "20 11:15")


def test_nothing_waits_for_the_account_then_nothing_is_proposed() -> None:
    (silence,) = warnings(silent())
    assert propose(silence, plan(silent(), waiting=(idea(51, 1),))) == []


def test_days_of_nothing_are_broken_by_one_post() -> None:
    posts = daily(but=(20, 21))
    (silence,) = warnings(posts)
    moves = propose(silence, plan(posts, waiting=(idea(51, 1), idea(52, 2))))
    assert len(moves) == 1
    assert moves[0].at.astimezone(MEXICO).day in (20, 21)


MOMENTS = st.lists(st.tuples(st.integers(1, 10 * 96), st.sets(st.sampled_from(BOTH), min_size=1)), max_size=30)


@settings(max_examples=60)
@given(MOMENTS, st.lists(st.integers(1, 16 * 96), max_size=12))
def test_no_proposal_makes_a_flood_anywhere_nor_touches_the_past(
    those: list[tuple[int, set[int]]], good: list[int]
) -> None:
    quarter = timedelta(minutes=15)
    posts = [
        post(number, NOW + quarters * quarter, *sorted(accounts)) for number, (quarters, accounts) in enumerate(those)
    ]
    times = tuple(NOW + quarters * quarter for quarters in sorted(good))
    before = warnings(posts)
    for warning in before:
        moves = propose(warning, plan(posts, waiting=(idea(900, 1), idea(901, 2), idea(902, 1, 2)), good=times))
        after = moved([*posts, idea(900, 1), idea(901, 2), idea(902, 1, 2)], moves)
        assert len({move.post_id for move in moves}) == len(moves)
        assert all(move.at > NOW for move in moves)
        changed = {move.post_id for move in moves}
        for each in after:
            if each.id in changed:
                near = [
                    other
                    for other in after
                    if other.id != each.id
                    and other.planned_at is not None
                    and each.planned_at is not None
                    and set(other.accounts) & set(each.accounts)
                    and abs(other.planned_at - each.planned_at) < CLOSE
                ]
                assert not near
