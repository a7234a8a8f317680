"""Addresses of shorteners, and links that may stand in a post."""

from __future__ import annotations

import pytest

from app.links.shortener import NoShortLink, server_of, usable
from app.runtime.errors import UserMistake


@pytest.mark.parametrize(
    ("typed", "server"),
    [
        ("https://go.example.com/", "https://go.example.com"),
        (" go.example.com ", "https://go.example.com"),
        ("https://example.com/shlink/rest/v3", "https://example.com/shlink"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://192.168.1.4", "http://192.168.1.4"),
        ("http://enlaces.local", "http://enlaces.local"),
    ],
)
def test_the_users_own_server_is_where_the_user_says(typed: str, server: str) -> None:
    assert server_of(typed) == server


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "links.error.server"),
        ("ftp://a.mx", "links.error.server"),
        ("https://ana:secreto@a.mx", "links.error.server"),
        ("https://a.mx/?x=1", "links.error.server"),
        ("https://[::1", "links.error.server"),
        ("https://a.mx:puerto", "links.error.server"),
        ("http://go.example.com", "links.error.unencrypted"),
        ("http://8.8.8.8", "links.error.unencrypted"),
    ],
)
def test_no_key_is_sent_where_it_could_be_read(typed: str, said: str) -> None:
    with pytest.raises(UserMistake) as caught:
        server_of(typed)
    assert caught.value.message.id == said


@pytest.mark.parametrize(
    "link",
    [
        None,
        7,
        "",
        "https://a",
        "javascript:alert(1)//x.y",
        "https://a.mx/",
        "https://a.mx/x y",
        "https://a.mx/\u202ex",
        f"https://a.mx/{'x' * 300}",
    ],
)
def test_nonsense_never_gets_into_a_post(link: object) -> None:
    with pytest.raises(NoShortLink):
        usable(link)


def test_a_short_link_does() -> None:
    assert usable("https://aurora.mx/sc26-m") == "https://aurora.mx/sc26-m"
