"""Lines of the card are used again, say what they show, and hand on their key."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.ui.inbox.card_line import CardLines, LineButton, LineWords
from app.ui.look import Look

BUTTON = LineButton("away", "x", "customer.separate")


def test_lines_are_used_again(qapp: QApplication, look: Look) -> None:
    lines = CardLines(look, "open")
    lines.show_lines([LineWords(n, f"Line {n}") for n in range(5)])
    made = list(lines.lines)
    lines.show_lines([LineWords(7, "Seven")])
    lines.show_lines([LineWords(n, f"Line {n}", "caption") for n in range(4)])
    assert lines.lines == made
    assert [line.isHidden() for line in lines.lines] == [False, False, False, False, True]


def test_a_line_hands_on_what_it_stands_for(qapp: QApplication, look: Look) -> None:
    heard: list[tuple[str, object]] = []
    lines = CardLines(look, "open", (BUTTON,))
    lines.wanted.connect(lambda what, key: heard.append((what, key)))
    lines.show_lines([LineWords(12, "Twelve", spoken="X"), LineWords(13, "Thirteen", buttons=False)])
    lines.lines[0].click()
    lines.lines[0].buttons[0].click()
    assert heard == [("open", 12), ("away", 12)]
    assert lines.lines[0].accessibleName() == "X, Twelve"
    assert [line.buttons[0].isHidden() for line in lines.lines] == [False, True]


def test_a_line_that_leads_nowhere_is_no_stop(qapp: QApplication, look: Look) -> None:
    lines = CardLines(look)
    lines.show_lines([LineWords(1, "Only to read" * 30, "caption")])
    line = lines.lines[0]
    assert line.focusPolicy().name == "NoFocus"
    line.click()
    lines.resize(120, 40)
    assert not lines.grab().isNull()
