"""The window's side of the composition root: first frame, late loading, the loop, and an orderly end. Sees everything that bootstrap sees."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QEventLoop, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from app.bootstrap import (
    Board,
    Profile,
    adopt_settings,
    build_services,
    import_late,
    keep_settings_in,
    language_of,
    open_database,
    open_profile,
)
from app.commands import catalogue
from app.commands.registry import Registry, collect
from app.runtime.clock import SystemClock
from app.runtime.errors import AppError, Damaged, DiskTrouble
from app.runtime.paths import resources
from app.runtime.settings import Appearance, Settings, Shop
from app.runtime.start import EXIT_AFTER, Options, mark, reached
from app.runtime.words import Words, message
from app.services.undo import Undo
from app.store.restore import latest_backup, restore_latest
from app.store.schema import FileState
from app.ui import pages
from app.ui.alerts import Alerts
from app.ui.application import CrashPanel, catch_bugs, dress, speak
from app.ui.first_frame import PAGE, Start, make_application
from app.ui.hand_over import HandOver
from app.ui.icons import Icons
from app.ui.instance import Standing
from app.ui.look import Look
from app.ui.main_window import density_for
from app.ui.parting import Parting
from app.ui.preferences import system_language
from app.ui.shell import Shell, build
from app.ui.theme import Theme
from app.ui.widgets.button import Button
from app.ui.widgets.empty_state import EmptyState
from app.version import VERSION


def make_look(words: Words, settings: Settings | None = None, height: int = 0) -> Look:
    """Theme and icons from the resources, as chosen in the settings for a window of some height."""
    chosen = settings.get(Appearance) if settings is not None else None
    if chosen is None:
        theme = Theme.load(resources())
    else:
        theme = Theme.load(resources(), mode=chosen.theme, zoom=chosen.zoom, density=density_for(chosen.density, height))
    return Look(theme, Icons(theme, resources()), words)


def registry() -> Registry:
    """Every command there is."""
    return collect(*catalogue.LISTS)


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
        self._begun = False
        self.services: Any = None
        self.tasks: Any = None

    def begin(self) -> None:
        """Start importing. The interpreter changes threads more often meanwhile, so that the window keeps its rhythm."""
        if not self._begun:
            self._begun = True
            sys.setswitchinterval(0.0005)
            self._thread.start()

    def wait(self) -> None:
        """Let Qt run until everything is there. Raises what went wrong with the data file."""
        if not self._begun or self._thread.is_alive():
            self._loop.exec()  # the program's first loop; qasync's, the second, cannot run before it is imported
        self.finish()

    def finish(self) -> None:
        """End loading on the calling thread, waiting if need be; called early when somebody cannot wait."""
        if not self._begun:
            self.begin()
        self._thread.join()
        sys.setswitchinterval(0.005)
        if self._error is not None:
            raise self._error
        if self.services is None:
            from app.runtime.tasks import Tasks

            self.tasks = Tasks(lambda error: self.on_app_error(error), lambda error: self.on_bug(error))
            self.services = build_services(self._profile, self._database, self.tasks, self._undo, open_browser)
            keep_settings_in(self._profile, self.services)
            self._board.become(self.services)

    on_app_error: Callable[[AppError], None]
    on_bug: Callable[[BaseException], None]

    def _work(self) -> None:
        try:
            import_late(also=("qasync", *pages.PAGES))
            self._database = open_database(self._profile)
        except BaseException as error:  # noqa: BLE001  (carried to the window's thread and raised there)
            self._error = error
        self._post(self._loop.quit)


async def open_browser(url: str) -> None:
    """Show an address in the user's browser."""
    QDesktopServices.openUrl(QUrl(url))


def open_window(options: Options, start: Start) -> int:
    """The program with its window, from the first frame to the last; answers the exit code."""
    try:
        profile = open_profile(options, "window")
        if start.standing is Standing.ELSEWHERE:
            profile.read_only = True
        return Program(start, profile, options).run()
    except DiskTrouble as trouble:
        return show_trouble(start, options, trouble)
    finally:
        start.instance.leave()


def tell_that_no_display(options: Options) -> int:
    """Nothing can be shown; answers the exit code."""
    words = Words(resources() / "translations", options.language or language_of(Shop()))
    sys.stderr.write(words.text("starting.no_display") + "\n")
    return 1


