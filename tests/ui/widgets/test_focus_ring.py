"""The ring goes round what the keyboard reached, outside of it, and along when it moves."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.focus_ring import FocusRing
from tests.ui.pictures import has


def scene(qtbot: QtBot, look: Look, qapp: QApplication, by_keyboard: bool = True) -> tuple[QWidget, Button, FocusRing]:
    host = QWidget()
    qtbot.addWidget(host)
    button = Button(look, "Press", parent=host)
    button.move(50, 50)
    host.resize(200, 120)
    host.show()
    host.activateWindow()
    qapp.processEvents()
    button.clearFocus()
    ring = FocusRing(look, qapp, lambda: by_keyboard)
    qtbot.addWidget(ring)
    return host, button, ring


def test_it_lies_three_pixels_outside(qtbot: QtBot, look: Look, qapp: QApplication) -> None:
    host, button, ring = scene(qtbot, look, qapp)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.target is button
    assert ring.geometry() == button.geometry().adjusted(-3, -3, 3, 3)
    assert has(host.grab().toImage(), look.theme.color("focus.ring"))


def test_it_follows_and_goes(qtbot: QtBot, look: Look, qapp: QApplication) -> None:
    _host, button, ring = scene(qtbot, look, qapp)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    button.move(70, 60)
    assert ring.pos() == button.pos() - QPoint(3, 3)
    button.hide()
    assert ring.target is None
    assert ring.isHidden()


def test_the_mouse_brings_no_ring(qtbot: QtBot, look: Look, qapp: QApplication) -> None:
    _host, button, ring = scene(qtbot, look, qapp, by_keyboard=False)
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert ring.target is None


def test_fields_draw_their_own_and_others_may_ask_or_refuse(qtbot: QtBot, look: Look, qapp: QApplication) -> None:
    host, button, ring = scene(qtbot, look, qapp)
    field = QLineEdit(host)
    field.show()
    field.setFocus()
    assert ring.target is None
    field.setProperty("ring", True)
    button.setFocus()
    field.setFocus()
    assert ring.target is field
    button.setProperty("ring", False)
    button.setFocus()
    assert ring.target is None


def test_in_a_scroll_area_it_scrolls_along_and_is_cut_off_at_its_edge(qtbot: QtBot, look: Look, qapp: QApplication) -> None:
    area, content = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    content.resize(100, 800)
    button = Button(look, "Press", parent=content)
    button.move(20, 100)
    area.setWidget(content)
    area.resize(160, 200)
    area.show()
    ring = FocusRing(look, qapp, lambda: True)
    qtbot.addWidget(ring)
    ring.surround(button)
    before = ring.y()
    area.verticalScrollBar().setValue(40)
    assert ring.y() == before - 40
    assert ring.mask().isEmpty()
    area.verticalScrollBar().setValue(100 + button.height() // 2)
    assert ring.isVisible()
    assert ring.mask().boundingRect().height() < ring.height()
    area.verticalScrollBar().setValue(400)
    assert ring.isHidden()
    ring.surround(None)


def test_it_outlives_the_part_it_lies_over(qtbot: QtBot, look: Look, qapp: QApplication) -> None:
    host, button, ring = scene(qtbot, look, qapp)
    part = QScrollArea(host)
    inner = QWidget()
    inside = Button(look, "Inside", parent=inner)
    part.setWidget(inner)
    part.show()
    inside.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.target is inside
    part.setWidget(QWidget())
    part.deleteLater()
    qapp.processEvents()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.target is button
    assert ring.isVisible()
