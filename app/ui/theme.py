"""The look as data: reads the design tokens and hands out colours, fonts, sizes and durations for the chosen theme and zoom.

It keeps to itself how a token becomes a Qt value, which of the two themes is in force, and how the system's wishes
(dark colours, high contrast, less motion) are learned. No colour is written anywhere else in the window's code.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication

from app.models.sorting import Vocabulary
from app.ui.fonts import Fonts

Mode = Literal["system", "light", "dark"]
Density = Literal["comfortable", "compact"]
Contrast = Literal["system", "high"]

ZOOM_STEPS = (90, 100, 110, 125, 150)
NORMAL_ZOOM = 100
COMPACT_BELOW = 760

HUES = ("blue", "orange", "green", "rose", "gold", "violet", "sky", "slate")
"""The categorical hues, in their fixed order."""


def read_tokens(resources: Path) -> dict[str, Any]:
    """The design tokens as they lie in `theme/tokens.json`."""
    tokens: dict[str, Any] = json.loads((resources / "theme" / "tokens.json").read_text("utf-8"))
    return tokens


def _flattened(tree: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            flat.update(_flattened(value, f"{prefix}{key}."))
        else:
            flat[f"{prefix}{key}"] = value
    return flat


def _parsed(text: str) -> QColor:
    """A colour of the tokens: #RRGGBB, or #RRGGBBAA for the scrim (Qt itself would read the alpha first)."""
    if len(text) == 9:
        colour = QColor(text[:7])
        colour.setAlpha(int(text[7:], 16))
        return colour
    return QColor(text)


def _on_scale(zoom: int) -> int:
    return min(max(zoom, ZOOM_STEPS[0]), ZOOM_STEPS[-1])


