"""What is added to a link, and what never is."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.language.entities import find
from app.links.utm import DEFAULT_PATTERN, Facts, Pattern, WrongPattern, slug, tagged, untagged

FACTS = Facts("mastodon", "@aurora", "Santa Cecilia", "p12-2", "community", date(2026, 11, 22))
PATTERN = Pattern.read(DEFAULT_PATTERN)
ADDED = "utm_source=mastodon&utm_medium=social&utm_campaign=santa-cecilia&utm_content=p12-2"


def test_a_link_says_where_it_came_from() -> None:
    assert (
        tagged("https://discosaurora.mx/santa-cecilia", PATTERN, FACTS)
        == f"https://discosaurora.mx/santa-cecilia?{ADDED}"
    )


@pytest.mark.parametrize(
    ("url", "result"),
    [
        ("https://a.mx/x?id=4", f"https://a.mx/x?id=4&{ADDED}"),
        ("https://a.mx/x?id=4&", f"https://a.mx/x?id=4&{ADDED}"),
        ("https://a.mx/x#abajo", f"https://a.mx/x?{ADDED}#abajo"),
        ("https://a.mx/x?b=%20+ñ&b=2#/ruta?z=1", f"https://a.mx/x?b=%20+ñ&b=2&{ADDED}#/ruta?z=1"),
        ("https://a.mx", f"https://a.mx?{ADDED}"),
        ("HTTP://A.mx/x", f"http://A.mx/x?{ADDED}"),
        ("https://a.mx:8443/x", f"https://a.mx:8443/x?{ADDED}"),
    ],
)
def test_what_the_link_says_already_stays(url: str, result: str) -> None:
    assert tagged(url, PATTERN, FACTS) == result


def test_the_users_own_parameter_wins_and_none_stands_there_twice() -> None:
    url = "https://a.mx/x?UTM_Source=volante&utm_content="
    made = tagged(url, PATTERN, FACTS)
    assert made == "https://a.mx/x?UTM_Source=volante&utm_content=&utm_medium=social&utm_campaign=santa-cecilia"
    assert tagged(made, PATTERN, FACTS) == made


@pytest.mark.parametrize(
    "url", ["", "mailto:hola@a.mx", "ftp://a.mx/x", "https://", "https://[::1", "a.mx/x", "javascript:alert(1)"]
)
def test_what_is_no_web_address_is_left_alone(url: str) -> None:
    assert tagged(url, PATTERN, FACTS) == url


def test_what_is_not_known_is_left_out() -> None:
    assert (
        tagged("https://a.mx/", PATTERN, Facts("x", post="p1-1"))
        == "https://a.mx/?utm_source=x&utm_medium=social&utm_content=p1-1"
    )
    assert tagged("https://a.mx/", Pattern.read(""), FACTS) == "https://a.mx/"


def test_values_keep_the_link_whole_for_every_network() -> None:
    nasty = Facts("x", "@Ñandú &?#=", 'Día "uno" / 50 % 🎶', "p1-1", "日本", date(2026, 1, 2))
    pattern = Pattern.read(
        "utm_source={network}&a={account}&utm_campaign={campaign}&p={pillar}&d={date}&m={network}_{post}"
    )
    url = tagged("https://discosaurora.mx/disco", pattern, nasty)
    assert dict(parse_qsl(urlsplit(url).query)) == {
        "utm_source": "x", "a": "nandu", "utm_campaign": "dia-uno-50", "d": "2026-01-02", "m": "x_p1-1",
    }  # fmt: skip
    for counting in ("x", "mastodon", "bluesky", "plain"):
        assert [span.value for span in find(f"Mira {url} hoy", counting).links] == [url]


@pytest.mark.parametrize(
    ("text", "reason", "what"),
    [
        ("utm_source", "parameter", "utm_source"),
        ("=x", "parameter", "=x"),
        ("utm source={network}", "parameter", "utm source={network}"),
        ("a={red}", "placeholder", "{red}"),
        ("a={network", "placeholder", "{network"),
        ("a=1&A=2", "twice", "A"),
        ("a=", "parameter", "a="),
    ],
)
def test_a_pattern_that_cannot_be_used_says_which_piece(text: str, reason: str, what: str) -> None:
    with pytest.raises(WrongPattern) as caught:
        Pattern.read(text)
    assert (caught.value.reason, caught.value.what) == (reason, what)


def test_posts_are_told_apart_by_their_placeholder_alone() -> None:
    assert PATTERN.tells_posts_apart
    assert not Pattern.read("utm_source={network}").tells_posts_apart


def test_parameters_are_taken_off_for_showing() -> None:
    made = tagged("https://a.mx/x?id=4#z", PATTERN, FACTS)
    assert untagged(made, ("utm_source", "utm_medium", "utm_campaign", "utm_content")) == "https://a.mx/x?id=4#z"


def test_words_become_slugs() -> None:
    assert [slug(each) for each in ("Santa Cecilia", "  ¡Año nuevo!  ", "日本", "a" * 80)] == [
        "santa-cecilia",
        "ano-nuevo",
        "",
        "a" * 60,
    ]
