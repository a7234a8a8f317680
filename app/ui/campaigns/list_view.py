"""The list of campaigns, and the launches beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.campaign import CampaignRow, LaunchRow
from app.ui.campaigns.desk import Desk
from app.ui.campaigns.painters import campaign_painter, launch_painter
from app.ui.campaigns.states import campaign_name, launch_name
from app.ui.campaigns.two_columns import TwoColumns
from app.ui.page import PageFace
from app.ui.plain_list import PlainList
from app.ui.widgets.button import Button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Card, PaneHeader, Scrolling
from app.ui.widgets.text import Label


def card_head(face: PageFace, title: str, *buttons: QWidget) -> tuple[Card, QVBoxLayout, Label]:
    """A card with a title and buttons at its right; answers the card, its column and the small words beside the title."""
    px = face.theme.px
    card = Card(face.look)
    column = QVBoxLayout(card)
    column.setContentsMargins(1, px(6), 1, px(6))
    column.setSpacing(0)
    row = QHBoxLayout()
    row.setContentsMargins(px(14), px(2), px(8), px(6))
    row.setSpacing(px(8))
    row.addWidget(Label(face.look, title, "bodyStrong"))
    beside = Label(face.look, "", "small", "text.secondary")
    row.addWidget(beside, 1)
    for button in buttons:
        row.addWidget(button)
    nest(column, row)
    return card, column, beside


class ListView(QWidget):
    """Says which campaign or launch is opened; the buttons are commands."""

    campaign_opened = Signal(int)
    launch_opened = Signal(int)

    def __init__(self, face: PageFace, desk: Desk) -> None:
        super().__init__()
        self._face = face
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_header())
        self._make_lists()
        column.addWidget(self._make_columns(), 1)
        self.refill()

    def _make_header(self) -> PaneHeader:
        face = self._face
        run, text, may = face.actions.run, face.text, not face.services.data.read_only
        self.header = PaneHeader(face.look, text("page.campaigns"))
        self.header.row.addStretch(1)
        self.patterns = Button(
            face.look, text("campaigns.patterns"), icon="stack", kind="flat", clicked=lambda: run("campaigns.patterns")
        )
        self.launch = Button(
            face.look,
            text("campaigns.new_launch"),
            icon="rocket-launch",
            key="L",
            clicked=lambda: run("campaigns.launch"),
        )
        self.new = Button(
            face.look,
            text("campaigns.new"),
            icon="plus",
            key="Ctrl+N",
            kind="primary",
            clicked=lambda: run("campaigns.new"),
        )
        for button in (self.patterns, self.launch, self.new):
            button.setEnabled(may)
            self.header.row.addWidget(button)
        return self.header

    def _make_lists(self) -> None:
        face, desk, text = self._face, self._desk, self._face.text
        self.campaigns: PlainList[CampaignRow] = PlainList(
            face,
            text("page.campaigns"),
            "row.settings",
            lambda row: campaign_name(face, row, self._phase_word(row)),
            campaign_painter(face, desk.current_phase),
        )
        self.launches: PlainList[LaunchRow] = PlainList(
            face,
            text("campaigns.launches"),
            "row.listTwoLine",
            lambda row: launch_name(face, row),
            launch_painter(face),
        )
        self.campaigns.activated_row.connect(lambda row: self.campaign_opened.emit(self.campaigns.rows[row].plan.id))
        self.launches.activated_row.connect(lambda row: self.launch_opened.emit(self.launches.rows[row].plan.id))

    def _make_columns(self) -> Scrolling:
        face, text, px = self._face, self._face.text, self._face.theme.px
        self.columns = TwoColumns(face.look, (3, 2))
        left, inside, _ = card_head(face, text("page.campaigns"))
        self.empty = EmptyState(face.look, icon="megaphone-simple")
        self.empty.show_words(text("campaigns.empty"), text("campaigns.empty_said"))
        inside.addWidget(self.campaigns)
        inside.addWidget(self.empty)
        self.columns.left.addWidget(left)
        right, inside, _ = card_head(face, text("campaigns.launches"))
        self.no_launches = Label(face.look, text("campaigns.no_launches"), "small", "text.secondary", wrap=True)
        self.no_launches.setContentsMargins(px(14), px(4), px(14), px(8))
        inside.addWidget(self.launches)
        inside.addWidget(self.no_launches)
        self.columns.right.addWidget(right)
        self.columns.end()
        holder = QWidget()
        room = QVBoxLayout(holder)
        room.setContentsMargins(px(20), px(14), px(20), px(20))
        room.addWidget(self.columns)
        self.area = Scrolling()
        self.area.hold(holder)
        return self.area

    def _phase_word(self, row: CampaignRow) -> str:
        phase = self._desk.current_phase(row.plan)
        return self._face.text(f"campaigns.phase_now.{phase.kind}") if phase is not None else ""

    def refill(self) -> None:
        """Something was read."""
        desk = self._desk
        self.campaigns.show_rows(desk.rows)
        self.launches.show_rows(desk.launches)
        self.campaigns.setVisible(bool(desk.rows))
        self.empty.setVisible(desk.loaded and not desk.rows)
        self.launches.setVisible(bool(desk.launches))
        self.no_launches.setVisible(not desk.launches)

    @property
    def launch_chosen(self) -> LaunchRow | None:
        """The launch that the keys act on: the one chosen, while that list has the focus."""
        return self.launches.current if self.launches.hasFocus() else None
