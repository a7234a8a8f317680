"""Viewports made in Python look like those that Qt makes."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from app.ui.widgets.viewport import clear_viewport, own_viewport

RED, BLUE = QColor("#aa0000"), QColor("#0000aa")


def colour_shown(area: QScrollArea) -> QColor:
    """In the middle of an empty area that stands on blue; its own ground would be red."""
    area.setFrameShape(QFrame.Shape.NoFrame)
    palette = area.palette()
    palette.setColor(QPalette.ColorRole.Base, RED)
    area.setPalette(palette)
    ground = QWidget()
    ground.resize(40, 40)
    under = ground.palette()
    under.setColor(QPalette.ColorRole.Window, BLUE)
    ground.setPalette(under)
    area.setParent(ground)
    area.resize(40, 40)
    return ground.grab().toImage().pixelColor(20, 20)


def test_an_own_viewport_has_the_ground_of_qts(qapp: QApplication) -> None:
    area = QScrollArea()
    assert own_viewport(area) is area.viewport()
    assert colour_shown(area) == RED


def test_one_sees_through_a_clear_viewport(qapp: QApplication) -> None:
    area = QScrollArea()
    assert clear_viewport(area) is area.viewport()
    assert colour_shown(area) == BLUE


CLASSES = """
import sys
from shiboken6 import Object
from PySide6.QtWidgets import QApplication, QScrollArea
from app.ui.widgets.viewport import own_viewport

def named(of):
    return {kind.__name__ for kind in type.__subclasses__(of)} | {name for kind in type.__subclasses__(of) for name in named(kind)}

application = QApplication(["x"])
area = QScrollArea()
if sys.argv[1] == "own":
    own_viewport(area)
area.viewport()
print("QWizard" in named(Object))
"""


@pytest.mark.parametrize(("whose", "makes_every_class"), [("own", "False"), ("qt's", "True")])
def test_pyside_need_not_look_what_an_own_viewport_is(whose: str, makes_every_class: str) -> None:
    """The second case guards the reason of this module: where it fails, PySide has learned better."""
    done = subprocess.run([sys.executable, "-c", CLASSES, whose], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == makes_every_class
