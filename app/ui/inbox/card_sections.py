"""What stands on the customer card, section by section; each is made once and refilled where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.agreement import AgreementRow
from app.models.conversation import ConversationState
from app.models.customer import CaseLine, CustomerDetail, CustomerNote, Flag, OtherConversation, Profile, PromiseLine
from app.models.escalation import EscalationRow, EscalationState
from app.models.order import OrderRow
from app.ui.agreement_words import row_text
from app.ui.inbox.card_line import GLYPH, CardLines, LineButton, LineWords, show_if
from app.ui.inbox.times import in_row, same_day
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import one_line, shown
from app.ui.widgets.button import Button
from app.ui.widgets.chip import Chip, ChipLabel
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label, SectionLabel

NOTES_SHOWN = 4
OTHERS_SHOWN = 5
AGREEMENTS_SHOWN = 4
LONGEST_ABOUT = 600

FLAG_LOOKS: dict[Flag, tuple[str, str]] = {
    Flag.VIP: ("star", "gold"),
    Flag.PRESS: ("newspaper", "blue"),
    Flag.PARTNER: ("handshake", "green"),
    Flag.CAREFUL: ("warning-circle", "rose"),
    Flag.NEWSLETTER: ("envelope-simple", "violet"),
}
"""Icon and hue of a flag; its words stand beside them."""

STATE_ICONS: dict[ConversationState, str] = {
    ConversationState.NEEDS_ANSWER: "tray",
    ConversationState.WAITING: "hourglass-medium",
    ConversationState.SNOOZED: "bell-z",
    ConversationState.ESCALATED: "envelope-simple",
    ConversationState.DONE: "check",
    ConversationState.KEPT: "heart-straight",
    ConversationState.IGNORED: "speaker-slash",
}


class Section(QWidget):
    """A thin line, a title with room at its right, and the content."""

    def __init__(self, look: Look, title_id: str, *contents: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._title_id = title_id
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Line(look))
        self._inside = QVBoxLayout()
        nest(column, self._inside)
        self.head = QHBoxLayout()
        self.title = SectionLabel(look)
        self.head.addWidget(self.title, 1)
        nest(self._inside, self.head)
        for content in contents:
            self._inside.addWidget(content)
        self.retranslate()

    def name(self, **values: object) -> None:
        """The title with its values."""
        self.title.setText(self._look.text(self._title_id, **values))

    def retranslate(self) -> None:
        px = self._look.theme.px
        self._inside.setContentsMargins(px(16), px(12), px(16), px(12))
        self._inside.setSpacing(px(6))


class Indented(QWidget):
    """A flat button whose words stand below those of the lines."""

    def __init__(self, look: Look, button: QWidget) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.theme.px(GLYPH), 0, 0, 0)
        row.addWidget(button)
        row.addStretch(1)


class Chips(QWidget):
    """Chips in lines like words; those not needed are hidden and used again."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._chips: list[ChipLabel] = []
        self._flow = FlowLayout(self, look.theme.px(4))

    def show_chips(self, chips: Sequence[Chip], *last: QWidget) -> None:
        while len(self._chips) < len(chips):
            label = ChipLabel(self._look, parent=self)
            self._chips.append(label)
            self._flow.addWidget(label)
            for widget in last:  # stays behind them
                self._flow.removeWidget(widget)
                self._flow.addWidget(widget)
        for label, chip in zip(self._chips, chips, strict=False):
            if label.accessibleName() != chip.text:
                label.show_chip(chip)
        for place, label in enumerate(self._chips):
            show_if(label, place < len(chips))

    def add(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)

    @property
    def texts(self) -> list[str]:
        return [label.accessibleName() for label in self._chips if not label.isHidden()]


class NotesPart(QWidget):
    """What kind of customer it is, our notes with their days, and the tags."""

    wanted = Signal(str, object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(8))
        self.about = Label(look, "", "small", "text.secondary", wrap=True)
        column.addWidget(self.about)
        self.notes = CardLines(look, "edit_note")
        self.notes.wanted.connect(self.wanted)
        column.addWidget(self.notes)
        self.tags = Chips(look)
        self.add_tag = Button(look, "", icon="plus", size="small", clicked=lambda: self.wanted.emit("edit_tags", None))
        self.tags.add(self.add_tag)
        column.addWidget(self.tags)

    def show_detail(self, detail: CustomerDetail, now: datetime) -> None:
        about = shown(detail.about[:LONGEST_ABOUT])
        self.about.setText(about)
        show_if(self.about, bool(about))
        self.notes.show_lines([self._note(note, now) for note in detail.notes[:NOTES_SHOWN]])
        show_if(self.notes, bool(detail.notes))
        self.tags.show_chips([Chip(one_line(tag), kind="soft") for tag in detail.tags], self.add_tag)

    def retranslate(self) -> None:
        self.add_tag.setText(self._look.text("customer.tag"))
        self.notes.retranslate()

    def _note(self, note: CustomerNote, now: datetime) -> LineWords:
        look = self._look
        return LineWords(
            note,
            one_line(note.text),
            look.text("customer.note_from", when=in_row(look, note.at, now)),
            "note",
            spoken=look.text("customer.note"),
        )


# ---- what lines say


