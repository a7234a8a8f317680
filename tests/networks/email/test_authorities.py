"""Whom the program sends to whom: addresses over TLS alone, tokens for the right servers alone."""

from __future__ import annotations

from app.mail.servers import PROVIDERS
from app.networks.email.authorities import AUTHORITIES, GOOGLE, MICROSOFT


def test_tokens_are_for_the_authority_s_own_mail_servers() -> None:
    servers = {each.id: {each.smtp.host, each.imap.host} for each in PROVIDERS}
    assert servers["gmail"] == set(GOOGLE.hosts)
    assert servers["outlook"] | servers["microsoft365"] == set(MICROSOFT.hosts)


def test_every_address_is_under_tls() -> None:
    for each in AUTHORITIES.values():
        assert each.authorize.startswith("https://")
        assert each.server.startswith("https://")
        assert each.page.startswith("https://")


def test_each_asks_for_mail_and_for_what_renews() -> None:
    assert GOOGLE.scope == "https://mail.google.com/"
    assert dict(GOOGLE.further) == {"access_type": "offline", "prompt": "consent"}
    assert "offline_access" in MICROSOFT.scope
    assert "graph.microsoft.com" not in MICROSOFT.scope
    assert (GOOGLE.wants_secret, MICROSOFT.wants_secret) == (True, False)
