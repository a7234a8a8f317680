"""A group of answers is called what its people say, as they write it."""

from __future__ import annotations

import pytest

from app.language.headings import heading


@pytest.mark.parametrize(
    ("texts", "others", "expected"),
    [
        (["¡Abbey Road, sin duda!", "Abbey Road es mi favorito", "yo digo Abbey Road"], ["Marea, sin duda"], "Abbey Road"),
        (["La de Mar de Cal, corriente alterna", "yo digo Corriente alterna", "Corriente alterna"], ["Marea"], "Corriente alterna"),
        (["El Re de Café Tacvba", "Re, de Café Tacvba, por siempre"], [], "Re de Café Tacvba"),
        (["«Corriente alterna», de Mar de Cal", "«Corriente alterna» de Mar de Cal.", "Corriente alterna. Y ya"], [], "Corriente alterna"),
        (["Cumbia", "algo de Cumbia", "more cumbia please"], ["algo de jazz"], "Cumbia"),
        (["想要爵士乐", "爵士乐", "多一点爵士乐"], ["摇滚"], "爵士乐"),
        (["Дайте больше джаза", "больше джаза!"], ["рок"], "больше джаза"),
    ],
)
def test_the_words_that_they_share_as_they_are_written(texts: list[str], others: list[str], expected: str) -> None:
    assert heading(texts, others) == expected


def test_without_common_words_one_of_the_answers_stands_for_all() -> None:
    texts = ["A mi papá en el coche", "my dad in the car"]
    assert heading(texts, ["lluvia"]) in texts


def test_nothing_has_no_name_and_signs_alone_do_no_harm() -> None:
    assert heading([], []) == ""
    assert heading(["!!!", "???"], []) in {"!!!", "???"}
