"""Viewports made here instead of by Qt.

A widget that Qt made is a stranger to PySide: at its first touch it makes a class of every kind of widget there is, 90 of them, to find
out which one it holds. That costs 8 ms and nearly a megabyte before the first page. A widget made in Python is known.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QWidget


def own_viewport(area: QAbstractScrollArea) -> QWidget:
    """Gives a new scroll area a viewport like the one it has."""
    viewport = QWidget()
    viewport.setBackgroundRole(QPalette.ColorRole.Base)
    viewport.setAutoFillBackground(True)
    area.setViewport(viewport)
    return viewport


def clear_viewport(area: QAbstractScrollArea) -> QWidget:
    """Gives a new scroll area a viewport through which one sees what the area stands on."""
    viewport = QWidget()
    area.setViewport(viewport)
    return viewport


def hold_clear(area: QScrollArea, content: QWidget) -> None:
    """Put content without a ground of its own into an area; Qt would give it one."""
    area.setWidget(content)
    content.setAutoFillBackground(False)
