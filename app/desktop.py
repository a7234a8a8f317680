"""The program among others on the desktop, put together: tray, notifications, links, start at login, sleep, and the end of the session.

A layer beside the window's: it sees screens and services, and nothing sees it but `window.py`, which imports it when the loop runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop
from PySide6.QtGui import QGuiApplication, QScreen, QSessionManager
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from app.commands.addresses import address
from app.commands.desktop_services import Teller
from app.profile import Profile
from app.runtime.errors import AppError
from app.runtime.paths import choose
from app.runtime.settings import Desktop
from app.runtime.start import Options
from app.runtime.words import message
from app.services.autostart import APPLICATION, Autostart, entry_for
from app.services.restart import program
from app.ui.alerts import OFFLINE, SIGNED_OUT
from app.ui.first_frame import GEOMETRY, FirstFrame, Start, is_on_screen, place
from app.ui.going_on import GoingOn
from app.ui.notifying import Notifying
from app.ui.parting import Parting
from app.ui.shell import Shell
from app.ui.tellings import Facts
from app.ui.tray import Tray, TrayState, tray_state

SESSION_ENDS_MS = 4000
"""So long the session's end is held up for what was typed; it is stored within a fraction of that."""


class Citizen:
    """Lives as long as the loop runs: `begin` once it does, `end` before the services close."""

    def __init__(
        self,
        board: Any,
        services: Any,
        shell: Shell,
        start: Start,
        profile: Profile,
        options: Options,
        parting: Parting,
        quit_: Callable[[], None],
    ) -> None:
        """`quit_` ends the program without asking."""
        self._services = services
        self._shell = shell
        self._frame: FirstFrame = start.frame
        self._remembered = start.remembered
        self._profile = profile
        self._options = options
        self._parting = parting
        self._quit = quit_
        self._ending = False
        self._facts: Facts | None = None
        self._buses: list[Any] = []
        self._hears = False
        """Whether screens and the session are listened to."""
        self._power: Any = None
        self.tray: Tray | None = None
        self._bus_teller: Teller | None = None
        face = shell.page_face
        self.notifying = Notifying(
            board,
            shell.look,
            profile.clock,
            start.remembered,
            shell.actions.start,
            self.come_forward,
            self._is_seen,
            self._is_locked,
            lambda: shell.lock.is_locked,
        )
        self._texts = face.text
        self.autostart = make_autostart(options)

    async def begin(self) -> None:
        """What the desktop offers is found out here; none of it must be there."""
        settings, notices = self._services_settings, self._shell.notices
        self._shell.face.quit = self._parting.ask
        self._shell.face.try_notification = self._try_notification
        face = self._shell.page_face
        going_on = GoingOn(face.services, self._shell.face, self._shell.actions, notices, face.clock, self.come_forward)
        self._shell.face.go_on = going_on.ask
        if not self._profile.sample:  # nothing real leaves from there
            self._parting.rest = self.rest
        self._show_tray()
        self.notifying.looked.connect(self._take)
        notices.banners_changed.connect(self._tell_state)
        self._services.pausing.changed.connect(self._tell_state)
        self._shell.lock.changed.connect(self._locked)
        settings.changed.connect(self._changed)
        application = self._application()
        application.screenRemoved.connect(self._stay_seen)
        application.commitDataRequest.connect(self._session_ends)
        self._hears = True
        self._adopt_autostart()
        if self._options.hidden and self.tray is None:
            self._frame.showMinimized()
        if sys.platform.startswith("linux"):
            await self._join_buses()
        self.notifying.begin(self._bus_teller or self.tray)
        if self._options.target:
            self.open(self._options.target)

    async def end(self) -> None:
        """Let go of everything."""
        self.notifying.end()
        self._parting.rest = None
        if self._hears:
            self._hears = False
            application = self._application()
            application.screenRemoved.disconnect(self._stay_seen)
            application.commitDataRequest.disconnect(self._session_ends)
        if self.tray is not None:
            self.tray.remove()
            self.tray = None
        for bus in self._buses:
            await bus.close()

    # ---- the window

    def closes(self) -> bool:
        """The user closed the window: whether the program goes on without it."""
        chosen = self._services_settings.get(Desktop)
        if self.tray is None or not chosen.stay or self._ending:
            return False
        self.rest()
        return True

    def rest(self) -> None:
        """Without a window: in the tray, or where there is none as small as it gets."""
        if self.tray is None:
            self._frame.showMinimized()
            return
        self._frame.hide()
        if not self._remembered.value("desktop/told_of_tray"):
            self._remembered.setValue("desktop/told_of_tray", 1)
            teller: Teller = self._bus_teller or self.tray
            words = self._texts("tray.stays"), self._texts("tray.stays.said")
            self._shell.actions.start("say where the program is", teller.show("tray", *words))

    def come_forward(self, page: str = "", **target: object) -> None:
        """The window to the front, with a page where one is named."""
        if self._frame.isMinimized():
            self._frame.showNormal()
        self._frame.show()
        self._frame.raise_()
        self._frame.activateWindow()
        if page and self._shell.lock.is_locked:
            self._shell.lock.when_open(lambda: self.come_forward(page, **target))
        elif page and self._shell.window.current not in ("first_run", "starting"):
            self._shell.face.show_page(page, **target)

    def open(self, text: str) -> None:
        """What another start, a link or a file wants to be shown; after the passphrase, where one is asked for."""
        if self._shell.lock.is_locked:
            self.come_forward()
            if text:
                self._shell.lock.when_open(lambda: self.open(text))
            return
        found = address(text) if text else None
        if found is None:
            self.come_forward()
            if text:
                self._shell.notices.say(message("desktop.unknown_address"), level="warn")
            return
        conversation = found.target.get("conversation")
        if not isinstance(conversation, int):
            self.come_forward(found.page, **found.target)
            return

        def deliver(rows: Any) -> None:
            if rows:
                self.come_forward(found.page, **found.target)
            else:
                self.open("tertulia:?")

        self._shell.page_face.services.reads.later(lambda queries: queries.conversations_by_id([conversation]), deliver)

    # ---- inside

    @property
    def _services_settings(self) -> Any:
        return self._profile.settings

    def _is_seen(self) -> bool:
        there = QApplication.activeWindow() is not None and self._frame.isVisible() and not self._frame.isMinimized()
        return there and not self._shell.lock.is_locked

    async def _is_locked(self) -> bool:
        return bool(await self._power.is_locked()) if self._power is not None else False

    async def _join_buses(self) -> None:
        """jeepney is there on Linux alone."""
        bus_of = import_module("app.services.desktop_bus").DesktopBus
        session, system = (bus_of(kind, self._services.tasks) for kind in ("SESSION", "SYSTEM"))
        self._buses += [session, system]
        if await session.open():
            notices = import_module("app.services.desktop_notices").DesktopNotices(
                session, "Tertulia", APPLICATION, APPLICATION
            )
            if await notices.begin():
                self._bus_teller = notices
        if await system.open():
            self._power = import_module("app.services.power").Power(system, self._services.sparing)
            self._power.woke.connect(self._woke)
            self._power.left.connect(self._shell.lock.away)
            await self._power.begin()

    def _woke(self) -> None:
        self._services.publishing.hurry()
        self._services.sync.hurry()
        self.notifying.look()

    def _changed(self, keys: frozenset[str]) -> None:
        if f"{Desktop.GROUP}.tray" in keys:
            self._show_tray()
        if f"{Desktop.GROUP}.autostart" in keys:
            self._switch_autostart()

    def _show_tray(self) -> None:
        wanted = self._services_settings.get(Desktop).tray and QSystemTrayIcon.isSystemTrayAvailable()
        if wanted and self.tray is None:
            self.tray = Tray(self._shell.look, self._shell.actions, self.come_forward, self._leave)
            self._tell_state()
        elif not wanted and self.tray is not None:
            self.tray.remove()
            self.tray = None
            self.come_forward()  # it may have been the only way back

    def _leave(self) -> None:
        """Quit, said in the tray: what there is to ask is asked in the window."""
        if self._shell.lock.is_locked:
            self._parting.leave()
            return
        self._parting.ask()
        if self._shell.window.overlay() is not None:
            self.come_forward()

    def _take(self, facts: Facts) -> None:
        self._facts = facts
        self._tell_state()

    def _locked(self, locked: bool) -> None:
        self.notifying.shut(locked)
        self._tell_state()

    def _tell_state(self) -> None:
        if self.tray is None:
            return
        if self._shell.lock.is_locked:
            self.tray.show_state(TrayState.LOCKED, 0)
            return
        banners = {banner.key for banner in self._shell.notices.banners()}
        facts = self._facts
        needs = bool(facts and (facts.owed or facts.soon)) or SIGNED_OUT in banners
        paused = self._services.pausing.until is not None
        self.tray.show_state(
            tray_state(offline=OFFLINE in banners, paused=paused, needs_you=needs), len(facts.soon) if facts else 0
        )

    def _try_notification(self) -> None:
        if not self.notifying.try_out():
            self._shell.notices.say(message("notify.nobody"), level="warn")

    def _adopt_autostart(self) -> None:
        """The system's own list is the truth: somebody may have taken us off it."""
        if self._services_settings.get(Desktop).autostart != self.autostart.on and not self._profile.read_only:
            self._services_settings.change(Desktop, autostart=self.autostart.on)

    def _switch_autostart(self) -> None:
        wanted = self._services_settings.get(Desktop).autostart
        if wanted == self.autostart.on:
            return
        try:
            self.autostart.switch(wanted)
        except AppError as trouble:
            self._shell.notices.fail(trouble)
            self._services_settings.change(Desktop, autostart=self.autostart.on)

    def _application(self) -> Any:
        return QGuiApplication.instance()

    def _stay_seen(self, _screen: QScreen) -> None:
        """A screen went: a window that was on it comes to another one, with its size; one elsewhere stays where it is."""
        if not is_on_screen(self._frame):
            self._remembered.setValue(GEOMETRY, self._frame.saveGeometry())
            place(self._frame, self._remembered, self._shell.look.theme.pair("window.default"))

    def _session_ends(self, _manager: QSessionManager) -> None:
        """The user logs out: everything typed or set is stored before this returns, since afterwards the system may end us at any moment."""
        self._ending = True
        self._shell.window.remember()
        self._remembered.sync()
        done: list[bool] = []

        async def keep() -> None:
            try:
                await self._parting.keep()
                await self._services.settle()
            finally:
                done.append(True)

        self._shell.actions.start("keep at the session's end", keep())
        limit = QDeadlineTimer(SESSION_ENDS_MS)
        while not done and not limit.hasExpired():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 50)
        self._quit()


def make_autostart(options: Options) -> Autostart:
    """For the profile of this run."""
    command = program()
    root = choose(options.profile, sample=False).root if options.profile is not None else None
    return Autostart(
        entry_for(sys.platform, Path.home(), os.environ), [*command, *(["--sample"] if options.sample else [])], root
    )
