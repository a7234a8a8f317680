"""A tag is named in the window's language until somebody names it."""

from __future__ import annotations

from app.models.tag import TagRow
from app.ui.look import Look
from app.ui.tag_names import tag_name


def test_a_tag_of_the_program_has_translated_words_until_it_is_renamed(look: Look):
    look.words.language = "es"
    assert tag_name(look, TagRow(1, "request")) == "Petición"
    assert tag_name(look, TagRow(1, "request", "Deseo")) == "Deseo"
    look.words.language = "en"
    assert tag_name(look, TagRow(1, "request")) == "Request"


def test_a_name_is_one_harmless_line(look: Look):
    assert "\n" not in tag_name(look, TagRow(4, "", "a\nb\u202ec"))
