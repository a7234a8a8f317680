"""Pillars and categories as the user has them: built-in ones to begin with, own ones with ids for ever, names that do no harm."""

from __future__ import annotations

import json

import pytest

from app.models import sorting
from app.models.conversation import Category
from app.models.sorting import (
    CATEGORIES,
    CATEGORY,
    HUES,
    ICONS,
    PILLAR,
    PILLARS,
    STAYING,
    Sort,
    Sorts,
    Vocabulary,
    bare,
    speak,
    tidy,
    vocabulary,
)
from app.runtime.errors import UserMistake
from app.runtime.paths import resources
from app.runtime.settings import Settings, Sorting
from app.runtime.words import Words, message
from app.ui.theme import HUES as THEME_HUES


def plain_settings() -> Settings:
    kept: dict[str, str] = {}
    return Settings(lambda: kept, kept.__setitem__)


def test_to_begin_with_there_are_those_of_the_program_in_their_order() -> None:
    tokens = json.loads((resources() / "theme" / "tokens.json").read_text(encoding="utf-8"))
    assert Sorts(PILLAR).offered == PILLARS == tuple(tokens["pillar"])
    assert Sorts(CATEGORY).offered == CATEGORIES == tuple(Category)
    assert Sorts(PILLAR).rows == Sorts(CATEGORY).rows == ()
    assert HUES == THEME_HUES
    assert vocabulary(plain_settings()) == Vocabulary()


def test_every_icon_to_choose_from_is_there_once() -> None:
    there = {file.stem for file in (resources() / "icons" / "phosphor").glob("*.svg")}
    assert set(ICONS) <= there
    assert len(set(ICONS)) == len(ICONS)
    tokens = json.loads((resources() / "theme" / "tokens.json").read_text(encoding="utf-8"))
    came = {each["icon"] for kind in ("pillar", "category") for each in tokens[kind].values()}
    assert came <= {f"ph.{icon}" for icon in ICONS}


def test_a_pillar_is_named_dressed_switched_and_moved_and_all_of_it_is_kept_as_rows() -> None:
    sorts = (
        Sorts(PILLAR)
        .renamed("scene", "Trips")
        .dressed("scene", "airplane-tilt", "rose")
        .switched("offers", offered=False)
        .moved("scene", -2)
    )
    again = Sorts(PILLAR, sorts.rows)
    assert again == sorts
    assert again.offered == ("scene", "releases", "catalogue", "community", "contest", "help", "house")
    assert again.texts() == {"pillar.scene": "Trips"}
    assert again.look("scene") == ("rose", "ph.airplane-tilt")
    assert again.look("house") == again.look("nobody") == ("", "")
    assert not again.offers("offers")
    assert again.find("offers") == Sort("offers", stand="kept")
    assert again.place("scene") == 0
    assert again.place("nothing") == len(again.everything)
    assert Sorts(PILLAR).moved("releases", -1) == Sorts(PILLAR)
    assert sorts.renamed("scene", "").texts() == {}


def test_own_pillars_have_ids_that_are_never_given_again() -> None:
    sorts, first = Sorts(PILLAR).added("Trips")
    sorts, second = sorts.added("Hotels")
    assert (first, second) == ("own1", "own2")
    assert sorts.offered[-2:] == ("own1", "own2")
    sorts, third = sorts.without("own2").added("Flights")
    assert third == "own3"
    assert sorts.find("own2") == Sort("own2", "Hotels", sorts.find("own2").icon, sorts.find("own2").hue, "gone")  # type: ignore[union-attr]
    assert "own2" not in {each.id for each in sorts.there}
    assert sorts.texts()["pillar.own2"] == "Hotels", "an old post still has a name for it"
    assert sorts.moved("own3", -1).offered[-2:] == ("own3", "own1")


def test_what_was_taken_away_long_ago_is_forgotten_but_never_the_last_id() -> None:
    sorts = Sorts(PILLAR)
    for number in range(sorting.MOST_ROWS + 5):
        sorts, made = sorts.added(f"P{number}")
        sorts = sorts.without(made)
    assert len(sorts.everything) <= sorting.MOST_ROWS
    assert sorts.added("Trips")[1] == f"own{sorting.MOST_ROWS + 6}"
    assert set(PILLARS) <= {each.id for each in sorts.everything}


