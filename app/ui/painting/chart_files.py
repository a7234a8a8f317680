"""Charts as pictures of their own: PNG and SVG with their title, what they show in words, and all that stands beside them on the screen."""

from __future__ import annotations

import re

from PySide6 import QtCore, QtGui, QtSvg  # by module: classes are made when first used, which is not at the start

from app.models.report import alt_of
from app.ui.charts.chart import Chart
from app.ui.look import Look
from app.ui.painting.paper import DPI
from app.ui.safe_text import one_line
from app.ui.widgets.text import draw_text

WIDTH = 680
"""Of a chart, in pixels at 96 an inch: as wide as what a page holds."""
HEIGHTS = (120, 210)
SHARP = 2.0
"""Pixels of a picture for each of the drawing."""
EDGE = 14.0
"""Around a chart that stands alone: other programs have other fonts."""
_FAMILY = re.compile(rb'font-family="([^"]*)"')


def about(look: Look, chart: Chart) -> str:
    """What its marks stand for."""
    told = chart.marks()
    return look.text(told) if told else ""


def alt_text(look: Look, chart: Chart) -> str:
    """What it shows, in words, for those who do not see it."""
    places = chart.telling()
    said = [one_line(chart.said(place)) for place in places]
    name = one_line(chart.accessibleName())
    return (
        look.text("report.alt", name=name, said=alt_of(said, whole=len(places) == chart.places))
        if said
        else look.text("report.alt_empty", name=name)
    )


def height_of(chart: Chart) -> int:
    """As high as on the screen, within bounds."""
    low, high = HEIGHTS
    return min(high, max(low, chart.sizeHint().height()))


def draw_alone(chart: Chart, look: Look, painter: QtGui.QPainter, rect: QtCore.QRectF) -> None:
    """On any device, in another look than its own, with axis and legend where the screen has them beside it."""
    own, chart.look, chart.alone = chart.look, look, True
    painter.save()
    try:
        painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
        chart.draw(painter, rect)
    finally:
        painter.restore()
        chart.look, chart.alone = own, False


def chart_svg(chart: Chart, look: Look, days: str = "") -> bytes:
    """Text is text in it. With `days` it has its title; without, it stands below one."""
    head = _head(look) if days else 0.0
    size = QtCore.QSize(WIDTH, round(height_of(chart) + head))
    buffer = QtCore.QBuffer()
    buffer.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
    generator = QtSvg.QSvgGenerator(QtSvg.QSvgGenerator.SvgVersion.SvgTiny12)
    generator.setOutputDevice(buffer)
    generator.setResolution(DPI)
    generator.setSize(size)
    generator.setViewBox(QtCore.QRect(QtCore.QPoint(), size))
    generator.setTitle(one_line(chart.accessibleName()))
    generator.setDescription(alt_text(look, chart))
    painter = QtGui.QPainter(generator)
    _paint(painter, chart, look, QtCore.QSizeF(size), days)
    painter.end()
    return _FAMILY.sub(rb'font-family="\1, system-ui, sans-serif"', bytes(buffer.data().data()))


def chart_png(chart: Chart, look: Look, days: str) -> bytes:
    """Sharp on dense screens, on the theme's ground, with its title."""
    return png_of(chart_image(chart, look, days))


def chart_image(chart: Chart, look: Look, days: str) -> QtGui.QImage:
    """What `png_of` makes a file of."""
    size = QtCore.QSizeF(WIDTH, height_of(chart) + _head(look))
    image = QtGui.QImage((size * SHARP).toSize(), QtGui.QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    image.fill(look.theme.color("surface.raised"))
    for key, told in ((b"Title", one_line(chart.accessibleName())), (b"Description", alt_text(look, chart))):
        image.setText(key.decode(), told)  # names of the format, not words
    painter = QtGui.QPainter(image)
    _paint(painter, chart, look, size, days)
    painter.end()
    return image


def png_of(image: QtGui.QImage) -> bytes:
    """On any thread."""
    buffer = QtCore.QBuffer()
    buffer.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # text is taken, whatever the stubs say
    return bytes(buffer.data().data())


def _head(look: Look) -> float:
    return look.theme.line("title") + look.theme.line("small") + 2 * EDGE


def _paint(painter: QtGui.QPainter, chart: Chart, look: Look, size: QtCore.QSizeF, days: str) -> None:
    theme, rect = look.theme, QtCore.QRectF(QtCore.QPointF(), size)
    if days:
        line = QtCore.QRectF(EDGE, EDGE / 2, size.width() - 2 * EDGE, theme.line("title"))
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, line, one_line(chart.accessibleName()), theme.font("title"))
        painter.setPen(theme.color("text.secondary"))
        told = " · ".join(each for each in (days, about(look, chart)) if each)
        draw_text(
            painter, QtCore.QRectF(EDGE, line.bottom(), line.width(), theme.line("small")), told, theme.font("small")
        )
        rect = rect.adjusted(EDGE, _head(look) - EDGE, 0, -EDGE)
    draw_alone(chart, look, painter, rect.adjusted(0, 0, -EDGE, 0))
