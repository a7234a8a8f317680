"""The window's side of the composition root: first frame, late loading, the loop, and an orderly end. Sees everything that bootstrap sees."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtWidgets import QApplication

from app.bootstrap import (
    Board,
    build_services,
    import_late,
    keep_settings_in,
    open_database,
)
from app.commands import catalogue
from app.commands.registry import Registry, collect
from app.early import Early, make_look
from app.mending import RESTORED, SALVAGED, DamageWatch, restart_arguments, show_trouble
from app.models.kept_text import KeptText
from app.models.safekeeping import Restored
from app.profile import Profile, adopt_settings, language_of
from app.runtime.errors import AppError, Damaged, DiskFull, DiskTrouble, UserMistake
from app.runtime.paths import resources
from app.runtime.rhythm import keeping_the_rhythm
from app.runtime.settings import Shop
from app.runtime.start import EXIT_AFTER, Options, mark, reached
from app.runtime.words import Words, message
from app.services.undo import Undo
from app.store.schema import FileState
from app.ui import pages
from app.ui.alerts import Alerts
from app.ui.application import dress, speak
from app.ui.crash_panel import CrashPanel, catch_bugs
from app.ui.disk_alert import DiskAlert
from app.ui.first_frame import PAGE, Start, make_application
from app.ui.hand_over import HandOver
from app.ui.instance import Standing
from app.ui.parting import Parting
from app.ui.promise_alerts import PromiseAlerts
from app.ui.safekeeping_alerts import SafekeepingAlerts, salvage_told, to_text, told
from app.ui.shell import Shell, build
from app.ui.sweeping import Sweeping
from app.version import VERSION


def registry() -> Registry:
    """Every command there is."""
    return collect(*catalogue.LISTS)


LAST_VERSION = "version"
"""Among the window's places and sizes: the version that ran last."""
SETTLE_MS = 60
"""What the first page still reads and paints goes first; loading beside it would stretch each of its steps."""


class Loading:
    """What happens between the first frame and the loop: imports and the data file on a thread, the services on this one."""

    def __init__(self, profile: Profile, board: Board, undo: Undo, post: Callable[[Callable[[], None]], None]) -> None:
        self._profile = profile
        self._board = board
        self._undo = undo
        self._post = post
        self._thread = threading.Thread(target=self._work, name="late loading", daemon=True)
        self._database: Any = None
        self._error: BaseException | None = None
        self._loop = QEventLoop()
        self._soon = QTimer()
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MS)
        self._soon.timeout.connect(self._start_when_settled)
        self.services: Any = None
        self.tasks: Any = None

    def begin(self) -> None:
        """The first page is there: start importing as soon as all that it reads has come."""
        if not self._started:
            self._soon.start()

    def wait(self) -> None:
        """Let Qt run until everything is there. Raises what went wrong with the data file."""
        if not self._started or self._thread.is_alive():
            self._loop.exec()  # the program's first loop; qasync's, the second, cannot run before it is imported
        self.finish()

    def finish(self) -> None:
        """End loading on the calling thread, waiting if need be; called early when somebody cannot wait."""
        if self._error is None:
            self._start()
        if self._started:
            self._thread.join()
        if self._error is not None:
            if self._database is not None:
                self._database.close_now()
            raise self._error
        if self.services is None:
            from app.runtime.tasks import Tasks

            self.tasks = Tasks(lambda error: self.on_app_error(error), lambda error: self.on_bug(error))
            self.services = build_services(self._profile, self._database, self.tasks, self._undo, open_browser)
            self._board.become(self.services)

    def give_up(self, trouble: AppError) -> None:
        """The data file is damaged: what is being opened of it is of no use."""
        self._error = self._error or trouble
        self._soon.stop()
        self._loop.quit()

    on_app_error: Callable[[AppError], None]
    on_bug: Callable[[BaseException], None]

    @property
    def _started(self) -> bool:
        return self._thread.ident is not None

    def _start_when_settled(self) -> None:
        if self._board.screen_reads.is_busy():
            self._soon.start()
        else:
            self._start()

    def _start(self) -> None:
        self._soon.stop()
        if not self._started:
            self._thread.start()

    def _work(self) -> None:
        try:
            with keeping_the_rhythm():
                import_late(also=("qasync", *pages.PAGES))
                self._database = open_database(self._profile)
        except BaseException as error:  # noqa: BLE001  (carried to the window's thread and raised there)
            self._error = error
        self._post(self._loop.quit)


