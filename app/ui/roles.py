"""What parts of the window are to a screen reader, where Qt cannot know it. Only noted on the part here; `access.py` tells it when asked."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QWidget

SpokenAs = Literal[
    "alert", "button", "chart", "dialog", "graphic", "group", "list", "separator", "status", "tab", "tabs", "text"
]
SPOKEN_AS = "spokenAs"


def spoken_as(part: QWidget, role: SpokenAs) -> None:
    """Say it when the part is made, before its name: a screen reader asks once, and a name makes it ask."""
    part.setProperty(SPOKEN_AS, role)
