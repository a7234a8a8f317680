"""Where ideas come from: kept as text and read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.idea import OWN, Origin, OriginKind


@given(st.sampled_from(OriginKind), st.integers(0, 2**53), st.integers(0, 2**53), st.text(max_size=40))
def test_an_origin_is_read_back_as_it_was(kind: OriginKind, number: int, count: int, note: str) -> None:
    origin = Origin(kind, number, count, note)
    assert Origin.from_text(origin.to_text()) == origin


def test_ones_own_idea_takes_no_room() -> None:
    assert OWN.to_text() == ""
    assert Origin.from_text("") == OWN


@pytest.mark.parametrize("text", ["{", "[]", "null", "3", '{"kind": "unheard of"}', '{"kind": "faq", "number": "x"}'])
def test_what_nobody_can_read_is_ones_own(text: str) -> None:
    assert Origin.from_text(text) == OWN
