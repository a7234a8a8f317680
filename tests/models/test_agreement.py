"""Agreements as plain data."""

from __future__ import annotations

from app.models.agreement import AgreementKind, Proposed, Settled


def test_the_kinds_stand_in_the_order_in_which_they_are_offered() -> None:
    assert [str(kind) for kind in AgreementKind] == ["refund", "exchange", "replacement", "discount", "other"]


def test_what_is_not_said_is_left_open() -> None:
    settled = Settled(AgreementKind.OTHER, "x")
    assert (settled.amount, settled.agreed_at, settled.messages) == (None, None, None)
    assert Proposed(AgreementKind.REFUND, "x").amount is None