async def open_browser(url: str) -> None:
    """Show an address in the user's browser. Raises `UserMistake` where the system has none to offer."""
    if not QDesktopServices.openUrl(QUrl(url)):
        raise UserMistake(message("network.sign_in.no_browser"))


def open_window(options: Options, start: Start, early: Early | DiskTrouble) -> int:
    """The program with its window, from what is there early to the end; answers the exit code."""
    try:
        if isinstance(early, DiskTrouble):
            raise early
        if start.standing is Standing.ELSEWHERE:
            early.profile.read_only = True
        program = Program(start, early, options)
        code = program.run()
        if program.mends and program.damage.trouble is not None:
            return show_trouble(start, options, program.damage.trouble)
    except DiskTrouble as trouble:
        return show_trouble(start, options, trouble)
    finally:
        start.instance.leave()
    return end(program, start, options, code)


def end(program: Program, start: Start, options: Options, code: int) -> int:
    """What is left to do when nobody has the profile open any more."""
    start.remembered.sync()
    if program.erases:
        from app.services.erasing import erase_folder

        erase_folder(start.paths)
    elif program.begins_anew:
        import subprocess

        from app.services.restart import program as command

        subprocess.Popen([*command(), *restart_arguments(options)], start_new_session=True)  # noqa: S603  (our own program)
    return code


def tell_that_no_display(options: Options) -> int:
    """Nothing can be shown; answers the exit code."""
    words = Words(resources() / "translations", options.language or language_of(Shop()))
    sys.stderr.write(words.text("starting.no_display") + "\n")
    return 1


