"""Colours come from the theme's tokens: none is written down anywhere else in the program."""

from __future__ import annotations

import ast
import re

from tests.rules.sources import APP, called_name, name_of, prose_free_nodes, python_files, tree

HEXADECIMAL = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
CONSTRUCTORS = {"QColor", "fromRgb", "fromRgbF", "fromHsl", "fromHslF", "fromHsv", "fromHsvF", "setRgb", "qRgb", "qRgba"}
NAMED = {"white", "black", "red", "green", "blue", "gray", "darkGray", "lightGray", "yellow", "cyan", "magenta"}

ALLOWED = {
    "app/ui/theme.py": "turns the tokens into colours",
    "app/ui/icons.py": "finds the colours written in app.svg and puts the theme's in their place",
}


def test_every_colour_comes_from_the_theme() -> None:
    paths = [path for path in python_files(APP) if name_of(path) not in ALLOWED]
    assert [f"{name_of(path)}:{node.lineno}" for path in paths for node in prose_free_nodes(tree(path)) if is_colour(node)] == []  # type: ignore[attr-defined]


def is_colour(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and bool(HEXADECIMAL.search(node.value))
    if isinstance(node, ast.Call):
        return called_name(node) in CONSTRUCTORS and any(isinstance(part, ast.Constant) for part in node.args)
    return isinstance(node, ast.Attribute) and node.attr in NAMED and ast.unparse(node).startswith(("Qt.", "Qt.GlobalColor"))
