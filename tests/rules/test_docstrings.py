"""Every module says in its docstring what it is; the file table of ARCHITECTURE.md is made of these sentences."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.rules.sources import APP, ROOT, name_of, python_files, tree

FILES = (*python_files(APP), *python_files(ROOT / "tests"), *python_files(ROOT / "installer"), ROOT / "run.py")


@pytest.mark.parametrize("path", [path for path in FILES if path.read_text(encoding="utf-8").strip()], ids=name_of)
def test_a_module_says_what_it_is(path: Path) -> None:
    docstring = ast.get_docstring(tree(path)) or ""
    assert len(docstring.split()) >= 3, f"{name_of(path)} needs a docstring of one sentence: what it is and what it keeps to itself"


@pytest.mark.parametrize("path", [path for path in python_files(APP) if path.name == "__init__.py"], ids=name_of)
def test_a_package_of_the_program_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree(path))
