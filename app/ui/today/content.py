"""What stands on Today: greeting, hour and blocks in one or two columns, made anew from a brief and, once they are known, the days ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.hour import Estimates, estimates
from app.models.today import Brief
from app.models.today_things import Thing
from app.runtime.settings import Hour, Shop
from app.ui.page import PageFace
from app.ui.today.blocks import (
    More,
    Opens,
    answer_block,
    coming_block,
    decide_block,
    decisions,
    figures_block,
    posts_block,
    promises_block,
)
from app.ui.today.hour_bar import HourBar, Part
from app.ui.today.playbook_strip import playbook_strip
from app.ui.today.sentences import greeting, mix_said
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.spike_strip import SpikeStrip
from app.ui.widgets.text import Label

WIDEST = 1172
RIGHT = 356
LEFT = "left"
"""Name of the layout of the main column."""


class Late(Protocol):
    """What is known of the days ahead, a moment after the brief (later.py, which is imported then)."""

    @property
    def known(self) -> int:
        """Of those that wait: how many look like answers one has."""

    @property
    def phase(self) -> str:
        """The campaign's phase today, in words."""

    @property
    def phase_kind(self) -> str: ...

    def decisions(self) -> Sequence[More]:
        """What the days ahead ask for."""

    def coming(self, brief: Brief) -> QWidget:
        """The block of what comes up."""

    def suggestion(self) -> QWidget | None:
        """The one suggestion."""


class Shown(NamedTuple):
    """What the page is made of."""

    brief: Brief | None
    things: Sequence[Thing]
    late: Late | None
    whole: bool
    """All there is to decide."""
    narrow: bool


def content(face: PageFace, shown: Shown, opens: Opens) -> QWidget:
    """Everything; without a brief, greeting and hour alone."""
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
    expected = expects(face, shown, now)
    nest(column, _head(face, shown, expected, now))
    column.addSpacing(px(14))
    hour = _hour_bar(face, shown, expected, now)
    if hour is not None:
        column.addWidget(hour)
        column.addSpacing(px(20))
    nest(column, _columns(face, shown, expected, now, opens))
    column.addStretch(1)
    return made


def expects(face: PageFace, shown: Shown, now: datetime) -> Estimates:
    """What is still to come today, in minutes."""
    brief, counted = shown.brief, face.hour()
    if brief is None:
        return Estimates()
    log, day = (counted.log, counted.day) if counted is not None else (None, "")
    return estimates(log, day, brief.waiting, brief.pace_seconds, _decisions(shown, now))


def _decisions(shown: Shown, now: datetime) -> int:
    if shown.brief is None:
        return 0
    return decisions(shown.brief, now, len(shown.late.decisions()) if shown.late is not None else 0)


def _columns(
    face: PageFace, shown: Shown, expected: Estimates, now: datetime, opens: Opens
) -> QHBoxLayout | QVBoxLayout:
    px = face.theme.px
    left, right = QVBoxLayout(), QVBoxLayout()
    left.setObjectName(LEFT)
    for one in (left, right):
        one.setSpacing(px(16))
    _add_strips(face, shown.brief, left)
    if shown.brief is not None:
        _fill_left(face, shown, shown.brief, expected, now, opens, left)
        _fill_right(face, shown, shown.brief, now, opens, right)
    left.addStretch(1)
    right.addStretch(1)
    if shown.narrow:
        both = QVBoxLayout()
        both.setSpacing(px(16))
        nest(both, left)
        nest(both, right)
        return both
    beside = QHBoxLayout()
    beside.setSpacing(px(20))
    nest(beside, left, 1)
    holder = QWidget()
    right.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(right)
    holder.setFixedWidth(px(RIGHT))
    beside.addWidget(holder)
    return beside


def _add_strips(face: PageFace, brief: Brief | None, left: QVBoxLayout) -> None:
    spike = face.services.spikes.current
    if spike is not None:
        strip = SpikeStrip(face.look, partial(face.window.show_page, "inbox", spike=True))
        strip.setObjectName("spike")
        strip.show_spike(spike)
        left.addWidget(strip)
    care = playbook_strip(face, brief.playbook) if brief is not None else None
    if care is not None:
        left.addWidget(care)


def _fill_left(
    face: PageFace, shown: Shown, brief: Brief, expected: Estimates, now: datetime, opens: Opens, left: QVBoxLayout
) -> None:
    look, late = face.look, shown.late
    left.addWidget(answer_block(look, brief, shown.things, now, opens, late.known if late is not None else 0))
    further = late.decisions() if late is not None else ()
    decide = decide_block(look, brief, now, opens, further, expected.decide, whole=shown.whole)
    if decide is not None:
        left.addWidget(decide)
    left.addWidget(posts_block(look, brief, opens, mix_said(look, brief, late.phase_kind if late is not None else "")))


