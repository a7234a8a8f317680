"""The end of a window: nothing of it is left, so that the next test begins with an empty screen and an empty memory."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from app.ui.shell import Shell


def close_shell(application: QApplication, shell: Shell) -> None:
    """Closes and deletes it; the application is dressed in nothing."""
    shell.dismantle(application)
    shell.hour.blockSignals(True)
    shell.delete()
    application.setStyleSheet("")


def delete(*objects: QObject) -> None:
    """At once, not when a loop turns next."""
    for each in objects:
        each.deleteLater()
        QCoreApplication.sendPostedEvents(each, QEvent.Type.DeferredDelete)
