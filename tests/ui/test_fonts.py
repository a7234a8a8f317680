"""Type roles: sizes from one base, tabular figures, lines high enough for Chinese."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF

from app.ui.fonts import LEAST_POINTS
from app.ui.theme import Theme


def test_roles_keep_their_ratio_to_the_base(theme: Theme) -> None:
    body, display = theme.font("body").pointSizeF(), theme.font("display").pointSizeF()
    assert display / body == 2.0
    assert theme.font("micro").pointSizeF() >= LEAST_POINTS


def test_zoom_enlarges_type(theme: Theme) -> None:
    before = theme.font("reading").pointSizeF()
    theme.choose(zoom=125)
    assert theme.font("reading").pointSizeF() == before * 1.25
    assert theme.line("reading") > 21


def test_figures_of_one_width_are_asked_of_the_font(theme: Theme) -> None:
    tags = [tag.toString() for tag in theme.font("caption", tabular=True).featureTags()]
    assert [bytes(tag.data()).decode() if hasattr(tag, "data") else str(tag) for tag in tags] == ["tnum"]
    assert not theme.font("caption").featureTags()


def test_a_weight_can_be_asked_for(theme: Theme) -> None:
    assert theme.font("body", weight=600).weight() == 600
    assert theme.font("bodyStrong").weight() == 600


def test_a_line_is_never_lower_than_its_letters(theme: Theme) -> None:
    for role in ("micro", "caption", "body", "display"):
        assert theme.line(role) >= round(QFontMetricsF(theme.font(role)).height())


def test_letters_of_one_width_are_as_small_as_small_text(theme: Theme) -> None:
    assert theme.mono().pointSizeF() == theme.font("small").pointSizeF()
