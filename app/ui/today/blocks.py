"""The blocks of Today that its brief tells, each a card made anew: Answer, Decide, Promises due, Going out today, Since yesterday, Coming up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.models.conversation import ConversationRow
from app.models.outbox import OutboxRow
from app.models.post import PostRow
from app.models.promise import PromiseRow
from app.models.today import Brief, ManagerReply
from app.models.today_things import More as Rest
from app.models.today_things import Thing
from app.ui.look import Look
from app.ui.today.rows import ComingLine, FigureBox, PostLine, PromiseLine, ThingToDo
from app.ui.today.sentences import (
    Line,
    amber_line,
    amber_posts,
    answer_line,
    answer_minutes,
    decide_line,
    figure,
    more_line,
    promise_thing,
    reply_line,
    start_label,
    to_decide,
)
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Card
from app.ui.widgets.text import Label

MOST_TO_DECIDE = 5
MOST_PROMISES = 3
HEAD = 44


@dataclass(frozen=True, slots=True)
class Opens:
    """What the blocks' buttons do."""

    thing: Callable[[Thing], None]
    decision: Callable[[OutboxRow], None]
    post: Callable[[PostRow], None]
    keep: Callable[[PromiseRow], None]
    let_go: Callable[[PromiseRow], None]
    promised: Callable[[PromiseRow], None]
    """The conversation of a promise."""
    start: Callable[[], None]
    show_all: Callable[[], None]
    put_aside: Callable[[str], None]
    """A suggestion, by its key."""


class More(NamedTuple):
    """A further thing to decide, as the days ahead have it."""

    line: Line
    act: Callable[[], None]
    name: str


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
        nest(self.column, column)
        return column


def answer_block(
    look: Look, brief: Brief, shown: Sequence[Thing], now: datetime, opens: Opens, known: int = 0
) -> Block:
    """The most urgent things, with the way to each; the last line is for the rest."""
    said = []
    if brief.waiting:
        said.append(look.text("today.waiting", n=brief.waiting))
    minutes = answer_minutes(brief)
    if brief.waiting and minutes:
        said.append(look.text("today.about_minutes", minutes=minutes))
    elif brief.late:
        said.append(look.text("today.late", n=brief.late))
    block = Block(look, look.text("today.answer_title"), icon="tray", said=look.words.facts(said))
    if not shown:
        block.column.addWidget(nothing(look, "check-circle", look.text("today.all_answered")))
        return block
    start = Button(look, look.text(start_label(brief)), kind="primary", key="Return", clicked=opens.start)
    start.setObjectName("start")
    block.head.addWidget(start)
    for number, thing in enumerate(shown, start=1):
        line = _thing_line(look, brief, thing, now, known)
        block.column.addWidget(
            ThingToDo(look, line, partial(opens.thing, thing), key=str(number), name=thing_name(thing))
        )
    return block


def thing_name(thing: Thing) -> str:
    """Finds its button again."""
    if isinstance(thing, Rest):
        return "answer more"
    kind = "promised" if isinstance(thing, PromiseRow) else "replied" if isinstance(thing, ManagerReply) else "answer"
    return f"{kind} {thing.conversation_id if isinstance(thing, ManagerReply) else thing.id}"


def _thing_line(look: Look, brief: Brief, thing: Thing, now: datetime, known: int) -> Line:
    if isinstance(thing, ConversationRow):
        return answer_line(thing, look.theme.category(thing.category)[1], now)
    if isinstance(thing, PromiseRow):
        return promise_thing(thing, now)
    return reply_line(thing) if isinstance(thing, ManagerReply) else more_line(thing, known, brief.pace_seconds)


