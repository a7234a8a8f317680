"""Price lists: the shipped one, and what the profile's own copy says instead."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

import pytest

from app.networks import registry
from app.runtime.paths import resources
from app.services.prices import PriceLists

SHIPPED = resources() / "prices"


def test_the_shipped_list_is_xs_page_of_august_2026() -> None:
    prices = PriceLists(SHIPPED, Path("nowhere"))("x")
    assert (prices.currency, prices.as_of) == ("USD", "2026-08-22")
    assert (prices.of("post"), prices.of("post_with_link"), prices.of("reply"), prices.of("own_read")) == (
        15_000,
        200_000,
        10_000,
        1_000,
    )


@pytest.mark.parametrize("card", [card for card in registry.CARDS if card.costs], ids=lambda card: card.id)
def test_every_network_that_charges_has_a_list_with_all_it_needs(card: registry.Card) -> None:
    prices = PriceLists(SHIPPED, Path("nowhere"))(card.id)
    assert card.post_cost is not None
    for item in (*card.look_cost, *card.post_cost(("Hola https://a.mx", "Dos"), 1)):
        assert prices.of(item) > 0


def test_a_changed_copy_holds_from_the_next_call_on(tmp_path: Path) -> None:
    lists = PriceLists(SHIPPED, tmp_path)
    assert lists("x").of("post") == 15_000
    copy = tmp_path / "x.json"
    copy.write_text(json.dumps({"currency": "EUR", "items": {"post": {"price": 20_000}, "new": 7}}), encoding="utf-8")
    assert (lists("x").of("post"), lists("x").of("new"), lists("x").of("reply"), lists("x").currency) == (
        20_000,
        7,
        10_000,
        "EUR",
    )
    copy.write_text(json.dumps({"items": {"post": 1}}), encoding="utf-8")
    os.utime(copy, ns=(1, 1))
    assert lists("x").of("post") == 1
    copy.unlink()
    assert lists("x").of("post") == 15_000


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "[]",
        '{"items": {"post": {"price": -1}}}',
        '{"items": {"post": {"price": 1.5}}}',
        '{"items": {"post": {"price": true}}}',
    ],
)
def test_a_copy_that_cannot_be_read_changes_nothing(
    broken: str, tmp_path: Path, expected_log: list[logging.LogRecord]
) -> None:
    (tmp_path / "x.json").write_text(broken, encoding="utf-8")
    assert PriceLists(SHIPPED, tmp_path)("x").of("post") == 15_000
    assert "cannot be read" in expected_log[0].getMessage()
