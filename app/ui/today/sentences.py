"""What Today says: one line for each thing of the brief, as messages; how it is drawn is none of its business."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.campaign import PhaseKind
from app.models.conversation import ConversationRow
from app.models.outbox import DeliveryState, OutboxKind, OutboxRow
from app.models.post import PostFormat, PostRow
from app.models.promise import PromiseRow
from app.models.today import Brief, Figure, ManagerReply
from app.models.today_things import More
from app.runtime.words import Message, message
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import isolated, shortened

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
"""Characters of a text that a sentence quotes."""

_QUIET, _WARN, _DANGER = "text.secondary", "status.warn.strong", "status.danger.strong"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: a glyph in a colour of the theme, what it is, and what is known about it."""

    icon: str
    colour: str
    title: Message
    detail: Message
    act: Message
    """What its button says."""


@dataclass(frozen=True, slots=True)
class PostStanding:
    """Where a post of today stands: glyph or, on its way, how far it is (0 to 1)."""

    icon: str
    colour: str
    said: Message
    strong: bool = False
    part: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A figure as it is written: the value, the change with an arrow's icon, and whether that is good (1), bad (-1) or neither."""

    value: str
    change: str
    arrow: str
    good: int


def greeting(hour: int) -> str:
    """The message id of a greeting at an hour of the day."""
    if hour < 4:
        return "today.hello"  # neither evening nor morning
    if hour < 12:
        return "today.good_morning"
    return "today.good_afternoon" if hour < 19 else "today.good_evening"


def answer_line(row: ConversationRow, icon: str, now: datetime) -> Line:
    """`icon` is that of the conversation's category, shown while nothing is urgent."""
    name = isolated(row.author)
    about = message("today.about", category=Message(f"category.{row.category}"), snippet=isolated(row.snippet))
    act = message("today.answer")
    if row.answer_by is None:
        return Line(icon, _QUIET, message("today.waits", name=name), about, act)
    wait = now - row.answer_by
    if wait >= MINUTE:
        return Line("warning-circle-fill", _DANGER, _late(name, wait), about, act)
    if wait > -HOUR:
        minutes = max(0, round(-wait / MINUTE))
        return Line("hourglass-medium", _WARN, message("today.within", name=name, n=minutes), about, act)
    return Line(icon, _QUIET, message("today.before", name=name, when=row.answer_by), about, act)


def _late(name: str, wait: timedelta) -> Message:
    if wait < 2 * HOUR:
        return message("today.late_minutes", name=name, n=int(wait / MINUTE))
    if wait < timedelta(days=2):
        return message("today.late_hours", name=name, n=int(wait / HOUR))
    return message("today.late_days", name=name, n=wait.days)


def to_decide(rows: Sequence[OutboxRow]) -> list[tuple[OutboxRow, ...]]:
    """Deliveries of one post that stand alike are one thing to decide; unsure ones first, then failed ones, then those by hand."""
    groups: dict[tuple[object, ...], list[OutboxRow]] = {}
    for row in rows:
        key = ("post", row.post_id, row.state) if row.post_id is not None else ("item", row.id)
        groups.setdefault(key, []).append(row)
    order = (DeliveryState.UNSURE, DeliveryState.FAILED, DeliveryState.BY_HAND)
    return sorted(
        (tuple(group) for group in groups.values()),
        key=lambda group: (order.index(group[0].state) if group[0].state in order else len(order), group[0].due_at),
    )


def decide_line(group: Sequence[OutboxRow], titles: Mapping[int, str] | None = None) -> Line:
    """One thing to decide, of one or more networks. `titles` of posts that are known by more than their text."""
    first = group[0]
    title = (titles or {}).get(first.post_id or 0, "")
    quote = isolated(shortened(title or first.text))
    where = message("today.where", networks=[f"{network_name(row.network)} {isolated(row.handle)}" for row in group], when=first.due_at)
    kind = {OutboxKind.POST: "post", OutboxKind.REPLY: "reply", OutboxKind.MAIL: "mail"}.get(first.kind, "act")
    if first.state is DeliveryState.UNSURE:
        return Line("question-fill", _WARN, Message(f"today.unsure_{kind}", {"text": quote, "name": isolated(first.to)}), where, message("today.look"))
    if first.state is DeliveryState.BY_HAND:
        return Line("hand-pointing", "accent.text", message("today.by_hand", text=quote), where, message("today.publish"))
    reason = reason_of(first)
    detail = message("today.why", where=where, reason=reason) if reason is not None else where
    return Line("warning-circle-fill", _DANGER, Message(f"today.failed_{kind}", {"text": quote}), detail, message("today.fix"))


def promise_thing(promise: PromiseRow, now: datetime) -> Line:
    """A promise among what is to be answered: it is due today. Amber once its time has come."""
    detail = message("today.promise_was_due" if promise.due_at <= now else "today.promise_before", when=promise.due_at)
    said = message("today.promised", name=isolated(promise.name), text=isolated(shortened(promise.text)))
    return Line("handshake", _WARN, said, detail, message("today.answer"))


def reply_line(reply: ManagerReply) -> Line:
    """A manager answered."""
    said = message("today.manager_replied", manager=isolated(reply.manager), customer=isolated(reply.customer))
    detail = message("today.manager_asked", when=reply.asked_at, text=isolated(shortened(reply.question)))
    return Line("envelope-open", "accent.text", said, detail, message("today.read"))


