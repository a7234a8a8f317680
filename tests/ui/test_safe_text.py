"""What strangers write is shown harmlessly: overrides, controls, piles of marks, markup, long names; and its links are found."""

from __future__ import annotations

import pytest

from app.ui.safe_text import LONGEST, breakable, isolated, links, may_open, one_line, shortened, shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("invoice\u202egnp.exe", "invoice\ufffdgnp.exe"),
        ("call \u202a+52 55 1234\u202c now", "call +52 55 1234 now"),
        ("bell\x07 and \x1b[31mred", "bell\u2407 and \u241b[31mred"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("half a pair \ud83d here", "half a pair \ufffd here"),
        ("tab\tstays", "tab\tstays"),
        ("👩🏽‍🚀 می‌خواهم", "👩🏽‍🚀 می‌خواهم"),
        ("<b>bold</b> & <img src=x>", "<b>bold</b> & <img src=x>"),
    ],
)
def test_what_deceives_is_replaced_and_what_languages_need_is_kept(written: str, seen: str) -> None:
    assert shown(written) == seen


def test_marks_do_not_pile_up() -> None:
    assert shown("Z" + "\u0301" * 50 + "!") == "Z" + "\u0301" * 4 + "!"
    assert shown("tiếng Việt ở đây ế") == "tiếng Việt ở đây ế"


def test_endless_texts_end() -> None:
    assert len(shown("a" * (LONGEST * 2))) == LONGEST + 1


def test_a_name_is_one_line_and_leaves_a_sentence_alone() -> None:
    assert one_line("  Ana\n\tRuiz\u202e ") == "Ana Ruiz\ufffd"
    assert isolated("عمر") == "\u2068عمر\u2069"


def test_links_are_found_without_the_punctuation_around_them() -> None:
    text = "😩 (see https://example.org/a_(b)), http://x.mx/?q=1. ftp://no.example javascript:alert(1) https://"
    found = links(text)
    assert [link.url for link in found] == ["https://example.org/a_(b)", "http://x.mx/?q=1"]
    units = text.encode("utf-16-le")
    assert units[found[0].start * 2 : (found[0].start + found[0].length) * 2].decode("utf-16-le") == found[0].url


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "smb://x/y", "https://a\u202eb", ""])
def test_only_the_web_is_opened(url: str) -> None:
    assert not may_open(url)


def test_a_long_text_is_cut_between_words() -> None:
    assert shortened("corto") == "corto"
    assert shortened("una palabra " * 20).endswith("palabra…")


def test_a_word_without_end_can_be_broken_and_any_other_stays_as_it_is() -> None:
    assert breakable("Disconnect @aurora from Mastodon?") == "Disconnect @aurora from Mastodon?"
    assert max(len(piece) for piece in breakable(f"Disconnect @{'a' * 90}?").split("\u200b")) < 40
    assert breakable("x" * 90).replace("\u200b", "") == "x" * 90
