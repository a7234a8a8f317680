"""Every module says in its docstring what it is; the file table of ARCHITECTURE.md is made of these sentences."""

from __future__ import annotations

import ast

from tests.rules.sources import APP, ROOT, name_of, python_files, tree

FILES = (*python_files(APP), *python_files(ROOT / "tests"), *python_files(ROOT / "installer"), ROOT / "run.py")


def test_every_module_says_what_it_is_and_what_it_keeps_to_itself() -> None:
    modules = [path for path in FILES if path.read_text(encoding="utf-8").strip()]
    assert [name_of(path) for path in modules if len((ast.get_docstring(tree(path)) or "").split()) < 3] == []


def test_every_package_of_the_program_says_what_it_is() -> None:
    packages = [path for path in python_files(APP) if path.name == "__init__.py"]
    assert [name_of(path) for path in packages if not ast.get_docstring(tree(path))] == []
