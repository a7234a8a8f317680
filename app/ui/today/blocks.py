"""The blocks of Today, each a card made anew from the brief: Answer, Decide, Promises due, Going out today, Since yesterday, Coming up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.models.conversation import ConversationRow
from app.models.outbox import OutboxRow
from app.models.post import PostRow
from app.models.promise import PromiseRow
from app.models.today import Brief
from app.ui.look import Look
from app.ui.today.rows import ComingLine, FigureBox, PostLine, PromiseDue, ThingToDo
from app.ui.today.sentences import (
    answer_line,
    answer_minutes,
    decide_line,
    figure,
    promise_line,
    start_label,
    to_decide,
)
from app.ui.widgets.button import Button
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Card
from app.ui.widgets.text import Label

T = TypeVar("T")

MOST_TO_DECIDE = 5
HEAD = 44


@dataclass(frozen=True, slots=True)
class Opens:
    """What the blocks' buttons do."""

    conversation: Callable[[ConversationRow], None]
    decision: Callable[[OutboxRow], None]
    post: Callable[[PostRow], None]
    keep: Callable[[PromiseRow], None]
    let_go: Callable[[PromiseRow], None]
    promised: Callable[[PromiseRow], None]
    """The conversation of a promise."""
    start: Callable[[], None]
    show_all: Callable[[], None]


class Block(Card):
    """A card with a head: icon, title, a few grey words, and room for one button."""

    def __init__(self, look: Look, title: str, *, icon: str = "", said: str = "") -> None:
        super().__init__(look)
        px = look.theme.px
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.setSpacing(0)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(px(12 if icon else 14), px(7), px(12), px(7))
        self.head.setSpacing(px(8))
        if icon:
            self.head.addWidget(IconSpot(look, icon, "accent.text", 18))
        self.head.addWidget(Label(look, title, "title"))
        self.said = Label(look, said, "caption", "text.tertiary", wrap=True)
        self.head.addWidget(self.said, 1)
        holder = QWidget()
        holder.setLayout(self.head)
        holder.setMinimumHeight(px(HEAD))
        self.column.addWidget(holder)

    def padded(self, look: Look, bottom: int) -> QVBoxLayout:
        """A column of rows that stand off the card's edge."""
        px = look.theme.px
        column = QVBoxLayout()
        column.setContentsMargins(px(8), 0, px(8), px(bottom))
        column.setSpacing(0)
        self.column.addLayout(column)
        return column


def answer_block(look: Look, brief: Brief, now: datetime, opens: Opens) -> Block:
    """The most urgent conversations, with the way to each."""
    said = []
    if brief.waiting:
        said.append(look.text("today.waiting", n=brief.waiting))
    minutes = answer_minutes(brief)
    if brief.waiting and minutes:
        said.append(look.text("today.about_minutes", minutes=minutes))
    elif brief.late:
        said.append(look.text("today.late", n=brief.late))
    block = Block(look, look.text("today.answer_title"), icon="tray", said=", ".join(said))
    if not brief.first:
        block.column.addWidget(_nothing(look, "check-circle", look.text("today.all_answered")))
        return block
    start = Button(look, look.text(start_label(brief)), kind="primary", key="Return", clicked=opens.start)
    start.setObjectName("start")
    block.head.addWidget(start)
    for number, row in enumerate(brief.first, start=1):
        line = answer_line(row, look.theme.category(row.category)[1], now)
        block.column.addWidget(ThingToDo(look, line, _with(opens.conversation, row), key=str(number), name=f"answer {row.id}"))
    return block


def decide_block(look: Look, brief: Brief, opens: Opens, *, whole: bool) -> Block | None:
    """What only the user can decide; nothing where there is nothing. `whole` shows more than the first few."""
    groups = to_decide(brief.to_decide)
    if not groups:
        return None
    block = Block(look, look.text("today.decide_title"), icon="calendar-blank", said=look.text("today.things", n=len(groups)))
    shown = groups if whole or len(groups) <= MOST_TO_DECIDE + 1 else groups[:MOST_TO_DECIDE]
    titles = {post.id: post.title for post in (*brief.going_out, *brief.coming)}
    for group in shown:
        block.column.addWidget(ThingToDo(look, decide_line(group, titles), _with(opens.decision, group[0]), name=f"decide {group[0].id}"))
    if len(shown) < len(groups):
        more = Button(look, look.text("shell.more", n=len(groups) - len(shown)), kind="flat", size="small", clicked=opens.show_all)
        more.setObjectName("all decisions")
        block.head.addWidget(more)
    return block


def promises_block(look: Look, brief: Brief, now: datetime, opens: Opens) -> Block | None:
    """What was promised for today, or before; nothing where nothing was."""
    if not brief.promises:
        return None
    block = Block(look, look.text("today.promises_title"), icon="handshake", said=look.text("today.promises_due", n=len(brief.promises)))
    for promise in brief.promises:
        keep, let_go, show = _with(opens.keep, promise), _with(opens.let_go, promise), _with(opens.promised, promise)
        block.column.addWidget(PromiseDue(look, promise_line(promise, now), f"promise {promise.id}", keep, let_go, show))
    return block


def posts_block(look: Look, brief: Brief, opens: Opens) -> Block:
    """Posts of today in time order."""
    said = look.text("today.posts", n=len(brief.going_out)) if brief.going_out else ""
    block = Block(look, look.text("today.going_out_title"), said=said)
    if not brief.going_out:
        block.column.addWidget(_nothing(look, "clock", look.text("today.nothing_goes_out"), indent=14))
        return block
    column = block.padded(look, 8)
    for post in brief.going_out:
        column.addWidget(PostLine(look, post, _with(opens.post, post), brief.going_out))
    return block


def figures_block(look: Look, brief: Brief) -> Block:
    """What a day brought."""
    block = Block(look, look.text("today.since_title", since=look.words.time(brief.since)))
    px = look.theme.px
    grid = QGridLayout()
    grid.setContentsMargins(px(14), 0, px(14), px(14))
    grid.setHorizontalSpacing(px(12))
    grid.setVerticalSpacing(px(12))
    for place, measured in enumerate(brief.figures):
        box = FigureBox(look, figure(look, measured), look.text(f"today.figure.{measured.metric}"))
        grid.addWidget(box, place // 2, place % 2)
        grid.setColumnStretch(place % 2, 1)
    block.column.addLayout(grid)
    return block


def coming_block(look: Look, brief: Brief, now: datetime, opens: Opens) -> Block:
    """The next posts after today."""
    block = Block(look, look.text("today.coming_title"))
    if not brief.coming:
        block.column.addWidget(_nothing(look, "calendar-blank", look.text("today.nothing_planned"), indent=14))
        return block
    column = block.padded(look, 10)
    for post in brief.coming:
        column.addWidget(ComingLine(look, post, now, _with(opens.post, post)))
    return block


def _nothing(look: Look, icon: str, text: str, *, indent: int = 12) -> QWidget:
    px = look.theme.px
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(px(indent), px(2), px(14), px(14))
    row.setSpacing(px(10))
    row.addWidget(IconSpot(look, icon, "text.tertiary", 16))
    row.addWidget(Label(look, text, "small", "text.secondary", wrap=True), 1)
    return holder


def _with(act: Callable[[T], None], what: T) -> Callable[[], None]:
    return lambda: act(what)
