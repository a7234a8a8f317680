"""Widgets flow into lines."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.flow_layout import FlowLayout


def test_what_finds_no_room_goes_to_the_next_line(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    flow = FlowLayout(host, gap=10)
    boxes = [QWidget() for _ in range(4)]
    for box in boxes:
        box.setFixedSize(50, 20)
        flow.addWidget(box)
    host.resize(120, 200)
    host.show()
    flow.activate()
    assert [(box.x(), box.y()) for box in boxes] == [(0, 0), (60, 0), (0, 30), (60, 30)]
    assert flow.heightForWidth(120) == 50
    assert flow.heightForWidth(300) == 20
    boxes[0].hide()
    assert flow.heightForWidth(180) == 20
    assert (flow.count(), flow.hasHeightForWidth()) == (4, True)
    assert flow.itemAt(9) is None
    assert flow.takeAt(9) is None
    assert flow.takeAt(0) is not None
    assert flow.sizeHint().width() == 50
    assert flow.expandingDirections().value == 0


def test_lines_may_stand_in_the_middle(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    flow = FlowLayout(host, gap=10, centred=True)
    boxes = [QWidget() for _ in range(3)]
    for box in boxes:
        box.setFixedSize(50, 20)
        flow.addWidget(box)
    host.resize(130, 200)
    host.show()
    flow.activate()
    assert [(box.x(), box.y()) for box in boxes] == [(10, 0), (70, 0), (40, 30)]
