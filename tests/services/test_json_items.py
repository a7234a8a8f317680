"""Items of a large JSON list: one after the other, however the stream is cut; what is no list says so."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.runtime.errors import UserMistake
from app.services import json_items
from app.services.json_items import items

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


class Dripping(io.BytesIO):
    """A stream that hands out little at a time."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(7)


@given(st.lists(VALUES, max_size=8), st.booleans())
def test_any_list_is_read_as_it_was_however_it_is_cut(values: list[Any], ascii_only: bool) -> None:
    text = f"\ufeffwindow.YTD.tweets.part0 = {json.dumps(values, ensure_ascii=ascii_only)}"
    assert list(items(Dripping(text.encode("utf-8", "surrogatepass")), "=")) == json.loads(
        json.dumps(values, ensure_ascii=ascii_only).encode("utf-8", "replace")
    )


def test_the_list_is_the_one_behind_its_name() -> None:
    text = '{"@context": ["a", "b"], "orderedItems": [1, {"x": [2]}], "more": [3]}'
    assert list(items(io.BytesIO(text.encode()), '"orderedItems"')) == [1, {"x": [2]}]


@pytest.mark.parametrize("text", ["", "no list", "[1, 2", "[{]", "[" * 50_000, '["a', "[" + "9" * 6000 + "]"])
def test_what_is_no_list_says_so(text: str) -> None:
    with pytest.raises(UserMistake, match="broken"):
        for _ in items(io.BytesIO(text.encode()), ""):
            pass


def test_an_item_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_items, "LONGEST_ITEM", 10_000)
    monkeypatch.setattr(json_items, "CHUNK", 1000)
    with pytest.raises(UserMistake):
        list(items(io.BytesIO(b'["' + b"a" * 100_000 + b'"]'), ""))
