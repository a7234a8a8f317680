"""Files are called what they hold; a name under which anything may gather is not a name."""

from __future__ import annotations

from tests.rules.sources import APP, ROOT, name_of, python_files

MEANINGLESS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "managers", "handler", "handlers", "core"}
PEOPLE = {"app/models/manager.py", "app/services/managers.py", "app/store/reading/managers.py", "app/store/writing/managers.py"}
"""Here a manager is who decides in the shop: a word of the product, not a thing that manages others."""


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    files = python_files(APP) + python_files(ROOT / "tests") + python_files(ROOT / "installer")
    found = [name_of(path) for path in files if MEANINGLESS & {*path.relative_to(ROOT).parent.parts, path.stem}]
    of_people = {path.replace("app/", "tests/", 1).replace("manager", "test_manager") for path in PEOPLE} | PEOPLE
    assert [name for name in found if name not in of_people] == []


def test_every_folder_of_the_program_is_a_package() -> None:
    missing = {name_of(path.parent) for path in python_files(APP) if not (path.parent / "__init__.py").exists()}
    assert missing == set(), "import-linter and the wheel see packages only"
