"""Words for what is read outside of the window - letters to managers, records for customers - in languages that the window itself does not speak.

Those languages have the few texts that such papers are made of (`resources/language/paper_words.json`) beside how they write times and numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app.runtime.errors import Damaged
from app.runtime.words import FALLBACK, Catalogues, message

Texts = Mapping[str, str | Sequence[str]]


def _russian(n: int) -> int:
    if n % 10 == 1 and n % 100 != 11:
        return 0
    return 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2


PLURALS: Mapping[str, Callable[[int], int]] = {"fr": lambda n: int(n > 1), "ru": _russian, "zh": lambda _n: 0}
"""Which form a number of things takes."""


class PaperCatalogues(Catalogues):
    """The program's own catalogues, and beside them the texts for papers."""

    def __init__(self, folder: Path, papers: Path) -> None:
        super().__init__(folder)
        self._papers = read_papers(papers)

    def language(self, tag: str) -> str:
        bare = bare_language(tag)
        return bare if bare in self._papers else super().language(tag)

    def nearest(self, *wanted: str) -> str:
        """The first of these languages that papers are written in; English where there is none."""
        spoken = {*self._papers, *self.available()}
        return next((bare for each in wanted if (bare := bare_language(each)) in spoken), FALLBACK)

    def look_up(self, language: str, message_id: str, n: int | None = None) -> str | None:
        found = self._papers.get(language, {}).get(message_id)
        if found is None:  # also how the language writes times and numbers
            return super().look_up(language, message_id, n)
        if isinstance(found, str):
            return found
        return found[PLURALS[language](1 if n is None else abs(n))]


def read_papers(file: Path) -> Mapping[str, Texts]:
    """By language. Raises `Damaged` where the file that ships with the program is not what it was."""
    try:
        found: Mapping[str, Texts] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Damaged(message("sample.content_missing", file=file.name), technical=str(error)) from error
    return found


def bare_language(tag: str) -> str:
    """ "fr" of "fr_CA" and "FR-ca"."""
    return tag.replace("_", "-").partition("-")[0].lower()
