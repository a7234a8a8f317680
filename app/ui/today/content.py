"""What stands on Today: greeting, hour and blocks in one or two columns, made anew from a brief."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.today import Brief
from app.runtime.settings import Hour, Shop
from app.ui.page import PageFace
from app.ui.today.blocks import (
    Opens,
    answer_block,
    coming_block,
    decide_block,
    figures_block,
    posts_block,
    promises_block,
)
from app.ui.today.hour_bar import HourBar, Part
from app.ui.today.playbook_strip import playbook_strip
from app.ui.today.sentences import answer_minutes, greeting
from app.ui.widgets.spike_strip import SpikeStrip
from app.ui.widgets.text import Label

WIDEST = 1172
RIGHT = 356
LEFT = "left"
"""Name of the layout of the main column."""


def content(face: PageFace, brief: Brief | None, opens: Opens, *, whole: bool, narrow: bool) -> QWidget:
    """Everything; without a brief, greeting and hour alone. `whole` shows all there is to decide."""
    px, now = face.theme.px, face.clock.now()
    made = QWidget()
    made.setAccessibleName(face.text("page.today"))
    outer = QHBoxLayout(made)
    outer.setContentsMargins(px(20), px(24), px(20), px(20))
    outer.addStretch(1)
    middle = QWidget()
    middle.setMaximumWidth(px(WIDEST))
    outer.addWidget(middle, 1000)
    outer.addStretch(1)
    column = QVBoxLayout(middle)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(_head(face, brief, now))
    column.addSpacing(px(14))
    hour = _hour_bar(face, brief)
    if hour is not None:
        column.addWidget(hour)
        column.addSpacing(px(20))
    column.addLayout(_columns(face, brief, now, opens, whole=whole, narrow=narrow))
    column.addStretch(1)
    return made


def _columns(
    face: PageFace, brief: Brief | None, now: datetime, opens: Opens, *, whole: bool, narrow: bool
) -> QHBoxLayout | QVBoxLayout:
    look, px = face.look, face.theme.px
    left, right = QVBoxLayout(), QVBoxLayout()
    left.setObjectName(LEFT)
    for one in (left, right):
        one.setSpacing(px(16))
    spike = face.services.spikes.current
    if spike is not None:
        strip = SpikeStrip(look, partial(face.window.show_page, "inbox", spike=True))
        strip.setObjectName("spike")
        strip.show_spike(spike)
        left.addWidget(strip)
    care = playbook_strip(face, brief.playbook) if brief is not None else None
    if care is not None:
        left.addWidget(care)
    if brief is not None:
        left.addWidget(answer_block(look, brief, now, opens))
        decide = decide_block(look, brief, opens, whole=whole)
        if decide is not None:
            left.addWidget(decide)
        promises = promises_block(look, brief, now, opens)
        if promises is not None:
            left.addWidget(promises)
        left.addWidget(posts_block(look, brief, opens))
        right.addWidget(figures_block(look, brief))
        right.addWidget(coming_block(look, brief, now, opens))
    left.addStretch(1)
    right.addStretch(1)
    if narrow:
        both = QVBoxLayout()
        both.setSpacing(px(16))
        both.addLayout(left)
        both.addLayout(right)
        return both
    beside = QHBoxLayout()
    beside.setSpacing(px(20))
    beside.addLayout(left, 1)
    holder = QWidget()
    right.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(right)
    holder.setFixedWidth(px(RIGHT))
    beside.addWidget(holder)
    return beside


def _head(face: PageFace, brief: Brief | None, now: datetime) -> QHBoxLayout:
    look, words, px = face.look, face.words, face.theme.px
    shop = face.services.settings.get(Shop).name
    hello = look.text(greeting(now.astimezone(words.zone).hour))
    row = QHBoxLayout()
    row.setSpacing(px(20))
    left = QVBoxLayout()
    left.setSpacing(px(1))
    left.addWidget(Label(look, look.text("today.greeting", hello=hello, shop=shop) if shop else hello, "heading", wrap=True))
    left.addWidget(Label(look, words.long_day(now), "body", "text.secondary", wrap=True))
    row.addLayout(left, 1)
    fits = _fits(face, brief)
    if fits is not None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addStretch(1)
        for text, role, colour in ((fits, "body", "text.primary"), (look.text("today.own_pace"), "caption", "text.tertiary")):
            label = Label(look, text, role, colour)
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            right.addWidget(label)
        row.addLayout(right)
    return row


def _estimate(brief: Brief | None) -> int:
    """Minutes that the waiting answers will take; 0 where it is not known."""
    return (answer_minutes(brief) or 0) if brief is not None else 0


def _fits(face: PageFace, brief: Brief | None) -> str | None:
    """ "It fits: 56 of your 60 minutes"; None where nothing is known, and no verdict where it does not fit."""
    hour, estimate = face.services.settings.get(Hour), _estimate(brief)
    if not hour.enabled or not estimate:
        return None
    needed = face.used_minutes() + estimate
    found = "today.fits" if needed <= hour.minutes else "today.needs"
    return face.text(found, needed=needed, whole=hour.minutes)


def _hour_bar(face: PageFace, brief: Brief | None) -> HourBar | None:
    hour, look = face.services.settings.get(Hour), face.look
    if not hour.enabled:
        return None
    used, estimate = face.used_minutes(), _estimate(brief)
    free = max(0, hour.minutes - used - estimate)

    def minutes(value: int) -> str:
        return look.text("shell.minutes", minutes=value)

    parts = [
        Part("done", used, look.text("today.done"), minutes(used)),
        Part("answer", estimate, look.text("today.bar_answer", n=brief.waiting if brief is not None else 0), minutes(estimate)),
        Part("free", free, look.text("today.free"), minutes(free)),
    ]
    bar = HourBar(look)
    told = "today.hour_estimated" if estimate else "today.hour_plain"
    bar.show_parts(parts, look.text(told, used=used, whole=hour.minutes, answers=estimate, free=free))
    return bar
