"""One campaign: its phases over the days, its facts, what is announced, and what it is for and where it runs."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.models.campaign import CampaignDetail, CampaignPost, LaunchRow
from app.models.stance import Stance, stance
from app.ui.campaigns.desk import Desk
from app.ui.campaigns.facts import Facts
from app.ui.campaigns.list_view import card_head
from app.ui.campaigns.painters import announcement_painter, launch_painter, paint_hue, phase_chip
from app.ui.campaigns.states import launch_name, post_name
from app.ui.campaigns.timeline import Timeline
from app.ui.campaigns.two_columns import TwoColumns
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.plain_list import PlainList
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button
from app.ui.widgets.chip import ChipLabel
from app.ui.widgets.surface import Card, Line, PaneHeader, Scrolling
from app.ui.widgets.text import ElidedLabel, Label

NARROW = 860


class HueSpot(QWidget):
    """The campaign's colour."""

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.hue = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._face.theme.px(10), self._face.theme.px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_hue(QPainter(self), QRectF(self.rect()), self._face, self.hue)


class CampaignView(QWidget):
    """The buttons are commands; posts and launches that are opened are said."""

    left = Signal()
    post_opened = Signal(int)
    launch_opened = Signal(int)

    def __init__(self, face: PageFace, desk: Desk) -> None:
        super().__init__()
        self._face = face
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._make_header()
        column.addWidget(self.header)
        px = face.theme.px
        holder = QWidget()
        room = QVBoxLayout(holder)
        room.setContentsMargins(px(20), px(14), px(20), px(20))
        room.setSpacing(px(12))
        top = Card(face.look)
        inside = QVBoxLayout(top)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        self.timeline = Timeline(face)
        self.facts = Facts(face)
        inside.addWidget(self.timeline)
        inside.addWidget(Line(face.look))
        inside.addWidget(self.facts)
        room.addWidget(top)
        self.columns = TwoColumns(face.look)
        self._make_announcements()
        self._make_goal()
        self._make_launches()
        self._make_where()
        self.columns.end()
        room.addWidget(self.columns)
        room.addStretch(1)
        self.area = Scrolling()
        self.area.hold(holder)
        column.addWidget(self.area, 1)
        self.timeline.post_opened.connect(self.post_opened)

    def _make_header(self) -> None:
        face, run = self._face, self._face.actions.run
        may = not face.services.data.read_only
        self.header = PaneHeader(face.look, "")
        row = self.header.row
        self.back = Button(
            face.look, face.text("page.campaigns"), icon="caret-left", kind="flat", clicked=self.left.emit
        )
        row.insertWidget(0, self.back)
        self.spot = HueSpot(face)
        row.insertWidget(1, self.spot)
        self.phase = ChipLabel(face.look)
        row.addWidget(self.phase)
        self.days = ElidedLabel(face.look, "", "small", "text.secondary")
        row.addWidget(self.days, 1)
        self.edit = Button(
            face.look, face.text("campaigns.edit"), icon="pencil-simple", clicked=lambda: run("campaigns.edit")
        )
        self.move_button = Button(
            face.look, face.text("campaigns.move"), icon="calendar-blank", clicked=lambda: run("campaigns.move")
        )
        self.announce = Button(
            face.look, face.text("campaigns.announce"), icon="plus", key="N", clicked=lambda: run("campaigns.announce")
        )
        for button in (self.edit, self.move_button, self.announce):
            button.setEnabled(may)
            row.addWidget(button)

    def _add(self, words: str, command: str, key: str) -> Button:
        face = self._face
        button = Button(
            face.look,
            face.text(words),
            icon="plus",
            key=key,
            kind="flat",
            size="small",
            clicked=lambda: face.actions.run(command),
        )
        button.setEnabled(not face.services.data.read_only)
        return button

    def _make_announcements(self) -> None:
        face = self._face
        card, inside, self.announced = card_head(
            face, face.text("campaigns.announcements"), self._add("campaigns.add", "campaigns.announce", "N")
        )
        self.announcements: PlainList[CampaignPost] = PlainList(
            face,
            face.text("campaigns.announcements"),
            "row.table",
            lambda each: post_name(face, each),
            announcement_painter(face),
        )
        self.announcements.activated_row.connect(
            lambda row: self.post_opened.emit(self.announcements.rows[row].post.id)
        )
        self.no_announcements = self._hint("campaigns.no_announcements")
        inside.addWidget(self.announcements)
        inside.addWidget(self.no_announcements)
        self.columns.left.addWidget(card)

    def _make_goal(self) -> None:
        face = self._face
        card, inside, _ = card_head(face, face.text("campaigns.goal"))
        self.goal = self._hint("campaigns.no_goal")
        inside.addWidget(self.goal)
        self.columns.right.addWidget(card)

    def _make_launches(self) -> None:
        face = self._face
        card, inside, _ = card_head(
            face, face.text("campaigns.launches"), self._add("campaigns.add", "campaigns.launch", "L")
        )
        self.launches: PlainList[LaunchRow] = PlainList(
            face,
            face.text("campaigns.launches"),
            "row.listTwoLine",
            lambda row: launch_name(face, row),
            launch_painter(face, named=False),
        )
        self.launches.activated_row.connect(lambda row: self.launch_opened.emit(self.launches.rows[row].plan.id))
        self.no_launches = self._hint("campaigns.no_launches_here")
        inside.addWidget(self.launches)
        inside.addWidget(self.no_launches)
        self.columns.right.addWidget(card)

    def _make_where(self) -> None:
        face = self._face
        card, inside, _ = card_head(face, face.text("campaigns.where"))
        self.accounts = self._hint("campaigns.no_accounts")
        self.tags = self._hint("campaigns.no_tags")
        inside.addWidget(self.accounts)
        inside.addWidget(self.tags)
        self.columns.right.addWidget(card)

    def _hint(self, words: str) -> Label:
        px = self._face.theme.px
        label = Label(self._face.look, self._face.text(words), "small", "text.secondary", wrap=True)
        label.setContentsMargins(px(14), px(2), px(14), px(6))
        return label

    # ---- filling

    def refill(self) -> None:
        """Something was read."""
        detail = self._desk.detail
        if detail is None:
            return
        face, plan = self._face, detail.plan
        self.spot.hue = plan.hue
        self.spot.update()
        self.header.title.setText(isolated(plan.name))
        days = (
            face.words.range(plan.starts_on, plan.ends_on)
            if plan.starts_on and plan.ends_on
            else face.text("campaigns.no_phases")
        )
        self.days.setText(days)
        now = self._desk.current_phase(plan)
        self.phase.setVisible(now is not None)
        if now is not None:
            self.phase.show_chip(phase_chip(face, now, plan.hue))
        self.timeline.show_detail(detail, self._desk.phase)
        self.facts.show_figures(detail.figures, plan.goal, self._counted(detail))
        self._show_announcements(detail)
        self.launches.show_rows(detail.launches)
        self.launches.setVisible(bool(detail.launches))
        self.no_launches.setVisible(not detail.launches)
        self._show_goal(detail)
        self._show_where(detail)

    def _counted(self, detail: CampaignDetail) -> str:
        begins, until = detail.plan.starts_on, detail.figures.until
        if begins is None or until is None:
            return ""
        ends = min(until.astimezone(self._face.words.zone).date(), detail.plan.ends_on or begins)
        return self._face.words.range(begins, ends)

    def _show_announcements(self, detail: CampaignDetail) -> None:
        rows = [each for each in detail.posts if each.announcement]
        out = sum(stance(each.post) is Stance.OUT for each in rows)
        self.announced.setText(self._face.text("campaigns.of_are_out", n=len(rows), out=out) if rows else "")
        self.announcements.show_rows(rows)
        self.announcements.setVisible(bool(rows))
        self.no_announcements.setVisible(not rows)

    def _show_goal(self, detail: CampaignDetail) -> None:
        face, goal, done = self._face, detail.plan.goal, detail.figures
        said = []
        for name in ("clicks", "followers", "replies"):
            wanted, reached = getattr(goal, name), getattr(done, name)
            if wanted:
                said.append(
                    face.text(f"campaigns.goal_{name}", n=wanted, share=face.words.percent((reached or 0) / wanted, 0))
                )
        lines = [*([isolated(goal.words)] if goal.words else []), *said]
        self.goal.setText("\n".join(lines) or face.text("campaigns.no_goal"))

    def _show_where(self, detail: CampaignDetail) -> None:
        face, known = self._face, self._desk.accounts
        names = [
            f"{network_name(known[each].network)} {isolated(known[each].handle)}"
            for each in detail.plan.accounts
            if each in known
        ]
        self.accounts.setText(" · ".join(names) or face.text("campaigns.no_accounts"))
        self.tags.setText(" ".join(f"#{tag}" for tag in detail.plan.tags) or face.text("campaigns.no_tags"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room, the words of the buttons that have another way go first."""
        super().resizeEvent(event)
        face = self._face
        narrow = self.width() < face.theme.px(NARROW + 200)
        for button, words in ((self.edit, "campaigns.edit"), (self.move_button, "campaigns.move")):
            text = face.text(words)
            button.setText("" if narrow else text)
            button.setAccessibleName(text)
            button.setToolTip(text if narrow else "")
