"""The bundle speaks the window's language and counts as badges do."""

from __future__ import annotations

from app.runtime.words import message
from app.ui.look import Look


def test_it_speaks(look: Look) -> None:
    assert look.text("page.inbox") == "Inbox"
    assert look.text(message("shell.minutes", minutes=33)) == "33 min"
    look.words.language = "es"
    assert look.text("page.inbox") == "Bandeja"


def test_numbers_are_grouped_and_counts_end_at_99(look: Look) -> None:
    assert look.number(12846) == "12,846"
    assert (look.count_text(99), look.count_text(100)) == ("99", "99+")
