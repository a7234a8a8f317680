"""Paints all components into one picture a theme, like mockups 16 and 17: python -m tests.ui.gallery DIR [FONT]."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.runtime.words import Words
from app.ui.application import dress
from app.ui.first_frame import make_application
from app.ui.icons import Icons
from app.ui.look import Look
from app.ui.theme import Theme
from app.ui.widgets.avatar import NetworkBadge, paint_avatar
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.checks import CheckBox, Switch, paint_check
from app.ui.widgets.chip import Badge, Chip, ChipLabel, category_chip
from app.ui.widgets.countdown import countdown, paint_countdown
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.field import Field, LineField
from app.ui.widgets.hour_ring import HourRing
from app.ui.widgets.key_cap import KeyHint
from app.ui.widgets.length_ring import LengthRing
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.select import Select
from app.ui.widgets.skeleton import Skeleton
from app.ui.widgets.strip import Strip
from app.ui.widgets.surface import Card, Line, Pane
from app.ui.widgets.text import Label, SectionLabel
from app.ui.widgets.toast import Toast

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
CATEGORIES = ("question", "order", "technical", "request", "complaint", "praise", "contest", "other", "troll", "spam")
NETWORKS = ("x", "mastodon", "bluesky", "facebook", "instagram", "telegram", "threads", "vk", "weibo", "youtube", "email")


class Rows(QWidget):
    """Message rows in their states, painted with the delegates' functions."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(7 * 56)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        states = [
            ("", "surface.base", "", False), ("", "surface.base", "", True), ("", "surface.hover", "", False),
            ("", "surface.selected", "accent.fill", True), ("", "surface.selectedInactive", "border.strong", False),
            ("focus", "surface.selected", "accent.fill", True), ("ticked", "surface.selected", "", False),
        ]  # fmt: skip
        names = ("Étienne Marchal", "Ximena Robles", "林晓雨", "Катя Орлова", "Dana Whitfield", "Memo Tapia", "Bruno Sáenz")
        for number, (mark, ground, bar, unread) in enumerate(states):
            rect = QRectF(0, number * 56, self.width(), 52)
            painter.fillRect(rect, theme.color(ground))
            if bar:
                painter.fillRect(QRectF(0, rect.top(), 3, rect.height()), theme.color(bar))
            face = QRectF(14, rect.top() + 8, 36, 36)
            if mark == "ticked":
                paint_check(painter, face, look, checked=True)
            else:
                paint_avatar(painter, face, look, names[number], names[number], network=NETWORKS[number], ring=ground)
            painter.setPen(theme.color("text.primary"))
            painter.setFont(theme.font("body", weight=600 if unread else 500))
            painter.drawText(QRectF(62, rect.top() + 6, 300, 19), int(Qt.AlignmentFlag.AlignVCenter), names[number])
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text.secondary"))
            painter.drawText(QRectF(62, rect.top() + 26, 300, 17), int(Qt.AlignmentFlag.AlignVCenter), "El enlace de descarga ya caducó 下载链接")
            minutes = (-12, 33, 180, 41, 55, 2, -90)[number]
            shown = countdown(look, NOW + timedelta(minutes=minutes), NOW, "13:00")
            paint_countdown(painter, self.width() - 12, rect.top() + 26, 17, look, shown)
            if mark == "focus":
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(theme.color("focus.ring"))
                painter.drawRect(rect.adjusted(1, 1, -1, -1))


