"""The pane of one account: what is wrong and how to mend it, pausing, what works and why not, and disconnecting."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.account import AccountRow, AccountState
from app.models.pace import Pace
from app.runtime.words import Message
from app.ui.durations import every_text
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import isolated
from app.ui.settings.account_rows import MARKS, Offers, ability_text, checked, host, standing, trouble_of
from app.ui.widgets.avatar import NetworkBadge
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.checks import Switch
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import TOKENS, IconSpot
from app.ui.widgets.surface import Line, Pane, PaneHeader, Scrolling
from app.ui.widgets.text import ElidedLabel, Label, SectionLabel

WIDTH = 380
ABILITIES = ("publish", "hear", "private", "metrics", "like", "boost")


class AccountDetail(Pane):
    """Made anew for each account shown. Says what its buttons ask."""

    sign_in_wanted = Signal()
    pause_wanted = Signal(bool)
    disconnect_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "raised", ("left",))
        self._row: AccountRow | None = None
        self._pace: Pace | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 0, 0, 0)
        self._column.setSpacing(0)
        self._body: QWidget | None = None
        self.closable = False
        look.theme.changed.connect(self._resize)
        self._resize()

    def show_account(self, row: AccountRow | None, offers: Offers, held: Message | None, *, read_only: bool = False, pace: Pace | None = None) -> None:
        """`held` says what waits for the account to be signed in again, `pace` how often it is looked at."""
        self._row = row
        self._pace = pace if row is not None and row.state is AccountState.READY else None
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
            self._body = None
        if row is None:
            return
        self.setAccessibleName(f"{isolated(row.handle)}, {network_name(row.network)}")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header(row))
        area = Scrolling()
        area.hold(self._content(row, offers, held, read_only))
        column.addWidget(area, 1)
        self._body = body
        self._column.addWidget(body)
        body.show()

    def _header(self, row: AccountRow) -> PaneHeader:
        look = self._look
        header = PaneHeader(look, isolated(row.handle), "raised")
        header.row.insertWidget(0, NetworkBadge(look, row.network, network_name(row.network), 22))
        header.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if self.closable:
            header.row.addWidget(IconButton(look, "x", look.text("shell.close"), key="Escape", clicked=self.close_wanted.emit))
        return header

    def _content(self, row: AccountRow, offers: Offers, held: Message | None, read_only: bool) -> QWidget:
        look, px = self._look, self._look.theme.px
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(px(16), px(14), px(16), px(16))
        column.setSpacing(px(6))
        notice = self._notice(row, held, read_only)
        if notice is not None:
            column.addWidget(notice)
            column.addSpacing(px(8))
        if row.state in (AccountState.READY, AccountState.PAUSED):
            nest(column, self._pause(row, read_only))
            column.addSpacing(px(6))
            column.addWidget(Line(look))
            column.addSpacing(px(6))
        column.addWidget(SectionLabel(look, look.text("settings.figures")))
        nest(column, self._facts(row))
        if offers:
            column.addSpacing(px(6))
            column.addWidget(Line(look))
            column.addSpacing(px(6))
            column.addWidget(SectionLabel(look, look.text("settings.abilities")))
            for ability in ABILITIES:
                if ability in offers:
                    nest(column, self._ability(row, ability, offers))
        column.addSpacing(px(6))
        column.addWidget(Line(look))
        column.addSpacing(px(6))
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        leave = Button(look, look.text("settings.disconnect"), kind="danger", size="small", clicked=self.disconnect_wanted.emit)
        leave.setEnabled(not read_only)
        foot.addWidget(leave)
        foot.addWidget(Label(look, look.text("settings.messages_stay", n=row.messages), "caption", "text.tertiary", wrap=True), 1)
        nest(column, foot)
        column.addStretch(1)
        return content

    def _notice(self, row: AccountRow, held: Message | None, read_only: bool) -> QWidget | None:
        look = self._look
        if row.state is AccountState.SIGNED_OUT:
            title = look.text("settings.signed_out_title", network=network_name(row.network))
            said = [look.text("settings.since", since=row.state_since)] if row.state_since is not None else []
            if held is not None:
                said.append(look.text(held))
            said.append(look.text("settings.signed_out_said"))
            button = Button(look, look.text("settings.sign_in_again"), kind="primary", size="small", clicked=self.sign_in_wanted.emit)
            button.setEnabled(not read_only)
            return Notice(look, title, " ".join(said), button)
        if row.state is AccountState.BY_HAND:
            return Notice(look, look.text("settings.by_hand_title"), look.text("settings.by_hand_long", network=network_name(row.network)), level="info")
        trouble = trouble_of(row)
        if trouble is not None:
            return Notice(look, look.text(trouble), look.text("settings.trouble_said"), level="warn")
        return None

    def _pause(self, row: AccountRow, read_only: bool) -> QHBoxLayout:
        look = self._look
        line = QHBoxLayout()
        line.setSpacing(look.theme.px(12))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(look, look.text("settings.in_use"), "body", wrap=True))
        words.addWidget(Label(look, look.text("settings.in_use.help"), "caption", "text.tertiary", wrap=True))
        nest(line, words, 1)
        switch = Switch(look, look.text("settings.in_use"), checked=row.state is AccountState.READY)
        switch.setAccessibleDescription(look.text("settings.in_use.help"))
        switch.setEnabled(not read_only)
        switch.clicked.connect(lambda on: self.pause_wanted.emit(not on))
        line.addWidget(switch)
        return line

    def _facts(self, row: AccountRow) -> QGridLayout:
        look, px = self._look, self._look.theme.px
        facts: Mapping[str, str] = {
            "settings.fact.messages": look.number(row.messages),
            "settings.fact.waiting": look.number(row.needs_answer),
            "settings.fact.server": host(row),
            "settings.fact.state": look.text(standing(row).said or checked(row)),
            "settings.fact.pace": pace_text(look, self._pace),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(1, 1)
        for place, (name, value) in enumerate((name, value) for name, value in facts.items() if value):
            grid.addWidget(Label(look, look.text(name), "small", "text.secondary"), place, 0, Qt.AlignmentFlag.AlignTop)
            shown = ElidedLabel(look, value, "small")
            shown.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(shown, place, 1)
        return grid

    def _ability(self, row: AccountRow, ability: str, offers: Offers) -> QHBoxLayout:
        look = self._look
        icon, colour = MARKS[offers[ability][0]]
        line = QHBoxLayout()
        line.setSpacing(look.theme.px(8))
        line.addWidget(IconSpot(look, icon, colour, 15), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(look, ability_text(look, row, ability, offers), "small", "text.secondary", wrap=True), 1)
        return line

    def _resize(self) -> None:
        self.setFixedWidth(self._look.theme.px(WIDTH))


def pace_text(look: Look, pace: Pace | None) -> str:
    """How often an account is looked at; empty where it is not."""
    if pace is None:
        return ""
    every = every_text(look, max(1, round(pace.every.total_seconds() / 60)))
    return look.text("settings.pace.live", every=every) if pace.live else every


class Notice(QWidget):
    """A tinted box: what is wrong, what is safe, and the button that mends it."""

    def __init__(self, look: Look, title: str, said: str, button: Button | None = None, *, level: str = "danger") -> None:
        super().__init__()
        self._look = look
        self._token, glyph = TOKENS[level]  # type: ignore[index]
        self.setAccessibleName(f"{title} {said}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        px = look.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(12), px(12), px(12))
        row.setSpacing(px(10))
        row.addWidget(IconSpot(look, glyph, f"status.{self._token}.text", 17), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(4))
        column.addWidget(Label(look, title, "bodyStrong", wrap=True))
        column.addWidget(Label(look, said, "small", "text.secondary", wrap=True))
        if button is not None:
            column.addSpacing(px(4))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        nest(row, column, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"status.{self._token}.tint"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.radius("card"), theme.radius("card"))