def profile_line(look: Look, profile: Profile) -> LineWords:
    followers = look.text("customer.followers", n=profile.followers) if profile.followers is not None else ""
    return LineWords(
        profile.joining_id,
        one_line(profile.handle),
        followers,
        network=profile.network,
        spoken=network_name(profile.network),
        buttons=profile.joining_id is not None,
    )


def promise_line(look: Look, promise: PromiseLine, now: datetime) -> LineWords:
    today = same_day(look, promise.due_at, now)
    late = promise.due_at < now
    if late or today:
        when = (
            look.text("inbox.today_at", time=look.words.time(promise.due_at))
            if today
            else look.words.day(promise.due_at, now)
        )
        caption = look.text("customer.promise.late", when=when) if late else when
    else:
        caption = look.text("customer.promise.by", when=look.words.day(promise.due_at, now))
    role = "status.danger.text" if late else "status.warn.text" if today else "text.tertiary"
    icon_role = "status.warn.text" if late or today else "text.secondary"
    return LineWords(promise.id, one_line(promise.text), caption, "handshake", "", icon_role, role, late or today)


def escalation_line(look: Look, row: EscalationRow, now: datetime) -> LineWords:
    """Whom we asked, and how it stands; opens its conversation."""
    state, role, icon = "waits", "text.tertiary", "envelope-simple"
    when = in_row(look, row.remind_at, now) if row.remind_at is not None else ""
    if row.state is EscalationState.ANSWERED:
        state, icon = "answered", "envelope-open"
        when = in_row(look, row.answered_at or row.asked_at, now)
    elif row.state is EscalationState.BOUNCED:
        state, role, icon = "bounced", "status.danger.text", "warning-circle"
    elif row.is_overdue(now):
        state, role, icon = "overdue", "status.warn.text", "bell"
    caption = f"{one_line(row.manager)} · {look.text(f'escalation.card.{state}', when=when)}"
    return LineWords(row.conversation_id, one_line(row.question), caption, icon, caption_role=role)


def agreement_line(look: Look, row: AgreementRow, now: datetime) -> LineWords:
    order = look.text("customer.agreement.order", number=one_line(row.order_number)) if row.order_number else ""
    caption = " · ".join(each for each in (look.words.day(row.agreed_at, now), order) if each)
    return LineWords(row.id, row_text(look, row), caption, "scales", spoken=look.text("customer.agreement"))


def order_line(look: Look, order: OrderRow, now: datetime) -> LineWords:
    parts = [money(look, order), one_line(order.state)]
    if order.ordered_at is not None:
        parts.insert(0, look.words.day(order.ordered_at, now))
    title = " · ".join(each for each in (one_line(order.number), one_line(order.products)) if each)
    return LineWords(
        order.number, title, " · ".join(each for each in parts if each), "package", spoken=look.text("customer.order")
    )


def money(look: Look, order: OrderRow) -> str:
    """ "520 MXN"; empty without an amount."""
    if order.amount is None:
        return ""
    digits = 0 if order.amount % 100 == 0 else 2
    return " ".join(each for each in (look.words.number(order.amount / 100, digits), one_line(order.currency)) if each)


def other_line(look: Look, other: OtherConversation, now: datetime) -> LineWords:
    state = look.text(f"customer.state.{other.state}")
    return LineWords(
        other.id,
        one_line(other.snippet) or look.text("customer.no_words"),
        f"{state} · {in_row(look, other.last_at, now)}",
        network=other.network,
        end_icon=STATE_ICONS[other.state],
        end_role="accent.text" if other.state is ConversationState.NEEDS_ANSWER else "text.tertiary",
        spoken=network_name(other.network),
    )


def case_line(look: Look, case: CaseLine, now: datetime) -> LineWords:
    _, icon = look.theme.category(case.category)
    when = look.words.day(case.opened_at, now)
    took = (
        look.text("customer.case.solved_in", time=span(look, case.solved_in_ms))
        if case.solved_in_ms is not None
        else look.text("customer.case.solved")
    )
    return LineWords(
        case.conversation_id,
        one_line(case.first_words) or look.text("customer.no_words"),
        f"{when} · {took}",
        icon,
        end_icon="check",
        end_role="status.success.text",
        spoken=look.text(f"category.{case.category}"),
    )


def span(look: Look, milliseconds: int) -> str:
    """ "18 min", "2 h", "3 days": working time."""
    time = timedelta(milliseconds=milliseconds)
    minutes = max(1, round(time / timedelta(minutes=1)))
    if minutes < 60:
        return look.text("customer.span.minutes", n=minutes)
    hours = round(minutes / 60)
    return (
        look.text("customer.span.hours", n=hours)
        if hours < 48
        else look.text("customer.span.days", n=round(hours / 24))
    )


PROMISE_BUTTONS = (
    LineButton("promise_kept", "check", "customer.promise.kept"),
    LineButton("promise_let_go", "x", "customer.promise.let_go"),
)
PROFILE_BUTTONS = (LineButton("separate", "x", "customer.separate"),)


def flag_chips(look: Look, flags: Sequence[Flag]) -> list[Chip]:
    return [Chip(look.text(f"customer.flag.{flag}"), *FLAG_LOOKS[flag]) for flag in flags]
