"""The languages a post may be written in, their names, and which of them its words are."""

from __future__ import annotations

from app.language.tongue import tongue
from app.models.post import PostDraft
from app.ui.look import Look

LANGUAGES = ("en", "es", "fr", "ru", "zh")
SURE_BY_SCRIPT = frozenset({"ru", "uk", "zh", "ja", "ko"})
FEWEST_LETTERS = 12
"""In fewer letters a word or two of another language would decide."""


def heard_in(draft: PostDraft) -> str:
    """The language of its words; empty where they do not tell."""
    text = "\n".join(draft.parts)
    found = tongue(text)
    return found if found in SURE_BY_SCRIPT or sum(letter.isalpha() for letter in text) >= FEWEST_LETTERS else ""


def language_name(look: Look, code: str) -> str:
    """In the language of the window."""
    found = f"inbox.language.{code}"
    name = look.text(found) if look.words.knows(found) else code.upper()
    return name[:1].upper() + name[1:]
