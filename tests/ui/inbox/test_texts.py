"""Texts of messages as they are painted: wrapped, with their links and a selection."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.ui.inbox.paragraphs import Paragraphs
from app.ui.inbox.snippets import elided_lines
from app.ui.safe_text import shown


@pytest.fixture
def font(qapp: QApplication) -> QFont:
    found = QFont("Inter")
    found.setPixelSize(14)
    return found


def test_text_wraps_and_keeps_its_lines(font: QFont) -> None:
    words = Paragraphs("one two three four five\n\nsix", font, 21)
    words.lay_out(100)
    assert words.width <= 100
    assert words.height >= 4 * 21


def test_a_word_without_end_is_broken(font: QFont) -> None:
    words = Paragraphs("x" * 500, font, 21)
    words.lay_out(120)
    assert words.width <= 120


def test_a_link_lies_where_it_is_painted(font: QFont) -> None:
    words = Paragraphs("a\nhttps://example.org/x", font, 21)
    words.lay_out(400)
    assert words.link_at(QPointF(20, 31)) == "https://example.org/x"
    assert words.link_at(QPointF(20, 10)) == ""
    assert words.links() == ("https://example.org/x",)


def test_a_part_of_the_text_can_be_taken(font: QFont) -> None:
    words = Paragraphs("pedido 😩 A-20418", font, 21)
    words.lay_out(400)
    start, end = words.word_at(2)
    assert words.part(start, end).strip() == "pedido"
    assert words.part(0, words.length) == "pedido 😩 A-20418"


@pytest.mark.parametrize("text", ["", "مرحبا كيف حالك", "你好！请问还有货吗？", "Здравствуйте", "a\u0301" * 300, "👩🏽‍🚀" * 40, "\ufffd\u2407"])
def test_every_script_is_painted_inside_its_room(font: QFont, text: str) -> None:
    words = Paragraphs(shown(text), font, 21)
    words.lay_out(160)
    image = QImage(200, 400, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    words.paint(painter, QPointF(0, 0), painter.pen().color(), painter.pen().color(), selection=(0, 3))
    painter.end()
    assert all(image.pixelColor(x, y) == image.pixelColor(199, 399) for x in range(172, 200) for y in range(0, 400, 3))


def test_lines_are_counted_and_the_rest_is_in_the_last(font: QFont) -> None:
    text = "uno dos tres cuatro cinco seis siete ocho nueve diez"
    lines = elided_lines(text, font, 90, 2)
    assert len(lines) == 2
    assert "".join(lines) == text
    assert elided_lines("", font, 90, 2) in ([], [""])
