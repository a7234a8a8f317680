"""A long text becomes parts that fit, cut where a reader would pause."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from app.language.measure import measure
from app.language.split import split

COUNTINGS = ("mastodon", "x", "bluesky", "plain")
LINK = "https://discos.example.org/lo-nuevo-de-esta-semana?x=1&y=2"


def test_what_fits_stays_whole() -> None:
    assert split(" Hola. ", "mastodon", 500) == ["Hola."]
    assert split("", "mastodon", 500) == [""]


def test_a_paragraph_is_the_best_place() -> None:
    one, two = "Primera parte. Con dos frases.", "Segunda parte, más larga que la primera."
    assert split(f"{one}\n\n{two}", "plain", 45) == [one, two]


def test_then_a_sentence_then_a_clause_then_a_word() -> None:
    assert split("Uno dos tres cuatro. Cinco seis siete", "plain", 25) == ["Uno dos tres cuatro.", "Cinco seis siete"]
    assert split("uno dos tres cuatro, cinco seis siete", "plain", 25) == ["uno dos tres cuatro,", "cinco seis siete"]
    assert split("uno dos tres cuatro cinco seis", "plain", 20) == ["uno dos tres cuatro", "cinco seis"]


def test_a_place_too_early_is_not_taken() -> None:
    assert split("Sí. " + "palabra " * 10, "plain", 50)[0] == "Sí. palabra palabra palabra palabra palabra"


def test_chinese_is_cut_after_its_own_marks() -> None:
    parts = split("新唱片到货了。欢迎来店里听！" * 20, "x", 280)
    assert all(part.endswith(("。", "！")) for part in parts)


@pytest.mark.parametrize("counting", COUNTINGS)
def test_links_mentions_and_hashtags_stay_whole(counting: str) -> None:
    text = f"Escucha {LINK} con @ana@m.example y #vinilos " * 12
    parts = split(text, counting, 120)
    joined = " ".join(parts)
    assert joined.count(LINK) == 12
    assert sum(part.count(LINK) for part in parts) == 12
    assert sum(part.count("@ana@m.example") for part in parts) == 12
    assert sum(part.count("#vinilos") for part in parts) == 12


def test_a_word_longer_than_a_part_is_cut_between_letters() -> None:
    assert [len(part) for part in split("a" * 1200, "mastodon", 500)] == [500, 500, 200]
    family = "👨‍👩‍👧‍👦"
    assert all(regex.fullmatch(rf"(?:{family})+", part) for part in split(family * 50, "plain", 30))


@given(
    st.text(alphabet=st.sampled_from(list("ab cñé.,!?\n新。👍🏽\u200d#@:/")), max_size=400), st.sampled_from(COUNTINGS)
)
def test_every_part_fits_and_nothing_is_lost(text: str, counting: str) -> None:
    parts = split(text, counting, 40)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(measure(part, counting, 40).fits for part in parts)


@pytest.mark.timeout(60)
def test_a_long_text_is_split_as_well() -> None:
    parts = split(f"Hola a todos. Este es un disco nuevo, con canciones: {LINK} #disco. " * 100, "mastodon", 500)
    assert len(parts) > 10
    assert all(measure(part, "mastodon", 500).fits for part in parts)
