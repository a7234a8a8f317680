"""An argument parser that speaks the words' language: headings, its own help option, and what it says of mistakes.

`argparse` writes its complaints in fixed English sentences; they are taken apart here, and what is not known stays as it is.
"""

from __future__ import annotations

import argparse
import re
import sys
from functools import partial
from typing import Any, NoReturn

from app.runtime.words import Words

_COMPLAINTS = {
    "required": re.compile(r"the following arguments are required: (?P<names>.+)"),
    "choice": re.compile(
        r"argument (?P<name>.+?): invalid choice: (?P<value>.+?) \(choose from (?P<choices>.+)\)", re.DOTALL
    ),
    "unknown": re.compile(r"unrecognized arguments: (?P<names>.+)", re.DOTALL),
    "no_value": re.compile(r"argument (?P<name>.+): expected (?:one|at least one|\d+) arguments?"),
    "one_of": re.compile(r"one of the arguments (?P<names>.+) is required"),
    "not_with": re.compile(r"argument (?P<name>.+): not allowed with argument (?P<other>.+)"),
    "value": re.compile(r"argument (?P<name>.+?): invalid \S+ value: (?P<value>.+)", re.DOTALL),
}
"""What `argparse` says, by the end of the id of our own sentence."""


class Grammar(argparse.ArgumentParser):
    """Its subparsers speak the same language."""

    def __init__(self, words: Words, **values: Any) -> None:
        super().__init__(
            **{
                **values,
                "add_help": False,
                "formatter_class": partial(_Formatter, words.text("cli.usage")),
                "allow_abbrev": False,
            }
        )
        self._words = words
        self._positionals.title = words.text("cli.usage.positionals")
        self._optionals.title = words.text("cli.usage.options")
        self.add_argument("-h", "--help", action="help", default=argparse.SUPPRESS, help=words.text("cli.usage.help"))

    def add_subparsers(self, **values: Any) -> Any:
        return super().add_subparsers(**{"parser_class": partial(Grammar, self._words), **values})

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {self.said(message)}\n")

    def said(self, complaint: str) -> str:
        """A complaint of `argparse` in the words' language."""
        for kind, pattern in _COMPLAINTS.items():
            found = pattern.fullmatch(complaint)
            if found is not None:
                return self._words.text(f"cli.usage.{kind}", **found.groupdict())
        return complaint


class _Formatter(argparse.HelpFormatter):
    """Begins with the word for usage."""

    def __init__(self, usage: str, prog: str, **values: Any) -> None:
        super().__init__(prog, **values)
        self._usage_word = usage

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, f"{self._usage_word} " if prefix is None else prefix)
