"""Decoded JSON of any shape is read without an error, and what comes out can be stored."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.networks import fields

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(ANYTHING)
def test_no_shape_raises(value: object) -> None:
    data = fields.mapping(value)
    for name in (*data, "missing"):
        fields.text(data, name)
        fields.identity(data, name)
        fields.number(data, name)
        fields.positive(data, name, 1)
        fields.flag(data, name)
        fields.moment(data, name)
        fields.address(data, name)
        fields.items(data.get(name))
        fields.inner(data, name, name)


def test_half_characters_and_zeros_become_storable() -> None:
    data = json.loads('{"text": "a\\ud800b\\u0000c \\ud83d\\ude00"}')
    found = fields.text(data, "text")
    assert found == "a\ufffdbc \U0001f600"
    with closing(sqlite3.connect(":memory:")) as connection:
        assert connection.execute("select ?", (found,)).fetchone() == (found,)


def test_an_id_may_be_a_number() -> None:
    assert fields.identity({"id": 12}) == "12"
    assert fields.identity({"id": "01H"}) == "01H"
    assert fields.identity({"id": True}) == ""


@pytest.mark.parametrize("written", ["2026-11-18T16:00:00Z", "2026-11-18T16:00:00.000Z", "2026-11-18T10:00:00-06:00", "2026-11-18T16:00:00"])
def test_times_are_read_as_utc(written: str) -> None:
    assert fields.moment({"at": written}, "at") == datetime(2026, 11, 18, 16, tzinfo=UTC)


@pytest.mark.parametrize("written", ["", "soon", "0001-01-01T00:00:00+14:00", None, 5])
def test_what_is_no_time_is_none(written: object) -> None:
    assert fields.moment({"at": written}, "at") is None


@pytest.mark.parametrize("written", ["javascript:alert(1)", "file:///etc/passwd", "//host/x", " https://x"])
def test_only_web_addresses_are_addresses(written: str) -> None:
    assert fields.address({"url": written}, "url") == ""
