"""Search operators have names in every language of the program, and no two mean different things."""

from __future__ import annotations

import pytest

from app.commands.find_words import names_of, vocabulary
from app.models.find import OPERATORS
from app.runtime.paths import resources
from app.runtime.words import Words


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_operator_and_value_has_names_that_can_be_typed(language: str) -> None:
    words = Words(resources() / "translations", language)
    known = vocabulary(words)
    assert set(known.operators.values()) == set(OPERATORS)
    for operator, values in OPERATORS.items():
        if values:
            assert set(known.values[operator].values()) >= set(values)
        for name in names_of(words, f"operator.{operator}"):
            assert name.isalpha()
        for value in values:
            for name in names_of(words, f"{operator}.{value}"):
                assert " " not in name
                assert ":" not in name


def test_spanish_names() -> None:
    known = vocabulary(Words(resources() / "translations", "es"))
    assert [known.operators[name] for name in ("de", "cuenta", "es", "categoria", "antes", "despues")] == [
        "from", "account", "is", "category", "before", "after",
    ]  # fmt: skip
    assert known.values["is"]["sin-leer"] == "unread"
    assert known.values["after"]["ayer"] == "yesterday"
    assert "request" in known.values["tag"].values()


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_name_means_two_things(language: str) -> None:
    words = Words(resources() / "translations", language)
    for operator, values in OPERATORS.items():
        names = [name for value in values for name in names_of(words, f"{operator}.{value}")]
        assert len(set(names)) == len(names), operator
