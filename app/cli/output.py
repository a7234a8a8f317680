"""What the command line prints: sentences for people, or JSON lines for programs. The only place that writes to standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TextIO

from app.runtime.errors import AppError
from app.runtime.words import Message, Words


class Output:
    """One line an item. With `as_json` each is an object; else a sentence of the catalogue, or the item's values in columns."""

    def __init__(self, words: Words, *, as_json: bool, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self._words = words
        self.as_json = as_json
        self._out = out if out is not None else sys.stdout
        self._err = err if err is not None else sys.stderr

    def use(self, words: Words) -> None:
        """Speak as the profile does: its language and zone."""
        self._words = words

    def text(self, sentence: Message) -> str:
        """In the language that is spoken here."""
        return self._words.text(sentence)

    def item(self, values: Mapping[str, object], sentence: Message | None = None) -> None:
        """Print one result. `sentence` is what a person reads; without it the values in their order."""
        if self.as_json:
            self.record(values)
            return
        if sentence is not None:
            line = _one_line(self._words.text(sentence))
        else:
            line = "  ".join(_one_line(_shown(value, self._words)) for value in values.values())
        self._out.write(line + "\n")
        self._out.flush()

    def record(self, values: Mapping[str, object]) -> None:
        """One object as JSON, for whoever is spoken to: a program."""
        self._out.write(json.dumps({name: _plain(value, self._words) for name, value in values.items()}, ensure_ascii=False) + "\n")
        self._out.flush()

    def say(self, sentence: Message) -> None:
        """A sentence for people alone; programs that read JSON are spared it."""
        if not self.as_json:
            self._out.write(self._words.text(sentence) + "\n")
            self._out.flush()

    def trouble(self, error: AppError) -> None:
        """The sentence of an error."""
        self.complain(error.message)

    def complain(self, sentence: Message) -> None:
        """A sentence about what went wrong while the rest went on; also for people who have the results read by a program."""
        self._err.write(_one_line(self._words.text(sentence)) + "\n")
        self._err.flush()

    def sentence(self, reason: str) -> str:
        """The sentence of a reason that a row keeps as JSON; empty for none."""
        return self._words.text(Message.from_json(reason)) if reason else ""


def _plain(value: object, words: Words) -> object:
    if isinstance(value, Message):
        return words.text(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(each, words) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each, words) for each in value]
    return value


def _shown(value: object, words: Words) -> str:
    if isinstance(value, datetime):
        return words.day_and_time(value)
    plain = _plain(value, words)
    return "" if plain is None else plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def _one_line(text: str) -> str:
    """Remote text in a terminal: one line, and no control or direction characters that would act there."""
    return "".join(c if c.isprintable() and not "\u202a" <= c <= "\u202e" and not "\u2066" <= c <= "\u2069" else " " for c in text)
