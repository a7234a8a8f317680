"""The application is dressed and speaks."""

from __future__ import annotations

import builtins

from PySide6.QtCore import QEvent, QLocale, QObject
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.application import dress, speak
from app.ui.look import Look


def test_pysides_import_hook_is_gone() -> None:
    assert builtins.__import__ is getattr(builtins, "__orig_import__", builtins.__import__)


def test_the_application_wears_the_theme_and_follows_it(qapp: QApplication, look: Look) -> None:
    dress(qapp, look.theme, look.icons)
    look.theme.choose(mode="dark")
    assert qapp.palette().window().color() == look.theme.color("surface.window")
    assert look.theme.color("surface.overlay").name() in qapp.styleSheet()
    look.theme.choose(mode="light")
    assert not qapp.windowIcon().isNull()
    qapp.setStyleSheet("")


def test_another_density_dresses_nothing_anew(qtbot: QtBot, qapp: QApplication, look: Look) -> None:
    dress(qapp, look.theme)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    dressed: list[QEvent.Type] = []

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            dressed.append(event.type())
            return False

    watch = Watch()
    field.installEventFilter(watch)
    look.theme.choose(density="compact")
    assert QEvent.Type.StyleChange not in dressed
    look.theme.choose(mode="dark")
    assert QEvent.Type.StyleChange in dressed
    qapp.setStyleSheet("")


def test_qts_own_words_are_spanish_too(qapp: QApplication) -> None:
    before = QLocale()
    translator = speak(qapp, "es", "MX")
    try:
        assert QLocale().language() == QLocale.Language.Spanish
        assert translator is None or qapp.translate("QPlatformTheme", "Cancel") == "Cancelar"
    finally:
        if translator is not None:
            qapp.removeTranslator(translator)
        QLocale.setDefault(before)
