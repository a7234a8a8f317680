"""How tags are named on the screen: by the name they were given, else by the words of their key."""

from __future__ import annotations

from app.models.tag import TagRow
from app.ui.look import Look
from app.ui.safe_text import one_line


def tag_name(look: Look, tag: TagRow) -> str:
    """One line, whatever somebody typed."""
    return one_line(tag.name) or look.text(f"tag.{tag.key}")
