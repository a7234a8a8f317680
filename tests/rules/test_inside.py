"""Nobody asks PySide for what it cannot give safely: `app/ui/widgets/inside.py` says what, why, and how else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.rules.sources import APP, called_name, python_files, tree

HARMFUL = {"addLayout", "insertLayout", "itemAt", "itemAtPosition", "nextInFocusChain", "previousInFocusChain"}
THE_WAY = APP / "ui" / "widgets" / "inside.py"


def harmful_calls(parsed: ast.AST) -> Iterator[str]:
    """What is called that takes the process down or leaks, and Qt's own classes that all children are looked through for."""
    for node in ast.walk(parsed):
        if not isinstance(node, ast.Call):
            continue
        name = called_name(node)
        kind = node.args[0] if node.args else None
        if name in HARMFUL:
            yield name
        elif name == "findChildren" and isinstance(kind, ast.Name) and kind.id.startswith("Q"):
            yield f"{name}({kind.id})"


def test_nobody_asks_in_a_way_that_pyside_does_not_bear() -> None:
    found = {str(path.relative_to(APP)): list(harmful_calls(tree(path))) for path in _screens()}
    assert {path: calls for path, calls in found.items() if calls} == {}


def test_the_rule_knows_them() -> None:
    parsed = ast.parse("a.itemAt(0); a.addLayout(row); b.findChildren(QWidget); c.findChildren(Card); d.nextInFocusChain()")
    assert sorted(harmful_calls(parsed)) == ["addLayout", "findChildren(QWidget)", "itemAt", "nextInFocusChain"]


def _screens() -> Iterator[Path]:
    yield from (path for path in python_files(APP / "ui") if path != THE_WAY)
    yield APP / "window.py"