def test_names_are_refused_where_there_is_none_or_two_would_be_alike() -> None:
    sorts, own = Sorts(PILLAR).added("Trips")
    for wrong in ("", "  ", "\u202e"):
        with pytest.raises(UserMistake) as refused:
            sorts.renamed(own, wrong)
        assert refused.value.message.id == "sorting.no_name"
        with pytest.raises(UserMistake):
            sorts.added(wrong)
    with pytest.raises(UserMistake) as refused:
        sorts.renamed("scene", " TRIPS ")
    assert refused.value.message.id == "sorting.same_name"
    assert sorts.without(own).renamed("scene", "Trips").texts()["pillar.scene"] == "Trips"


def test_there_is_an_end_of_new_ones() -> None:
    sorts = Sorts(PILLAR)
    for number in range(sorting.MOST - len(PILLARS)):
        sorts, _ = sorts.added(f"P{number}")
    with pytest.raises(UserMistake) as refused:
        sorts.added("One more")
    assert refused.value.message.values["most"] == sorting.MOST


def test_categories_by_which_the_program_acts_stay_and_none_goes() -> None:
    rows = tuple((each, "", "", "", "gone") for each in CATEGORIES)
    assert set(Sorts(CATEGORY, rows).offered) == set(CATEGORIES)
    off = Sorts(CATEGORY)
    for each in CATEGORIES:
        off = off.switched(each, offered=False)
    assert set(off.offered) == STAYING
    assert [off.may_rest(each) for each in ("spam", "contest")] == [False, True]
    assert Sorts(PILLAR).may_rest("offers")


@pytest.mark.parametrize(
    "row",
    [
        ("own0", "x", "", "", "offered"), ("own01", "x", "", "", "offered"), ("own1", "", "", "", "offered"),
        ("ownx", "x", "", "", "offered"), ("other", "x", "", "", "offered"), ("own٣", "x", "", "", "offered"),
    ],
)  # fmt: skip
def test_rows_that_make_no_sense_are_left_out(row: tuple[str, str, str, str, str]) -> None:
    assert Sorts(PILLAR, [row]) == Sorts(PILLAR)


def test_icons_and_hues_that_nobody_knows_are_as_they_came() -> None:
    assert Sorts(PILLAR, [("offers", "", "nonsense", "ultraviolet", "offered")]).look("offers") == ("", "")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Viajes \t de\nla semana ", "Viajes de la semana"),
        ("a\u202eb\u2066c\u200b", "abc"),
        ("Z" + "\u0338" * 30, "Z" + "\u0338" * 4),
        ("x" * 200, "x" * 40),
        ("\x00{n}<b>&amp;", "{n}<b>&amp;"),
        ("👩\u200d🍳", "👩\u200d🍳"),
        ("\ud800", ""),
    ],
)
def test_a_name_is_one_line_in_which_nothing_hides(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_a_name_from_right_to_left_stands_apart_in_sentences() -> None:
    said = Sorts(PILLAR).renamed("offers", "مبيعات").texts()["pillar.offers"]
    assert said == "\u2068مبيعات\u2069"
    assert bare(said) == "مبيعات"
    assert bare(" Trips  Of ") == "trips of"


def test_words_say_the_users_names_from_the_start_and_as_they_change() -> None:
    settings = plain_settings()
    settings.change(Sorting, pillars=Sorts(PILLAR).renamed("offers", "Deals {n}").rows)
    words = Words(resources() / "translations", "en")
    heard: list[str] = []
    speak(words, settings)
    words.changed.connect(lambda: heard.append(words.text("category.request")))
    assert words.text("pillar.offers", n=3) == "Deals {n}"
    settings.change(Sorting, categories=Sorts(CATEGORY).renamed("request", "Trip wish").rows)
    assert heard == ["Trip wish"]
    assert words.text(message("rules.act.category", category=message("category.request"))) == words.text(
        "rules.act.category", category="Trip wish"
    )
    for language in ("es", "fr", "ru", "zh"):
        words.language = language
        assert words.text("pillar.offers") == "Deals {n}"
    settings.change(Sorting, pillars=())
    assert words.text("pillar.offers") == "优惠"
