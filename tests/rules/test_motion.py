"""Nothing moves where less motion is wished: whoever moves something asks the theme how long, and the theme then says 0."""

from __future__ import annotations

import ast

from tests.rules.sources import APP, called_name, python_files, tree

MOVERS = {
    "QPropertyAnimation",
    "QVariantAnimation",
    "QSequentialAnimationGroup",
    "QParallelAnimationGroup",
    "QTimeLine",
    "QMovie",
    "QScroller",
    "QGraphicsEffect",
}


def test_whatever_moves_asks_how_long_it_may() -> None:
    careless = []
    for path in python_files(APP / "ui"):
        calls = {called_name(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
        if calls & MOVERS and "duration" not in calls:
            careless.append(path.name)
    assert careless == []


def test_the_rule_knows_who_moves() -> None:
    """Else a rename would make it hold of nothing."""
    movers = [
        path.name
        for path in python_files(APP / "ui")
        if MOVERS & {called_name(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
    ]
    assert movers == ["toast.py"]
