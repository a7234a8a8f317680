"""The first run page: step 1, how to begin; step 2, the shop. Nothing is published and nothing leaves the computer meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.commands.first_run import CONTEXT
from app.runtime.errors import UserMistake
from app.runtime.settings import Shop, describe
from app.ui.first_run.cards import WayCard
from app.ui.first_run.drawing import WelcomePanel
from app.ui.first_run.steps import CONNECT, SAMPLE, BeginStep, ShopStep
from app.ui.names import network_name
from app.ui.page import Page, PageFace
from app.ui.places import system_country, system_zone
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.select import Select
from app.ui.widgets.surface import Pane
from app.ui.widgets.text import Label

PANEL_FROM = 1100


class FirstRunPage(Page):
    """Its widgets are made anew when the language or the theme changes; what was typed stays."""

    context = CONTEXT

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.way = CONNECT
        self.step = 1
        self._typed: dict[str, str] = {}
        self._started = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.panel = WelcomePanel(face.look)
        self._row.addWidget(self.panel)
        self._right: QWidget | None = None
        self.stack = QStackedWidget()
        self.cards: dict[str, WayCard] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._remake)
        face.theme.changed.connect(self._soon.start)

    # ---- Page

    def shown(self) -> None:
        if not self._started:
            self._started = True
            shop = self._face.services.settings.get(Shop)
            self._typed = {"name": shop.name, "country": shop.country or system_country(), "zone": shop.zone or system_zone()}
            self._make()

    def first_focus(self) -> QWidget | None:
        if self.step == 1:
            return self.cards.get(self.way)
        return self.shop.name.line

    def state(self) -> dict[str, Any]:
        return {"facts": frozenset({"begins"} if self.step == 1 else set())}

    def perform(self, verb: str, **values: object) -> Any:
        if verb == "choose":
            self.choose(str(values.get("way", CONNECT)))
            return True
        if verb == "go_on":
            self.go_on()
            return True
        return None

    def escape(self) -> bool:
        if self.step == 1:
            return False
        self._show_step(1)
        return True

    def panes(self) -> Sequence[QWidget]:
        return [self._right] if self._right is not None else []

    def retranslate(self) -> None:
        self.panel.retitle()
        self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.setVisible(self.width() >= self._face.theme.px(PANEL_FROM))

    # ---- what is done

    def choose(self, way: str) -> None:
        """Choose how to begin."""
        self.way = way
        for each, card in self.cards.items():
            card.setChecked(each == way)
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each == way else Qt.FocusPolicy.ClickFocus)
        if self.step == 1 and way in self.cards:
            self.cards[way].setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, step: int) -> None:
        ways = list(self.cards)
        self.choose(ways[min(max(ways.index(self.way) + step, 0), len(ways) - 1)])

    def go_on(self) -> None:
        """Enter."""
        if self.step == 1 and self.way == SAMPLE:
            self._face.actions.run("data.open_sample")
        elif self.step == 1:
            self._show_step(2)
        elif self._keep():
            self._face.window.show_page("settings", section="accounts", add=True)

    def _later(self) -> None:
        if self._keep():
            self._face.window.show_page("today")

    def _pressed(self, way: str) -> None:
        """A click chooses; on what is chosen already it goes on."""
        if way == self.way:
            self.choose(way)
            self.go_on()
        else:
            self.choose(way)

    def _keep(self) -> bool:
        """Write the shop down; whether it could be."""
        typed = self.shop.typed()
        try:
            self._face.services.settings.change(Shop, **typed)
        except UserMistake as mistake:
            self.shop.name.complain(self._face.text(mistake.message))
            return False
        return True

    # ---- showing

    def _show_step(self, step: int) -> None:
        self._note()
        self.step = step
        self.stack.setCurrentIndex(step - 1)
        self._title()
        focus = self.first_focus()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._face.actions.refresh()

    def _note(self) -> None:
        if self._right is not None:
            self._typed = self.shop.typed()

    def _remake(self) -> None:
        if not self._started:
            return
        focus = self.window().focusWidget()
        had = focus is not None and self.isAncestorOf(focus)
        self._note()
        self._make()
        target = self.first_focus() if had else None
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self) -> None:
        if self._right is not None:
            self._row.removeWidget(self._right)
            self._right.hide()
            self._right.deleteLater()
        look, px = self._face.look, self._face.theme.px
        right = Pane(look, "base")
        column = QVBoxLayout(right)
        side, ends = (px(88), px(56)) if self.width() >= px(PANEL_FROM) else (px(56), px(32))
        column.setContentsMargins(side, ends, side, min(ends, px(40)))
        column.setSpacing(0)
        nest(column, self._head())
        column.addSpacing(px(18))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stack = QStackedWidget()
        begin, self.shop = BeginStep(self._face, self.way), ShopStep(self._face, self._typed)
        begin.pressed.connect(self._pressed)
        begin.moved.connect(self._move)
        self.shop.finished.connect(self.go_on)
        self.cards = begin.cards
        self.stack.addWidget(begin)
        self.stack.addWidget(self.shop)
        area.setWidget(self.stack)
        self.stack.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        column.addWidget(area, 1)
        column.addSpacing(px(12))
        nest(column, self._foot())
        self._row.addWidget(right, 1)
        right.show()
        self._right = right
        self.stack.setCurrentIndex(self.step - 1)
        self._title()
        # Which networks there are is asked of a service that may not be loaded yet: it answers once the loop runs.
        self._face.actions.start("first run: networks", self._ask_networks())

    async def _ask_networks(self) -> None:
        found = self._face.services.accounts.networks()
        ways = [each.id for each in found if each.browser or each.token]
        by_hand = [network_name(each.id) for each in found if not each.browser and not each.token]
        said = self._face.text("first_run.by_hand", names=by_hand) if by_hand else ""
        self.cards[CONNECT].show_networks(ways, said)

    def _title(self) -> None:
        self._count.setText(self._face.text("first_run.step", step=self.step, of=2))
        self._back.setVisible(self.step == 2)
        self._skip.setVisible(self.step == 2)

    def _head(self) -> QHBoxLayout:
        look = self._face.look
        row = QHBoxLayout()
        self._count = Label(look, "", "caption", "text.tertiary")
        row.addWidget(self._count)
        row.addStretch(1)
        setting = next(each for each in describe(Shop) if each.name == "language")
        languages = [choice for choice in setting.choices if choice != "system"]
        self.language = Select(look, look.text(setting.title_id), [(look.text(setting.choice_id(choice)), choice) for choice in languages])
        self.language.choose(look.words.language)
        self.language.activated.connect(lambda _row: self._speak(str(self.language.currentData())))
        row.addWidget(self.language)
        return row

    def _speak(self, language: str) -> None:
        self._face.services.settings.change(Shop, language=language)

    def _foot(self) -> QHBoxLayout:
        look = self._face.look
        row = QHBoxLayout()
        row.setSpacing(self._face.theme.px(8))
        self._back = Button(look, look.text("first_run.back"), kind="flat", key="Escape", clicked=lambda: self._show_step(1))
        self._skip = Button(look, look.text("first_run.later"), size="large", clicked=self._later)
        self.go = Button(look, look.text("first_run.continue"), kind="primary", size="large", key="Return", clicked=self.go_on)
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self._skip)
        row.addWidget(self.go)
        return row
