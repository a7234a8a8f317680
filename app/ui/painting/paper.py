"""What is painted for paper is painted alike whatever the window looks like: light, at one size, with fonts whose letters stay letters."""

from __future__ import annotations

import math
from typing import Any

from PySide6 import QtGui  # by module: classes are made when first used, which is not at the start

from app.runtime.words import Words
from app.ui.fonts import DRAWN_PIXELS
from app.ui.look import Look
from app.ui.painting.agreement_pdf import LETTERS_ALONE
from app.ui.theme import Theme, sort_by

DPI = 96
"""In which lengths are told: a pixel of the drawings."""


class PaperTheme(Theme):
    """The light theme at 100 %, in pixels of 1/96 inch. `language` decides between the shapes that countries give one letter: the fonts that
    have them are named with the tokens, for want of the feature `locl` (see `LETTERS_ALONE`).
    """

    def __init__(self, tokens: dict[str, Any], language: str = "") -> None:
        further = tokens["type"]["paperFamilies"].get(language[:2], [])
        self._further = [each for each in further if QtGui.QFontDatabase.hasFamily(each)]
        self._paper_fonts: dict[tuple[str, bool, int], QtGui.QFont] = {}
        super().__init__(tokens, mode="light")

    def font(self, role: str, *, tabular: bool = False, weight: int = 0) -> QtGui.QFont:
        key = (role, tabular, weight)
        if key not in self._paper_fonts:
            entry = self.tokens["type"]["roles"][role]
            font = QtGui.QFont([QtGui.QGuiApplication.font().family(), *self._further])
            font.setPixelSize(round(DRAWN_PIXELS * entry["ratio"]))
            font.setWeight(QtGui.QFont.Weight(weight or entry["weight"]))
            font.setHintingPreference(QtGui.QFont.HintingPreference.PreferNoHinting)  # widths are those of the paper
            for feature in LETTERS_ALONE:
                font.setFeature(QtGui.QFont.Tag(feature), 0)
            if tabular:
                font.setFeature(QtGui.QFont.Tag("tnum"), 1)
            self._paper_fonts[key] = font
        return QtGui.QFont(self._paper_fonts[key])

    def line(self, role: str) -> int:
        drawn = int(self.tokens["type"]["roles"][role]["line"])
        return max(drawn, math.ceil(QtGui.QFontMetricsF(self.font(role)).height()))

    def _settle(self) -> None:
        super()._settle()
        self._scale = 1.0


def paper_look(look: Look, words: Words) -> Look:
    """For what is painted in these words."""
    theme = PaperTheme(look.theme.tokens, words.language)
    sort_by(theme, look.theme.vocabulary)
    return look._replace(theme=theme, words=words)