class Program:
    """One run of the window."""

    def __init__(self, start: Start, early: Early, options: Options) -> None:
        profile, look = early.profile, early.look
        self._application = start.application
        self._frame = start.frame
        self._instance = start.instance
        self._start = start
        self._profile = profile
        self._options = options
        self._post = early.post
        self._has_list = early.inbox is not None
        undo = Undo(QAccessible.isActive)
        self._board = Board(profile, undo, self._post, lambda: self._loading.finish(), early.reads)
        self._loading = Loading(profile, self._board, undo, self._post)
        self._application.setWindowIcon(look.icons.app_icon())
        self._translator = speak(self._application, profile.words.language, profile.words.region)
        self._remembered = start.remembered
        self.shell: Shell = build(
            self._application, look, self._board, registry(), pages.entries(early.inbox), profile.clock, self._remembered, sample=profile.sample
        )
        panel = CrashPanel(look, lambda: self.shell.window, self.shell.face.copy, VERSION, profile.log.redactor.redact, self._keep_report)
        self.damage = DamageWatch(profile.paths.database, self._post, self._found_damage)
        self.mends = False
        """The user wants the damaged data seen to: whoever ends this run shows what can be done."""

        def show(error: BaseException) -> None:
            self.damage.hear(error, lambda: panel.show(error))

        profile.log.install_hooks(lambda error: self._post(lambda: show(error)))
        catch_bugs(show)
        self._disk = DiskAlert(self.shell.notices)
        self._loading.on_app_error = lambda error: self.damage.hear(error, lambda: self._fail(error))
        self._loading.on_bug = show
        self.shell.face.mend = self._mend
        self._wants_to_close = False
        self._sweeping = Sweeping()
        self._parting: Parting | None = None
        self._ready = False
        self._citizen: Any = None
        """The program on its desktop; from the loop on."""
        self.begins_anew = False
        """A backup took the place of the data: whoever ends this run starts the next."""

    @property
    def erases(self) -> bool:
        """Everything is to be deleted, the folder last."""
        return self._loading.services is not None and bool(self._loading.services.erasing.is_wanted)

    def run(self) -> int:
        window = self.shell.window
        window.closing.connect(self._close_asked)
        window.painted.connect(self._page_painted)
        try:
            self.shell.open_in(self._frame, self._first_page())
            if self._options.hidden:
                window.be_unseen()
            self._loading.wait()
        except AppError as trouble:
            self.shell.dismantle(self._application)
            if isinstance(trouble, Damaged):
                self.damage.trouble = trouble  # what else comes upon it says nothing new
            self._sweeping.end()
            self._profile.reader.close()
            code = show_trouble(self._start, self._options, trouble)
            self._profile.log.close()
            return code
        mark("loaded")
        return self._run_loop()

    def _first_page(self) -> str:
        if self._profile.state is not FileState.CURRENT:
            return pages.STARTING
        return self._page_of_profile()

    def _page_of_profile(self) -> str:
        if not self._profile.settings.get(Shop).zone:
            return pages.FIRST_RUN
        last = str(self._remembered.value(PAGE, ""))
        wanted = self._options.page or last
        known = {entry.id for entry in pages.ENTRIES if entry.framed}
        return wanted if wanted in known else pages.HOME

    def _page_painted(self) -> None:
        if not self._has_list:
            reached("page")
        reached("whole")
        gc.freeze()  # what makes up the window stays: going through it now would stop the window for 20 ms
        self._sweeping.begin()
        self._loading.begin()
        if self._start.standing is Standing.FIRST:
            self._instance.listen(self._come_forward)
        if self._start.opened is not None:
            self._start.opened.hand_to(self._come_forward)

    def _run_loop(self) -> int:
        import asyncio
        from concurrent.futures import ThreadPoolExecutor

        import qasync

        loop = qasync.QEventLoop(self._application)
        asyncio.set_event_loop(loop)
        loop.set_default_executor(ThreadPoolExecutor(4, thread_name_prefix="work"))
        loop.set_exception_handler(self._profile.log.loop_trouble(self._loading.on_bug))
        with loop:
            loop.run_until_complete(self._main(loop))
        self._sweeping.end()
        self._profile.reader.close()
        self._profile.log.close()
        return 0

    async def _main(self, loop: Any) -> None:
        import asyncio

        services, shell = self._loading.services, self.shell
        keep_settings_in(self._profile, services)
        self._profile.clock.sleeper = asyncio.sleep
        closed = asyncio.Event()
        pages_made = shell.window.book.made().values
        self._parting = Parting(self._board, shell.face, shell.actions, self._profile.clock, closed.set, pages_made)
        for number in (signal.SIGTERM, signal.SIGINT) if os.name == "posix" else ():
            loop.add_signal_handler(number, lambda: services.tasks.spawn("keep before the end", self._end(closed)))
        services.database.disk.connect(self._disk.hear)
        services.start()
        self._alerts = Alerts(self._board, shell.notices, shell.look)
        self._safekeeping_alerts = SafekeepingAlerts(self._board, shell.notices, shell.look)
        services.safekeeping.replaced.connect(lambda found: self._begin_anew(found, closed))
        services.erasing.finished.connect(closed.set)
        if not self._profile.read_only:  # else that nothing can be changed is what is to be said
            self._promise_alerts = PromiseAlerts(self._board, shell.notices, shell.look)
        services.publishing.said.connect(shell.notices.say)
        services.recurring.said.connect(lambda said: shell.notices.say(said, level="warn"))
        services.tracked_links.said.connect(lambda said: shell.notices.say(said, level="warn"))
        services.calendar_folder.said.connect(lambda why: shell.notices.say(why, level="warn", command="plan.folder"))
        services.reports.said.connect(lambda said: shell.notices.say(said, command="reports.settings"))
        services.reports.paint_with(self._paint_report)
        shell.actions.starts.ready(services.tasks.spawn)
        from app.desktop import Citizen

        self._citizen = Citizen(self._board, services, shell, self._start, self._profile, self._options, self._parting, closed.set)
        services.tasks.spawn("desktop", self._citizen.begin())
        if shell.window.current == pages.STARTING:
            adopt_settings(self._profile)
            shell.lock.lock()  # of data that an older version wrote, settings are known only now
            shell.window.show_page(self._page_of_profile())
            shell.counts.ask_all()
        if self._profile.read_only:
            where = self._instance.elsewhere
            shell.notices.banner("read_only", message("shell.read_only_elsewhere", host=where) if where else message("shell.read_only"))
        if self._instance.was_cut:
            self._board.reads.later(lambda queries: queries.kept_texts(), self._tell_kept)
        self._tell_what_is_new()
        shell.lock.tell()
        self._ready = True
        if self.damage.trouble is not None:
            self._found_damage(self.damage.trouble)
        mark("ready")
        if os.environ.get(EXIT_AFTER) == "ready" or self._wants_to_close:
            closed.set()
        await closed.wait()
        self._remembered.setValue(PAGE, shell.window.current)
        if not self.mends:
            self._frame.hide()
        await self._citizen.end()
        shell.actions.rest()
        try:
            await services.close()
        except Damaged:
            if not self.mends:
                raise
        shell.dismantle(self._application)
        if not self.mends:
            self._frame.close_for_good()

    def _fail(self, error: AppError) -> None:
        """Called in the task that failed: those of commands bear their names."""
        import asyncio

        if isinstance(error, DiskFull):
            task = asyncio.current_task()
            if self._disk.is_told(error, asked=task is not None and task.get_name() in self.shell.actions.registry):
                return
        self.shell.notices.fail(error)

    def _paint_report(self, *asked: Any) -> Any:
        from app.ui.painting.report_parts import make_report

        return make_report(self.shell.page_face, *asked)

    def _tell_kept(self, texts: Sequence[KeptText]) -> None:
        if texts:
            self.shell.notices.say(message("shell.drafts_are_here"), seconds=20, command="help.kept_texts")

    def _keep_report(self, text: str) -> Path | None:
        from app.runtime.crash_report import write

        return write(self._profile.paths.logs, text, self._profile.clock.now())

    def _found_damage(self, trouble: Damaged) -> None:
        """While it opens nothing else is to be done; later somebody may be in the middle of something."""
        if self._ready:
            self.shell.notices.banner("damaged", trouble.message, level="danger", command="data.mend")
        elif self._loading.services is None:
            self._loading.give_up(trouble)

    def _mend(self) -> None:
        if self.damage.trouble is not None and self._parting is not None:
            self.mends = True
            self._parting.leave()

    def _begin_anew(self, found: Restored, closed: Any) -> None:
        """The data is another's: what the screens show is not there any more."""
        self._remembered.setValue(RESTORED, to_text(found))
        self.begins_anew = True
        closed.set()

    def _tell_what_is_new(self) -> None:
        """What a restore before this start found; that this is another version than the last."""
        notices, remembered = self.shell.notices, self._remembered
        restored = told(str(remembered.value(RESTORED, "")), self.shell.look)
        remembered.remove(RESTORED)
        salvaged = salvage_told(str(remembered.value(SALVAGED, "")), self.shell.look)
        remembered.remove(SALVAGED)
        if salvaged is not None:
            notices.banner(SALVAGED, salvaged[0], level="warn", command="data.open_folder", detail=salvaged[1])
        if restored is not None:
            notices.banner(RESTORED, restored[0], level="info", command="data.undo_restore", detail=restored[1])
        if self._profile.read_only:
            return
        last = str(remembered.value(LAST_VERSION, ""))
        remembered.setValue(LAST_VERSION, VERSION)
        if last and last != VERSION:
            notices.say(message("news.updated", version=VERSION), seconds=20, command="help.news")

    async def _end(self, closed: Any) -> None:
        """The system wants us to end: what was typed is stored, and nothing is asked."""
        if self._parting is not None:
            await self._parting.keep()
        closed.set()

    def _close_asked(self) -> None:
        if self._citizen is not None and self._citizen.closes():
            return
        self._wants_to_close = True
        if self._parting is not None and self.shell.lock.is_locked:
            self._parting.leave()  # nobody is there who may be asked
        elif self._parting is not None:
            self._parting.ask()

    def _come_forward(self, target: str = "") -> None:
        if self._citizen is not None:
            self._citizen.open(target)
            return
        self._options = self._options._replace(target=target or self._options.target)
        self._frame.show()
        self._frame.raise_()
        self._frame.activateWindow()


def painter_for(profile: Profile, services: Any) -> Any:
    """The painter over services that run already; makes the QApplication that a command line has not, on no screen."""
    from app.ui.painting.pages import PagePainter

    existing = QApplication.instance()
    if not isinstance(existing, QApplication):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = existing if isinstance(existing, QApplication) else make_application(["tertulia"])
    look = make_look(profile.words)
    dress(application, look.theme, look.icons)
    board = Board(profile, services.undo, HandOver(), lambda: None)
    board.become(services)
    entries = [entry for entry in pages.ENTRIES if entry.id != pages.STARTING]
    return PagePainter(
        application,
        look,
        board,
        registry(),
        entries,
        profile.clock,
        board.screen_reads.is_busy,
        services.tasks.spawn,
        sample=profile.sample,
    )
