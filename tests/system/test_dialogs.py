"""Every sheet, question and menu in five languages at both sizes: nothing of what we say is cut off, and none is forgotten."""

from __future__ import annotations

import ast
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.widgets.overlay import Overlay
from tests.rules.sources import APP, called_name, prose_free_nodes, python_files, tree
from tests.ui.catalogues import LANGUAGES, sentences
from tests.ui.clipping import cut_parts, elided_texts
from tests.ui.scenes import ASKED, SCENES
from tests.ui.stage import Stage, stage_in

pytestmark = [
    pytest.mark.system,
    pytest.mark.timeout(600),
    pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True),
]
SIZES = ((1440, 900), (1024, 640))
FRAMES = {"Sheet", "SavingSheet", "ListSheet", "PlanSheet", "PickSheet", "FileSheet", "Overlay"}
"""What sheets are made of; never shown as they are."""
SEEN: set[str] = set()


@pytest.fixture
def stage() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory() as folder, stage_in(Path(folder)) as made:
        yield made


def faults(part: QWidget, ours: set[str]) -> list[str]:
    """What is cut in a sheet or menu that stands still, and sheets that are higher than their window without scrolling."""
    panel = part.panel if isinstance(part, Overlay) else part
    with elided_texts() as elided:
        panel.grab()
    found = cut_parts(panel, ours) + [f"{text!r} ends in an ellipsis" for text in sorted(elided & ours)]
    layout = panel.layout()
    if isinstance(part, Overlay) and layout is not None and layout.totalMinimumSize().width() > panel.width() + 1:
        found.append(f"needs {layout.totalMinimumSize().width()} of {panel.width()} pixels of width")
    if isinstance(part, Overlay) and layout is not None and layout.hasHeightForWidth():
        needed = layout.totalMinimumHeightForWidth(panel.width())
        if needed > panel.height() + 1:
            found.append(f"needs {needed} of {panel.height()} pixels of height")
    if isinstance(part, QMenu) and not panel.screen().availableGeometry().contains(panel.geometry()):
        found.append("reaches beyond the screen")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_sheets_and_menus_say_is_cut(
    stage: Stage, language: str, expected_log: list[logging.LogRecord]
) -> None:
    """One of them tells of a bug, which is logged."""
    ours, found = sentences(language), list[str]()
    for name, opened in SCENES.items():
        stage.resize(SIZES[0])
        stage.speak(language)
        stage.loop.run_until_complete(opened(stage))
        for size in SIZES:
            stage.resize(size)
            stage.loop.run_until_complete(stage.settle())
            parts = stage.parts()
            SEEN.update(type(part).__name__ for part in parts)
            for part in parts[-1:] or [stage.window]:
                found += [f"{name}, {size[0]}: {fault}" for fault in faults(part, ours)]
    stage.clear()
    assert not found, "\n".join(found)


def test_every_kind_of_sheet_was_opened() -> None:
    """Those that the program has; after the tests above."""
    kinds = {
        node.name
        for path in python_files(APP / "ui")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and _is_sheet(node)
    }
    assert kinds - FRAMES - SEEN == set()


def _is_sheet(node: ast.ClassDef) -> bool:
    names = {getattr(each, "id", "") for each in node.bases}
    return any(name.endswith("Sheet") or name == "Overlay" for name in names)


def test_every_question_was_asked() -> None:
    """By the id of its words, where it is asked."""
    known = {question.id for question, _, _ in ASKED.values()}
    asked = {
        value.value
        for path in python_files(APP)
        for node in prose_free_nodes(tree(path))
        if isinstance(node, ast.Call)
        and called_name(node) == "ask"
        and node.args
        and isinstance(node.args[0], ast.Call)
        and called_name(node.args[0]) == "message"
        for value in node.args[0].args[:1]
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
    }
    assert asked - known == set()
