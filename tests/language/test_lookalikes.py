"""Names that deceive the eye."""

from __future__ import annotations

import pytest

from app.language.lookalikes import look_alike, skeleton


@pytest.mark.parametrize(("one", "other"), [
    ("ximerobles", "xirnerobles"),
    ("ximerobles", "ximer0bles"),
    ("discosaurora", "dіscosaurora"),  # a Cyrillic letter
    ("paul", "pauI"),
    ("aurora", "аurоrа"),
    ("aurora", "aurora_"),
    ("aurora", "auro\u200bra"),
])  # fmt: skip
def test_what_the_eye_confuses_is_known(one: str, other: str) -> None:
    assert look_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("ximerobles", "XimeRobles"), ("ana", "ana"), ("ana", "anna"), ("memo", "memotapia")]
)
def test_the_same_name_and_another_name_are_no_look_alikes(one: str, other: str) -> None:
    assert not look_alike(one, other)


def test_any_text_has_a_skeleton() -> None:
    assert skeleton("") == ""
    assert skeleton("\ud800\0") is not None
