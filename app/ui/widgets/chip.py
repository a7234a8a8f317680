"""Small labels: a category (tint, icon and word), a tag, a language, a count."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.widgets.text import text_width

BadgeKind = Literal["accent", "warn", "danger", "quiet"]


class Chip(NamedTuple):
    """What a chip shows: `hue` tints it, "soft" and "line" are without a hue (tags, languages)."""

    text: str
    icon: str | None = None
    hue: str | None = None
    kind: Literal["hue", "soft", "line"] = "hue"


def category_chip(look: Look, category: str) -> Chip:
    """The chip of a message category, named in the window's language (message id `category.<category>`)."""
    hue, icon = look.theme.category(category)
    return Chip(look.text(f"category.{category}"), icon, hue)


def language_chip(code: str) -> Chip:
    """Two letters in an outline."""
    return Chip(code[:2].upper(), kind="line")


def chip_width(look: Look, chip: Chip) -> float:
    """How wide `paint_chip` will draw it."""
    theme = look.theme
    padding = theme.px(5 if chip.kind == "line" else 6) * 2
    icon = theme.px(12) + theme.px(4) if chip.icon else 0
    return round(padding + icon + text_width(chip.text, _font(look, chip)))


def shortened_chip(look: Look, chip: Chip, room: float) -> Chip:
    """The chip with as much of its words as there is room for."""
    too_much = chip_width(look, chip) - room
    if too_much <= 0:
        return chip
    metrics = QFontMetricsF(_font(look, chip))
    wanted = metrics.horizontalAdvance(chip.text) - too_much
    return chip._replace(text=metrics.elidedText(chip.text, Qt.TextElideMode.ElideRight, max(0.0, wanted)))


def paint_chip(painter: QPainter, x: float, y: float, look: Look, chip: Chip, height: float = 0) -> float:
    """Draw a chip with its top left corner at (x, y); answers its width."""
    theme = look.theme
    width = chip_width(look, chip)
    height = height or theme.size("control.chip")
    rect = QRectF(x, y, width, height)
    radius = theme.radius("chip")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if chip.kind == "line":
        painter.setPen(QPen(theme.color("border.default"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.sunken") if chip.kind == "soft" else theme.hue(chip.hue or "slate", "tint"))
        painter.drawRoundedRect(rect, radius, radius)
    ink = _ink(look, chip)
    left = x + theme.px(5 if chip.kind == "line" else 6)
    if chip.icon:
        look.icons.paint(painter, QRectF(left, y, theme.px(12), height), chip.icon, ink)
        left += theme.px(12) + theme.px(4)
    painter.setPen(ink)
    painter.setFont(_font(look, chip))
    painter.drawText(QRectF(left, y, width, height), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), chip.text)
    painter.restore()
    return width


def badge_width(look: Look, text: str) -> float:
    """At least a little wider than high, so that one digit is a pill like the others."""
    theme = look.theme
    return max(theme.px(18), round(text_width(text, theme.font("micro", tabular=True)) + theme.px(10)))


def paint_badge(
    painter: QPainter, x: float, y: float, look: Look, text: str, kind: BadgeKind = "accent", ring: str | None = None
) -> float:
    """Draw a count with its top left corner at (x, y), 16 high; `ring` parts it from what lies under it. Answers its width."""
    theme = look.theme
    width, height = badge_width(look, text), theme.px(16)
    fill, ink = {
        "accent": ("accent.fill", "accent.onFill"),
        "warn": ("status.warn.strong", "status.warn.onStrong"),
        "danger": ("status.danger.strong", "status.danger.onStrong"),
        "quiet": ("surface.sunken", "text.secondary"),
    }[kind]
    rect = QRectF(x, y, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if ring:
        painter.setBrush(theme.color(ring))
        painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), height / 2 + 2, height / 2 + 2)
    painter.setBrush(theme.color(fill))
    painter.drawRoundedRect(rect, height / 2, height / 2)
    painter.setPen(theme.color(ink))
    painter.setFont(theme.font("micro", tabular=True))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()
    return width


class ChipLabel(QWidget):
    """A chip as a widget; its accessible name is its text."""

    def __init__(self, look: Look, chip: Chip | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._chip = chip or Chip("")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._chip.text)
        look.theme.changed.connect(self.updateGeometry)

    def show_chip(self, chip: Chip) -> None:
        self._chip = chip
        self.setAccessibleName(chip.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(chip_width(self._look, self._chip)), self._look.theme.size("control.chip"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, 0, 0, self._look, self._chip, self.height())


class Badge(QWidget):
    """A count as a widget; hidden at zero."""

    def __init__(self, look: Look, kind: BadgeKind = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._kind: BadgeKind = kind
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        self._text = self._look.count_text(count)
        self.setAccessibleName(self._look.number(count))
        self.setVisible(count > 0)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(badge_width(self._look, self._text)), self._look.theme.px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_badge(QPainter(self), 0, 0, self._look, self._text, self._kind)


def _font(look: Look, chip: Chip) -> QFont:
    return look.theme.font("micro" if chip.kind == "line" and len(chip.text) <= 2 else "caption", weight=500)


def _ink(look: Look, chip: Chip) -> QColor:
    if chip.kind == "hue":
        return look.theme.hue(chip.hue or "slate", "text")
    return look.theme.color("text.secondary")
