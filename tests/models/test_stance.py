"""Where a post stands, of its deliveries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.calendar import CalendarPost
from app.models.outbox import DeliveryState
from app.models.post import PostFormat, PostState
from app.models.stance import Stance, is_out, is_urgent, stance

POST = CalendarPost(1, "t", PostState.SCHEDULED, DeliveryState.WAITING, 2, 0, None, "", PostFormat.INFORMS, ("x",))


@pytest.mark.parametrize(
    ("shown", "out", "said"),
    [
        (DeliveryState.WAITING, 0, Stance.SCHEDULED),
        (DeliveryState.WAITING, 1, Stance.GOING),
        (DeliveryState.CLAIMED, 0, Stance.GOING),
        (DeliveryState.UNSURE, 0, Stance.DECIDE),
        (DeliveryState.FAILED, 1, Stance.FAILED),
        (DeliveryState.BY_HAND, 0, Stance.BY_HAND),
        (DeliveryState.OUT, 2, Stance.OUT),
        (DeliveryState.LET_GO, 0, Stance.LET_GO),
    ],
)
def test_a_post_stands_as_the_worst_of_its_deliveries(shown: DeliveryState, out: int, said: Stance) -> None:
    assert stance(replace(POST, shown=shown, out=out)) is said


def test_what_is_not_scheduled_is_a_draft() -> None:
    assert stance(replace(POST, state=PostState.IDEA)) is Stance.DRAFT
    assert stance(replace(POST, shown=None, deliveries=0)) is Stance.DRAFT


def test_what_has_left_stays_and_what_needs_a_look_comes_first() -> None:
    assert is_out(replace(POST, out=1))
    assert is_out(replace(POST, shown=DeliveryState.UNSURE))
    assert not is_out(replace(POST, shown=DeliveryState.FAILED))
    assert is_urgent(replace(POST, shown=DeliveryState.FAILED))
    assert not is_urgent(POST)
