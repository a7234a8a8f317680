"""The command line, run in this process or in one of its own, and what it said."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import headless

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """How one call ended."""

    code: int
    out: str
    err: str

    @property
    def items(self) -> list[dict[str, Any]]:
        """Its lines as the JSON that they are."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def item(self) -> dict[str, Any]:
        (only,) = self.items
        return only


class Program:
    """Calls on one profile folder. `sample` works on the sample shop beside it."""

    def __init__(self, folder: Path, *, sample: bool = False) -> None:
        self.folder = folder
        self.sample = sample

    @property
    def root(self) -> Path:
        """The folder of the profile that is worked on."""
        return self.folder.with_name(f"{self.folder.name}-sample") if self.sample else self.folder

    def arguments(self, *words: object, as_json: bool = True) -> list[str]:
        begin = ["--profile", str(self.folder), *(["--sample"] if self.sample else []), *(["--json"] if as_json else [])]
        return [*begin, *map(str, words)]

    def run(self, *words: object, stdin: str = "", as_json: bool = True) -> Ran:
        """In this process: fast, and errors show where they come from."""
        return run(self.arguments(*words, as_json=as_json), stdin)

    def start(self, *words: object, **how: Any) -> subprocess.Popen[str]:
        """In a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "app", *self.arguments(*words)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", **how,
        )  # fmt: skip


def run(arguments: list[str], stdin: str = "") -> Ran:
    out, err = io.StringIO(), io.StringIO()
    before = sys.stdin
    sys.stdin = io.StringIO(stdin)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = headless.run(arguments)
            except SystemExit as end:
                code = int(end.code or 0)
    finally:
        sys.stdin = before
    return Ran(code, out.getvalue(), err.getvalue())


def sample_copy(made: Path, folder: Path) -> Program:
    """A sample shop of one's own; `made` is one that was filled before."""
    program = Program(folder / "p", sample=True)
    shutil.copytree(made, program.root)
    return program


def make_sample(factory: pytest.TempPathFactory) -> Path:
    """A filled sample shop to make copies of."""
    program = Program(factory.mktemp("made") / "p", sample=True)
    assert program.run("accounts", "list").code == 0
    return program.root