def row(*widgets: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return layout


def column(look: Look, *sections: tuple[str, list[QHBoxLayout | QWidget]]) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setSpacing(8)
    for title, parts in sections:
        layout.addSpacing(8)
        layout.addWidget(SectionLabel(look, title))
        layout.addWidget(Line(look, "border.default"))
        for part in parts:
            if isinstance(part, QWidget):
                layout.addWidget(part)
            else:
                layout.addLayout(part)
    layout.addStretch(1)
    return layout


def disabled(widget: QWidget) -> QWidget:
    widget.setEnabled(False)
    return widget


def length(look: Look, used: int, limit: int) -> LengthRing:
    ring = LengthRing(look)
    ring.show_length(used, limit)
    return ring


def badge(look: Look, kind: str, count: int) -> Badge:
    made = Badge(look, kind)
    made.show_count(count)
    return made


def wrong(look: Look) -> Field:
    field = Field(look, "Server of your Mastodon account", "musica.exmple")
    field.complain("No server answers at this name. Did you mean musica.example?", "Use musica.example")
    return field


def toast(look: Look, text: str, **more: object) -> Toast:
    made = Toast(look, lambda left: text.format(left=left), seconds=7, **more)
    made.fit(380)
    made.setFixedSize(made.size())
    return made


def hour(look: Look) -> HourRing:
    ring = HourRing(look)
    ring.show_minutes(24, 60)
    return ring


def build(look: Look) -> QWidget:
    left = column(
        look,
        ("Buttons", [
            row(Button(look, "Snooze", key="S", icon="bell-z"), Button(look, "Done", icon="check", key="E"), disabled(Button(look, "Snooze"))),
            row(Button(look, "Send", kind="primary", key="Ctrl+Return"), disabled(Button(look, "Send", kind="primary")), Button(look, "Add account", icon="plus", kind="primary")),
            row(Button(look, "Compare", kind="flat"), Button(look, "Disconnect…", kind="danger"), Button(look, "Answer-by", kind="flat", size="small", menu_arrow=True), Button(look, "Large", size="large")),
            row(IconButton(look, "link-simple", "Link"), IconButton(look, "image", "Picture", framed=True), disabled(IconButton(look, "note", "Note"))),
        ]),
        ("Fields", [
            row(LineField(look, "a", "Marea"), disabled(LineField(look, "a", "Marea"))),
            row(Select(look, "s", [("Every 5 minutes", 5), ("Every hour", 60)]), disabled(Select(look, "s", [("2 posts", 2)]))),
            wrong(look),
        ]),
        ("Check, radio, switch, segmented", [
            row(CheckBox(look, "On", checked=True), CheckBox(look, "Off"), disabled(CheckBox(look, "No", checked=True))),
            row(Switch(look, "a", checked=True), Switch(look, "b"), disabled(Switch(look, "c"))),
            row(Segmented(look, "kind", [("Public", "globe"), ("Private", "lock-simple")]), Segmented(look, "w", [("Week", None), ("Month", None)])),
        ]),
    )  # fmt: skip
    middle = column(
        look,
        ("Message rows", [Rows(look)]),
        ("Toasts", [
            toast(look, "To Nadia Petit · leaves in {left} s", level="info", counting=True, button="Undo", key="Z"),
            toast(look, "Not sent to Bruno Sáenz · tries again in 4 min", level="danger", button="See"),
            toast(look, "Back online · 2 answers and 1 post left", level="ok"),
        ]),
        ("Strips", [Strip(look, "info", "Promise: <b>48 horas</b>, until Fri 20 Nov", icon="handshake"), Strip(look, "warn", "Your limit is 5 a day"),
                    Strip(look, "danger", "Instagram signed you out"), Strip(look, "ok", "Back online")]),
    )  # fmt: skip
    empty = EmptyState(look, cup=True)
    empty.show_words("Everyone has an answer", "14 today, in 31 minutes. Next look at 10:05.")
    empty.add_button(Button(look, "Look now", icon="arrows-clockwise", key="F5"))
    card = Card(look)
    inner = QVBoxLayout(card)
    inner.addWidget(Label(look, "The disk is full", "title"))
    inner.addWidget(Label(look, "Tertulia cannot save. What you typed is still on the screen.", "body", "text.secondary", wrap=True))
    chips = [ChipLabel(look, category_chip(look, name)) for name in CATEGORIES]
    right = column(
        look,
        ("Categories", [row(*chips[:4]), row(*chips[4:])]),
        ("Networks", [row(*[NetworkBadge(look, name, size=22) for name in NETWORKS])]),
        ("Length, keys, counts, tags", [
            row(length(look, 46, 500), length(look, 268, 280), length(look, 291, 280)),
            row(KeyHint(look, ("J", "K"), "next, previous"), KeyHint(look, ("Ctrl+Return",), "send it"), KeyHint(look, ("G T",), "today")),
            row(badge(look, "accent", 14), badge(look, "warn", 2), badge(look, "danger", 1), badge(look, "quiet", 120),
                ChipLabel(look, Chip("collector", kind="soft")), ChipLabel(look, Chip("tag", "plus", kind="line")), ChipLabel(look, Chip("ES", kind="line")), hour(look)),
        ]),
        ("Empty, card, skeleton", [empty, card, Skeleton(look, 1)]),
    )  # fmt: skip
    whole = Pane(look, "window")
    grid = QGridLayout(whole)
    grid.setContentsMargins(28, 16, 28, 16)
    grid.setHorizontalSpacing(28)
    for number, (layout, width) in enumerate(((left, 460), (middle, 440), (right, 430))):
        grid.addLayout(layout, 0, number)
        grid.setColumnMinimumWidth(number, width)
    whole.resize(1440, 900)
    return whole


def main() -> None:
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    application = make_application(["gallery"])
    theme = Theme.load(RESOURCES, sys.argv[2] if len(sys.argv) > 2 else None)
    look = Look(theme, Icons(theme, RESOURCES), Words(RESOURCES / "translations", "en", "America/Mexico_City"))
    dress(application, theme)
    for mode in ("light", "dark"):
        theme.choose(mode=mode)
        whole = build(look)
        whole.show()
        application.processEvents()
        whole.grab().save(str(target / f"components-{mode}.png"))
        whole.close()


if __name__ == "__main__":
    main()
