"""What lies over the window covers it, keeps the focus inside and gives it back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.overlay import Overlay


def scene(qtbot: QtBot, look: Look, fields: int = 2) -> tuple[QWidget, QLineEdit, Overlay]:
    host = QWidget()
    qtbot.addWidget(host)
    below = QLineEdit(host)
    host.resize(400, 300)
    host.show()
    host.activateWindow()
    QApplication.processEvents()
    below.setFocus()
    overlay = Overlay(look, host)
    row = QHBoxLayout(overlay.panel)
    for _ in range(fields):
        row.addWidget(QLineEdit())
    return host, below, overlay


def test_it_covers_its_host_also_when_that_grows(qtbot: QtBot, look: Look) -> None:
    host, _below, overlay = scene(qtbot, look)
    overlay.open()
    assert overlay.geometry() == host.rect()
    host.resize(500, 400)
    assert overlay.geometry() == host.rect()
    overlay.grab()


def test_tab_goes_round_inside(qtbot: QtBot, look: Look) -> None:
    _host, below, overlay = scene(qtbot, look)
    overlay.open()
    first, second = overlay.panel.findChildren(QLineEdit)
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Tab)
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Backtab)
    assert second.hasFocus()
    assert not below.hasFocus()


def test_the_focus_goes_back_at_the_end(qtbot: QtBot, look: Look) -> None:
    _host, below, overlay = scene(qtbot, look)
    closed: list[int] = []
    overlay.closed.connect(lambda: closed.append(1))
    overlay.open()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    overlay.close_now()
    assert overlay.isHidden()
    assert below.hasFocus()
    assert closed == [1]


def test_keys_do_not_reach_what_is_below(qtbot: QtBot, look: Look) -> None:
    host, _below, overlay = scene(qtbot, look, fields=0)
    heard: list[int] = []
    host.keyPressEvent = lambda event: heard.append(event.key())  # type: ignore[method-assign]
    overlay.open()
    assert overlay.hasFocus()
    QTest.keyClick(overlay, Qt.Key.Key_E)
    assert heard == []


def test_a_click_on_the_panel_keeps_it(qtbot: QtBot, look: Look) -> None:
    _host, _below, overlay = scene(qtbot, look)
    overlay.open()
    QTest.mouseClick(overlay.panel, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert overlay.isVisible()
    QTest.mouseClick(overlay, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert overlay.isHidden()


def test_what_lies_below_gets_the_focus_only_when_it_closes(qtbot: QtBot, look: Look) -> None:
    """As where the rows of a page come late and the page wants the keyboard on them."""
    host, below, overlay = scene(qtbot, look)
    late = QLineEdit(host)
    late.show()
    overlay.open()
    _first, second = overlay.panel.findChildren(QLineEdit)
    second.setFocus()
    late.setFocus()
    assert second.hasFocus()
    below.hide()
    overlay.close_now()
    assert late.hasFocus()
    below.show()
    below.setFocus()
    assert below.hasFocus()  # it looks no more


def test_who_had_the_focus_may_be_gone_at_the_end(qtbot: QtBot, look: Look) -> None:
    host, below, overlay = scene(qtbot, look)
    overlay.open()
    below.deleteLater()
    QApplication.sendPostedEvents(below, QEvent.Type.DeferredDelete)
    overlay.close_now()
    assert overlay.isHidden()
    assert host.isVisible()


def test_one_over_another_keeps_the_focus_of_both(qtbot: QtBot, look: Look) -> None:
    host, below, overlay = scene(qtbot, look)
    upper = Overlay(look, host)
    field = QLineEdit()
    QHBoxLayout(upper.panel).addWidget(field)
    overlay.open()
    upper.open()
    assert field.hasFocus()
    below.setFocus()
    assert field.hasFocus()
    upper.close_now()
    assert overlay.panel.findChildren(QLineEdit)[0].hasFocus()
    overlay.close_now()
    assert below.hasFocus()
