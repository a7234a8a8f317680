"""A person without a picture has initials on a hue of their own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.theme import HUES
from app.ui.widgets.avatar import Avatar, NetworkBadge, hue_of, initials, paint_avatar
from tests.ui.pictures import has, painted, shot


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ximena Robles", "XR"), ("Étienne Marchal", "ÉM"), ("林晓雨", "林"), ("Катя Орлова", "КО"), ("memo", "M"), ("Ana María de la O", "AO"),
     ("@discos_aurora", "D"), ("", "?"), ("💙 💙", "?")],
)  # fmt: skip
def test_initials_are_first_letters_of_first_and_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_hue_stays_with_its_person() -> None:
    assert hue_of(42) == hue_of("42")
    assert {hue_of(number) for number in range(200)} == set(HUES)


def test_the_face_has_its_hue_and_the_networks_badge(look: Look) -> None:
    image = painted(lambda painter: paint_avatar(painter, QRectF(4, 4, 36, 36), look, "Ximena Robles", 7, network="mastodon"), 60, 60)
    assert has(image, look.theme.hue(hue_of(7), "tint"))
    assert has(image, look.theme.network("mastodon")[0])


def test_a_picture_takes_the_place_of_the_initials(look: Look) -> None:
    picture = QPixmap(10, 10)
    picture.fill(look.theme.color("status.danger.strong"))
    image = painted(lambda painter: paint_avatar(painter, QRectF(0, 0, 48, 48), look, "X", 7, picture=picture), 60, 60)
    assert has(image, look.theme.color("status.danger.strong"))
    assert not has(image, look.theme.hue(hue_of(7), "tint"))


def test_the_widgets_speak(look: Look, qtbot: QtBot) -> None:
    face, badge = Avatar(look), NetworkBadge(look, "x", "X", 22)
    qtbot.addWidget(face)
    qtbot.addWidget(badge)
    face.show_person("Ximena Robles", 7, "x")
    assert (face.accessibleName(), badge.accessibleName()) == ("Ximena Robles", "X")
    assert has(shot(badge), look.theme.network("x")[0])
    assert shot(face).width() == face.sizeHint().width()
