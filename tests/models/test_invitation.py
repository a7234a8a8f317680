"""Going on by e-mail as plain data."""

from __future__ import annotations

from app.models.invitation import ToEmail, WhyInvite


def test_without_an_address_nobody_can_be_written_to() -> None:
    assert ToEmail(1, 2, "t", "a@b.example", "words").to == ""


def test_there_are_two_reasons_to_offer_it() -> None:
    assert [str(why) for why in WhyInvite] == ["turns", "conflict"]
