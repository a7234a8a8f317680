"""The languages a post may be written in, and their names."""

from __future__ import annotations

from app.ui.look import Look

LANGUAGES = ("en", "es", "fr", "ru", "zh")


def language_name(look: Look, code: str) -> str:
    """In the language of the window."""
    found = f"inbox.language.{code}"
    name = look.text(found) if look.words.knows(found) else code.upper()
    return name[:1].upper() + name[1:]
