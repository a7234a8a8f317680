"""Where the window stands is kept from one start to the next, and where a screen went, shrank or is drawn larger it is still whole in view."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.ui.first_frame import TITLE, least_size

ROOT = Path(__file__).resolve().parents[2]
LEFT, RIGHT = (0, 0, 1920, 1080), (1920, 0, 2560, 1440)
BEYOND = (-1600, 200, 1600, 900)
"""A screen at the left of the first one."""
SMALL = (0, 0, 1366, 768)
WHOLE = 0.97
"""Offscreen, frames of windows are not quite counted."""


@dataclass
class Desk:
    """A profile's folder; each start is a process of its own on the screens there are then."""

    folder: Path

    def start(self, *screens: tuple[int, int, int, int], scale: str = "1", **wish: object) -> dict[str, Any]:
        """`place` moves the window before its end. Answers how it stood at the beginning."""
        names = ("x", "y", "width", "height")
        described = [dict(zip(names, each, strict=True)) | {"name": str(number)} for number, each in enumerate(screens)]
        config = self.folder / "screens.json"
        config.write_text(json.dumps({"screens": described}), "utf-8")
        environment = os.environ | {
            "QT_QPA_PLATFORM": f"offscreen:configfile={config}",
            "QT_SCALE_FACTOR": scale,
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "tests.ui.placed_window", str(self.folder / "window.ini"), json.dumps(wish)]
        done = subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_it_stands_where_it_stood_also_on_another_screen(desk: Desk) -> None:
    desk.start(LEFT, RIGHT, place=[2400, 200, 1700, 1000])
    assert desk.start(LEFT, RIGHT, place=[140, 90, 1280, 800])["began"] == [2400, 200, 1700, 1000]
    assert desk.start(LEFT, RIGHT)["began"] == [140, 90, 1280, 800]


def test_as_large_as_the_screen_it_is_so_again_and_knows_its_usual_place(desk: Desk) -> None:
    desk.start(LEFT, place=[140, 90, 1280, 800])
    desk.start(LEFT, maximized=True)
    found = desk.start(LEFT)
    assert found["maximized"]
    assert found["usual"] == [140, 90, 1280, 800]


@pytest.mark.parametrize(
    ("place", "screens", "now"),
    [
        ([2400, 200, 1700, 1000], [LEFT, RIGHT], [LEFT]),
        ([-1500, 300, 1100, 700], [LEFT, BEYOND], [LEFT]),
        ([2400, 200, 1700, 1000], [LEFT, RIGHT], [SMALL]),
        ([600, 300, 1300, 760], [LEFT], [SMALL]),
    ],
    ids=["right one gone", "left one gone", "gone and smaller", "smaller"],
)
def test_where_a_screen_went_or_is_smaller_it_is_whole_in_view(
    desk: Desk, place: list[int], screens: list[tuple[int, int, int, int]], now: list[tuple[int, int, int, int]]
) -> None:
    desk.start(*screens, place=place)
    found = desk.start(*now)
    assert found["on_screen"]
    assert found["within"] > WHOLE, found
    assert found["began"][2] <= max(screen[2] for screen in now)


@pytest.mark.parametrize("scale", ["1", "1.25", "1.5", "2"])
def test_at_every_scale_of_a_full_hd_screen_it_is_whole_in_view(desk: Desk, scale: str) -> None:
    first = desk.start(LEFT, scale=scale)
    assert first["ratio"] == float(scale)
    assert first["within"] > WHOLE, first
    desk.start(LEFT, place=[100, 100, 1300, 800])
    found = desk.start(LEFT, scale=scale)
    assert found["within"] > WHOLE, found
    if scale in ("1", "1.25"):  # there is room for it as it was
        assert found["began"][2:] == [1300, 800]


@pytest.mark.parametrize(("screen", "usual"), [((0, 0, 1440, 900), False), (SMALL, False), (LEFT, True)])
def test_the_first_time_there_is_room_for_the_title_above_it_and_the_footer_in_it(
    desk: Desk, screen: tuple[int, int, int, int], usual: bool
) -> None:
    left, top, width, height = desk.start(screen)["began"]
    assert top + height + TITLE <= screen[3]
    assert left + width <= screen[2]
    assert ((width, height) == (1440, 900)) is usual


def test_the_least_size_leaves_room_for_the_title(qapp: QApplication) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert least_size((200, 100)).toTuple() == (200, 100)
    least = least_size((room.width() + 500, room.height() + 500))
    assert (least.width() <= room.width(), least.height() <= room.height() - TITLE) == (True, True)
