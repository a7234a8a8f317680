"""What servers answer is read the same in every language of a computer, and what we search for stays in its quotes."""

from __future__ import annotations

import imaplib
from datetime import UTC, datetime

import pytest

from app.mail.imap_answers import day_of, is_news, moment_of, quotable, same_second, words

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)


def test_days_are_written_in_english_whatever_the_computer_speaks() -> None:
    assert day_of(NOW) == "05-Mar-2026"
    assert day_of(datetime(2026, 12, 31, 23, tzinfo=UTC)) == "31-Dec-2026"


def test_what_is_searched_for_cannot_break_out_of_its_quotes() -> None:
    assert quotable('a"b\\c\r\nd\0é') == "abcd"


@pytest.mark.parametrize(
    ("line", "news"),
    [
        (b"* 3 EXISTS", True),
        (b"* 1 RECENT", True),
        (b"* BYE gone", True),
        (b"* OK still here", False),
        (b"+ idling", False),
        (b"", False),
    ],
)
def test_news_are_told_from_talk(line: bytes, news: bool) -> None:
    assert is_news(line) is news


def test_times_of_servers_are_read() -> None:
    assert moment_of(b'UID 1 INTERNALDATE "05-Mar-2026 06:00:00 -0600"') == NOW
    assert moment_of(b'INTERNALDATE " 5-Mar-2026 12:00:00 +0000"') == NOW
    assert moment_of(b'INTERNALDATE "yesterday or so"') is None
    assert same_second(b"Date: Thu, 05 Mar 2026 06:00:00 -0600\r\n", NOW)
    assert not same_second(b"Date: Thu, 05 Mar 2026 06:00:09 -0600\r\n", NOW)


def test_the_words_of_a_server_are_told_whatever_they_are_wrapped_in() -> None:
    assert words(imaplib.IMAP4.error(b"[ALERT] no")) == "[ALERT] no"
    assert words(imaplib.IMAP4.error("b'[ALERT] no'")) == "[ALERT] no"
    assert words(ValueError()) == ""
