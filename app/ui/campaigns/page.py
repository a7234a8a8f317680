"""The Campaigns page: the list with the launches, or one campaign; answers commands, follows commits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.commands.campaigns import CONTEXT, PHASES
from app.commands.services import Changes
from app.models.campaign import LaunchRow
from app.ui.campaigns.acts import Acts
from app.ui.campaigns.campaign_view import CampaignView
from app.ui.campaigns.desk import TABLES, Desk
from app.ui.campaigns.finding import finder
from app.ui.campaigns.list_view import ListView
from app.ui.page import Finder, FooterKey, Page, PageFace
from app.ui.plans.sheets import Sheets

LIST_KEYS = (
    FooterKey(("J", "K"), "campaigns.hint_choose"),
    FooterKey(("Return",), "campaigns.hint_open"),
    FooterKey(("Ctrl+N",), "campaigns.hint_new"),
    FooterKey(("L",), "campaigns.hint_launch"),
    FooterKey(("Ctrl+T",), "campaigns.hint_move"),
    FooterKey(("?",), "campaigns.hint_keys"),
)
KEYS = (
    FooterKey(("[", "]"), "campaigns.hint_step"),
    FooterKey(("N",), "campaigns.hint_announce"),
    FooterKey(("P",), "campaigns.hint_phase"),
    FooterKey(("Ctrl+T",), "campaigns.hint_move"),
    FooterKey(("F6",), "campaigns.hint_pane"),
    FooterKey(("Return",), "campaigns.hint_open"),
    FooterKey(("?",), "campaigns.hint_keys"),
)
PHASE_KEYS = (
    FooterKey(("Left", "Right"), "campaigns.hint_choose"),
    FooterKey(("Shift+Left", "Shift+Right"), "campaigns.hint_phase_move"),
    FooterKey(("Ctrl+Left", "Ctrl+Right"), "campaigns.hint_phase_end"),
    FooterKey(("Return",), "campaigns.hint_phase_edit"),
    FooterKey(("Delete",), "campaigns.hint_phase_remove"),
    FooterKey(("?",), "campaigns.hint_keys"),
)


class CampaignsPage(Page):
    """The desk knows what is shown; sheets and the acts here change it."""

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.desk = desk = Desk(face)
        self.sheets = Sheets(face, self)
        self.acts = Acts(face, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self._build()
        desk.filled.connect(self._filled)

    def _build(self) -> None:
        face, desk = self._face, self.desk
        self.list = ListView(face, desk)
        self.campaign = CampaignView(face, desk)
        for view in (self.list, self.campaign):
            self.stack.addWidget(view)
        self.list.campaign_opened.connect(self.open_campaign)
        self.list.launch_opened.connect(self.sheets.edit_launch)
        self.list.campaigns.menu_asked.connect(self.acts.row_menu)
        self.list.launches.menu_asked.connect(self.acts.row_menu)
        self.campaign.launches.menu_asked.connect(self.acts.row_menu)
        self.campaign.left.connect(lambda: self.open_campaign(None))
        self.campaign.post_opened.connect(self._open_post)
        self.campaign.launch_opened.connect(self.sheets.edit_launch)
        timeline = self.campaign.timeline
        timeline.chosen.connect(self.acts.choose_phase)
        timeline.opened.connect(self.acts.edit_phase)
        timeline.stretched.connect(self.acts.stretch)
        timeline.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        timeline.customContextMenuRequested.connect(self.acts.phase_menu)

    # ---- Page

    @property
    def context(self) -> str:  # type: ignore[override]
        return PHASES if self.campaign.timeline.hasFocus() else CONTEXT

    @property
    def is_open(self) -> bool:
        """Whether one campaign is shown."""
        return self.stack.currentWidget() is self.campaign

    def shown(self) -> None:
        self.desk.read()

    def hidden(self) -> None:
        self.campaign.timeline.let_go()

    def opened(self, **target: object) -> None:
        """`campaign` opens one; `new` begins something."""
        campaign, new = target.get("campaign"), target.get("new")
        if isinstance(campaign, int):
            self.open_campaign(campaign)
        begins = {"campaign": "new_campaign", "launch": "new_launch", "patterns": "patterns"}
        if isinstance(new, str) and new in begins:
            self.perform(begins[new])

    def first_focus(self) -> QWidget | None:
        if self.is_open:
            return self.campaign.announcements if self.campaign.announcements.rows else self.campaign.timeline
        return self.list.campaigns if self.desk.rows else self.list.new

    def toast_room(self) -> QWidget | None:
        return self.stack

    def panes(self) -> Sequence[QWidget]:
        view = self.campaign
        if not self.is_open:
            return [each for each in (self.list.campaigns, self.list.launches) if not each.isHidden()]
        return [each for each in (view.timeline, view.announcements, view.launches) if not each.isHidden()]

    def footer_keys(self) -> Sequence[FooterKey]:
        if not self.is_open:
            return LIST_KEYS
        return PHASE_KEYS if self.campaign.timeline.hasFocus() else KEYS

    @property
    def launch(self) -> LaunchRow | None:
        """The launch that the keys act on."""
        if not self.is_open:
            return self.list.launch_chosen
        return self.campaign.launches.current if self.campaign.launches.hasFocus() else None

    @property
    def campaign_id(self) -> int | None:
        """The campaign that the keys act on: the one that is open, else the one chosen in the list."""
        if self.is_open:
            return self.desk.campaign_id
        row = self.list.campaigns.current if self.list.campaigns.hasFocus() else None
        return row.plan.id if row is not None else None

    def state(self) -> dict[str, Any]:
        facts = set()
        if self.is_open and self.desk.plan is not None:
            facts.add("campaign")
        if self.launch is not None or self.campaign_id is not None:
            facts.add("movable")
        if self.is_open and self.desk.chosen_phase is not None:
            facts.add("phase")
        return {"facts": frozenset(facts)}

    def perform(self, verb: str, **values: object) -> Any:
        acts, step = self.acts, 1 if values.get("step") == 1 else -1
        done: dict[str, Callable[[], object]] = {
            "new": acts.new,
            "new_campaign": acts.new,
            "new_launch": lambda: self.sheets.new_launch(None, self.desk.campaign_id if self.is_open else None),
            "patterns": self.sheets.patterns,
            "step": lambda: self._step(step),
            "announce": acts.announce,
            "edit": acts.edit,
            "move": acts.move,
            "remove": acts.remove,
            "new_phase": lambda: self.sheets.new_phase(self.desk.plan) if self.desk.plan is not None else None,
            "edit_phase": lambda: acts.edit_phase(self.desk.phase),
            "choose_phase": lambda: acts.choose_phase(self.desk.phase + step),
            "stretch": lambda: acts.stretch(self.desk.phase, int(values["first"]), int(values["last"])),  # type: ignore[call-overload]
        }
        if verb not in done:
            return None
        done[verb]()
        return True

    def finders(self) -> Sequence[Finder]:
        return (finder(self._face, self.desk, self.sheets),)

    def on_changes(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self.desk.read()

    def escape(self) -> bool:
        if self.campaign.timeline.holds:
            self.campaign.timeline.let_go()
        elif self.is_open:
            self.open_campaign(None)
        else:
            return False
        return True

    def retranslate(self) -> None:
        open_now = self.is_open
        for old in (self.list, self.campaign):
            self.stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._build()
        self.stack.setCurrentWidget(self.campaign if open_now else self.list)
        self.desk.read()

    # ---- going about

    def open_campaign(self, campaign_id: int | None) -> None:
        """Show one, or the list."""
        self.desk.show(campaign_id)
        if campaign_id is None:
            self._turn_to(self.list)

    def _step(self, step: int) -> None:
        if self.is_open:
            self.desk.step(step)
        else:
            self.list.campaigns.move_by(step)

    def _filled(self) -> None:
        had_rows = bool(self.list.campaigns.rows)
        self.list.refill()
        self.campaign.refill()
        if self.desk.rows and not had_rows and self.list.new.hasFocus():  # it had the keyboard for there was nothing else
            self.list.campaigns.setFocus(Qt.FocusReason.OtherFocusReason)
        self._turn_to(self.campaign if self.desk.detail is not None else self.list)
        self._face.actions.refresh()

    def _turn_to(self, view: QWidget) -> None:
        if self.stack.currentWidget() is view:
            return
        focus = self.window().focusWidget()
        held = focus is not None and (self.isAncestorOf(focus) or focus is self)
        self.stack.setCurrentWidget(view)
        wanted = self.first_focus()
        if held and wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        self._face.actions.refresh()

    def _open_post(self, post_id: int) -> None:
        self._face.window.show_page("composer", post=post_id, origin="campaigns")
