"""Answers Qt when a screen reader asks what a part is, and tells it what Qt does not. What answers is imported when the first one asks."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

INSTALLED = "partsAccess"


def answer_screen_readers(application: QApplication) -> None:
    """Let Qt ask here what a part is; once for the process."""
    if not application.property(INSTALLED):
        application.setProperty(INSTALLED, True)
        QAccessible.installFactory(_part_of)


def retitle(window: QWidget, title: str) -> None:
    """Another title of a window; a screen reader would keep the former."""
    window.setWindowTitle(title)
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(window, QAccessible.Event.NameChanged))


def _part_of(key: str, thing: QObject) -> QAccessibleInterface | None:
    told: QAccessibleInterface | None = import_module("app.ui.access").part_of(key, thing)
    return told
