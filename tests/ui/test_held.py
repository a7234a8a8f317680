"""What waits, in words."""

from __future__ import annotations

from app.models.outbox import DeliveryState, OutboxKind
from app.ui.held import held
from app.ui.look import Look
from tests.ui.shop import MASTODON, X, owed


def test_posts_are_counted_once_however_many_networks_they_go_to(look: Look) -> None:
    rows = [owed(1, DeliveryState.WAITING, post_id=5), owed(2, DeliveryState.WAITING, post_id=5, account_id=X), owed(3, DeliveryState.WAITING, kind=OutboxKind.REPLY)]
    said = held(rows)
    assert said is not None
    assert look.text(said) == "Waiting here: 1 answer and 1 post."


def test_what_a_server_holds_does_not_wait_here() -> None:
    assert held([owed(1, DeliveryState.HELD)]) is None


def test_only_what_waits_for_these_accounts_counts() -> None:
    rows = [owed(1, DeliveryState.WAITING), owed(2, DeliveryState.FAILED, account_id=X), owed(3, DeliveryState.WAITING, kind=OutboxKind.LIKE, account_id=X)]
    assert held(rows, {X}) is None
    assert held(rows, {MASTODON}) is not None
