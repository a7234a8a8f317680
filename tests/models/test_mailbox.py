"""A trial of a mailbox works when both servers let us in."""

from __future__ import annotations

from app.models.account import POSTS_NOTHING
from app.models.mailbox import EMAIL, Tried
from app.runtime.words import message


def test_both_servers_must_let_us_in() -> None:
    assert Tried().works
    assert not Tried(sends=message("x")).works
    assert not Tried(reads=message("x")).works


def test_no_posts_go_to_mailboxes() -> None:
    assert EMAIL in POSTS_NOTHING
