"""Minutes between the networks of one post."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.models.spacing import moments

AT = datetime(2026, 11, 22, 17, tzinfo=UTC)


def test_each_further_account_gets_it_later_in_their_order() -> None:
    assert moments(AT, (4, 1, 2), 10) == {4: AT, 1: AT + timedelta(minutes=10), 2: AT + timedelta(minutes=20)}


def test_without_spacing_all_get_it_at_once() -> None:
    assert set(moments(AT, (1, 2), 0).values()) == {AT}
