"""Without a judge a message is taken as it comes."""

from __future__ import annotations

from datetime import UTC, datetime

from app.models.arrival import Arrival
from app.models.conversation import Category
from app.models.judgement import Heard, Judgement, as_it_comes
from app.models.message import MessageKind


def test_nothing_is_thought_of_it():
    arrival = Arrival("m1", MessageKind.MENTION, "u1", "@ana", "hola", datetime(2026, 11, 18, tzinfo=UTC), "t1")
    heard = Heard(arrival, 1, "x", Category.OTHER, begins=True, first_time=True)
    assert as_it_comes(heard) == Judgement()
    assert (heard.muted, heard.catching_up, heard.flags) == (False, False, frozenset())