class Program:
    """One run of the window."""

    def __init__(self, start: Start, profile: Profile, options: Options) -> None:
        self._application = start.application
        self._frame = start.frame
        self._instance = start.instance
        self._start = start
        self._profile = profile
        self._options = options
        self._post = HandOver()
        undo = Undo()
        self._board = Board(profile, undo, self._post, lambda: self._loading.finish())
        self._loading = Loading(profile, self._board, undo, self._post)
        look = make_look(profile.words, profile.settings, start.frame.height())
        dress(self._application, look.theme, look.icons)
        self._translator = speak(self._application, profile.words.language, profile.words.region)
        self._remembered = start.remembered
        self.shell: Shell = build(
            self._application, look, self._board, registry(), pages.ENTRIES, profile.clock, self._remembered, sample=profile.sample
        )
        panel = CrashPanel(look, lambda: self.shell.window, self.shell.face.copy, VERSION)
        profile.log.install_hooks(lambda error: self._post(lambda: panel.show(error)))
        catch_bugs(panel.show)
        self._loading.on_app_error = self.shell.notices.fail
        self._loading.on_bug = panel.show
        self._wants_to_close = False
        self._parting: Parting | None = None

    def run(self) -> int:
        window = self.shell.window
        window.closing.connect(self._close_asked)
        window.painted.connect(self._page_painted)
        self.shell.open_in(self._frame, self._first_page())
        try:
            self._loading.wait()
        except AppError as trouble:
            return show_trouble(self._start, self._options, trouble)
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
        reached("page")
        self._loading.begin()
        if self._start.standing is Standing.FIRST:
            self._instance.listen(self._come_forward)

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
        self._profile.reader.close()
        self._profile.log.close()
        return 0

    async def _main(self, loop: Any) -> None:
        import asyncio

        services, shell = self._loading.services, self.shell
        self._profile.clock.sleeper = asyncio.sleep
        closed = asyncio.Event()
        self._parting = Parting(self._board, shell.face, shell.actions, self._profile.clock, closed.set)
        for number in (signal.SIGTERM, signal.SIGINT) if os.name == "posix" else ():
            loop.add_signal_handler(number, closed.set)
        services.start()
        self._alerts = Alerts(self._board, shell.notices, shell.look)
        shell.actions.ready(services.tasks.spawn)
        if shell.window.current == pages.STARTING:
            adopt_settings(self._profile)
            shell.window.show_page(self._page_of_profile())
        if self._profile.read_only:
            where = self._instance.elsewhere
            shell.notices.banner("read_only", message("shell.read_only_elsewhere", host=where) if where else message("shell.read_only"))
        mark("ready")
        if os.environ.get(EXIT_AFTER) == "ready" or self._wants_to_close:
            closed.set()
        await closed.wait()
        self._remembered.setValue(PAGE, shell.window.current)
        self._frame.hide()
        await services.close()
        shell.dismantle(self._application)
        self._frame.close_for_good()

    def _close_asked(self) -> None:
        self._wants_to_close = True
        if self._parting is not None:
            self._parting.ask()

    def _come_forward(self) -> None:
        self._frame.show()
        self._frame.raise_()
        self._frame.activateWindow()


def show_trouble(start: Start, options: Options, trouble: AppError) -> int:
    """A window that says why the profile cannot be opened and what can be done; nothing is changed unasked. Answers the exit code:
    1, or that of the program started anew after the last copy was put back.
    """
    application, frame, paths = start.application, start.frame, start.paths
    words = Words(resources() / "translations", options.language or system_language())
    look = make_look(words)
    dress(application, look.theme, look.icons)
    loop = QEventLoop()
    again: list[bool] = []

    def put_back() -> None:
        restore_latest(paths.database, paths.backups, SystemClock().now())
        again.append(True)
        loop.quit()

    state = EmptyState(look, icon="warning-circle")
    state.show_words(look.text("starting.cannot_open"), look.text(trouble.message))
    copy = latest_backup(paths.backups) if isinstance(trouble, Damaged) else None
    if copy is not None:
        when = datetime.fromtimestamp(copy.stat().st_mtime, UTC)
        state.add_button(Button(look, look.text("starting.put_back", when=when), kind="primary", clicked=put_back))
    folder = QUrl.fromLocalFile(str(paths.root))
    state.add_button(Button(look, look.text("starting.open_folder"), clicked=lambda: QDesktopServices.openUrl(folder)))
    state.add_button(Button(look, look.text("starting.quit"), clicked=loop.quit))
    frame.hold(state)
    frame.setWindowTitle(look.text("app.name"))
    frame.closing.connect(loop.quit)
    frame.show()
    sys.stderr.write(words.text(trouble.message) + "\n")
    if not frame.wants_to_close:
        loop.exec()  # there is no other loop: nothing else was opened
    frame.close_for_good()
    if not again:
        return 1
    import subprocess

    from app.services.restart import program

    return subprocess.call([*program(), *restart_arguments(options)])  # noqa: S603  (our own program)


def restart_arguments(options: Options) -> list[str]:
    """The command line that opens the same profile again."""
    profile = ["--profile", str(options.profile)] if options.profile is not None else []
    return [*profile, *(["--sample"] if options.sample else [])]


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
        application, look, board, registry(), entries, profile.clock, board.screen_reads.is_busy, sample=profile.sample
    )
