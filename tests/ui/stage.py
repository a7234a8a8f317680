"""The sample shop in a whole window over its real services and a loop that runs: what tests open, paint and measure sheets, menus and notices in."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import build_services, open_database
from app.profile import adopt_settings, open_profile
from app.runtime.settings import Appearance
from app.runtime.start import Options
from app.runtime.tasks import Tasks
from app.services.undo import Undo
from app.ui.dialogs import Sheet
from app.ui.widgets.overlay import Overlay
from app.window import painter_for

STILL = 3
"""Rounds of the loop, one after the other, in which nothing happened and nothing was waited for: then all is there."""
SOON_MS = 400
"""What is put off no longer than this (previews, measuring anew) belongs to what is waited for."""
LONGEST = 20.0
NOT_BEGUN = frozenset({"inbox.suggest", "faq: due"})
"""Work that would wake another process, or that waits for a time of the day: nothing of what is shown here comes from it."""


class Stage:
    """One window. Works that commands and sheets begin run on the loop; what they change is gone with the folder."""

    def __init__(self, folder: Path) -> None:
        async def nowhere(_address: str) -> None:
            """No browser."""

        self.folder = folder
        profile = open_profile(Options(folder, sample=True), "test")
        profile.clock.sleeper = asyncio.sleep
        self._profile = profile
        self._database = open_database(profile)
        adopt_settings(profile)
        self.services: Any = build_services(
            profile, self._database, Tasks(lambda _: None, lambda _: None), Undo(), nowhere
        )
        self.painter = painter_for(profile, self.services)
        self.shell = self.painter._shell
        self.window = self.shell.window
        self.face = self.shell.page_face
        self.look = self.shell.look
        self.loop = asyncio.new_event_loop()
        self._work: set[asyncio.Future[Any]] = set()
        self.failures: list[str] = []
        self.shell.actions.starts.ready(self._begin)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.application = application
        self.look.theme.choose(mode="light")
        self.face.services.settings.change(
            Appearance, density="comfortable"
        )  # else each other size would dress all pages anew

    def close(self) -> None:
        """The window goes, then the loop and the data."""
        self.clear()
        for each in list(self._work):
            each.cancel()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.painter.close()
        self._database.close_now()
        self.loop.close()

    # ---- what scenes do

    @property
    def media(self) -> Path:
        """Where the shop's pictures are."""
        return self._profile.paths.media

    def read(self, query: Callable[[Any], Any]) -> Any:
        """From the data, at once."""
        return self.face.services.reads.now(query)

    async def page(self, name: str, **target: object) -> Any:
        """Bring a page forward and wait until it is whole."""
        self.window.show_page(name, **target)
        await self.settle()
        return self.window.page()

    async def run(self, command: str) -> None:
        """As if its key were pressed. Raises where it does not apply now."""
        self.shell.actions.refresh_now()
        assert self.shell.actions.applies(command), f"{command} does not apply"
        self.shell.actions.run(command)
        await self.settle()

    async def open(self, sheet: Sheet) -> Sheet:
        """Any sheet, over the window."""
        self.face.window.open_sheet(sheet)
        await self.settle()
        return sheet

    async def settle(self) -> None:
        """Until nothing is read, no work runs, nothing is put off and nothing waits to be laid out or painted, however slow the machine is."""
        begun, still = monotonic(), 0
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        while still < STILL:
            happened = dispatcher.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            await asyncio.sleep(0)
            awaited = self.painter._busy() or self._work or self._put_off()
            still = 0 if happened or awaited else still + 1
            if awaited:
                await asyncio.sleep(0.004)  # others need the processor to get it done
            if monotonic() - begun > LONGEST:
                names = ", ".join(str(getattr(each, "get_name", str)()) for each in self._work)
                self.failures.append(f"still at work: {names} {self._put_off()}")
                return

    def _put_off(self) -> list[str]:
        """Whose timers are about to ring once."""
        return [
            type(timer.parent()).__name__
            for timer in self.window.findChildren(QTimer)
            if timer.isActive() and timer.isSingleShot() and timer.remainingTime() <= SOON_MS
        ]

    # ---- what tests look at

    def parts(self) -> list[QWidget]:
        """What lies over the page now: sheets with what they opened, and menus; the uppermost last."""
        found: list[QWidget] = [each for each in self.window.findChildren(Overlay) if each.isVisible()]
        popup = QApplication.activePopupWidget()
        return [*found, popup] if popup is not None else found

    def resize(self, size: tuple[int, int]) -> None:
        self.window.resize(*size)
        self.window.show()

    def speak(self, language: str) -> None:
        """All that is made from now on."""
        self.clear()
        self.look.words.language = language
        self.face.notices.clear("")

    def clear(self) -> None:
        """Close what lies over the page."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for each in self.window.findChildren(Overlay):
            if not each.isHidden():
                each.close_now()
        for toast in self.window.toasts.toasts():
            toast.end()
        for banner in self.shell.notices.banners():
            self.shell.notices.clear(banner.key)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _begin(self, name: str, work: Coroutine[Any, Any, Any]) -> asyncio.Future[Any]:
        if name in NOT_BEGUN:
            work.close()
            work = asyncio.sleep(0)
        task = self.loop.create_task(work, name=name)
        self._work.add(task)
        task.add_done_callback(self._over)
        return task

    def _over(self, task: asyncio.Future[Any]) -> None:
        self._work.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.failures.append(repr(task.exception()))


@contextmanager
def stage_in(folder: Path) -> Iterator[Stage]:
    """A stage, and its end."""
    stage = Stage(folder)
    try:
        yield stage
    finally:
        stage.close()
