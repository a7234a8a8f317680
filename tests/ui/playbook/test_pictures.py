"""Pictures that go along with an answer: pasted, dropped, described, put in order, removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.models.post import Picture
from tests.ui.playbook.acting import page_of
from tests.ui.playbook.fakes import three_answers
from tests.ui.shop import Shop, nameless, texts

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

Open = Callable[..., Shop]


def test_pictures_are_pasted_described_ordered_and_removed(open_page: Open, qapp: QApplication) -> None:
    page = page_of(open_page())
    pictures, editor = page.editor.pictures, page.editor.texts.editor
    assert pictures.isHidden()
    pasted = QMimeData()
    pasted.setUrls([QUrl.fromLocalFile(f"/somewhere/{name}") for name in ("one.png", "two.jpg", "notes.txt")])
    assert editor.canInsertFromMimeData(pasted)
    editor.insertFromMimeData(pasted)
    qapp.processEvents()
    assert page.desk.content.pictures == (Picture("media/one.png"), Picture("media/two.jpg"))
    assert any("Descriptions are missing: pictures 1 and 2" in said for said in texts(page.editor.preview))
    assert pictures.alt.hasFocus()
    QTest.keyClicks(pictures.alt, "La caja")
    pictures.tiles[1].setFocus()
    QTest.keyClick(pictures.tiles[1], Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qapp.processEvents()
    assert page.desk.content.pictures == (Picture("media/two.jpg", "La caja"), Picture("media/one.png"))
    assert pictures.tiles[0].hasFocus()
    assert pictures.tiles[0].accessibleName() == "Picture 1: La caja"
    QTest.keyClick(pictures.tiles[0], Qt.Key.Key_Right)
    assert pictures.tiles[1].hasFocus()
    QTest.keyClick(pictures.tiles[1], Qt.Key.Key_Delete)
    qapp.processEvents()
    assert page.desk.content.pictures == (Picture("media/two.jpg", "La caja"),)


def test_a_copied_image_without_a_file_goes_along(open_page: Open, qapp: QApplication) -> None:
    page = page_of(open_page())
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0)
    copied = QMimeData()
    copied.setImageData(image)
    page.editor.texts.editor.insertFromMimeData(copied)
    qapp.processEvents()
    assert page.desk.content.pictures == (Picture("media/pasted.png"),)


def test_a_dropped_picture_is_taken_and_text_still_pasted(open_page: Open, qapp: QApplication) -> None:
    page = page_of(open_page())
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile("/somewhere/map.webp")])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.editor.dropEvent(event)
    qapp.processEvents()
    assert page.desk.content.pictures == (Picture("media/map.webp"),)
    words = QMimeData()
    words.setText("hola")
    page.editor.texts.editor.selectAll()
    page.editor.texts.editor.insertFromMimeData(words)
    assert page.desk.content.texts[0].text == "hola"


def test_more_pictures_than_a_network_takes_are_told(open_page: Open, qapp: QApplication) -> None:
    rows = three_answers()
    rows[1] = replace(rows[1], pictures=tuple(Picture(f"{place}.png", "x") for place in range(5)))
    page = page_of(open_page(rows))
    qapp.processEvents()
    assert any("More pictures than" in said for said in texts(page.editor.preview))


def test_ctrl_i_asks_for_pictures_while_writing(open_page: Open, qapp: QApplication) -> None:
    shop = open_page()
    page = page_of(shop)
    page.editor.texts.editor.setFocus()
    QTest.keyClick(page.editor.texts.editor, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qapp.processEvents()
    (dialog,) = page.findChildren(QFileDialog)
    assert "*.webp" in dialog.nameFilters()[0]
    dialog.filesSelected.emit(["/somewhere/a.png"])
    dialog.close()
    qapp.processEvents()
    assert page.desk.content.pictures == (Picture("media/a.png"),)
    assert nameless(page) == []


def test_a_profile_that_is_only_read_takes_no_pictures(open_page: Open, qapp: QApplication) -> None:
    rows = three_answers()
    rows[1] = replace(rows[1], pictures=(Picture("1.png", "x"), Picture("2.png")))
    page = page_of(open_page(rows, read_only=True))
    pictures = page.editor.pictures
    pictures.ask()
    pictures.take_in([Path("/somewhere/a.png")])
    QTest.keyClick(pictures.tiles[0], Qt.Key.Key_Delete)
    qapp.processEvents()
    assert len(page.desk.content.pictures) == 2
    assert pictures.alt.isReadOnly()
    assert page.findChildren(QFileDialog) == []
