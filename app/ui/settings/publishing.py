"""Settings, General: the publishing service, which sends without the window; how it stands, and installing, starting or removing it in one click."""

from __future__ import annotations

import sys
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.commands.publishing_services import LoginServiceStatus
from app.runtime.errors import AppError
from app.runtime.words import Message, message
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.settings.form import Form
from app.ui.settings.sections import GENERAL, SECTIONS
from app.ui.widgets.button import Button
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Line, Scrolling
from app.ui.widgets.text import Label, SectionLabel

Act = Literal["install", "start", "remove"]
COMMANDS: dict[Act, str] = {
    "install": "publishing.install_service",
    "start": "publishing.start_service",
    "remove": "publishing.remove_service",
}


class ServiceActs(QObject):
    """What is known of the service and what is being done to it; outlives the section, which is made anew with language and theme."""

    changed = Signal()

    def __init__(self, face: PageFace, parent: QObject) -> None:
        super().__init__(parent)
        self._face = face
        self._status: LoginServiceStatus | None = None
        self._in_vault = False
        self.doing: Act | None = None
        self.trouble: Message | None = None
        """Why the last one did not succeed, in the service's words."""

    def read(self) -> None:
        """Ask the system how it stands; it is shown when it answered. What is under way asks when it is through."""
        if self.doing is None:
            self.trouble = None
            self._face.actions.start("settings: publishing service", self._read())

    def act(self, wanted: Act) -> None:
        """Install, start or remove it, behind the window's back; nothing happens while one of these is under way."""
        if self.doing is None and self._face.actions.applies(COMMANDS[wanted]):
            self.doing, self.trouble = wanted, None
            self.changed.emit()
            self._face.actions.start(COMMANDS[wanted], self._act(wanted))

    @property
    def offered(self) -> tuple[Act, ...]:
        """What its buttons do; nothing while nothing is known and where the system has no place for it."""
        if self.doing is not None:
            return (self.doing,)
        if self._status is None or not self._status.supported:
            return ()
        if not self._status.installed:
            return ("install",)
        return ("remove",) if self._status.running else ("remove", "start")

    def possible(self, act: Act) -> bool:
        """Whether the service would do that here."""
        if act != "remove" and self._in_vault:
            return False
        return self._face.actions.applies(COMMANDS[act])

    @property
    def said(self) -> Message:
        """How it stands."""
        status = self._status
        if self.doing is not None:
            return message(f"settings.service.{self.doing}_under_way")
        if status is None:
            return message("settings.service.asking")
        if not status.supported:
            return message("service.not_here", platform=sys.platform)
        if not self._face.actions.applies("data.open_sample"):
            return message("service.sample")
        if self._in_vault:
            return message("service.vault")
        stands = "running" if status.running else "stopped" if status.installed else "none"
        return message(f"settings.service.{stands}")

    @property
    def icon(self) -> tuple[str, str]:
        """Its name and its colour."""
        if self.doing is None and self._status is not None and self._status.installed:
            good = self._status.running and not self._in_vault
            return ("check-circle-fill", "status.success.text") if good else ("warning-circle-fill", "status.warn.text")
        return "minus-circle", "text.tertiary"

    async def _read(self) -> None:
        await self._ask()
        self.changed.emit()

    async def _ask(self) -> None:
        # The vault is asked about last: by then the services are there.
        self._status = await self._face.services.login_service.status()
        self._in_vault = self._face.services.accounts.has_vault

    async def _act(self, wanted: Act) -> None:
        service = self._face.services.login_service
        try:
            try:
                if wanted == "install":
                    await service.install()
                elif wanted == "start":
                    await service.start()
                else:
                    await service.remove()
            except AppError as error:
                self.trouble = error.message
            await self._ask()
        finally:
            self.doing = None
        self.changed.emit()


class ServiceRow(QWidget):
    """What the service is for and its buttons; below, how it stands and what went wrong."""

    def __init__(self, look: Look, acts: ServiceActs) -> None:
        super().__init__()
        self._look = look
        self._acts = acts
        px = look.theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(0, px(7), 0, px(7))
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(1))
        grid.setColumnStretch(0, 1)
        grid.addWidget(
            Label(look, look.text("settings.service.title"), "body", wrap=True), 0, 0, Qt.AlignmentFlag.AlignBottom
        )
        grid.addWidget(
            Label(look, look.text("settings.service.title_said"), "caption", "text.tertiary", wrap=True), 1, 0
        )
        self.start = Button(look, "", size="small", clicked=lambda: self._acts.act("start"))
        self.button = Button(look, "", size="small", clicked=self._press)
        aligned = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(self.start, 0, 1, 2, 1, aligned)
        grid.addWidget(self.button, 0, 2, 2, 1, aligned)
        self._icon, self.said, line = self._sentence("text.secondary")
        grid.addWidget(line, 2, 0, 1, 3)
        spot, self.trouble, self._wrong = self._sentence("status.danger.text")
        spot.show_icon("warning-circle-fill", "status.danger.text")
        grid.addWidget(self._wrong, 3, 0, 1, 3)
        acts.changed.connect(self.show_service)
        self.show_service()

    def show_service(self) -> None:
        """It stands otherwise, or something is being done to it."""
        acts, look = self._acts, self._look
        said = look.text(acts.said)
        self.said.setText(said)
        self._icon.show_icon(*acts.icon)
        shown = {self._button_of(act): act for act in acts.offered}
        for button in (self.start, self.button):
            button.setVisible(button in shown)
            button.setAccessibleDescription(said)
        for button, act in shown.items():
            # The one that works stays a stop of the keyboard, and does nothing meanwhile.
            button.setText(look.text(f"settings.service.{act}{'_doing' if acts.doing else ''}"))
            button.setEnabled(acts.possible(act))
        self.trouble.setText(look.text(acts.trouble) if acts.trouble is not None else "")
        self._wrong.setVisible(acts.trouble is not None)

    def _sentence(self, colour: str) -> tuple[IconSpot, Label, QWidget]:
        px = self._look.theme.px
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, px(6), 0, 0)
        row.setSpacing(px(6))
        spot = IconSpot(self._look, "minus-circle", colour, 13)
        row.addWidget(spot)
        words = Label(self._look, "", "caption", colour, wrap=True, selectable=True)
        row.addWidget(words, 1)
        return spot, words, holder

    @property
    def stop(self) -> Button:
        """Where the keyboard is to be for what is being done."""
        return self.start if self._acts.doing == "start" else self.button

    def _button_of(self, act: Act) -> Button:
        return self.start if act == "start" else self.button

    def _press(self) -> None:
        for act in self._acts.offered:
            if self._button_of(act) is self.button:
                self._acts.act(act)


class GeneralPane(Form):
    """The settings of the shop, and below them the publishing service."""

    def __init__(self, face: PageFace, acts: ServiceActs) -> None:
        section = next(each for each in SECTIONS if each.id == GENERAL)
        super().__init__(face.look, face.services.settings, section, read_only=face.services.data.read_only)
        look, px = face.look, face.look.theme.px
        self.service = ServiceRow(look, acts)
        end = self.rows.count() - 1
        self.rows.insertSpacing(end, px(12))
        self.rows.insertWidget(end + 1, Line(look))
        self.rows.insertSpacing(end + 2, px(14))
        self.rows.insertWidget(end + 3, SectionLabel(look, look.text("settings.service")))
        self.rows.insertWidget(end + 4, self.service)

    def bring_service(self) -> None:
        """Scroll to the service, whose button takes the keyboard."""
        self.service.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        for area in self.findChildren(Scrolling):
            area.ensureWidgetVisible(self.service)
