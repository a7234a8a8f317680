"""Pictures from the shipped SVG files, tinted with a colour of the theme and kept by (name, colour, size, ratio).

It keeps to itself where the files lie and how they are tinted; callers name an icon ("tray", "tray-fill", "fa6b.vk"). PySide makes a
class of Qt when its name is first used: `QIcon`, which the first page does without, is named through its module.
"""

from __future__ import annotations

from pathlib import Path

from PySide6 import QtGui
from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.ui.theme import Theme
from app.ui.widgets.fill import fill

_GLYPH_PART = 0.58  # how much of a network's disc its glyph fills


class Icons(QObject):
    """Hands out pixmaps and icons; the cache is dropped when the theme changes."""

    def __init__(self, theme: Theme, resources: Path) -> None:
        super().__init__()
        self._theme = theme
        self._folder = resources / "icons"
        self._renderers: dict[str, QSvgRenderer] = {}
        self._pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}
        theme.changed.connect(self._pixmaps.clear)

    def pixmap(self, name: str, role: str | QColor = "text.secondary", size: int = 16, ratio: float = 0.0) -> QPixmap:
        """The icon in one colour; `size` in device-independent pixels, `ratio` 0 means the screen's."""
        colour = self._colour(role)
        ratio = ratio or self._ratio()
        key = (name, colour.rgba(), size, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = self._pixmaps[key] = self._tinted(self._renderer(name), colour, size, ratio)
        return found

    def icon(self, name: str, role: str | QColor = "text.secondary", size: int = 16) -> QtGui.QIcon:
        """A QIcon for menus and Qt's own buttons, with a disabled state."""
        icon = QtGui.QIcon(self.pixmap(name, role, size))
        icon.addPixmap(self.pixmap(name, "text.disabled", size), QtGui.QIcon.Mode.Disabled)
        return icon

    def paint(self, painter: QPainter, rect: QRectF, name: str, role: str | QColor = "text.secondary") -> None:
        """Draw the icon into the middle of a rectangle, as large as its smaller side."""
        size = round(min(rect.width(), rect.height()))
        pixmap = self.pixmap(name, role, size, painter.device().devicePixelRatio())
        painter.drawPixmap(_snapped(rect.center().x() - size / 2), _snapped(rect.center().y() - size / 2), pixmap)

    def network(self, network: str, size: int = 16, ratio: float = 0.0) -> QPixmap:
        """The network's glyph on a disc of its colour, for people and accounts only."""
        ratio = ratio or self._ratio()
        key = (f"disc.{network}", 0, size, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            disc, glyph = self._theme.network(network)
            found = _blank(size, ratio)
            painter = QPainter(found)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(disc)
            painter.drawEllipse(QRectF(0, 0, size, size))
            inner = round(size * _GLYPH_PART * ratio) / ratio
            mark = self._tinted(self._renderer(self._theme.network_icon(network)), glyph, inner, ratio)
            painter.drawPixmap(QRectF((size - inner) / 2, (size - inner) / 2, inner, inner), mark, QRectF(mark.rect()))
            painter.end()
            self._pixmaps[key] = found
        return found

    def brand(self, network: str, role: str | QColor = "text.secondary", size: int = 13, ratio: float = 0.0) -> QPixmap:
        """The network's glyph alone, in grey, for everywhere else."""
        return self.pixmap(self._theme.network_icon(network), role, size, ratio)

    def mark(self, size: int = 34, ratio: float = 0.0, fill: QColor | None = None, dots: QColor | None = None) -> QPixmap:
        """The cup of Tertulia in the accent colour, or in given ones."""
        ratio = ratio or self._ratio()
        fill = fill or self._theme.color("accent.fill")
        dots = dots or self._theme.color("accent.onFill")
        key = (f"mark.{dots.name()}", fill.rgba(), size, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            source = (self._folder / "app.svg").read_text("utf-8")
            source = source.replace("#0E6670", fill.name()).replace('"#fff"', f'"{dots.name()}"')
            found = _blank(size, ratio)
            painter = QPainter(found)
            QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size, size))
            painter.end()
            self._pixmaps[key] = found
        return found

    def app_icon(self) -> QtGui.QIcon:
        """The window's and the task bar's icon, as drawn, in the sizes systems ask for."""
        icon = QtGui.QIcon()
        renderer = QSvgRenderer(str(self._folder / "app.svg"))
        for size in (16, 32, 64, 128):
            pixmap = _blank(size, 1.0)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, size, size))
            painter.end()
            icon.addPixmap(pixmap)
        return icon

    def exists(self, name: str) -> bool:
        return self._path(name).is_file()

    # ---- inside

    def _colour(self, role: str | QColor) -> QColor:
        return self._theme.color(role) if isinstance(role, str) else role

    def _ratio(self) -> float:
        screen = QGuiApplication.primaryScreen()
        return screen.devicePixelRatio() if screen else 1.0

    def _path(self, name: str) -> Path:
        kind, _, rest = name.rpartition(".")
        if kind == "fa6b":
            return self._folder / "brands" / f"{rest}.svg"
        return self._folder / "phosphor" / f"{rest}.svg"

    def _renderer(self, name: str) -> QSvgRenderer:
        if name not in self._renderers:
            path = self._path(name)
            renderer = QSvgRenderer(str(path)) if path.is_file() else QSvgRenderer()
            if not renderer.isValid():
                raise FileNotFoundError(f"no icon {name} at {path}")
            self._renderers[name] = renderer
        return self._renderers[name]

    def _tinted(self, renderer: QSvgRenderer, colour: QColor, size: float, ratio: float) -> QPixmap:
        pixmap = _blank(size, ratio)
        box = renderer.viewBoxF()
        scale = size / max(box.width(), box.height())
        width, height = box.width() * scale, box.height() * scale
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF((size - width) / 2, (size - height) / 2, width, height))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        fill(painter, QRectF(0, 0, size, size), colour)
        painter.end()
        return pixmap


def _blank(size: float, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def _snapped(value: float) -> int:
    """Whole pixels keep one-colour glyphs sharp."""
    return round(value)
