"""Plain text laid out for painting: paragraphs of their own direction, links, a selection. Knows nothing of where it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from app.ui.safe_text import Link, deceives, links

LONGEST_STRETCH = 2_000
"""Characters laid out as one; of a longer line the rest begins a new one, since laying out one word takes ever longer the longer it is."""


@dataclass(slots=True)
class _Paragraph:
    """One line of the text as it was typed, or a stretch of a very long one, wrapped."""

    layout: QTextLayout
    start: int
    """Of its first character in the whole text, in UTF-16 units."""
    length: int
    top: float
    links: tuple[Link, ...]


class Paragraphs:
    """`lay_out` for a width, then `paint`; positions inside are relative to the top left corner of the text."""

    def __init__(self, text: str, font: QFont, line: float) -> None:
        """`text` must be safe (`safe_text.shown`); `line` is the least height of a line."""
        self.text = text
        self._font = font
        self._line = line
        self._paragraphs: list[_Paragraph] = []
        self.width = 0.0
        """What the longest line takes."""
        self.height = 0.0

    def lay_out(self, room: float) -> None:
        """Wrap for at most `room`."""
        self._wrap(room)
        if any(_starts_right_to_left(piece) for piece in self.text.split("\n")):
            self._wrap(self.width)  # its lines begin at the right edge, which is known only now

    def _wrap(self, room: float) -> None:
        self._paragraphs = []
        self.width, top, start = 0.0, 0.0, 0
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        for piece, ends in _stretches(self.text):
            layout = QTextLayout(piece, self._font)
            layout.setTextOption(option)
            layout.setCacheEnabled(True)
            paragraph = _Paragraph(layout, start, len(piece.encode("utf-16-le")) // 2, top, links(piece))
            top += self._break(layout, room)
            start += paragraph.length + ends
            self._paragraphs.append(paragraph)
        self.width = min(float(room), float(round(self.width + 0.5)))
        self.height = top

    def _break(self, layout: QTextLayout, room: float) -> float:
        top = 0.0
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1.0, room))
            height = max(self._line, line.height())
            line.setPosition(QPointF(0, top + (height - line.height()) / 2))
            self.width = max(self.width, line.naturalTextWidth())
            top += height
        layout.endLayout()
        return max(top, self._line)

    def paint(
        self,
        painter: QPainter,
        at: QPointF,
        ink: QColor,
        link_ink: QColor,
        *,
        selection: tuple[int, int] = (0, 0),
        selected: tuple[QColor, QColor] | None = None,
        marks: Sequence[tuple[int, int]] = (),
        marked: QColor | None = None,
        warning: QColor | None = None,
    ) -> None:
        """`warning` is the ink of links that lead elsewhere than they seem to. `selection` is (start, end) in the whole text, `selected` its (ground, ink); `marks` have the ground `marked`."""
        painter.setPen(ink)
        inverted, possible = painter.combinedTransform().inverted()
        visible = inverted.mapRect(QRectF(painter.viewport())) if possible else QRectF()
        for number, paragraph in enumerate(self._paragraphs):
            top = at.y() + paragraph.top
            below = self._paragraphs[number + 1].top if number + 1 < len(self._paragraphs) else self.height
            if possible and (top > visible.bottom() or at.y() + below < visible.top()):
                continue
            formats = [
                _ranged(link.start, link.length, _link_format(warning if warning is not None and deceives(link.url) else link_ink))
                for link in paragraph.links
            ]
            if marked is not None:
                formats += _marked_formats(paragraph, marks, marked)
            begin = max(selection[0], paragraph.start) - paragraph.start
            end = min(selection[1], paragraph.start + paragraph.length) - paragraph.start
            if selected is not None and begin < end:
                formats.append(_ranged(begin, end - begin, _selected_format(*selected)))
            paragraph.layout.draw(painter, QPointF(at.x(), at.y() + paragraph.top), formats)

    def link_at(self, point: QPointF) -> str:
        """The address under a point, or nothing."""
        for paragraph in self._paragraphs:
            for link in paragraph.links:
                if any(rect.contains(point) for rect in _rects(paragraph, link.start, link.length)):
                    return link.url
        return ""

    def links(self) -> tuple[str, ...]:
        """All addresses, each once."""
        return tuple(dict.fromkeys(link.url for paragraph in self._paragraphs for link in paragraph.links))

    def position_at(self, point: QPointF) -> int:
        """The place between characters nearest to a point."""
        nearest = self._paragraphs[-1]
        for paragraph in self._paragraphs:
            if point.y() < paragraph.top + _height(paragraph.layout, self._line):
                nearest = paragraph
                break
        return nearest.start + _cursor(nearest.layout, QPointF(point.x(), point.y() - nearest.top))

    def y_of(self, position: int) -> float:
        """How far down a place in the text stands."""
        for paragraph in self._paragraphs:
            if position <= paragraph.start + paragraph.length:
                line = paragraph.layout.lineForTextPosition(max(0, position - paragraph.start))
                return paragraph.top + (line.y() if line.isValid() else 0.0)
        return self.height

    def word_at(self, position: int) -> tuple[int, int]:
        """The word around a place, as (start, end)."""
        for paragraph in self._paragraphs:
            if paragraph.start <= position <= paragraph.start + paragraph.length:
                inside = position - paragraph.start
                jump = QTextLayout.CursorMode.SkipWords
                end = paragraph.layout.nextCursorPosition(inside, jump)
                begin = paragraph.layout.previousCursorPosition(end, jump)
                return paragraph.start + begin, paragraph.start + end
        return position, position

    def part(self, start: int, end: int) -> str:
        """The text between two places."""
        data = self.text.encode("utf-16-le")
        return data[start * 2 : end * 2].decode("utf-16-le", "ignore")

    @property
    def length(self) -> int:
        """In UTF-16 units."""
        return len(self.text.encode("utf-16-le")) // 2


def _stretches(text: str) -> Iterator[tuple[str, int]]:
    """What is laid out as one, and whether a line ends there as it was typed (1 or 0)."""
    for line in text.split("\n"):
        rest = line
        while len(rest) > LONGEST_STRETCH:
            cut = rest.rfind(" ", LONGEST_STRETCH // 2, LONGEST_STRETCH) + 1 or LONGEST_STRETCH
            while cut < len(rest) and (unicodedata.combining(rest[cut]) or rest[cut] in "\u200d\ufe0f"):
                cut += 1  # what belongs together stays together
            yield rest[:cut], 0
            rest = rest[cut:]
        yield rest, 1


def _marked_formats(paragraph: _Paragraph, marks: Sequence[tuple[int, int]], ground: QColor) -> list[QTextLayout.FormatRange]:
    form = QTextCharFormat()
    form.setBackground(ground)
    found = []
    for start, end in marks:
        begin, stop = max(start - paragraph.start, 0), min(end - paragraph.start, paragraph.length)
        if begin < stop:
            found.append(_ranged(begin, stop - begin, form))
    return found


def _ranged(start: int, length: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    ranged = QTextLayout.FormatRange()
    ranged.start = start
    ranged.length = length
    ranged.format = form
    return ranged


def _link_format(ink: QColor) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setForeground(ink)
    form.setFontUnderline(True)
    return form


def _selected_format(ground: QColor, ink: QColor) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setBackground(ground)
    form.setForeground(ink)
    return form


def _rects(paragraph: _Paragraph, start: int, length: int) -> Sequence[QRectF]:
    rects = []
    for number in range(paragraph.layout.lineCount()):
        line = paragraph.layout.lineAt(number)
        begin, end = max(start, line.textStart()), min(start + length, line.textStart() + line.textLength())
        if begin < end:
            left, right = _x(line.cursorToX(begin)), _x(line.cursorToX(end))
            rects.append(QRectF(min(left, right), paragraph.top + line.y(), abs(right - left), line.height()))
    return rects


def _x(found: object) -> float:
    """PySide answers `cursorToX` with the place alone or together with the cursor."""
    return float(found[0]) if isinstance(found, tuple) else float(found)  # type: ignore[arg-type]


def _height(layout: QTextLayout, least: float) -> float:
    if not layout.lineCount():
        return least
    last = layout.lineAt(layout.lineCount() - 1)
    return max(least, last.y() + last.height())


def _cursor(layout: QTextLayout, point: QPointF) -> int:
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        if point.y() < line.y() + line.height() or number == layout.lineCount() - 1:
            return int(line.xToCursor(point.x()))
    return 0


def _starts_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction reads from the right (Hebrew, Arabic and their neighbours)."""
    for character in text:
        if "\u0590" <= character <= "\u08ff" or "\ufb1d" <= character <= "\ufdff" or "\ufe70" <= character <= "\ufeff":
            return True
        if character.isalpha():
            return False
    return False
