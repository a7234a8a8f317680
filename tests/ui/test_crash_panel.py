"""A bug is shown and logged instead of ending the program."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.runtime.log import Held, Redactor
from app.ui.crash_panel import CrashPanel, catch_bugs
from app.ui.dialogs import Sheet
from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.text import Label


def fault() -> RuntimeError:
    try:
        raise RuntimeError("a fault")
    except RuntimeError as error:
        return error


def test_a_bug_opens_one_panel_with_details_to_copy(
    qtbot: QtBot, look: Look, expected_log: list[logging.LogRecord]
) -> None:
    window, copied = QWidget(), []
    qtbot.addWidget(window)
    window.resize(900, 700)
    panel = CrashPanel(look, lambda: window, copied.append, "0.1")
    panel.show(fault())
    panel.show(fault())
    sheets = window.findChildren(Sheet)
    assert len(sheets) == 1
    assert "RuntimeError" in sheets[0].panel.findChildren(QPlainTextEdit)[0].toPlainText()
    next(button for button in sheets[0].panel.findChildren(Button) if button.text() == "Copy details").click()
    assert copied[0].startswith("Tertulia 0.1, Python ")
    sheets[0].close_now()
    panel.show(fault())
    assert len(expected_log) == 3


def test_secrets_in_an_errors_own_words_are_neither_shown_nor_copied(
    qtbot: QtBot, look: Look, expected_log: list[logging.LogRecord]
) -> None:
    window, copied, redactor = QWidget(), [], Redactor()
    qtbot.addWidget(window)
    redactor.register(Held("one", ("canary-in-use",)))
    panel = CrashPanel(look, lambda: window, copied.append, "0.1", redactor.redact)
    panel.show(RuntimeError("refused: canary-in-use, Authorization: Bearer canary-unknown"))
    sheet = window.findChildren(Sheet)[0]
    shown = sheet.panel.findChildren(QPlainTextEdit)[0].toPlainText()
    next(button for button in sheet.panel.findChildren(Button) if button.text() == "Copy details").click()
    assert "RuntimeError" in shown
    assert "refused" not in shown, "an error's own words may be a customer's"
    assert "canary" not in shown + copied[0]


def test_without_a_window_a_bug_is_only_logged(look: Look, expected_log: list[logging.LogRecord]) -> None:
    CrashPanel(look, lambda: None, lambda _text: None, "0.1").show(fault())
    assert len(expected_log) == 1


def test_the_report_is_kept_in_a_file_which_the_panel_names(
    qtbot: QtBot, look: Look, expected_log: list[logging.LogRecord], tmp_path: Path
) -> None:
    window, kept = QWidget(), tmp_path / "crash-1.txt"
    qtbot.addWidget(window)
    window.resize(900, 700)

    def keep(text: str) -> Path:
        kept.write_text(text)
        return kept

    CrashPanel(look, lambda: window, lambda _text: None, "0.1", keep=keep).show(fault())
    sheet = window.findChildren(Sheet)[0]
    shown = sheet.panel.findChildren(QPlainTextEdit)[0].toPlainText()
    assert kept.read_text() == shown
    assert "Qt 6" in shown
    assert "test_crash_panel.py" in shown
    assert any(str(kept) in label.text() for label in sheet.panel.findChildren(Label))
    assert any(button.text() == "Show the file" for button in sheet.panel.findChildren(Button))
    assert len(expected_log) == 1


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
