"""What every part of the window needs in order to draw itself and to speak: theme, icons and words in one bundle."""

from __future__ import annotations

from typing import NamedTuple

from app.models.sorting import Sorts
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

    def pillars(self, *also: str) -> list[tuple[str, str]]:
        """(name, id) of the pillars that are offered, in the user's order, and of `also` where these are something else."""
        return self._sorts(self.theme.vocabulary.pillars, also)

    def categories(self, *also: str) -> list[tuple[str, str]]:
        """The same of categories of messages."""
        return self._sorts(self.theme.vocabulary.categories, also)

    def pillar_name(self, pillar: str) -> str:
        """Empty for none, and for one that nobody knows."""
        return self._sort_name(f"pillar.{pillar}") if pillar else ""

    def _sorts(self, sorts: Sorts, also: tuple[str, ...]) -> list[tuple[str, str]]:
        more = [each for each in dict.fromkeys(also) if each and not sorts.offers(each)]
        return [(self._sort_name(sorts.word(each)) or each, each) for each in (*sorts.offered, *more)]

    def _sort_name(self, word: str) -> str:
        return self.text(word) if self.words.knows(word) else ""
