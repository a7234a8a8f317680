"""What each account gets of a post that is published as a set."""

from __future__ import annotations

from app.models.image_set import (
    PLACE,
    STAND_IN,
    for_account,
    is_set,
    linked,
    measured,
    waits,
    with_place,
    without_place,
)
from app.models.post import Picture, PostDraft

PICTURES = (Picture("a.png"), Picture("b.png"))
SET = PostDraft(parts=("Portadas",), accounts=(1, 2), pictures=PICTURES, set_account_id=1)


def test_the_set_gets_all_and_the_others_the_first_picture_and_a_place_for_the_link() -> None:
    assert for_account(SET, 1) is SET
    other = for_account(SET, 2)
    assert other.pictures == PICTURES[:1]
    assert dict(other.variants)[2] == (f"Portadas\n{PLACE}",)
    assert waits(SET, 2)
    assert not waits(SET, 1)


def test_alone_without_pictures_or_for_no_account_it_is_no_set() -> None:
    for draft in (
        PostDraft(accounts=(1,), pictures=PICTURES, set_account_id=1),
        PostDraft(accounts=(1, 2), set_account_id=1),
        PostDraft(accounts=(1, 2), pictures=PICTURES, set_account_id=3),
    ):
        assert not is_set(draft)
        assert for_account(draft, 1) is draft


def test_a_place_in_the_text_is_kept_where_it_is() -> None:
    assert with_place([f"Mira {PLACE} ya", "y más"]) == (f"Mira {PLACE} ya", "y más")
    assert with_place(["uno", "dos", " "]) == ("uno", f"dos\n{PLACE}", " ")
    assert with_place([""]) == (PLACE,)


def test_the_link_takes_the_place_or_the_place_goes() -> None:
    assert linked(f"Mira {PLACE} ya", "https://a.b/c") == "Mira https://a.b/c ya"
    assert measured(PLACE) == STAND_IN
    assert without_place(f"Portadas\n{PLACE}") == "Portadas"
    assert without_place(f"Mira {PLACE} ya") == "Mira ya"
    assert without_place("sin nada ") == "sin nada "