def decide_block(
    look: Look, brief: Brief, now: datetime, opens: Opens, further: Sequence[More], minutes: int, *, whole: bool
) -> Block | None:
    """What only the user can decide; nothing where there is nothing. `whole` shows more than the first few."""
    titles = {post.id: post.title for post in (*brief.going_out, *brief.coming)}
    rows = [
        More(decide_line(group, titles), partial(opens.decision, group[0]), f"decide {group[0].id}")
        for group in to_decide(brief.to_decide)
    ]
    rows += [More(amber_line(post), partial(opens.post, post), f"amber {post.id}") for post in amber_posts(brief, now)]
    rows += further
    if not rows:
        return None
    said = [look.text("today.things", n=len(rows))]
    if minutes:
        said.append(look.text("today.about_minutes", minutes=minutes))
    block = Block(look, look.text("today.decide_title"), icon="calendar-blank", said=look.words.facts(said))
    shown = rows if whole or len(rows) <= MOST_TO_DECIDE + 1 else rows[:MOST_TO_DECIDE]
    for row in shown:
        block.column.addWidget(ThingToDo(look, row.line, row.act, name=row.name))
    if len(shown) < len(rows):
        more = Button(
            look, look.text("shell.more", n=len(rows) - len(shown)), kind="flat", size="small", clicked=opens.show_all
        )
        more.setObjectName("all decisions")
        block.head.addWidget(more)
    return block


def decisions(brief: Brief, now: datetime, further: int) -> int:
    """How many things there are to decide."""
    return len(to_decide(brief.to_decide)) + len(amber_posts(brief, now)) + further


def promises_block(look: Look, brief: Brief, now: datetime, opens: Opens, *, whole: bool) -> Block | None:
    """What was promised for the next days, or before; nothing where nothing was."""
    if not brief.promises:
        return None
    block = Block(look, look.text("today.promises_title"))
    count = Label(look, look.text("today.promises_open", n=len(brief.promises)), "caption", "text.tertiary")
    block.head.addWidget(count)
    column = block.padded(look, 10)
    tomorrow = now.astimezone(look.words.zone).date() + timedelta(days=1)
    shown = brief.promises if whole or len(brief.promises) <= MOST_PROMISES + 1 else brief.promises[:MOST_PROMISES]
    for promise in shown:
        late = promise.due_at <= now
        due = (
            look.text("today.was_due", when=promise.due_at)
            if late
            else look.words.moment(promise.due_at, now, full=True)
        )
        urgent = late or promise.due_at.astimezone(look.words.zone).date() < tomorrow
        keep, let_go, show = (
            partial(opens.keep, promise),
            partial(opens.let_go, promise),
            partial(opens.promised, promise),
        )
        column.addWidget(PromiseLine(look, promise, due, urgent=urgent, keep=keep, let_go=let_go, show=show))
    if len(shown) < len(brief.promises):
        more = Button(
            look,
            look.text("shell.more", n=len(brief.promises) - len(shown)),
            kind="flat",
            size="small",
            clicked=opens.show_all,
        )
        more.setObjectName("all promises")
        column.addWidget(more)
    return block


def posts_block(look: Look, brief: Brief, opens: Opens, mix: str) -> Block:
    """Posts of today in time order; `mix` says what they do."""
    block = Block(look, look.text("today.going_out_title"), said=mix)
    block.said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if not brief.going_out:
        block.column.addWidget(nothing(look, "clock", look.text("today.nothing_goes_out"), indent=14))
        return block
    column = block.padded(look, 8)
    for post in brief.going_out:
        column.addWidget(PostLine(look, post, partial(opens.post, post), brief.going_out))
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
    nest(block.column, grid)
    return block


def coming_block(look: Look, brief: Brief, now: datetime, opens: Opens) -> Block:
    """The next posts after today."""
    block = Block(look, look.text("today.coming_title"))
    if not brief.coming:
        block.column.addWidget(nothing(look, "calendar-blank", look.text("today.nothing_planned"), indent=14))
        return block
    column = block.padded(look, 10)
    for post in brief.coming:
        column.addWidget(ComingLine(look, post, now, partial(opens.post, post)))
    return block


def nothing(look: Look, icon: str, text: str, *, indent: int = 12) -> QWidget:
    """A quiet line that stands for no rows."""
    px = look.theme.px
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(px(indent), px(2), px(14), px(14))
    row.setSpacing(px(10))
    row.addWidget(IconSpot(look, icon, "text.tertiary", 16))
    row.addWidget(Label(look, text, "small", "text.secondary", wrap=True), 1)
    return holder
