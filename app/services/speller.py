"""Spelling for the composer: words are looked up here, what a wrong one may mean in a process of its own; keeps that process to itself."""

from __future__ import annotations

import json
import logging
import os
import subprocess
from collections.abc import Collection
from pathlib import Path

from app.language.spelling import Spelling
from app.runtime.start import SUGGEST_WORDS
from app.services.restart import program

LONGEST_SECONDS = 20.0
_log = logging.getLogger(__name__)


class Speller:
    """Blocks: for worker threads. `services/drafting.py` asks it."""

    def __init__(self, folder: Path) -> None:
        self._spelling = Spelling(folder)

    @staticmethod
    def knows(language: str) -> bool:
        """Whether there is a dictionary of a language."""
        return Spelling.knows(language)

    def wrong(self, text: str, language: str, own: Collection[str] = ()) -> list[tuple[int, int]]:
        """(start, end) of the words that are in no dictionary."""
        return self._spelling.wrong(text, language, own)

    def suggestions(self, word: str, language: str) -> list[str]:
        """What may have been meant, the likeliest first; none where the process fails."""
        root = Path(__file__).parents[2]
        path = os.pathsep.join(part for part in (str(root), os.environ.get("PYTHONPATH", "")) if part)
        try:
            done = subprocess.run(  # noqa: S603  (this very program, with an argument of ours)
                [*program(), SUGGEST_WORDS],
                input=json.dumps({"word": word, "language": language}).encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
                timeout=LONGEST_SECONDS,
                check=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            return [str(each) for each in json.loads(done.stdout)]
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            _log.warning("no suggestions: %s", type(error).__name__)
            return []
