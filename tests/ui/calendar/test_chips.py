"""Chips: what they say of a post, and that they are painted once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.calendar import CalendarPost
from app.models.outbox import DeliveryState
from app.models.post import PostState
from app.models.stance import Stance, is_out, is_urgent, stance
from app.ui.calendar.chips import ChipPictures, spoken, state_word
from app.ui.look import Look
from tests.ui.calendar.fakes import post
from tests.ui.pictures import has

OUT = {"shown": DeliveryState.OUT, "out": 2}
STANCES = [
    ({"state": PostState.DRAFT, "shown": None}, Stance.DRAFT, "", "surface.base"),
    ({}, Stance.SCHEDULED, "", None),
    ({"shown": DeliveryState.HELD}, Stance.SCHEDULED, "", None),
    ({"shown": DeliveryState.BY_HAND}, Stance.BY_HAND, "By hand", None),
    ({"shown": DeliveryState.CLAIMED}, Stance.GOING, "0 of 2", "surface.raised"),
    ({"out": 1}, Stance.GOING, "1 of 2", "surface.raised"),
    (OUT, Stance.OUT, "", "surface.raised"),
    ({"shown": DeliveryState.FAILED}, Stance.FAILED, "Failed", "status.danger.tint"),
    ({"shown": DeliveryState.UNSURE}, Stance.DECIDE, "Decide", "status.warn.tint"),
    ({"signed_out": True}, Stance.SCHEDULED, "Signed out", None),
]


@pytest.mark.parametrize(("fields", "kind", "word", "ground"), STANCES)
def test_a_chip_says_where_its_post_stands(
    look: Look, fields: dict[str, object], kind: Stance, word: str, ground: str | None
) -> None:
    made = post(1, **fields)  # type: ignore[arg-type]
    assert stance(made) is kind
    assert state_word(look, made) == word
    image = ChipPictures(look).picture(made, 150, 43, 1.0).toImage()
    assert has(image, look.theme.color(ground) if ground else look.theme.hue("blue", "tint"))
    assert has(image, look.theme.hue("blue", "strong"))


def test_what_has_left_stays_and_what_failed_is_always_shown() -> None:
    assert [
        is_out(each) for each in (post(1), post(1, out=1), post(1, **OUT), post(1, shown=DeliveryState.UNSURE))
    ] == [False, True, True, True]  # type: ignore[arg-type]
    assert [is_urgent(each) for each in (post(1), post(1, shown=DeliveryState.FAILED))] == [False, True]


def test_it_is_painted_once_until_something_changes(look: Look) -> None:
    pictures = ChipPictures(look)
    first = pictures.picture(post(1), 150, 43, 1.0)
    assert pictures.picture(post(1), 150, 43, 1.0) is first
    assert pictures.picture(replace(post(1), title="Otro"), 150, 43, 1.0) is not first
    look.theme.choose(mode="dark")
    assert pictures.picture(post(1), 150, 43, 1.0) is not first


def test_it_has_a_name_for_screen_readers(look: Look) -> None:
    made: CalendarPost = post(1, "Marea", clicks=43, **OUT)  # type: ignore[arg-type]
    said = spoken(look, made).replace("\u2068", "").replace("\u2069", "")
    assert said == "Wed 18 Nov, 13:00, Marea, New releases, Out, X and Mastodon, 43 clicks"


@pytest.mark.parametrize("width", [40, 70, 96, 130, 300])
@pytest.mark.parametrize("height", [19, 43])
def test_it_is_painted_at_any_width(look: Look, width: int, height: int) -> None:
    made = post(1, "Marea " * 20, clicks=12_345, networks=("x", "mastodon", "bluesky", "instagram", "telegram"))
    assert not ChipPictures(look).picture(made, width, height, 2.0).isNull()
