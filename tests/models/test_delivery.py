"""A delivery knows which of its parts are left."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_type_hints

import pytest

from app.models.delivery import Delivery, IllegalMove, PartOut
from app.models.message import Visibility
from app.models.outbox import DeliveryState, OutboxKind


def delivery(parts: tuple[str, ...], progress: tuple[PartOut, ...]) -> Delivery:
    nothing = dict.fromkeys(get_type_hints(Delivery), None)
    known = {
        "id": 1,
        "kind": OutboxKind.POST,
        "state": DeliveryState.CLAIMED,
        "visibility": Visibility.PUBLIC,
        "due_at": datetime(2026, 11, 18, tzinfo=UTC),
        "parts": parts,
        "progress": progress,
    }
    return Delivery(**{**nothing, **known})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("out", "left"), [((), ("uno", "dos")), ((PartOut("1"),), ("dos",)), ((PartOut("1"), PartOut("2")), ())]
)
def test_the_parts_that_are_not_out(out: tuple[PartOut, ...], left: tuple[str, ...]):
    assert delivery(("uno", "dos"), out).parts_left == left


def test_an_illegal_move_says_what_was_tried():
    tried = IllegalMove("outbox item", 7, "out", "waiting")
    assert (str(tried), tried.subject_id, tried.of, tried.to) == ("outbox item 7: out -> waiting", 7, "out", "waiting")
