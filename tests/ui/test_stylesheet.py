"""Qt's own parts wear the theme's colours."""

from __future__ import annotations

import re

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLineEdit

from app.ui.stylesheet import palette, stylesheet
from app.ui.theme import Theme


def test_the_sheet_uses_colours_of_the_theme_alone(theme: Theme) -> None:
    known = {theme.color(path).name() for path in theme._colours}
    for mode in ("light", "dark"):
        theme.choose(mode=mode)
        known |= {theme.color(path).name() for path in theme._colours}
        assert set(re.findall(r"#[0-9a-f]{6}", stylesheet(theme))) <= known


def test_qt_understands_the_sheet(qapp: QApplication, theme: Theme) -> None:
    field = QLineEdit()
    field.setStyleSheet(stylesheet(theme))  # a mistake would be a warning, which fails the test
    assert not field.grab().isNull()


def test_the_palette_tells_disabled_text_apart(theme: Theme) -> None:
    made = palette(theme)
    role = QPalette.ColorRole.Text
    assert made.color(QPalette.ColorGroup.Disabled, role) == theme.color("text.disabled")
    assert made.color(QPalette.ColorGroup.Active, role) == theme.color("text.primary")
