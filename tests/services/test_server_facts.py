"""Limits and facts of a server survive the account's row, and rows of another version are read as far as they go."""

from __future__ import annotations

import json

from app.models.message import Visibility
from app.networks.network import HOLDS_NOTHING, Counting, Facts, Limits
from app.services.server_facts import facts_from, facts_text, limits_from, limits_text, with_experience

OWN = Limits(
    text=5000, counting=Counting.MASTODON, pictures=8, image_types=("image/png",), visibilities=(Visibility.PUBLIC, Visibility.DIRECT), warning=True
)


def test_limits_come_back_as_they_went() -> None:
    assert limits_from(limits_text(OWN), Limits()) == OWN


def test_a_row_without_limits_has_the_cards() -> None:
    assert limits_from("{}", OWN) is OWN
    assert limits_from("", OWN) is OWN


def test_fields_of_another_version_are_left_out_and_missing_ones_are_the_cards() -> None:
    text = json.dumps({"text": 100, "hovering": True})
    found = limits_from(text, OWN)
    assert (found.text, found.pictures) == (100, 8)


def test_facts_come_back_as_they_went() -> None:
    facts = Facts("gotosocial", "0.17", {"api": "2"})
    assert facts_from(facts_text(facts)) == facts
    assert facts_from("") == Facts()


def test_what_we_learned_of_a_server_lasts_while_it_is_the_same_program() -> None:
    before = Facts("mastodon", "4.5.0", {HOLDS_NOTHING: "1", "domain": "a.example"})
    assert with_experience(Facts("mastodon", "4.5.0", {"domain": "b.example"}), before).values == {HOLDS_NOTHING: "1", "domain": "b.example"}
    assert with_experience(Facts("mastodon", "4.6.0"), before).values == {}
    assert with_experience(Facts("mastodon", "4.5.0"), Facts("mastodon", "4.5.0")).values == {}
