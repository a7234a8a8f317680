"""Where a planned post stands, in one word: the worst of its deliveries, or draft. What chips, files and sheets of the plan say of it."""

from __future__ import annotations

from enum import StrEnum

from app.models.calendar import CalendarPost
from app.models.outbox import DeliveryState
from app.models.post import PostState


class Stance(StrEnum):
    """What is said of a post."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    BY_HAND = "by_hand"
    GOING = "going"
    OUT = "out"
    FAILED = "failed"
    DECIDE = "decide"
    LET_GO = "let_go"


URGENT = (Stance.FAILED, Stance.DECIDE, Stance.GOING)
"""Always among those that are shown."""
FIXED = (Stance.OUT, Stance.GOING, Stance.DECIDE)
"""What is out, or may be: it stays where it is and can be copied alone."""
_OF_STATE = {
    DeliveryState.UNSURE: Stance.DECIDE,
    DeliveryState.FAILED: Stance.FAILED,
    DeliveryState.BY_HAND: Stance.BY_HAND,
    DeliveryState.CLAIMED: Stance.GOING,
    DeliveryState.OUT: Stance.OUT,
    DeliveryState.LET_GO: Stance.LET_GO,
}


def stance(post: CalendarPost) -> Stance:
    """The worst of its deliveries; partly out and the rest to come means it is going out."""
    if post.state is not PostState.SCHEDULED or post.shown is None:
        return Stance.DRAFT
    found = _OF_STATE.get(post.shown, Stance.SCHEDULED)
    return Stance.GOING if found is Stance.SCHEDULED and post.out else found


def is_urgent(post: CalendarPost) -> bool:
    return stance(post) in URGENT


def is_out(post: CalendarPost) -> bool:
    """Whether something of it has left, so that it cannot be moved."""
    return post.out > 0 or stance(post) in FIXED
