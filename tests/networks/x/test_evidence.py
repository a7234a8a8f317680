"""Comparing a part of ours with a post of X's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.models.post import Poll
from app.networks.outgoing import Outgoing
from app.networks.x.evidence import Likeness, bare, comparable, likeness
from app.networks.x.shapes import Post, post_of

EMPTY = post_of({"id": "7", "created_at": "2026-11-18T16:00:00.000Z", "author_id": "1", "text": ""})
assert EMPTY is not None


def a_post(text: str, **fields: Any) -> Post:
    assert EMPTY is not None
    return replace(EMPTY, text=text, **fields)


def a_part(text: str, **fields: Any) -> Outgoing:
    return Outgoing(key="k", text=text, **fields)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Hola\n\n  mundo", "Hola mundo"),
        ("Cafe\u0301", "Café"),
        ("Mira discos.example.com", "Mira http://discos.example.com"),
        ("Mira HTTPS://Discos.example.com/A/", "Mira https://discos.example.com/A"),
        ("Dos: a.mx y https://b.mx?x=1", "Dos: http://a.mx y https://b.mx?x=1"),
    ],
)
def test_the_same_text_however_it_is_shown(typed: str, shown: str) -> None:
    assert likeness(a_part(typed), a_post(shown)) is Likeness.SAME


def test_another_text_is_another_post() -> None:
    for other in ("Hola mundo", "hola", "Hola https://a.mx/b", "Hola https://a.mx/B"):
        assert likeness(a_part("Hola https://a.mx/b/c"), a_post(other)) is Likeness.OTHER


def test_names_that_x_puts_in_front_of_a_reply_are_overlooked() -> None:
    shown = a_post("@ana_oye @beto77 Sí, hay", in_reply_to="5")
    assert likeness(a_part("Sí, hay", reply_to="5"), shown) is Likeness.SAME
    assert likeness(a_part("@ana_oye Sí, hay", reply_to="5"), shown) is Likeness.SAME
    assert likeness(a_part("Sí, hay"), shown) is Likeness.OTHER
    assert likeness(a_part("Sí, hay", reply_to="6"), shown) is Likeness.OTHER
    only_names = a_post("@ana_oye", in_reply_to="5")
    assert likeness(a_part("@ana_oye", reply_to="5"), only_names) is Likeness.SAME


def test_pictures_poll_and_place_must_be_there_as_well() -> None:
    assert likeness(a_part("Hola", media_ids=("?",)), a_post("Hola")) is Likeness.INCOMPLETE
    assert likeness(a_part("Hola", media_ids=("?",)), a_post("Hola", media_keys=("3_1",))) is Likeness.SAME
    assert likeness(a_part("Hola", poll=Poll(("a", "b"))), a_post("Hola")) is Likeness.INCOMPLETE
    assert likeness(a_part("Hola", poll=Poll(("a", "b"))), a_post("Hola", poll=True)) is Likeness.SAME
    assert likeness(a_part("Hola", reply_to="5"), a_post("Hola")) is Likeness.INCOMPLETE


def test_without_words_the_pictures_are_counted() -> None:
    assert likeness(a_part("", media_ids=("?", "?")), a_post("", media_keys=("1", "2"))) is Likeness.WORDLESS
    assert likeness(a_part("", media_ids=("?", "?")), a_post("", media_keys=("1",))) is Likeness.OTHER


def test_what_belongs_to_another_item_is_never_taken() -> None:
    assert likeness(a_part("Hola", others=("7",)), a_post("Hola")) is Likeness.OTHER


def test_links_as_they_are_compared() -> None:
    assert bare("HTTPS://A.MX/Ruta/") == "a.mx/Ruta"
    assert bare("a.mx") == "a.mx"
    assert comparable("  a \n b ") == "a b"
