"""The mix: what informs and what sells, its goal, and what a teaser refuses."""

from __future__ import annotations

from datetime import date

from app.models.calendar import PhaseRow
from app.models.mix import EVEN, Mix, goal_of, mix_of, teaser_against
from app.models.post import PostFormat
from tests.models.test_rhythm import at, post

PROMO, INFORMS = PostFormat.PROMO, PostFormat.INFORMS
TEASER = PhaseRow(1, 7, "Marea", "blue", "teaser", date(2026, 11, 10), date(2026, 11, 19))
SALE = PhaseRow(2, 7, "Marea", "blue", "promo", date(2026, 11, 20), date(2026, 11, 26))


def test_promotion_sells_and_all_else_informs() -> None:
    posts = [post(number, at(19, 9), format=kind) for number, kind in enumerate(PostFormat)]
    assert mix_of(posts) == Mix(4, 1, EVEN)


def test_shares_add_up_to_a_hundred() -> None:
    assert [(each.informing, each.selling) for each in (Mix(15, 7), Mix(2, 1), Mix(0, 0), Mix(0, 3))] == [
        (68, 32), (67, 33), (50, 50), (0, 100),
    ]  # fmt: skip


def test_a_mix_is_off_when_far_from_its_goal_and_told_by_enough_posts() -> None:
    assert Mix(9, 1).is_off
    assert not Mix(15, 7).is_off
    assert not Mix(4, 0).is_off


def test_a_post_that_is_dragged_counts_before_it_is_dropped() -> None:
    assert Mix(3, 1).with_one(PROMO) == Mix(3, 2)
    assert Mix(3, 1).with_one(INFORMS, -1) == Mix(2, 1)


def test_a_promotion_phase_asks_for_half_and_half() -> None:
    first, last = date(2026, 11, 16), date(2026, 11, 22)
    assert goal_of((TEASER, SALE), first, last, 20) == EVEN
    assert goal_of((TEASER,), first, last, 20) == 20


def test_a_teaser_refuses_what_sells_of_its_own_campaign_alone() -> None:
    day = date(2026, 11, 19)
    phases = (TEASER, SALE)
    assert teaser_against(phases, PROMO, 7, day) == TEASER
    assert teaser_against(phases, PROMO, 7, date(2026, 11, 20)) is None
    assert teaser_against(phases, INFORMS, 7, day) is None
    assert teaser_against(phases, PROMO, 8, day) is None
    assert teaser_against(phases, PROMO, None, day) is None
