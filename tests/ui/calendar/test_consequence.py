"""What placing a post does to its day."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.rhythm import Pace, Paces
from app.ui.calendar.consequence import consequence
from tests.ui.calendar.fakes import post
from tests.ui.shop import NOW

MEXICO = ZoneInfo("America/Mexico_City")
LATER = NOW + timedelta(hours=3)


@pytest.mark.parametrize(("others", "said"), [(0, "st"), (1, "nd"), (2, "rd"), (3, "th"), (10, "th"), (20, "st")])
def test_which_post_of_its_day_it_becomes(others: int, said: str) -> None:
    there = [post(number, hours=-9, accounts=(9,)) for number in range(2, 2 + others)]
    found = consequence(post(1), LATER, there, MEXICO, Paces(Pace(50)))
    assert (found.said.id, found.said.values["n"], found.warns) == (f"calendar.{said}_post", others + 1, False)


def test_more_of_one_account_than_the_limit_warns() -> None:
    there = [post(number, hours=-3 - number) for number in range(2, 4)]
    found = consequence(post(1), LATER, there, MEXICO, Paces(Pace(2)))
    assert (found.said.id, found.warns) == ("calendar.over_limit", True)
    others = [post(number, hours=-3 - number, accounts=(9,)) for number in range(2, 4)]
    assert not consequence(post(1), LATER, others, MEXICO, Paces(Pace(2))).warns


def test_two_of_one_account_within_45_minutes_warn() -> None:
    near = [post(2, "Vinilo", hours=3.5)]
    found = consequence(post(1), LATER, near, MEXICO, Paces(Pace(5)))
    assert (found.said.id, found.said.values["minutes"], found.warns) == ("calendar.too_close", 30, True)
    assert consequence(post(1), near[0].planned_at or LATER, near, MEXICO, Paces(Pace(5))).said.id == "calendar.same_time"
    assert not consequence(post(1), LATER - timedelta(minutes=15), near, MEXICO, Paces(Pace(5))).warns
    assert not consequence(post(1, accounts=(9,)), LATER, near, MEXICO, Paces(Pace(5))).warns


def test_the_post_itself_does_not_count_unless_it_is_copied() -> None:
    itself = post(1, hours=3.25)
    assert not consequence(itself, LATER, [itself], MEXICO, Paces(Pace(5))).warns
    assert consequence(itself, LATER, [itself], MEXICO, Paces(Pace(5)), copies=True).warns


def test_a_change_of_the_clocks_is_told() -> None:
    madrid = ZoneInfo("Europe/Madrid")
    assert consequence(post(1), NOW.replace(month=10, day=25), [], madrid, Paces(Pace(5))).said.id == "calendar.clocks_back"
    assert consequence(post(1), NOW.replace(month=3, day=29), [], madrid, Paces(Pace(5))).said.id == "calendar.clocks_forward"
