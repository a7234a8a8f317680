"""Every network is in the list once, with a card that keeps its promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.networks.network import ABILITIES, Card, Counting, SignInWay
from app.networks.registry import CARDS, by_id, offered
from app.runtime.words import Words

ICONS = Path(__file__).resolve().parents[2] / "resources" / "icons"


def test_the_networks_of_the_sample_shop_are_there() -> None:
    assert list(by_id()) == ["x", "mastodon", "bluesky", "instagram", "email"]


def test_only_what_can_be_connected_or_is_done_by_hand_is_offered() -> None:
    assert [card.id for card in offered()] == ["x", "mastodon", "bluesky", "instagram"]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_is_complete(card: Card, words: Words) -> None:
    assert any((ICONS / family / f"{card.icon}.svg").exists() for family in ("brands", "phosphor"))
    assert card.abilities <= set(ABILITIES)
    assert not card.abilities & set(card.refusals)
    assert all(words.knows(reason.id) for reason in card.refusals.values())
    assert card.limits.text > 0
    assert card.limits.counting in Counting


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_each_way_to_sign_in_has_its_function(card: Card) -> None:
    by_program = set(card.ways) - {SignInWay.BY_HAND}
    assert bool(by_program) == (card.connect is not None)
    assert (SignInWay.BROWSER in card.ways) == (card.sign_in_browser is not None)
    assert bool(by_program - {SignInWay.BROWSER}) == (card.sign_in_secret is not None)
