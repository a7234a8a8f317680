"""What people type as a server, and what comes of it."""

from __future__ import annotations

import pytest

from app.networks.addresses import address_of, is_here, origin_of
from app.runtime.errors import UserMistake


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("musica.example", "https://musica.example"),
        (" Musica.Example/ ", "https://musica.example"),
        ("https://musica.example/@aurora", "https://musica.example"),
        ("http://musica.example", "https://musica.example"),
        ("@aurora@musica.example", "https://musica.example"),
        ("aurora@musica.example", "https://musica.example"),
        ("musica.example:8443", "https://musica.example:8443"),
        ("música.example", "https://xn--msica-7ua.example"),
        ("localhost:28002", "http://localhost:28002"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("https://localhost:3000", "https://localhost:3000"),
        ("[::1]:3000", "http://[::1]:3000"),
    ],
)
def test_what_people_type_becomes_an_address(typed: str, address: str) -> None:
    assert address_of(typed) == address


@pytest.mark.parametrize("typed", ["", "  ", "@aurora", "musica", "ftp://musica.example", "javascript:alert(1)", "mu sica.example", "a.example:port", "https://", "../etc", "a..b@"])
def test_what_is_no_address_is_said_beside_the_field(typed: str) -> None:
    with pytest.raises(UserMistake) as caught:
        address_of(typed)
    assert caught.value.field == "server"


def test_an_address_without_its_path() -> None:
    assert origin_of("https://pds.example:8443/xrpc/a?b") == "https://pds.example:8443"
    assert origin_of("javascript:alert(1)") == ""
    assert origin_of("https://[::1") == ""


def test_only_this_computer_is_here() -> None:
    assert is_here("127.0.0.1")
    assert is_here("::1")
    assert not is_here("192.168.0.1")
    assert not is_here("pds.example")