class Theme(QObject):
    """Colours by path ("surface.base"), fonts by role ("bodyStrong"), sizes by path ("row.view"), all at the current zoom."""

    changed = Signal()

    def __init__(
        self, tokens: dict[str, Any], family: str | None = None, *, mode: Mode = "system", zoom: int = NORMAL_ZOOM, density: Density = "comfortable", contrast: Contrast = "system"
    ) -> None:
        super().__init__()
        self.tokens = tokens
        self._mode: Mode = mode
        self._zoom = _on_scale(zoom)
        self._density: Density = density
        self._motion = True
        self._contrast: Contrast = contrast
        self.moves = True
        """Whether anything may move: the user allows it, and the system does not ask for less."""
        self.high_contrast = False
        self.vocabulary = Vocabulary()
        self._colours: dict[str, QColor] = {}
        self._fonts = Fonts(tokens["type"]["roles"], family)
        self._sizes = _flattened(tokens["size"])
        self._scale = 1.0
        self.name: Literal["light", "dark"] = "light"
        self.dark = False
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        if hasattr(hints, "accessibility"):
            _follow(hints.accessibility(), self._system_changed)
        self._settle()

    @classmethod
    def load(cls, resources: Path, family: str | None = None, **chosen: Any) -> Theme:
        """Read `theme/tokens.json` under the resources folder; `family` overrides the system font (for pictures), `chosen` (mode, zoom,
        density) spares the first page a second dressing.
        """
        return cls(read_tokens(resources), family, **chosen)

    # ---- what is in force

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def zoom(self) -> int:
        """Per cent."""
        return self._zoom

    @property
    def density(self) -> Density:
        return self._density

    def choose(
        self,
        *,
        mode: Mode | None = None,
        zoom: int | None = None,
        density: Density | None = None,
        motion: bool | None = None,
        contrast: Contrast | None = None,
    ) -> None:
        """Change what the user may choose; says `changed` once if anything did."""
        before = (self._mode, self._zoom, self._density, self._motion, self._contrast)
        self._mode = mode or self._mode
        self._zoom = _on_scale(zoom) if zoom else self._zoom
        self._density = density or self._density
        self._motion = self._motion if motion is None else motion
        self._contrast = contrast or self._contrast
        if before != (self._mode, self._zoom, self._density, self._motion, self._contrast):
            self._settle()
            self.changed.emit()

    # ---- values

    def color(self, path: str) -> QColor:
        """The colour at a path of `tokens.color`: "text.primary", "status.warn.tint", "categorical.rose.text"."""
        return QColor(self._colours[path])

    def hue(self, name: str, part: Literal["strong", "tint", "text"]) -> QColor:
        return QColor(self._colours[f"categorical.{name}.{part}"])

    def network(self, network: str) -> tuple[QColor, QColor]:
        """Disc and glyph colour of a network; one without colours of its own is shown in grey."""
        entry = self.tokens["network"].get(network)
        if entry is None:
            return self.color("text.secondary"), self.color("surface.raised")
        return QColor(entry[self.name]), QColor(entry["glyphDark" if self.dark else "glyphLight"])

    def network_icon(self, network: str) -> str:
        entry = self.tokens["network"].get(network)
        return str(entry["icon"]) if entry else "ph.globe"

    def category(self, category: str) -> tuple[str, str]:
        """Hue and icon of a message category; unknown ones look like "other"."""
        table = self.tokens["category"]
        return _dressed(table.get({"question": "presale"}.get(category, category), table["other"]), self.vocabulary.categories.look(category))

    def pillar(self, pillar: str) -> tuple[str, str]:
        """Hue and icon of a content pillar; unknown ones look like "house"."""
        table = self.tokens["pillar"]
        return _dressed(table.get(pillar, table["house"]), self.vocabulary.pillars.look(pillar))

    def size(self, path: str) -> int:
        """A length of `tokens.size` ("row.view", "control.button", "icon.m") at the current zoom, in device-independent pixels."""
        value = self._sizes[path]
        if isinstance(value, list):
            raise KeyError(f"{path} is a pair, ask pair()")
        return self.px(value)

    def pair(self, path: str) -> tuple[int, int]:
        """Width and height of a pair such as "window.min" (never scaled) or "control.switch" (scaled)."""
        width, height = self._sizes[path]
        return (width, height) if path.startswith("window.") else (self.px(width), self.px(height))

    def px(self, length: float) -> int:
        """A length drawn at 100 % as it is at the current zoom."""
        return round(length * self._scale)

    @property
    def scale(self) -> float:
        """How much larger than drawn everything is: the zoom times the system's text size."""
        return self._scale

    def radius(self, name: str) -> int:
        """A corner radius: a use ("chip", "button", "card") or a step ("xs" to "xl")."""
        table = self.tokens["radius"]
        return self.px(table["use"].get(name, table.get(name)))

    def stroke(self, name: str) -> int:
        """A line width; lines do not grow with the zoom."""
        width = int(self.tokens["stroke"][name])
        return width + 1 if name == "focus" and self.high_contrast else width

    def elevation(self, level: str) -> list[tuple[int, int, float]]:
        """The rectangles of a shadow: (downward shift, spread, opacity)."""
        return [(int(dy), int(spread), float(alpha)) for dy, spread, alpha in self.tokens["elevation"][level]]

    def duration(self, what: str) -> int:
        """Milliseconds of a movement ("toastIn"); 0 when less motion is wished."""
        return int(self.tokens["motion"]["what"][what]) if self.moves else 0

    # ---- type

    def font(self, role: str, *, tabular: bool = False, weight: int = 0) -> QFont:
        """The font of a type role; `tabular` gives digits of one width, `weight` overrides the role's own."""
        return self._fonts.font(role, tabular=tabular, weight=weight)

    def mono(self) -> QFont:
        """Letters of one width, as small as the role "small"."""
        return self._fonts.mono()

    def line(self, role: str) -> int:
        """The line height of a role: the token's, or more when the font (Chinese) needs it."""
        return self._fonts.line(role, self.px(self.tokens["type"]["roles"][role]["line"]))

    # ---- inside

    def _system_changed(self, _wish: object = None) -> None:
        before = (self.name, self.high_contrast, self.moves)
        self._settle()
        if (self.name, self.high_contrast, self.moves) != before:
            self.changed.emit()

    def _settle(self) -> None:
        """Work out everything that depends on the choices."""
        hints = QGuiApplication.styleHints()
        if self._mode == "system":
            self.name = "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
        else:
            self.name = self._mode
        accessibility = hints.accessibility() if hasattr(hints, "accessibility") else None
        self.moves, self.high_contrast = self._motion, self._contrast == "high"
        if accessibility is not None:
            self.high_contrast |= accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast
            motion = getattr(accessibility, "motionPreference", None)  # not in every Qt
            self.moves &= motion is None or motion().name != "ReducedMotion"
        flat = _flattened(self.tokens["color"][self.name])
        self._colours = {path: _parsed(value) for path, value in flat.items()}
        if self.high_contrast:
            for path in list(self._colours):
                if path in ("border.subtle", "border.default"):
                    self._colours[path] = self._colours["border.strong"]
                elif path.endswith(".tint"):
                    self._colours[path] = self._colours["surface.base"]
        self.dark = self.name == "dark"
        self._scale = self._fonts.enlarge(self._zoom / 100)


def sort_by(theme: Theme, vocabulary: Vocabulary) -> None:
    """From now on pillars and categories look, and are offered, as the user has them."""
    if vocabulary != theme.vocabulary:
        theme.vocabulary = vocabulary
        theme.changed.emit()


def _follow(wishes: QObject, heard: Callable[[], None]) -> None:
    """What the system wishes may change while the window is open; not every Qt tells of each."""
    for name in ("contrastPreferenceChanged", "motionPreferenceChanged"):
        said = getattr(wishes, name, None)
        if said is not None:
            said.connect(heard)


def _dressed(came: dict[str, str], own: tuple[str, str]) -> tuple[str, str]:
    """Hue and icon: the user's, else those that the tokens have."""
    hue, icon = own
    return hue or came["hue"], icon or came["icon"]


def printed(theme: Theme, path: str) -> QColor:
    """A colour of the light theme, whatever is shown: paper is white."""
    return _parsed(_flattened(theme.tokens["color"]["light"])[path])


def density_for(chosen: str, height: int) -> Density:
    """What "auto" comes to in a window of this height."""
    return "compact" if chosen == "compact" or (chosen == "auto" and height < COMPACT_BELOW) else "comfortable"
