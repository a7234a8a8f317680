"""Cutting a picture to a shape, and putting pictures in another order by dragging them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from app.models.post import Picture, PostDraft
from app.ui.composer.crop_sheet import CropSheet
from app.ui.composer.cropping import SHAPES, Frame, shaped, stretched
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import X

LEFT = Qt.MouseButton.LeftButton


@pytest.mark.parametrize("aspect", [0.5, 1.0, 1.5, 3.0])
@pytest.mark.parametrize("name", [name for name in SHAPES if name != "free"])
def test_a_shape_fills_the_picture_as_far_as_it_can(name: str, aspect: float) -> None:
    frame = shaped(Frame(), SHAPES[name], aspect)
    assert frame.width * aspect / frame.height == pytest.approx(SHAPES[name])
    assert max(frame.width, frame.height) == pytest.approx(1.0)
    assert min(frame.left, frame.top) >= 0
    assert max(frame.right, frame.bottom) <= 1 + 1e-9


@pytest.mark.parametrize("corner", ["tl", "tr", "bl", "br"])
@pytest.mark.parametrize("shape", [0.0, 1.0, 16 / 9])
def test_a_corner_that_is_dragged_keeps_shape_and_picture(corner: str, shape: float) -> None:
    begun = shaped(Frame(0.2, 0.2, 0.8, 0.8), shape, 1.5)
    for right, down in ((0.1, 0.05), (-0.1, 0.2), (2.0, 2.0), (-2.0, -2.0)):
        frame = stretched(begun, corner, right, down, shape, 1.5)
        assert min(frame.left, frame.top) >= -1e-9
        assert max(frame.right, frame.bottom) <= 1 + 1e-9
        assert frame.width > 0
        if shape:
            assert frame.width * 1.5 / frame.height == pytest.approx(shape)


def test_a_frame_stops_at_the_edge() -> None:
    assert Frame(0.5, 0.5, 1.0, 1.0).moved(0.3, -0.9) == Frame(0.5, 0.0, 1.0, 0.5)


def opened(window: Window, *names: str) -> None:
    media: Path = window.services.drafting.media
    for name in names:
        image = QImage(300, 200, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.darkCyan)
        image.save(str(media / name))
    window.store.drafts[3] = PostDraft(id=3, parts=("Hola",), accounts=(X,), pictures=tuple(Picture(name, f"alt {name}") for name in names))
    window.open(post=3)


def test_a_picture_is_cut_to_a_square_and_its_description_stays(window: Window) -> None:
    opened(window, "a.png")
    window.page.bench.pictures.crop.click()
    sheet = window.shell.window.overlay()
    assert isinstance(sheet, CropSheet)
    assert not sheet.button.isEnabled(), "the whole picture is nothing to cut"
    sheet.shapes.chosen.emit(list(SHAPES).index("square"))
    QTest.keyClick(sheet.view, Qt.Key.Key_Left)
    sheet.button.click()
    ((picture, box),) = window.services.drafting.cropped
    assert picture.path == "a.png"
    assert (box[2] - box[0]) * 300 == pytest.approx((box[3] - box[1]) * 200)
    assert window.draft.pictures == (Picture("cut.png", "alt a.png"),)
    assert window.shell.window.overlay() is None


def test_a_corner_is_dragged_with_the_mouse(window: Window) -> None:
    opened(window, "a.png")
    window.run("composer.crop")
    sheet = window.shell.window.overlay()
    assert isinstance(sheet, CropSheet)
    corner = sheet.view.frame_rect().bottomRight().toPoint()
    QTest.mousePress(sheet.view, LEFT, pos=corner)
    QTest.mouseMove(sheet.view, corner - QPoint(60, 40))
    QTest.mouseRelease(sheet.view, LEFT, pos=corner - QPoint(60, 40))
    assert sheet.view.frame.right < 0.95
    assert sheet.view.frame.bottom < 0.95
    assert sheet.button.isEnabled()
    sheet.close_now()
    assert window.draft.pictures[0].path == "a.png"


def test_a_picture_dragged_onto_another_takes_its_place(window: Window) -> None:
    opened(window, "a.png", "b.png", "c.png")
    tiles = window.page.bench.pictures.tiles()
    first, last = tiles[0], tiles[2]
    target = first.mapFromGlobal(last.mapToGlobal(last.rect().center()))
    QTest.mousePress(first, LEFT, pos=first.rect().center())
    QTest.mouseMove(first, first.rect().center() + QPoint(30, 0))
    QTest.mouseMove(first, target)
    QTest.mouseRelease(first, LEFT, pos=target)
    assert [picture.path for picture in window.draft.pictures] == ["b.png", "c.png", "a.png"]


def test_a_picture_let_down_beside_the_others_stays(window: Window) -> None:
    opened(window, "a.png", "b.png")
    first = window.page.bench.pictures.tiles()[0]
    QTest.mousePress(first, LEFT, pos=first.rect().center())
    QTest.mouseMove(first, QPoint(-300, -300))
    QTest.mouseRelease(first, LEFT, pos=QPoint(-300, -300))
    assert [picture.path for picture in window.draft.pictures] == ["a.png", "b.png"]
