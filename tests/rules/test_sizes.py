"""Files, functions and classes stay small enough to be read at once; one that is larger must say here why."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.rules.sources import APP, ROOT, name_of, python_files, tree

LONGEST_FILE = 500
LONGEST_FUNCTION = 70
MOST_METHODS = 25

# "file", "file:function" or "file:Class" -> why it is better as one piece.
JUSTIFIED: dict[str, str] = {
    "app/store/migrations/versions/0001_first.py": "a list of tables, read once and never changed again after the first release",
    "app/store/migrations/versions/0001_first.py:_profile": "the same",
}

FILES = (*python_files(APP), *python_files(ROOT / "tests"), *python_files(ROOT / "installer"), ROOT / "run.py")


def too_large(path: Path) -> list[str]:
    name = name_of(path)
    found = [name] if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE else []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found += [f"{name}:{node.name}"] if length(node) > LONGEST_FUNCTION else []
        elif isinstance(node, ast.ClassDef):
            # A fake server has a method for each address of the real one, so classes of tests are not counted.
            found += [f"{name}:{node.name}"] if len(methods(node)) > MOST_METHODS and path.is_relative_to(APP) else []
    return found


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def methods(cls: ast.ClassDef) -> list[ast.stmt]:
    return [node for node in cls.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_nothing_is_too_large_to_be_read_at_once() -> None:
    assert [name for path in FILES for name in too_large(path) if name not in JUSTIFIED] == []


def test_every_justification_is_still_needed() -> None:
    large = {name for path in FILES for name in too_large(path)}
    assert set(JUSTIFIED) <= large
