"""The sheet of texts that were not sent is walked through with the arrows and opens what is chosen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.models.kept_text import KeptText
from app.ui.kept_sheet import KeptSheet
from app.ui.look import Look
from app.ui.widgets.text import Label
from tests.fakes.clock import FakeClock


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    host = QWidget()
    host.resize(900, 600)
    qtbot.addWidget(host)
    host.show()
    return host


def sheet(look: Look, host: QWidget, *texts: KeptText) -> tuple[KeptSheet, list[dict[str, object]]]:
    opened: list[dict[str, object]] = []
    made = KeptSheet(look, host, texts, lambda page, **target: opened.append({"page": page, **target}))
    made.open()
    return made, opened


def test_the_arrows_lead_from_text_to_text_and_a_click_opens_it(look: Look, host: QWidget) -> None:
    now = FakeClock().now()
    reply = KeptText("Hola,\nya salió", now, "Ximena", conversation_id=4)
    post = KeptText("Nuevo disco", now - timedelta(days=1), post_id=9)
    made, opened = sheet(look, host, reply, post)
    assert "Ximena" in made.lines[0].text()
    assert "Hola, ya salió" in made.lines[0].text()
    assert "Nuevo disco" in made.lines[1].text()
    dates = [label.text() for label in made.findChildren(Label) if label.text()]
    assert made.lines[0].accessibleDescription() in dates  # beside the text, so that no long text takes its room
    made.lines[0].setFocus()
    QTest.keyClick(made, Qt.Key.Key_Down)
    assert made.lines[1].hasFocus()
    QTest.keyClick(made.lines[1], Qt.Key.Key_Space)
    assert opened == [{"page": "composer", "post": 9}]


def test_where_nothing_waits_it_says_so(look: Look, host: QWidget) -> None:
    made, _ = sheet(look, host)
    assert any("Nothing waits" in label.text() for label in made.findChildren(Label))
