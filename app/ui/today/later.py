"""The blocks of Today that may come after its brief: what the days ahead ask for, what comes up, and the one suggestion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.commands.services import Queries
from app.models.account import AccountRow
from app.models.campaign import PhaseKind
from app.models.rhythm import Paces, RhythmWarning, WarningKind
from app.models.tip import Tip
from app.models.today import Brief
from app.runtime.settings import Answer, Posting
from app.runtime.words import Message, message
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.plans.phase_icons import ICONS as PHASE_ICONS
from app.ui.safe_text import isolated
from app.ui.tip_acts import tip_acts, tip_said
from app.ui.today.ahead import Ahead, Asked, Coming, Silence, read
from app.ui.today.blocks import Block, More, Opens, nothing
from app.ui.today.rows import ComingLine, DayLine
from app.ui.today.sentences import Line
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Card
from app.ui.widgets.text import Label

MOST_COMING = 4
MARK_ICONS = {"launch": "rocket-launch", "holiday": "flag-banner", "deadline": "bell-z", "contest": "trophy"}
DAY = timedelta(days=1)


class LateBlocks:
    """What content.py shows of the days ahead."""

    def __init__(self, face: PageFace, ahead: Ahead, opens: Opens) -> None:
        self._face = face
        self._opens = opens
        self.ahead = ahead
        self.known = ahead.known
        self.phase_kind = ahead.phase.kind if ahead.phase is not None else ""

    @property
    def phase(self) -> str:
        return phase_said(self._face.look, self.ahead)

    def decisions(self) -> Sequence[More]:
        return decisions(self._face, self.ahead)

    def coming(self, brief: Brief) -> Block:
        return coming_block(self._face, brief, self.ahead, self._face.clock.now(), self._opens)

    def suggestion(self) -> Suggestion | None:
        tip = self.ahead.tip
        return Suggestion(self._face, tip, partial(self._opens.put_aside, tip.key)) if tip is not None else None


def made(face: PageFace, ahead: Ahead, opens: Opens) -> LateBlocks:
    """Of what was read."""
    return LateBlocks(face, ahead, opens)


def query(face: PageFace) -> Callable[[Queries], Ahead]:
    """What reads it: asked on a worker thread."""
    settings, words = face.services.settings, face.words
    paces = Paces.of_settings(settings.get(Posting))
    asked = Asked(face.clock.now(), words.zone, paces, words.language, settings.get(Answer).minutes)
    return lambda queries: read(queries, asked)


def phase_said(look: Look, ahead: Ahead) -> str:
    """ "Santa Cecilia teaser, day 3 of 4"; empty where no campaign runs."""
    phase = ahead.phase
    if phase is None:
        return ""
    day, days = (ahead.today - phase.starts_on).days + 1, (phase.ends_on - phase.starts_on).days + 1
    kind = isolated(phase.title) if phase.title else Message(f"today.phase.{phase.kind}")
    return look.text("today.phase_day", campaign=isolated(phase.campaign), phase=kind, day=day, days=days)


def decisions(face: PageFace, ahead: Ahead) -> list[More]:
    """Days with too much on them; each opens its day in the calendar."""

    def show(day: date) -> Callable[[], None]:
        return lambda: face.window.show_page("calendar", view="week", day=day)

    return [
        More(
            _flood_line(face.look, ahead, each, selling),
            show(each.first),
            f"flood {each.first.isoformat()} {each.kind}",
        )
        for each, selling in zip(ahead.floods, ahead.selling, strict=True)
    ]


def _flood_line(look: Look, ahead: Ahead, warning: RhythmWarning, selling: int) -> Line:
    day = day_name(look, warning.first, ahead.today)
    icon, colour, act = "warning-circle", "status.warn.strong", message("today.spread")
    names = _names(ahead.accounts, warning.account_ids)
    if warning.kind is WarningKind.CLOSE:
        said = message("today.close", day=day, n=warning.many)
        return Line(icon, colour, said, message("today.flood_on", names=names), message("today.look"))
    said = message("today.flood", day=day, n=warning.many, limit=warning.limit)
    detail = message("today.flood_sells", names=names, n=selling) if selling else message("today.flood_on", names=names)
    return Line(icon, colour, said, detail, act)


def _names(accounts: Sequence[AccountRow], ids: Sequence[int]) -> list[str]:
    """Networks, with the handle where the shop has several accounts on one."""
    networks = [each.network for each in accounts]
    return [
        network_name(each.network)
        if networks.count(each.network) == 1
        else f"{network_name(each.network)} {isolated(each.handle)}"
        for each in accounts
        if each.id in ids
    ]


def day_name(look: Look, day: date, today: date) -> str:
    """Today, the weekday of a day within the week, else the date; begins with a capital."""
    if day == today:
        return look.text("page.today")
    name = look.words.weekday(day.isoweekday(), long=True) if day - today < 7 * DAY else look.words.day(day)
    return name[:1].upper() + name[1:]


# -- coming up


def coming_block(face: PageFace, brief: Brief, ahead: Ahead, now: datetime, opens: Opens) -> Block:
    """Launches, phases and silences first; posts fill what room is left."""
    look = face.look
    block = Block(look, look.text("today.coming_title"))
    lines: list[tuple[date, QWidget]] = []
    for number, each in enumerate(ahead.coming[: MOST_COMING - 1]):
        lines.append((each.on_day, _coming_line(face, each, number)))
    for number, silence in enumerate(ahead.silences[:1]):
        lines.append((max(ahead.today, silence.warning.first), _silence_line(face, silence, number, ahead)))
    lines = lines[:MOST_COMING]
    zone = look.words.zone
    for post in brief.coming[: max(0, MOST_COMING - len(lines))]:
        day = post.planned_at.astimezone(zone).date() if post.planned_at is not None else ahead.today
        lines.append((day, ComingLine(look, post, now, partial(opens.post, post))))
    if not lines:
        block.column.addWidget(nothing(look, "calendar-blank", look.text("today.nothing_planned"), indent=14))
        return block
    column = block.padded(look, 10)
    for _, line in sorted(lines, key=lambda each: each[0]):
        column.addWidget(line)
    return block


def _coming_line(face: PageFace, each: Coming, number: int) -> DayLine:
    look = face.look
    if each.mark is not None:
        icon = MARK_ICONS.get(each.mark.kind, "calendar-blank")
        title, detail = (
            isolated(each.mark.title),
            look.text(f"today.mark.{each.mark.kind}") if look.words.knows(f"today.mark.{each.mark.kind}") else "",
        )
    else:
        assert each.phase is not None
        phase = each.phase
        icon = (
            PHASE_ICONS.get(PhaseKind(phase.kind), "calendar-blank")
            if phase.kind in set(PhaseKind)
            else "calendar-blank"
        )
        title = isolated(phase.campaign)
        detail = look.text(
            "today.phase_begins", phase=isolated(phase.title) if phase.title else Message(f"today.phase.{phase.kind}")
        )
    if each.posts:
        ready = look.text("today.posts_planned", n=each.posts)
        detail = f"{detail} · {ready}" if detail else ready

    def show() -> None:
        face.window.show_page("calendar", view="week", day=each.on_day)

    return DayLine(look, icon, title, detail, look.words.day(each.on_day), show, f"coming day {number}")


def _silence_line(face: PageFace, silence: Silence, number: int, ahead: Ahead) -> DayLine:
    look, warning = face.look, silence.warning
    first = max(ahead.today, warning.first if warning.everybody else warning.first + DAY)
    last = warning.last if warning.everybody or warning.open_end else max(first, warning.last - DAY)
    names = _names(ahead.accounts, warning.account_ids)
    title = (
        look.text("today.nobody_posts")
        if warning.everybody
        else look.text("today.stays_quiet", names=names, n=len(names))
    )
    detail = look.text("today.good_free", n=silence.good) if silence.good else ""
    begins, ends = (look.words.weekday(day.isoweekday()) for day in (first, last))
    days = begins if first == last else look.text("today.from_to", first=begins, last=ends)

    def show() -> None:
        face.window.show_page("calendar", view="week", day=first)

    return DayLine(look, "moon-stars", title, detail, days, show, f"silence {number}")


# -- the suggestion


class Suggestion(Card):
    """What the figures advise, what it rests on, and what may be done about it; closed, it stays away for a week."""

    def __init__(self, face: PageFace, tip: Tip, put_aside: Callable[[], None]) -> None:
        look, px = face.look, face.theme.px
        super().__init__(look)
        self.setObjectName("suggestion")
        said, evidence = look.text(tip_said(tip)), look.text(tip.evidence)
        self.setAccessibleName(f"{look.text('today.worth')} {said} {evidence}")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(12), px(8), px(12))
        row.setSpacing(px(10))
        spot = QVBoxLayout()
        spot.addWidget(IconSpot(look, "lightbulb", "accent.text", 18))
        spot.addStretch(1)
        nest(row, spot)
        column = QVBoxLayout()
        column.setSpacing(px(4))
        text = Label(look, f"<b>{escape(look.text('today.worth'))}</b> {escape(said)}", "small", wrap=True)
        text.setTextFormat(Qt.TextFormat.RichText)
        column.addWidget(text)
        column.addWidget(Label(look, evidence, "caption", "text.tertiary", wrap=True))
        acts = QHBoxLayout()
        acts.setSpacing(px(6))
        for place, (text_id, act) in enumerate(tip_acts(face, tip)):
            button = Button(look, look.text(text_id), kind="flat" if place else "plain", size="small", clicked=act)
            button.setObjectName(f"suggestion act {place}")
            acts.addWidget(button)
        acts.addStretch(1)
        nest(column, acts)
        nest(row, column, 1)
        close = QVBoxLayout()
        self.close_button = IconButton(look, "x", look.text("command.today.put_aside"), size=26)
        self.close_button.setObjectName("suggestion close")
        self.close_button.clicked.connect(put_aside)
        close.addWidget(self.close_button)
        close.addStretch(1)
        nest(row, close)
