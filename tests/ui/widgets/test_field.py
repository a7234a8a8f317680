"""A field says beside itself what is wrong, proposes, and is content again as soon as one types."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.field import Field, LineField


def test_a_mistake_is_said_beside_it(look: Look, qtbot: QtBot) -> None:
    field = Field(look, "Server", "musica.exmple", hint="Where you signed up")
    qtbot.addWidget(field)
    field.show()
    accepted: list[int] = []
    field.complain("No server answers at this name.", "Use musica.example", lambda: accepted.append(1))
    assert field.line.property("wrong") is True
    assert field.line.accessibleDescription() == "No server answers at this name."
    assert field._proposal.isVisible()
    field._proposal.click()
    assert accepted == [1]
    assert field.line.property("wrong") is False
    assert not field._proposal.isVisible()


def test_typing_makes_it_content(look: Look, qtbot: QtBot) -> None:
    field = Field(look, "Server")
    qtbot.addWidget(field)
    heard: list[str] = []
    field.changed.connect(heard.append)
    field.complain("No.")
    QTest.keyClicks(field.line, " a ")
    assert field.line.accessibleDescription() == ""
    assert heard[-1] == " a "
    assert field.text == "a"


def test_a_secret_is_not_shown(look: Look, qtbot: QtBot) -> None:
    field = Field(look, "Token", secret=True)
    qtbot.addWidget(field)
    assert field.line.echoMode() == QLineEdit.EchoMode.Password


def test_the_line_names_itself_and_grows_with_the_zoom(look: Look, qtbot: QtBot) -> None:
    line = LineField(look, "Server", placeholder="mastodon.social")
    qtbot.addWidget(line)
    assert (line.accessibleName(), line.height()) == ("Server", 30)
    look.theme.choose(zoom=150)
    assert line.height() == 45
