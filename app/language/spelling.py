"""Spelling in English, Spanish, French and Russian with Hunspell; keeps the library and its dictionaries to itself. Blocks: for a worker thread.

The dictionaries lie in `resources/dictionaries` with their licences. Chinese has none: nothing is told there. A dictionary is read when
first asked for (30 to 120 ms, 5 to 16 MB); a word takes microseconds, suggestions for one some tenths of a second, in French up to one, in which
nothing else of the process goes on: `answer`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from pathlib import Path
from threading import Lock
from typing import IO, Protocol

import hunspell

LANGUAGES = ("en", "es", "fr", "ru")
MOST_SUGGESTED = 5
LONGEST_WORD = 60
MOST_KEPT = 20_000

_LEFT_OUT = re.compile(
    r"https?://\S+|\{[^}\s]*\}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[@#＃][\w.@-]+|(?<![\w@])(?:[\w-]+\.)+[a-z]{2,12}(?:/\S*)?(?![\w.])", re.IGNORECASE
)
"""Links, placeholders, mail addresses, mentions, hashtags and bare domains."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SCRIPTS = {"ru": re.compile(r"[а-яё]", re.IGNORECASE)}
_LATIN = re.compile(r"[a-z\u00c0-\u024f]", re.IGNORECASE)


class Dictionary(Protocol):
    """What is asked of a dictionary."""

    def spell(self, word: str) -> bool: ...

    def suggest(self, word: str) -> Collection[str]: ...


class Spelling:
    """Safe to be asked from several threads, one at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._dictionaries: dict[str, Dictionary] = {}
        self._known: dict[tuple[str, str], bool] = {}

    @staticmethod
    def knows(language: str) -> bool:
        """Whether there is a dictionary of a language ("es", "es-MX")."""
        return _primary(language) in LANGUAGES

    def wrong(self, text: str, language: str, own: Collection[str] = ()) -> list[tuple[int, int]]:
        """(start, end) in code points of the words that are in no dictionary; `own` are the user's, casefolded."""
        language = _primary(language)
        if language not in LANGUAGES:
            return []
        blank = _LEFT_OUT.sub(lambda match: " " * len(match[0]), text)
        found = []
        for match in _WORD.finditer(blank):
            word = match[0]
            around = blank[max(0, match.start() - 1) : match.start()] + blank[match.end() : match.end() + 1]
            if any(letter.isdigit() or letter == "_" for letter in around) or not _is_checked(word, language):
                continue
            if word.casefold() not in own and not self._is_right(word, language):
                found.append(match.span())
        return found

    def suggestions(self, word: str, language: str) -> list[str]:
        """What may have been meant, the likeliest first."""
        language = _primary(language)
        if language not in LANGUAGES or len(word) > LONGEST_WORD:
            return []
        with self._lock:
            return list(self._dictionary(language).suggest(word.replace("’", "'")))[:MOST_SUGGESTED]

    def _is_right(self, word: str, language: str) -> bool:
        key = (language, word)
        known = self._known.get(key)
        if known is None:
            with self._lock:
                dictionary = self._dictionary(language)
                known = bool(dictionary.spell(word.replace("’", "'")))
                if not known and "'" in word.replace("’", "'"):  # "l'album": each half by itself
                    known = all(dictionary.spell(half) for half in re.split("['’]", word) if len(half) > 1)
                if len(self._known) >= MOST_KEPT:
                    self._known.clear()
                self._known[key] = known
        return known

    def _dictionary(self, language: str) -> Dictionary:
        if language not in self._dictionaries:
            self._dictionaries[language] = hunspell.Hunspell(language, hunspell_data_dir=str(self._folder))
        return self._dictionaries[language]


def answer(folder: Path, asked: IO[bytes], told: IO[bytes]) -> int:
    """One question, {"word", "language"}, and its suggestions: for a process of its own, because the library lets nothing else in its
    process go on while it looks for them.
    """
    question = json.loads(asked.read())
    told.write(json.dumps(Spelling(folder).suggestions(question["word"], question["language"])).encode())
    told.flush()
    return 0


def _is_checked(word: str, language: str) -> bool:
    """Words of the language's own letters; single letters, shouted and CamelCase ones are names of something."""
    script = _SCRIPTS.get(language, _LATIN)
    letters = word.replace("'", "").replace("’", "")
    if not 1 < len(letters) <= LONGEST_WORD or word.isupper() or any(letter.isupper() for letter in word[1:]):
        return False
    return all(script.match(letter) for letter in letters)


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()
