"""What a post may carry besides its words: a rule for being late, and the post it quotes."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.cli.program import Program

X, MASTODON, BLUESKY = 1, 2, 3


def test_a_post_carries_its_rule_for_being_late(sample: Program) -> None:
    ran = sample.run("post", "--account", MASTODON, "--text", "Tarde o nunca", "--at", "2030-01-01T10:00", "--late", "drop")
    assert ran.code == 0
    with closing(sqlite3.connect(sample.root / "tertulia.db")) as connection:
        assert connection.execute("SELECT lateness FROM outbox WHERE id = ?", (ran.item["id"],)).fetchone() == ("drop",)


def test_a_rule_that_is_none_is_said_with_those_that_are(sample: Program) -> None:
    ran = sample.run("post", "--account", MASTODON, "--text", "x", "--late", "whenever")
    assert ran.code == 1
    assert "next_slot" in ran.err


def test_a_post_quotes_an_earlier_one_where_the_network_lets_programs_quote(sample: Program) -> None:
    with closing(sqlite3.connect(sample.root / "tertulia.db")) as connection:
        found = connection.execute("SELECT account_id, url, remote_id FROM outbox WHERE state = 'out' AND kind = 'post' AND url <> ''")
        earlier = {account: (url, remote_id) for account, url, remote_id in found}
    url, remote_id = earlier[BLUESKY]
    ran = sample.run("post", "--account", BLUESKY, "--text", "Otra vez", "--at", "2030-01-01T10:00", "--quote", url)
    assert ran.code == 0
    with closing(sqlite3.connect(sample.root / "tertulia.db")) as connection:
        assert connection.execute("SELECT quote FROM outbox WHERE id = ?", (ran.item["id"],)).fetchone() == (remote_id,)
    refused = sample.run("post", "--account", X, "--text", "Otra vez", "--at", "2030-01-01T10:00", "--quote", url)
    assert (refused.code, "quote" in refused.err) == (1, True)
