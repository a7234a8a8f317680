"""Moving a launch or a campaign: its new day, and before anything happens what that does to each post."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.campaign import CampaignPlan, LaunchPlan
from app.models.campaign_move import MovePreview, PostMove, Stays
from app.runtime.errors import AppError
from app.runtime.words import message
from app.ui.page import PageFace
from app.ui.plans.plan_sheet import PlanSheet
from app.ui.plans.typed_day import DayField
from app.ui.safe_text import isolated
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import IconSpot, Strip
from app.ui.widgets.text import ElidedLabel, Label

UNDO_SECONDS = 10
SOON_MS = 150
MOST_LINES = 80
Moves = Callable[[date, int | None], Awaitable[int]]
Looks = Callable[[date, int | None], Awaitable[MovePreview]]


class MoveSheet(PlanSheet):
    """`look` answers what would happen, `move` does it."""

    def __init__(
        self,
        face: PageFace,
        host: QWidget,
        name: str,
        before: date,
        minute: int | None,
        look: Looks,
        move: Moves,
        *,
        with_time: bool,
    ) -> None:
        super().__init__(
            face,
            host,
            face.text("campaigns.move_sheet", name=isolated(name)),
            face.text("campaigns.move_now"),
            width=640,
        )
        self._name = name
        self._before = (before, minute)
        self._look_at = look
        self._move = move
        self.preview: MovePreview | None = None
        self._asked = 0
        words = "campaigns.launch_day" if with_time else "campaigns.first_day"
        self.day = DayField(face, face.text(words), before, minute, with_time=with_time)
        self.take(self.day)
        self.said = Strip(face.look, "info")
        self.said.hide()
        self.form.addWidget(self.said)
        self.list = QWidget()
        self.lines = QVBoxLayout(self.list)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(face.theme.px(6))
        self.form.addWidget(self.list)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._ask)
        self.day.heard = self._soon.start
        self.day.line.selectAll()
        self.closed.connect(self._leave)
        self.begin()
        self._ask()

    @property
    def wanted(self) -> tuple[date, int | None] | None:
        """Where it is to go; None where that cannot be read."""
        day = self.day.day
        if day is None:
            return None
        return day, self.day.minute

    def _leave(self) -> None:
        """What is still being looked at comes too late."""
        self._asked += 1

    def _ask(self) -> None:
        wanted = self.wanted
        self._asked += 1
        number = self._asked
        if wanted is None or wanted == self._before:
            self.preview = None
            self.said.hide()
            self._clear()
            return

        async def look() -> None:
            try:
                found = await self._look_at(*wanted)
            except AppError as error:
                self._face.notices.fail(error)
                return
            if number == self._asked:
                self._show(found)

        self._face.actions.start("look at a move", look())

    def _show(self, found: MovePreview) -> None:
        face = self._face
        self.preview = found
        self._clear()
        stays = len(found.posts) - len(found.moving)
        parts = [face.text("campaigns.posts_move", n=len(found.moving))]
        if found.marks:
            parts.append(
                face.text(
                    "campaigns.marks_move",
                    n=len(found.marks),
                    names=face.words.listing([isolated(each) for each in found.marks]),
                )
            )
        if stays:
            parts.append(face.text("campaigns.posts_stay", n=stays))
        if found.collisions:
            parts.append(face.text("campaigns.posts_collide", n=found.collisions))
        if found.held:
            parts.append(face.text("campaigns.posts_held", n=found.held))
        late = any(each.stays is Stays.PAST for each in found.posts)
        self.said.show_message("warn" if found.collisions or late else "info", " · ".join(parts))
        self.said.show()
        rows = sorted(found.posts, key=lambda each: (each.stays is not None, not each.collisions))
        if len(rows) <= MOST_LINES:  # all in the order of their times; of very many, those that need a look
            rows = [*found.moving, *(each for each in found.posts if each.stays is not None)]
        for each in rows[:MOST_LINES]:
            self.lines.addWidget(_Line(face, each))
        if len(rows) > MOST_LINES:
            more = face.text("campaigns.more_posts", n=len(rows) - MOST_LINES)
            self.lines.addWidget(Label(face.look, more, "small", "text.secondary"))
        self.settle()

    def _clear(self) -> None:
        while (item := self.lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def beside(self) -> Mapping[str, Field]:
        return {"day": self.day}

    def complete(self) -> bool:
        if not self.day.demand():
            return False
        if self.wanted == self._before:
            self.day.complain(self._face.text("campaigns.same_day"))
            return False
        return True

    def work(self) -> Callable[[], Awaitable[object]]:
        wanted, face, name = self.wanted, self._face, self._name
        assert wanted is not None

        async def move() -> None:
            moved = await self._move(*wanted)
            face.notices.say(message("campaigns.moved", n=moved, name=name), undo=True, seconds=UNDO_SECONDS)

        return move


class _Line(QWidget):
    """One post: from when to when, or why it stays; what it runs into below."""

    def __init__(self, face: PageFace, move: PostMove) -> None:
        super().__init__()
        look, words = face.look, face.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        row = QHBoxLayout()
        row.setSpacing(face.theme.px(8))
        warned = bool(move.collisions)
        icon, ink = (
            ("minus-circle", "text.tertiary")
            if move.stays
            else ("warning-fill", "status.warn.text")
            if warned
            else ("arrow-right", "text.secondary")
        )
        row.addWidget(IconSpot(look, icon, ink, 14))
        before = words.day_and_time(move.before)
        when = (
            before
            if move.stays
            else face.text("campaigns.from_to", before=before, after=words.day_and_time(move.after))
        )
        label = Label(look, when, "small", "text.secondary")
        label.setMinimumWidth(face.theme.px(262))
        row.addWidget(label)
        row.addWidget(
            ElidedLabel(look, isolated(move.title) if move.title else face.text("calendar.untitled"), "body"), 1
        )
        nest(column, row)
        below = (
            [face.text(f"campaigns.stays.{move.stays}")]
            if move.stays
            else [face.text(each) for each in move.collisions]
        )
        if move.held and not move.stays:
            below.append(face.text("campaigns.held"))
        for sentence in below:
            said = Label(
                look,
                sentence,
                "caption",
                "status.warn.text" if warned or move.stays is Stays.PAST else "text.tertiary",
                wrap=True,
            )
            said.setContentsMargins(face.theme.px(22), 0, 0, 0)
            column.addWidget(said)
        self.setAccessibleName(", ".join([move.title, when, *below]))


def move_launch(face: PageFace, host: QWidget, plan: LaunchPlan) -> MoveSheet:
    """The sheet for a launch."""
    number, day = plan.id, plan.on_day
    assert number is not None
    assert day is not None
    service = face.services.launches
    return MoveSheet(
        face,
        host,
        plan.title,
        day,
        plan.minute,
        lambda day, minute: service.preview(number, day, minute),
        lambda day, minute: service.move(number, day, minute),
        with_time=True,
    )


def move_campaign(face: PageFace, host: QWidget, plan: CampaignPlan) -> MoveSheet | None:
    """The sheet for a campaign; None where it has no phase yet."""
    number, first = plan.id, plan.starts_on
    if number is None or first is None:
        return None
    service = face.services.campaigns
    return MoveSheet(
        face,
        host,
        plan.name,
        first,
        None,
        lambda day, _minute: service.preview(number, (day - first).days),
        lambda day, _minute: service.move(number, (day - first).days),
        with_time=False,
    )
