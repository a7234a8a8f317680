"""The application is dressed, speaks, and shows a bug instead of dying of it."""

from __future__ import annotations

import builtins
import logging
import sys

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.application import CrashPanel, catch_bugs, details, dress, speak
from app.ui.dialogs import Sheet
from app.ui.look import Look
from app.ui.widgets.button import Button


def fault() -> RuntimeError:
    try:
        raise RuntimeError("a fault")
    except RuntimeError as error:
        return error


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


def test_a_bug_opens_one_panel_with_details_to_copy(qtbot: QtBot, look: Look, expected_log: list[logging.LogRecord]) -> None:
    window, copied = QWidget(), []
    qtbot.addWidget(window)
    window.resize(900, 700)
    panel = CrashPanel(look, lambda: window, copied.append, "0.1")
    panel.show(fault())
    panel.show(fault())
    sheets = window.findChildren(Sheet)
    assert len(sheets) == 1
    assert "RuntimeError: a fault" in sheets[0].panel.findChildren(QPlainTextEdit)[0].toPlainText()
    next(button for button in sheets[0].panel.findChildren(Button) if button.text() == "Copy details").click()
    assert copied[0].startswith("Tertulia 0.1, Python ")
    sheets[0].close_now()
    panel.show(fault())
    assert len(expected_log) == 3


def test_without_a_window_a_bug_is_only_logged(look: Look, expected_log: list[logging.LogRecord]) -> None:
    CrashPanel(look, lambda: None, lambda _text: None, "0.1").show(fault())
    assert len(expected_log) == 1


def test_details_name_versions_and_the_place() -> None:
    error = fault()
    text = details(RuntimeError, error, error.__traceback__, "0.1")
    assert "Qt 6" in text
    assert "test_application.py" in text


def test_what_nobody_caught_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    shown: list[BaseException] = []
    catch_bugs(shown.append)
    error = fault()
    sys.excepthook(RuntimeError, error, None)
    assert shown == [error]
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert shown == [error]
