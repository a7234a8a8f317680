"""Hashtags: what is one, what an unfinished one may become, what a text still lacks."""

from __future__ import annotations

import pytest

from app.models.hashtags import missing, offers, tags_in, typed_tags


def test_tags_of_a_text_are_found_and_numbers_are_none() -> None:
    assert tags_in("Ya #SantaCecilia y #músicaMexicana, no #2026 ni a#b ni x/#y. ＃新歌") == ["SantaCecilia", "músicaMexicana", "新歌"]


@pytest.mark.parametrize("typed", ["#vinilo #Novedad", "vinilo, novedad vinilo", "  #vinilo;#NOVEDAD "])
def test_what_is_typed_as_tags_needs_no_sign_and_holds_none_twice(typed: str) -> None:
    assert [tag.lower() for tag in typed_tags(typed)] == ["vinilo", "novedad"]


def test_only_what_a_text_lacks_is_inserted_whatever_its_case_and_accents() -> None:
    assert missing("Hoy #musica", ["Música", "Vinilo"]) == ["Vinilo"]


def test_tags_that_begin_so_come_first_and_what_is_typed_whole_is_no_offer() -> None:
    known = ["DiscosNuevos", "Discos", "MisDiscos", "Marea"]
    assert offers("disc", known) == ["DiscosNuevos", "Discos", "MisDiscos"]
    assert offers("discos", known) == ["DiscosNuevos", "MisDiscos"]
    assert offers("", known) == known
