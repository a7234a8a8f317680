"""Type: the fonts of the token roles at the current zoom, and how high their lines are."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF, QGuiApplication

LEAST_POINTS = 7.5
DRAWN_PIXELS = 13
"""The size of the role "body" in the drawings."""


class Fonts:
    """Kept by role; forgotten when the zoom changes. The system's font unless a family is given (for pictures)."""

    def __init__(self, roles: dict[str, Any], family: str | None) -> None:
        self._roles = roles
        self._family = family
        self._zoom = 1.0
        self._fonts: dict[tuple[str, bool, int], QFont] = {}
        self._lines: dict[str, int] = {}

    def enlarge(self, zoom: float) -> float:
        """Use another zoom (1.0 as drawn); answers how much larger than drawn the text is now."""
        self._zoom = zoom
        self._fonts.clear()
        self._lines.clear()
        return zoom * self._base_points() * _dots_per_inch() / 72 / DRAWN_PIXELS

    def font(self, role: str, *, tabular: bool, weight: int) -> QFont:
        key = (role, tabular, weight)
        if key not in self._fonts:
            entry = self._roles[role]
            font = QFont(self._system())
            font.setPointSizeF(max(LEAST_POINTS, self._base_points() * entry["ratio"]) * self._zoom)
            font.setWeight(QFont.Weight(weight or entry["weight"]))
            if tabular:
                font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[key] = font
        return self._fonts[key]

    def line(self, role: str, drawn: int) -> int:
        """The drawn line height, or more when the font (Chinese) needs it."""
        if role not in self._lines:
            self._lines[role] = max(drawn, round(QFontMetricsF(self.font(role, tabular=False, weight=0)).height()))
        return self._lines[role]

    def mono(self) -> QFont:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font("small", tabular=False, weight=0).pointSizeF())
        return font

    def _system(self) -> QFont:
        return QFont(self._family) if self._family else QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)

    def _base_points(self) -> float:
        """Points of the role "body" at 100 %: the system's size, but never below 13 pixels at the platform's resolution."""
        least = DRAWN_PIXELS * 72 / _dots_per_inch()
        return max(least, 0.0 if self._family else QFontInfo(self._system()).pointSizeF())


def _dots_per_inch() -> float:
    screen = QGuiApplication.primaryScreen()
    return screen.logicalDotsPerInchY() if screen else 96.0
