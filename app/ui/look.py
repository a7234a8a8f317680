"""What every part of the window needs in order to draw itself and to speak: theme, icons and words in one bundle."""

from __future__ import annotations

from typing import NamedTuple

from app.runtime.words import Message, Words
from app.ui.icons import Icons
from app.ui.theme import Theme


class Look(NamedTuple):
    """Handed to every widget as its first argument; `text` is short for `words.text`."""

    theme: Theme
    icons: Icons
    words: Words

    def text(self, message: Message | str, /, **values: object) -> str:
        """The sentence for a message or its id, in the language of the window."""
        return self.words.text(message, **values)

    def number(self, value: int) -> str:
        """Digits grouped as the language does: "12,846"."""
        return self.words.number(value)

    def count_text(self, value: int) -> str:
        """A count for a badge: above 99 it only says so."""
        return "99+" if value > 99 else str(value)
