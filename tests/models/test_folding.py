"""What is found is what is marked: five languages, accents optional."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.folding import excerpt, fold, highlights, holds, is_open, term, words_of


def marked(text: str, *typed: str, exact: bool = False) -> list[str]:
    return [text[start:end] for start, end in highlights(text, [term(one, exact=exact) for one in typed])]


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("¿Cuándo llega mi ÁLBUM?", "album", ["ÁLBUM"]),
        ("Los álbumes llegaron", "album", ["álbum"]),
        ("Ещё не пришла", "еще", ["Ещё"]),
        ("我的唱片什么时候发货？", "唱片", ["唱片"]),
        ("L’œuvre inquiète", "inquiete", ["inquiète"]),
        ("Straße", "strasse", ["Straße"]),
        ("descarga", "carga", []),
    ],
)
def test_what_was_found_is_marked(text: str, typed: str, found: list[str]) -> None:
    assert marked(text, typed) == found
    assert holds(text, [term(typed)]) is bool(found)


def test_a_quoted_word_is_whole() -> None:
    assert marked("vinilos y vinilo", "vinilo", exact=True) == ["vinilo"]
    assert holds("vinilos", [term("vinilo", exact=True)]) is False
    assert holds("vinilos", [term("vinilo")]) is True


def test_words_not_wanted_rule_a_text_out() -> None:
    assert not holds("vinilo y CD", [term("vinilo")], [term("cd")])


def test_a_handle_that_is_not_wanted_rules_out_who_is_named_so() -> None:
    unwanted = [term("@Aurora")]
    assert holds("Compré en Discos Aurora", [term("aurora")], unwanted)
    assert holds("hola @aurora.mx", [], unwanted)
    assert not holds("hola @AURORA, ¿y mi disco?", [], unwanted)
    assert not holds("hola @aurora@musica.example", [], unwanted)


def test_one_letter_is_a_word_and_no_beginning() -> None:
    assert not is_open(term("a"))
    assert not is_open(term("黑"))
    assert is_open(term("de"))


def test_a_phrase_may_be_apart_by_what_is_no_letter() -> None:
    assert marked("Pedido A-20418, gracias", "A-20418") == ["A-20418"]
    assert holds("Pedido A 20418", [term("A-20418")])


def test_punctuation_alone_is_nothing() -> None:
    assert term("!!!") == ""
    assert words_of("¡Ay!") == ["ay"]


def test_folding_twice_is_folding_once() -> None:
    once = fold("Ｃｄ 黑胶 Ñandú")
    assert words_of(fold(once)) == words_of(once)


def test_an_excerpt_holds_the_hit_and_not_the_beginning() -> None:
    text = "Hola, buenas tardes, ojalá puedan ayudarme con algo. " * 8 + "El enlace de descarga caducó ayer."
    shown = excerpt(text, [term("descarga")])
    assert shown.startswith("… ")
    assert "descarga caducó" in shown
    assert excerpt(text, []) == " ".join(text.split())[:200]
    assert excerpt("El enlace caducó.", [term("enlace")]) == "El enlace caducó."
    assert excerpt("唱片" * 300 + "退款", [term("退款")]).endswith("退款")


def test_a_long_text_is_marked_at_its_beginning_alone() -> None:
    assert len(highlights("á " * 60_000, ["a"])) == 10_000


def test_folding_levels_case_accents_and_widths() -> None:
    assert fold("ÁLBUM ñ ＣＤ ﬁn Straße") == "album n cd fin strasse"
    assert fold("plain TEXT") == "plain text"
    assert fold("Ёлка Й") == "елка и"


def test_folding_sets_han_kana_and_hangul_apart() -> None:
    assert fold("我的CD").split() == ["我", "的", "cd"]
    assert fold("가나 ガ").split() == ["가", "나", "ガ"]


@given(st.text(max_size=40))
def test_folding_again_changes_nothing_that_is_searched(text: str) -> None:
    assert fold(fold(text)).split() == fold(text).split()


@given(text=st.text(max_size=40), query=st.text(max_size=10))
def test_marks_are_ranges_of_the_text_in_order(text: str, query: str) -> None:
    end_before = -1
    for start, end in highlights(text, [term(query)] if term(query) else []):
        assert end_before < start < end <= len(text)
        end_before = end


@given(text=st.text(max_size=60), start=st.integers(0, 30))
def test_a_piece_of_a_text_that_is_found_is_marked(text: str, start: int) -> None:
    words = words_of(text)
    if start < len(words):
        assert holds(text, [term(words[start])])
