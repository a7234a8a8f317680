"""The small language of the guide is read whole, links and screens find their pages, and the search finds the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.language.guide_pages import (
    PAGES,
    Code,
    Heading,
    Items,
    KeyTable,
    Link,
    Mark,
    Paragraph,
    Picture,
    Plain,
    Section,
    Strong,
    Table,
    found,
    line_of,
    page_file,
    page_for,
    parsed,
    picture_file,
    pieces_of,
    place_of,
    read_page,
    snippet,
)

TEXT = """# Inbox {#top}

Press {key:inbox.done} in
two **lines {word:page.inbox}**, or type `is:unread`.

1. One
   goes on
2. Two

- a
- b

| Key | What |
|---|---|
| {cap:Tab} | next |

![What it shows](picture:inbox)

{keys:calendar}

## Deeper
Text right below, see [data](guide:data#x)."""


def test_every_kind_of_block_is_read() -> None:
    page = parsed("inbox", TEXT)
    kinds = [type(block) for block in page.blocks]
    assert kinds == [Heading, Paragraph, Items, Items, Table, Picture, KeyTable, Heading, Paragraph]
    assert page.title == (Plain("Inbox"),)
    assert [heading.anchor for heading in page.headings] == ["top", "s7"]
    paragraph, steps, marks, table = page.blocks[1:5]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.line[:2] == (Plain("Press "), Mark("key", "inbox.done"))
    assert Strong((Plain("lines "), Mark("word", "page.inbox"))) in paragraph.line
    assert Code("is:unread") in paragraph.line
    assert isinstance(steps, Items)
    assert isinstance(marks, Items)
    assert (steps.ordered, marks.ordered) == (True, False)
    assert steps.lines[0] == (Plain("One goes on"),)
    assert isinstance(table, Table)
    assert table.rows == (((Plain("Key"),), (Plain("What"),)), ((Mark("cap", "Tab"),), (Plain("next"),)))
    assert page.pictures == (Picture("inbox", "What it shows"),)
    assert page.blocks[6] == KeyTable("calendar")
    assert Link("guide:data#x", (Plain("data"),)) in page.blocks[8].line  # type: ignore[union-attr]


def test_pieces_inside_others_are_found_in_their_order() -> None:
    marks = [piece for piece in pieces_of(parsed("inbox", TEXT)) if isinstance(piece, Mark)]
    assert [mark.value for mark in marks] == ["inbox.done", "page.inbox", "Tab"]


@pytest.mark.parametrize("text", ["{key:}", "{nothing:x}", "{ key:x }", "[no target]()", "**open", "`open"])
def test_what_is_no_mark_stays_text(text: str) -> None:
    assert line_of(text) == (Plain(text),)


def test_a_link_names_page_and_heading() -> None:
    assert place_of("data#restoring") == ("data", "restoring")
    assert place_of("data") == ("data", "")


def test_a_screen_has_its_page_and_any_other_the_first() -> None:
    assert page_for("inbox.reply") == "inbox"
    assert page_for("faq") == "playbook#faq"
    assert page_for("nowhere.at.all") == PAGES[0]


def test_what_a_language_lacks_is_shown_in_english(tmp_path: Path) -> None:
    for language, text in (("en", "# English"), ("es", "# Español")):
        (tmp_path / "guide" / language).mkdir(parents=True)
        (tmp_path / "guide" / language / "data.md").write_text(text, encoding="utf-8")
    assert read_page(tmp_path, "es", "data").title == (Plain("Español"),)
    assert read_page(tmp_path, "ru", "data").title == (Plain("English"),)
    assert page_file(tmp_path, "ru", "data").parent.name == "en"
    assert picture_file(tmp_path, "ru", "data").parent.name == "en"
    with pytest.raises(OSError, match="today"):
        read_page(tmp_path, "es", "today")


SECTIONS = [
    Section("data", "", "Your data", "One folder. Backups go along."),
    Section("data", "backups", "Backups", "Each day one is made and read back."),
    Section("privacy", "", "Privacidad", "Las contraseñas están en el llavero."),
    Section("zh", "", "您的数据", "备份每天自动进行。"),
]


def test_sections_with_every_word_are_found_headings_first() -> None:
    assert [hit.section.heading for hit in found(SECTIONS, "backups")] == ["Backups", "Your data"]
    assert [hit.section.heading for hit in found(SECTIONS, "BACKUP each")] == ["Backups"]
    assert found(SECTIONS, "backups nothing") == []
    assert found(SECTIONS, "  ") == []
    assert len(found(SECTIONS * 30, "backups")) == 40


def test_accents_make_no_difference_and_chinese_needs_no_blanks() -> None:
    assert [hit.section.page for hit in found(SECTIONS, "contrasenas")] == ["privacy"]
    assert [hit.section.page for hit in found(SECTIONS, "备份")] == ["zh"]


def test_the_snippet_shows_the_place() -> None:
    text = f"{'before ' * 40}needle {'after ' * 40}"
    cut = snippet(text, ["needle"])
    assert "needle" in cut
    assert len(cut) <= 90
    assert not cut.startswith("efore")
    assert snippet("short text", ["absent"]) == "short text"
