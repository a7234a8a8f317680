"""A pane that waits shows still shapes."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.skeleton import Skeleton, paint_skeleton_row
from tests.ui.pictures import has, painted, shot


def test_skeletons_are_still(look: Look, qtbot: QtBot) -> None:
    image = painted(lambda painter: paint_skeleton_row(painter, QRectF(0, 0, 400, 92), look))
    assert has(image, look.theme.color("surface.pressed"))
    assert painted(lambda painter: paint_skeleton_row(painter, QRectF(0, 0, 400, 92), look)) == image
    assert painted(lambda painter: paint_skeleton_row(painter, QRectF(0, 0, 400, 92), look, compact=True)) != image
    skeleton = Skeleton(look, 2)
    qtbot.addWidget(skeleton)
    assert skeleton.sizeHint().height() == 2 * 92
    shot(skeleton)
