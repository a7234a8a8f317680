"""Names of the catalogue in what customers write: five scripts, plurals, names within longer names."""

from __future__ import annotations

import pytest

from app.models.interest import Kind, spoken_of, stretches, terms_of

CATALOGUE = [
    *terms_of("Marea (Edición de lujo) [2 LP]", "Mar de Cal", "Vinilo"),
    *terms_of("Marea alta", "Café Tacvba", "Música > Rock / Pop"),
    *terms_of("Полночь", "Кино", "CD"),
    *terms_of("叶惠美", "周杰伦", "黑胶"),
    *terms_of("Ça ira", "Björk", "K-Pop"),
]


def spoken(text: str) -> list[str]:
    places = stretches(text)
    return [term for _, term in spoken_of(places, [(each.kind, each.term) for each in CATALOGUE if each.term in places])]


def test_a_product_has_a_title_a_maker_and_kinds() -> None:
    assert [(each.kind, each.name) for each in CATALOGUE[:3]] == [(Kind.TITLE, "Marea"), (Kind.MAKER, "Mar de Cal"), (Kind.STYLE, "Vinilo")]
    assert {each.name for each in CATALOGUE if each.kind is Kind.STYLE} >= {"Rock", "Pop", "CD", "黑胶"}


def test_what_no_one_could_tell_from_other_words_is_no_name() -> None:
    assert terms_of("Uno", "U2", "") == []
    assert terms_of("爱", "", "") == []
    assert terms_of("", "", "") == []
    assert terms_of(" ".join("abcdefghij"), "", "") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("¿Ya llegó «MAREA» de mar de cal?", ["mar de cal", "marea"]),
        ("tienen cafe tacvba en vinilos??", ["cafe tacvba", "vinilo"]),
        ("А «полночь» группы Кино будет?", ["кино", "полночь"]),
        ("周杰伦的叶惠美有黑胶吗", ["叶 惠 美", "周 杰 伦", "黑 胶"]),
        ("BJÖRK: ça  ira en k-pop", ["bjork", "ca ira", "k pop"]),
        ("la mareas altas y el mareado", ["marea"]),
        ("nada de esto", []),
        ("", []),
    ],
)
def test_names_are_found_however_they_are_written(text: str, found: list[str]) -> None:
    assert sorted(spoken(text)) == found


def test_a_name_within_a_longer_one_is_not_spoken_of() -> None:
    assert spoken("Quiero Marea alta") == ["marea alta"]
    assert spoken("Quiero Marea alta y también Marea") == ["marea", "marea alta"]


def test_a_long_text_costs_no_more_than_its_beginning() -> None:
    assert len(stretches("palabra " * 100_000)) < 20
