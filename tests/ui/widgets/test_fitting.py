"""What a sheet holds is shown whole where there is room, and scrolls where there is not."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.ui.widgets.fitting import Fitting


def content(height: int) -> tuple[QWidget, QWidget]:
    outer, inner = QWidget(), QWidget()
    column = QVBoxLayout(outer)
    column.setContentsMargins(0, 0, 0, 0)
    inner.setFixedHeight(height)
    column.addWidget(inner)
    return outer, inner


def test_it_is_as_high_as_its_content(qapp: QApplication) -> None:
    outer, inner = content(300)
    area = Fitting(outer)
    assert area.sizeHint().height() == 300
    inner.setFixedHeight(420)
    qapp.processEvents()
    assert area.sizeHint().height() == 420


def test_it_scrolls_where_there_is_no_room(qapp: QApplication) -> None:
    area = Fitting(content(900)[0])
    area.resize(200, 300)
    area.show()
    qapp.processEvents()
    assert area.verticalScrollBar().maximum() == 600
    assert area.minimumSizeHint().height() < 300


def test_little_content_needs_little_room(qapp: QApplication) -> None:
    assert Fitting(content(40)[0]).minimumSizeHint().height() == 40