def _fill_right(face: PageFace, shown: Shown, brief: Brief, now: datetime, opens: Opens, right: QVBoxLayout) -> None:
    right.addWidget(figures_block(face.look, brief))
    promises = promises_block(face.look, brief, now, opens, whole=shown.whole)
    if promises is not None:
        right.addWidget(promises)
    right.addWidget(shown.late.coming(brief) if shown.late is not None else coming_block(face.look, brief, now, opens))
    suggestion = shown.late.suggestion() if shown.late is not None else None
    if suggestion is not None:
        right.addWidget(suggestion)


def _head(face: PageFace, shown: Shown, expected: Estimates, now: datetime) -> QHBoxLayout:
    look, words, px = face.look, face.words, face.theme.px
    shop = face.services.settings.get(Shop).name
    hello = look.text(greeting(now.astimezone(words.zone).hour))
    row = QHBoxLayout()
    row.setSpacing(px(20))
    left = QVBoxLayout()
    left.setSpacing(px(1))
    left.addWidget(
        Label(look, look.text("today.greeting", hello=hello, shop=shop) if shop else hello, "heading", wrap=True)
    )
    phase = shown.late.phase if shown.late is not None else ""
    day = f"{words.long_day(now)} · {phase}" if phase else words.long_day(now)
    left.addWidget(Label(look, day, "body", "text.secondary", wrap=True))
    nest(row, left, 1)
    fits = _fits(face, expected)
    if fits is not None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addStretch(1)
        for text, role, colour in (
            (fits, "body", "text.primary"),
            (look.text("today.own_pace"), "caption", "text.tertiary"),
        ):
            label = Label(look, text, role, colour)
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            right.addWidget(label)
        nest(row, right)
    begin = _begin_button(face)
    if begin is not None:
        row.addWidget(begin, 0, Qt.AlignmentFlag.AlignBottom)
    return row


def _begin_button(face: PageFace) -> Button | None:
    """Begins the guided hour; while one is under way its bar says what there is to do."""
    if not face.services.settings.get(Hour).enabled or not face.actions.applies("hour.begin"):
        return None
    keys = face.actions.keys("hour.begin")
    begin = Button(
        face.look,
        face.text("hour.begin"),
        icon="clock",
        key=keys[0] if keys else None,
        clicked=lambda: face.actions.run("hour.begin"),
    )
    begin.setObjectName("begin")
    return begin


def _fits(face: PageFace, expected: Estimates) -> str | None:
    """ "It fits: 56 of your 60 minutes"; None where nothing is known, and no verdict where it does not fit."""
    hour = face.services.settings.get(Hour)
    if not hour.enabled or not expected.whole:
        return None
    needed = face.used_minutes() + expected.whole
    found = "today.fits" if needed <= hour.minutes else "today.needs"
    return face.text(found, needed=needed, whole=hour.minutes)


def _hour_bar(face: PageFace, shown: Shown, expected: Estimates, now: datetime) -> HourBar | None:
    hour, look = face.services.settings.get(Hour), face.look
    if not hour.enabled:
        return None
    used, brief = face.used_minutes(), shown.brief
    free = max(0, hour.minutes - used - expected.whole)

    def minutes(value: int) -> str:
        return look.text("shell.minutes", minutes=value)

    to_come = [
        Part(
            "answer",
            expected.answer,
            look.text("today.bar_answer", n=brief.waiting if brief is not None else 0),
            minutes(expected.answer),
        ),
        Part(
            "plan", expected.decide, look.text("today.bar_decide", n=_decisions(shown, now)), minutes(expected.decide)
        ),
        Part("look", expected.look, look.text("today.bar_look"), minutes(expected.look)),
    ]
    parts = [
        Part("done", used, look.text("today.done"), minutes(used)),
        *to_come,
        Part("free", free, look.text("today.free"), minutes(free)),
    ]
    spoken = [look.text("today.hour_used", used=used, whole=hour.minutes)]
    spoken += [look.text(f"today.hour_{part.kind}", minutes=part.minutes) for part in to_come if part.minutes]
    spoken.append(look.text("today.hour_free", free=free))
    bar = HourBar(look)
    bar.show_parts(parts, look.words.facts(spoken))
    return bar
