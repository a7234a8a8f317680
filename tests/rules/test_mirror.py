"""Every module of app/ that does something has its test file in the same place under tests/."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.rules.sources import APP, ROOT, name_of, python_files, tree

# Modules tested elsewhere: the file or folder that tests them, and why.
COVERED_BY: dict[str, tuple[str, str]] = {
    "app/bootstrap.py": ("tests/end_to_end", "it only puts the layers together, which the end-to-end tests run"),
    "app/headless.py": ("tests/end_to_end", "the command line's half of bootstrap: each act is run there as a process"),
    "app/early.py": ("tests/end_to_end", "it only opens the profile and shows the list, which the tests of its parts and whole starts do"),
    "app/mending.py": ("tests/end_to_end", "the window over data that cannot be opened is run there as one"),
    "app/window.py": ("tests/end_to_end", "the window's half of bootstrap: first frame, loading and end are run there as a process"),
    "app/ui/parting.py": ("tests/end_to_end/test_window_life.py", "closing with something waiting is a conversation with a whole window"),
    "app/services/desktop_notices.py": ("tests/services/test_desktop_bus.py", "it speaks over a bus, and the real one is started there"),
    "app/services/power.py": ("tests/services/test_desktop_bus.py", "it listens on a bus, and the real one is started there"),
    "app/ui/tellings.py": ("tests/ui/test_notifying.py", "facts are told there from what is stored to what the desktop shows"),
    "app/runtime/setting_group.py": ("tests/runtime/test_settings.py", "groups are described and kept there as settings"),
    "app/__main__.py": ("tests/end_to_end", "it only hands the command line to bootstrap"),
}


def test_every_module_with_code_has_its_test_file() -> None:
    """The file to write is named; what covers a module from elsewhere is named above."""
    assert [name_of(places(path)[0]) for path in python_files(APP) if name_of(path) not in COVERED_BY and is_untested(path)] == []


def test_an_exemption_names_a_module_and_a_test_that_exist() -> None:
    assert [name for name, (test, _) in COVERED_BY.items() if not ((ROOT / name).exists() and (ROOT / test).exists())] == []


def is_untested(path: Path) -> bool:
    return does_something(tree(path)) and not any(holds_tests(place) for place in places(path))


def places(path: Path) -> list[Path]:
    """Where tests of a module may stand, the best place first.

    A page (a folder of ui/) is one thing for its user, so any test of that page covers its parts; a schema step is covered by
    the tests of the whole upgrade.
    """
    inside = path.relative_to(APP)
    tests = ROOT / "tests"
    if inside.parts[:2] == ("store", "migrations"):
        return [tests / "store" / "test_migrations.py", tests / "store" / "test_upgrade.py"]
    if inside.name == "__init__.py":
        return [tests / inside.parent / f"test_{inside.parent.name}.py", tests / inside.parent]
    found = [tests / inside.parent / f"test_{inside.name}"]
    if inside.parts[0] == "ui" and len(inside.parts) > 2 and (APP / "ui" / inside.parts[1] / "page.py").exists():
        found.append(tests / "ui" / inside.parts[1])
    return found


def holds_tests(place: Path) -> bool:
    return any(place.rglob("test_*.py")) if place.is_dir() else place.exists()


def does_something(module: ast.Module) -> bool:
    """Has it a function with a body? Plain data, enums and Protocols are tested where they are used."""
    return any(has_body(node) for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def has_body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        not (isinstance(line, ast.Pass) or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))) for line in function.body
    )
