"""No module keeps changing state of its own: bootstrap makes everything and passes it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.rules.sources import APP, called_name, name_of, python_files, tree

MUTABLE_CALLS = {"list", "dict", "set", "defaultdict", "deque", "Counter", "OrderedDict", "WeakValueDictionary", "WeakSet", "bytearray"}


def test_no_module_has_changing_state() -> None:
    assert [place for path in python_files(APP) for place in variables(path)] == []


def variables(path: Path) -> list[str]:
    """Where state is kept or changed, as `file:line`."""
    module = tree(path)
    found = [node.lineno for node in ast.walk(module) if isinstance(node, ast.Global)]
    found += [node.lineno for node in module.body if is_variable(node)]
    return [f"{name_of(path)}:{line}" for line in found]


def is_variable(node: ast.stmt) -> bool:
    """A container under a name that is no constant's, or an empty one that waits to be filled."""
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return False
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    value = node.value
    if not (isinstance(value, ast.List | ast.Dict | ast.Set) or called_name(value) in MUTABLE_CALLS):
        return False
    if any(not name.strip("_").isupper() and not is_dunder(name) for name in names):
        return True
    # `NOTHING: Mapping[str, str] = {}` cannot be filled.
    read_only = isinstance(node, ast.AnnAssign) and not re.match(r"(list|dict|set|deque|defaultdict)\b", ast.unparse(node.annotation))
    return is_empty(value) and not read_only and not all(is_dunder(name) for name in names)


def is_empty(value: ast.expr) -> bool:
    if isinstance(value, ast.Dict):
        return not value.keys
    return not (value.args if isinstance(value, ast.Call) else getattr(value, "elts", []))


def is_dunder(name: str) -> bool:
    """`__all__` and its like, and Alembic's own module variables."""
    return (name.startswith("__") and name.endswith("__")) or name in {"branch_labels", "depends_on"}