def more_line(more: More, known: int, pace_seconds: int | None) -> Line:
    """Those that wait and are not shown by name; `known`: how many of all look like answers one has."""
    known = min(known, more.waiting)
    title = message("today.more_known", n=more.waiting, known=known) if known else message("today.more", n=more.waiting)
    detail = message("today.more_minutes", minutes=-(-more.waiting * pace_seconds // 60)) if pace_seconds is not None else message("today.more_all")
    return Line("question", _QUIET, title, detail, message("today.begin"))


def amber_line(post: PostRow) -> Line:
    """A post of today of which a check fails while there is time."""
    said = message("today.amber_post", text=isolated(shortened(post.title)), when=post.planned_at)
    detail = post.warnings[0] if len(post.warnings) == 1 else message("today.amber_more", first=post.warnings[0], n=len(post.warnings) - 1)
    return Line("question-fill", _WARN, said, detail, message("today.look"))


def amber_posts(brief: Brief, now: datetime) -> list[PostRow]:
    """Those of today that are still to go out and want a look; what failed or is unsure is to be decided anyway."""
    decided = {row.post_id for row in brief.to_decide}
    return [post for post in brief.going_out if post.warnings and post.id not in decided and post.planned_at is not None and post.planned_at > now]


def mix_said(look: Look, brief: Brief, phase_kind: str) -> str:
    """ "2 inform, 1 announces, 1 poll · nothing to sell, right for a teaser"; empty where nothing goes out."""
    counts: dict[PostFormat, int] = {}
    for post in brief.going_out:
        counts[post.format] = counts.get(post.format, 0) + 1
    if not counts:
        return ""
    said = look.words.facts(look.text(f"today.mix.{kind}", n=counts[kind]) for kind in PostFormat if kind in counts)
    if phase_kind == PhaseKind.TEASER:
        verdict = "today.mix_teaser_sells" if counts.get(PostFormat.PROMO) else "today.mix_teaser"
        return look.text("today.mix_and", mix=said, verdict=Message(verdict))
    return said


def reason_of(row: OutboxRow) -> Message | None:
    """Why it did not go out, where the network said."""
    if not row.reason:
        return None
    try:
        return Message.from_json(row.reason)
    except ValueError:
        return None


def standing(post: PostRow) -> PostStanding:
    """Where a post of today stands."""
    match post.shown:
        case DeliveryState.OUT:
            said = message("today.clicks", n=post.clicks) if post.clicks is not None else message("today.out")
            return PostStanding("check-circle-fill", "status.success.text", said)
        case DeliveryState.CLAIMED:
            said = message("today.going_out", out=post.out, of=post.deliveries)
            return PostStanding("clock", "accent.text", said, strong=True, part=post.out / max(1, post.deliveries))
        case DeliveryState.FAILED:
            return PostStanding("warning-circle-fill", "status.danger.text", message("today.failed"), strong=True)
        case DeliveryState.UNSURE:
            return PostStanding("question-fill", "status.warn.text", message("today.to_decide"), strong=True)
        case _ if post.warnings:
            return PostStanding("warning-circle-fill", "status.warn.text", message("today.amber", n=len(post.warnings)), strong=True)
        case DeliveryState.BY_HAND:
            return PostStanding("hand-pointing", "text.secondary", message("today.hand"))
        case DeliveryState.LET_GO:
            return PostStanding("minus-circle", "text.tertiary", message("today.let_go"))
        case DeliveryState.HELD:
            return PostStanding("hard-drives", "text.tertiary", message("today.held"))
        case _:
            return PostStanding("clock", "text.tertiary", message("today.scheduled"))


def figure(look: Look, measured: Figure) -> Change:
    """A figure since yesterday, beside that of the day before; fewer minutes to answer are good, more of anything else is."""
    words = look.words
    minutes = measured.metric == "answer_minutes"
    value, before = measured.value, measured.before
    if value is None:
        return Change(words.number(None), "", "", 0)
    if minutes:
        shown = look.text("shell.minutes", minutes=value)
    else:
        shown = words.delta(value, "number") if measured.metric == "followers" else words.number(value)
    if before is None:
        return Change(shown, "", "", 0)
    step = value - before
    if step == 0:
        return Change(shown, look.text("today.same"), "minus-bold", 0)
    arrow = "arrow-up-bold" if step > 0 else "arrow-down-bold"
    if minutes:
        change = look.text("shell.minutes", minutes=abs(step))
    elif before > 0 and measured.metric != "followers":
        change = words.percent(abs(step) / before, 0)
    else:
        change = words.number(abs(step))
    return Change(shown, change, arrow, -1 if (step > 0) == minutes else 1)


def answer_minutes(brief: Brief) -> int | None:
    """How long the waiting answers will take at the user's own pace, rounded up; None while it is not known."""
    if brief.pace_seconds is None:
        return None
    return -(-brief.waiting * brief.pace_seconds // 60)


def start_label(brief: Brief) -> str:
    """The message id of the main button."""
    if brief.late:
        return "today.start_late" if brief.late == 1 else "today.start_lates"
    return "today.start"
