"""Labels follow the theme; what has no room is elided and told in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPalette
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.text import ElidedLabel, Label, SectionLabel, WholeLabel, draw_text, escaped, text_width
from tests.ui.pictures import painted, shot


def test_a_label_has_role_and_colour_and_follows_the_theme(look: Look, qtbot: QtBot) -> None:
    label = Label(look, "Ximena", "title", "text.secondary", wrap=True, selectable=True)
    qtbot.addWidget(label)
    role = QPalette.ColorRole.WindowText
    assert label.palette().color(role) == look.theme.color("text.secondary")
    look.theme.choose(mode="dark", zoom=150)
    assert label.palette().color(role) == look.theme.color("text.secondary")
    assert label.font().pointSizeF() == look.theme.font("title").pointSizeF()
    label.recolour("status.danger.text")
    assert label.palette().color(role) == look.theme.color("status.danger.text")


def test_text_from_outside_is_shown_as_it_is(look: Look, qtbot: QtBot) -> None:
    label = Label(look, "<b>not bold</b>")
    qtbot.addWidget(label)
    narrow = label.sizeHint().width()
    assert narrow > text_width("not bold", look.theme.font("body"))
    assert escaped("<a> & b") == "&lt;a&gt; &amp; b"


def test_a_mark_after_a_narrow_space_does_not_stand_alone_on_a_line(look: Look, qtbot: QtBot) -> None:
    """Where its last word would fit without the mark, French takes the word along to the next line."""
    label = Label(look, "", wrap=True)
    qtbot.addWidget(label)
    label.setTextFormat(Qt.TextFormat.RichText)
    room = round(text_width("Continuer sur un autre ordinateur", look.theme.font("body"))) + 2
    painted_lines = {}
    for told in ("Continuer sur un autre ordinateur\u202f?", "Continuer sur un autre<br>ordinateur\u00a0?"):
        label.setText(told if "<br>" in told else escaped(told))
        label.resize(room, label.heightForWidth(room))
        painted_lines[told] = shot(label)
    first, second = painted_lines.values()
    assert first == second


def test_what_has_no_room_is_in_the_tooltip(look: Look, qtbot: QtBot) -> None:
    label = ElidedLabel(look, "")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    label.setText("A name that is much too long for sixty pixels")
    assert label.toolTip() == label.accessibleName() == "A name that is much too long for sixty pixels"
    label.setText("short")
    assert label.toolTip() == ""
    shot(label)
    assert label.minimumSizeHint().width() < 60


def test_drawn_text_ends_where_there_is_no_room(look: Look) -> None:
    font = look.theme.font("body")
    widths = []
    painted(lambda painter: widths.append(draw_text(painter, QRectF(0, 0, 50, 20), "a long line of text", font)))
    assert 0 < widths[0] <= 50


def test_a_section_is_headed_small(look: Look, qtbot: QtBot) -> None:
    label = SectionLabel(look, "Accounts")
    qtbot.addWidget(label)
    assert label.font().weight() == 600


def test_what_was_hidden_while_qt_put_an_earlier_palette_back_is_shown_in_the_colours_of_the_theme(qtbot: QtBot, look: Look) -> None:
    """As Qt does to a drawer that was away while the theme changed."""
    label = Label(look, "Customer")
    qtbot.addWidget(label)
    earlier = label.palette()
    earlier.setColor(QPalette.ColorRole.WindowText, look.theme.color("surface.raised"))
    label.setPalette(earlier)
    label.show()
    assert label.palette().windowText().color() == look.theme.color("text.primary")


def test_what_may_be_missing_is_whole_or_not_there(look: Look, qtbot: QtBot) -> None:
    label = WholeLabel(look)
    qtbot.addWidget(label)
    label.setText("45 <posts>")
    whole = label.sizeHint()
    label.resize(whole)
    label.show()
    assert (label.text(), label.toolTip()) == ("45 <posts>", "")
    label.resize(whole.width() - 1, whole.height())
    assert (label.text(), label.toolTip()) == ("", "45 &lt;posts&gt;")
    assert label.accessibleName() == label.whole == "45 <posts>"
    assert label.sizeHint() == whole
    label.resize(whole)
    assert label.text() == "45 <posts>"
