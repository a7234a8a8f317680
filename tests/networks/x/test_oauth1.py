"""Signing: the examples of RFC 5849 and of X's own page, and headers that say no more than they must."""

from __future__ import annotations

from datetime import UTC, datetime

from app.networks.x.oauth1 import Keys, authorization, base_text, encoded, signature

RFC_BASE = (
    "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26"
    "oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26"
    "oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
)


def test_the_base_text_of_rfc_5849() -> None:
    params = [
        *[("b5", "=%3D"), ("a3", "a"), ("c@", ""), ("a2", "r b"), ("c2", ""), ("a3", "2 q")],
        *[
            ("oauth_consumer_key", "9djdj82h48djs9d2"),
            ("oauth_token", "kkk9d7dh3k39sjv7"),
            ("oauth_signature_method", "HMAC-SHA1"),
        ],
        *[("oauth_timestamp", "137131201"), ("oauth_nonce", "7d8f3e4a")],
    ]
    assert base_text("POST", "http://EXAMPLE.COM:80/request", params) == RFC_BASE


def test_the_signature_of_the_example_on_xs_page() -> None:
    params = [
        ("include_entities", "true"),
        ("status", "Hello Ladies + Gentlemen, a signed OAuth request!"),
        ("oauth_consumer_key", "xvz1evFS4wEEPTGEFPHBog"),
        ("oauth_nonce", "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "1318622958"),
        ("oauth_token", "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"),
        ("oauth_version", "1.0"),
    ]
    base = base_text("POST", "https://api.twitter.com/1.1/statuses/update.json", params)
    secrets = ("kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw", "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE")
    assert signature(base, *secrets) == "hCtSmYh+iHYCEqBWrE7C7hYmtUk="


def test_everything_but_unreserved_letters_is_encoded() -> None:
    assert encoded("Ladies + Gentlemen") == "Ladies%20%2B%20Gentlemen"
    assert encoded("An encoded string!") == "An%20encoded%20string%21"
    assert encoded("a-b._~Z9") == "a-b._~Z9"
    assert encoded("☃") == "%E2%98%83"


def test_the_header_holds_no_secret_and_is_new_each_time() -> None:
    keys = Keys("the-key", "key-secret", "the-token", "token-secret")
    at = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
    first, second = (authorization(keys, "GET", "https://api.x.com/2/users/me", [], at) for _ in range(2))
    assert first.startswith('OAuth oauth_consumer_key="the-key", oauth_nonce="')
    assert 'oauth_timestamp="1795017600"' in first
    assert "secret" not in first.replace("oauth_", "")
    assert first != second


def test_a_port_that_is_not_the_usual_one_is_signed() -> None:
    assert base_text("get", "http://127.0.0.1:8080/2/x", []).startswith("GET&http%3A%2F%2F127.0.0.1%3A8080%2F2%2Fx&")
    assert base_text("get", "https://api.x.com:443", []) == "GET&https%3A%2F%2Fapi.x.com%2F&"
