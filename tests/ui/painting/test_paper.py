"""What is painted for paper is the same whatever the window looks like."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from app.models.sorting import PILLAR, Sorts, Vocabulary
from app.ui.look import Look
from app.ui.painting.paper import paper_look
from app.ui.theme import sort_by


def test_paper_is_light_at_one_size(qapp: QApplication, look: Look) -> None:
    look.theme.choose(mode="dark", zoom=150)
    paper = paper_look(look, look.words)
    assert not paper.theme.dark
    assert paper.theme.px(100) == 100
    assert paper.theme.font("body").pixelSize() == 13
    look.theme.choose(mode="light", zoom=100)
    assert paper.theme.color("text.primary") == look.theme.color("text.primary")


def test_lines_hold_their_letters(qapp: QApplication, look: Look) -> None:
    theme = paper_look(look, look.words).theme
    for role in theme.tokens["type"]["roles"]:
        assert theme.line(role) >= QFontMetricsF(theme.font(role, tabular=True)).height()
    assert theme.font("body", weight=700).weight() == 700


def test_pillars_look_on_paper_as_the_user_has_them(qapp: QApplication, look: Look) -> None:
    sort_by(look.theme, Vocabulary(Sorts(PILLAR).dressed("scene", "camera", "gold")))
    assert paper_look(look, look.words).theme.pillar("scene") == ("gold", "ph.camera")
