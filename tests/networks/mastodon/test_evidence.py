"""Two texts are the same when a server could have made one of the other."""

from __future__ import annotations

import pytest

from app.networks.mastodon.evidence import Likeness, by_source, likeness
from app.networks.mastodon.shapes import Status, status_of
from app.networks.outgoing import Outgoing
from tests.networks.mastodon.server_of_tests import OURS, recorded


def shown(html: str, **fields: object) -> Status:
    status = status_of({**recorded("status"), "account": recorded(OURS), "content": html, **fields}, "musica.example")
    assert status is not None
    return status


def compare(text: str, html: str, **fields: object) -> Likeness:
    return likeness(Outgoing("k", text), shown(html, **fields))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hola", "<p>Hola</p>"),
        (" Hola  a\ntodos ", "<p>Hola a<br />todos</p>"),
        ("uno\n\ndos", "<p>uno</p><p>dos</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("@ana@otra.example hola", '<p><a href="https://otra.example/@ana" class="u-url mention">@<span>ana</span></a> hola</p>'),
        ("@ana hola", '<a href="http://x/ana" class="u-url mention">@ana@localhost:28002</a> hola'),
        ("ve a https://a.example/x?y=1&z", '<a href="https://a.example/x?y=1&amp;z"><span class="invisible">https://</span>a.example/x<span class="invisible">?y=1&amp;z</span></a>'.join(("ve a ", ""))),
        ("cafe\u0301", "<p>caf\u00e9</p>"),
        ("#disco ya", '<a class="mention hashtag" href="https://x.example/tags/disco">#<span>disco</span></a> ya'),
    ],
)
def test_the_server_shows_what_we_sent_in_its_own_way(text: str, html: str) -> None:
    assert compare(text, html) is Likeness.SAME


@pytest.mark.parametrize(("text", "html"), [("Hola", "<p>Adiós</p>"), ("Hola", ""), ("", "<p>Hola</p>")])
def test_other_words_are_another_post(text: str, html: str) -> None:
    assert compare(text, html) is Likeness.OTHER


def test_nearly_the_same_words_need_the_source() -> None:
    assert compare("Discos *nuevos* hoy", "<p>Discos <em>nuevos</em> hoy</p>") is Likeness.SHOWN_OTHERWISE
    assert by_source(Outgoing("k", "Discos *nuevos* hoy"), "Discos *nuevos*  hoy\n") is Likeness.SAME
    assert by_source(Outgoing("k", "Discos *nuevos* hoy"), "Discos nuevos hoy") is Likeness.OTHER


def test_without_words_nothing_is_proved() -> None:
    assert compare("", "") is Likeness.INCOMPLETE


def test_another_warning_or_a_lost_place_makes_it_incomplete() -> None:
    assert compare("Hola", "<p>Hola</p>", spoiler_text="Aviso") is Likeness.INCOMPLETE
    assert likeness(Outgoing("k", "Hola", reply_to="7"), shown("<p>Hola</p>")) is Likeness.INCOMPLETE
    assert likeness(Outgoing("k", "Hola"), shown("<p>Hola</p>", in_reply_to_id="7")) is Likeness.OTHER
