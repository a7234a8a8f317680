"""Pages painted on no screen: through the command line, which is how everybody does it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.headless import run
from app.runtime.paths import choose

BIG = (1440, 900)
SMALL = (1024, 640)


@pytest.fixture
def profile(qapp: QApplication, tmp_path: Path) -> Path:
    """A place for a sample shop; the application is the tests' own."""
    return tmp_path / "profile"


def paint(profile: Path, page: str, *how: str) -> QImage:
    target = profile.parent / f"{page.replace(':', '-')}.png"
    assert run(["--profile", str(profile), "--sample", "picture", page, str(target), *how]) == 0
    return QImage(str(target))


def test_a_page_has_the_size_and_the_theme_that_were_asked_for(profile: Path) -> None:
    light = paint(profile, "today", "--theme", "light")
    dark = paint(profile, "today", "--theme", "dark", "--size", "1024x640")
    assert (light.width(), light.height()) == BIG
    assert (dark.width(), dark.height()) == SMALL
    assert light.pixelColor(2, 300).lightness() > 200 > 60 > dark.pixelColor(2, 300).lightness()


def test_nothing_but_the_picture_is_left(profile: Path, tmp_path: Path) -> None:
    """In a process of its own: what is left is written at its very end."""
    room = tmp_path / "room"
    room.mkdir()
    command = [sys.executable, "-m", "app", "--profile", str(profile), "--sample", "picture", "today", str(tmp_path / "today.png")]
    subprocess.run(command, env={**os.environ, "TMPDIR": str(room)}, check=True, capture_output=True)
    assert list(room.rglob("*")) == []


def test_an_unknown_page_is_named_with_those_there_are(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--profile", str(profile), "--sample", "picture", "kitchen", str(profile.parent / "k.png")]) == 1
    said = capsys.readouterr().err
    assert "kitchen" in said
    assert "inbox" in said
    assert not (profile.parent / "k.png").exists()


def test_a_picture_that_cannot_be_written_is_told(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = profile.parent / "taken.png"
    folder.mkdir()
    assert run(["--profile", str(profile), "--sample", "picture", "today", str(folder)]) == 1
    assert "taken.png" in capsys.readouterr().err


def test_the_inbox_is_painted_with_the_answers_that_fit_and_nothing_changes_by_it(profile: Path) -> None:
    paint(profile, "today")  # makes the shop

    def unread() -> list[tuple[int, int]]:
        with closing(sqlite3.connect(choose(profile, sample=True).database)) as file:
            return file.execute("SELECT id, unread FROM conversation ORDER BY id").fetchall()

    before = unread()
    image = paint(profile, "inbox")
    assert unread() == before
    cards = {image.pixelColor(x, 640).name() for x in range(660, 1130)}
    assert len(cards) > 20, "texts stand where the cards are"


def test_a_part_of_a_page_is_named_after_a_colon(profile: Path) -> None:
    assert paint(profile, "settings:appearance") != paint(profile, "settings")
