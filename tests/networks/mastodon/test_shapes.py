"""Statuses and accounts are read from every server's shape, and hostile ones do no harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.message import Visibility
from app.networks.mastodon.shapes import handle_of, host_of, person_of, profile_of, status_of, statuses_of
from tests.networks.mastodon.server_of_tests import ANA, OURS, recorded

JUNK = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
STATUS = {**recorded("status"), "account": recorded(ANA), "content": "<p>hola</p>"}


def test_a_status_is_read() -> None:
    status = status_of(STATUS, "musica.example")
    assert status is not None
    assert (status.text, status.author.handle, status.visibility, status.language) == ("hola", "@ana@otra.example", Visibility.PUBLIC, "es")


@given(st.sampled_from(sorted(STATUS)), JUNK)
def test_no_field_of_any_shape_raises(name: str, junk: object) -> None:
    status_of({**STATUS, name: junk}, "musica.example")
    person_of({**recorded(ANA), name: junk}, "musica.example")
    profile_of({**recorded(OURS), name: junk})


@pytest.mark.parametrize("name", ["id", "created_at", "account"])
def test_what_lacks_the_essential_is_no_status(name: str) -> None:
    assert status_of({**STATUS, name: None}, "musica.example") is None
    assert statuses_of([{**STATUS, name: None}, STATUS, 5], "musica.example") != []


def test_a_count_that_a_server_hides_is_unknown() -> None:
    assert person_of({**recorded(ANA), "followers_count": -1}, "musica.example").followers is None
    assert person_of({**recorded(ANA), "followers_count": 0}, "musica.example").followers == 0


def test_an_unknown_visibility_is_taken_for_a_narrow_one() -> None:
    status = status_of({**STATUS, "visibility": "list:7"}, "musica.example")
    assert status is not None
    assert status.visibility is Visibility.FOLLOWERS


def test_names_carry_their_server_unless_it_is_ours() -> None:
    assert handle_of("ana@otra.example", "musica.example") == "@ana@otra.example"
    assert handle_of("ana", "musica.example") == "@ana"
    assert handle_of("ana@Musica.Example", "musica.example") == "@ana"


def test_our_profile_has_a_short_handle_and_honest_counts() -> None:
    profile = profile_of({**recorded(OURS), "followers_count": -1})
    assert profile is not None
    assert (profile.handle, profile.name, profile.followers, profile.following) == ("@aurora", "Discos Aurora", None, 5)
    assert profile_of({"id": "1"}) is None


def test_the_host_of_an_address() -> None:
    assert host_of("https://Musica.example/x") == "musica.example"
    assert host_of("https://[x") == ""


def test_a_quote_in_the_shape_of_pleroma_is_found() -> None:
    for shape in ({"quote": STATUS}, {"pleroma": {"quote": STATUS}}, {"quote": {"quoted_status": STATUS}}):
        status = status_of({**STATUS, **shape}, "musica.example")
        assert status is not None
        assert status.quoted["id"] == "1"
