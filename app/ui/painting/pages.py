"""Paints pages to PNG: the real window and its pages, offscreen, over the same services."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEventLoop, QSettings
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from app.commands.painter import PageImage
from app.commands.registry import Registry
from app.commands.services import Services
from app.models.agreement import AgreementPaper
from app.models.plan import PlanPaper
from app.models.report import ReportFiles, ReportFrame, ReportWanted
from app.runtime.clock import Clock
from app.runtime.errors import DiskTrouble, UserMistake
from app.runtime.words import Words, message
from app.ui.look import Look
from app.ui.main_window import MainWindow
from app.ui.page import PageEntry
from app.ui.painting.agreement_pdf import agreement_pdf
from app.ui.painting.plan_pdf import plan_pdf
from app.ui.painting.report_parts import Ask, make_report
from app.ui.shell import Shell, build
from app.ui.sweeping import Sweeping

SETTLE_MS = 250
"""A page counts as settled when nothing was delivered to it for this long."""
LONGEST_MS = 4000
LONGEST_WORK_MS = 20_000
"""For what is looked up beside: the process that suggests takes seconds to wake on a busy computer."""
TURN_SECONDS = 0.02
PARTS = {"settings": "section", "calendar": "view", "inbox": "view"}
"""What pages call their parts, where it is not "tab"."""
LOOKS = frozenset({"inbox.suggest", "faq: behind", "said before", "spelling", "settings: backups", "settings: holidays", "settings: links", "settings: spending", "settings: what works", "questions: read", "series: read"})
"""Names of work that reads and changes nothing."""
Spawn = Callable[[str, Coroutine[Any, Any, Any]], asyncio.Future[Any]]


class PagePainter:
    """Implements `Painter`. One window is made and reused; the profile's own window file is left alone."""

    def __init__(
        self,
        application: QApplication,
        look: Look,
        services: Services,
        registry: Registry,
        entries: Sequence[PageEntry],
        clock: Clock,
        busy: Callable[[], bool],
        spawn: Spawn,
        *,
        sample: bool,
    ) -> None:
        """`busy` answers whether a read is still under way; `spawn` begins work on the loop that `paint` is awaited on."""
        self._application = application
        self._look = look
        self._entries = {entry.id: entry for entry in entries}
        self._busy = busy
        self._work = _Work(spawn)
        self._folder = tempfile.TemporaryDirectory()
        self._remembered = QSettings(str(Path(self._folder.name) / "window.ini"), QSettings.Format.IniFormat)
        self._shell: Shell = build(application, look, services, registry, entries, clock, self._remembered, sample=sample)
        self._shell.actions.starts.ready(self._work.begin)
        self._sweeping = Sweeping()
        self._sweeping.begin()

    def pages(self) -> tuple[str, ...]:
        """Every page there is, whether or not it has a place in the rail."""
        return tuple(self._entries)

    async def paint(self, image: PageImage, target: Path) -> None:
        """Show the page (`insights:posts` is a tab of one) on no screen, wait until its reads have come, and keep what it looks like."""
        if image.page.partition(":")[0] not in self._entries:
            known = ", ".join(self._entries)
            raise UserMistake(message("cli.unknown_page", page=image.page, pages=known), field="page")
        before = self._look.words.language
        if image.language:
            self._look.words.language = image.language
        self._look.theme.choose(mode=image.theme)
        window = self.show(image.page, image.size)
        await self._finish()
        picture: QPixmap = window.grab()
        self._look.words.language = before
        target.parent.mkdir(parents=True, exist_ok=True)
        if not picture.save(str(target), "PNG"):
            raise DiskTrouble(message("cli.cannot_write", file=str(target)))

    def show(self, page: str, size: tuple[int, int]) -> MainWindow:
        """Show a page on no screen and wait until its reads have come."""
        window = self._shell.window
        window.resize(*size)
        window.show()
        name, _, part = page.partition(":")
        window.show_page(name, **({PARTS.get(name, "tab"): part} if part else {}))
        self._settle()
        return window

    def agreement(self, paper: AgreementPaper, country: str, words: Words) -> bytes:
        """As PDF; needs no window."""
        return agreement_pdf(self._look._replace(words=words), paper, country)

    def plan(self, paper: PlanPaper) -> bytes:
        """As PDF; needs no window."""
        return plan_pdf(self._look, paper)

    async def report(self, wanted: ReportWanted, words: Words, frame: ReportFrame, ask: Ask) -> ReportFiles:
        """As files; needs no window."""
        return await make_report(self._shell.page_face, wanted, words, frame, ask)

    def close(self) -> None:
        """The window goes; the application stays, there can be only one a process."""
        self._sweeping.end()
        self._shell.dismantle(self._application)
        self._shell.delete()
        self._remembered.sync()  # else it would write at its own end, and make the folder again for it
        self._folder.cleanup()

    async def _finish(self) -> None:
        """What looks something up on the loop gets its turns."""
        total = QElapsedTimer()
        total.start()
        while self._work.under_way and total.elapsed() < LONGEST_WORK_MS:
            await asyncio.sleep(TURN_SECONDS)
            self._settle()

    def _settle(self) -> None:
        """Qt's events run here because there is no loop to return to."""
        total, still = QElapsedTimer(), QElapsedTimer()
        total.start()
        still.start()
        while total.elapsed() < LONGEST_MS and still.elapsed() < SETTLE_MS:
            self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            if self._busy():
                still.restart()


class _Work:
    """What pages start: that which only looks something up is carried through, anything else is not begun: painting a picture changes nothing,
    not even what counts as read.
    """

    def __init__(self, spawn: Spawn) -> None:
        self.under_way = 0
        self._spawn = spawn

    def begin(self, name: str, work: Coroutine[Any, Any, Any]) -> None:
        if name in LOOKS and _on_a_loop():
            self.under_way += 1
            self._spawn(name, work).add_done_callback(self._over)
        else:
            work.close()

    def _over(self, _task: asyncio.Future[Any]) -> None:
        """Also of one that was cancelled before its first step."""
        self.under_way -= 1


def _on_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
