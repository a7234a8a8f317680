"""The window's side of the composition root: first frame, late loading, the loop, and an orderly end. Sees everything that bootstrap sees."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QEventLoop, QLocale, QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMainWindow

from app.bootstrap import (
    Board,
    Options,
    Profile,
    build_services,
    import_late,
    keep_settings_in,
    language_of,
    mark,
    open_database,
    open_profile,
)
from app.commands import catalogue
from app.commands.registry import Registry, collect
from app.runtime.clock import SystemClock
from app.runtime.errors import AppError, Damaged, DiskTrouble
from app.runtime.paths import choose, resources
from app.runtime.settings import Shop
from app.runtime.words import Words, message
from app.services.restart import program
from app.services.undo import Undo
from app.store.restore import latest_backup, restore_latest
from app.store.schema import FileState
from app.ui import pages
from app.ui.application import CrashPanel, catch_bugs, dress, make_application, speak
from app.ui.hand_over import HandOver
from app.ui.icons import Icons
from app.ui.instance import Instance, Standing
from app.ui.look import Look
from app.ui.painting.pages import PagePainter
from app.ui.shell import Shell, build
from app.ui.theme import Theme
from app.ui.widgets.button import Button
from app.ui.widgets.empty_state import EmptyState
from app.version import VERSION

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")

EXIT_AFTER = "TERTULIA_EXIT_AFTER"
"""For benchmarks and rule tests: `first_frame` or `ready` ends the program when that is reached."""


def make_look(words: Words) -> Look:
    """Theme and icons from the resources."""
    theme = Theme.load(resources())
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
            import_late(also=("qasync",))
            self._database = open_database(self._profile)
        except BaseException as error:  # noqa: BLE001  (carried to the window's thread and raised there)
            self._error = error
        self._post(self._loop.quit)


async def open_browser(url: str) -> None:
    """Show an address in the user's browser."""
    QDesktopServices.openUrl(QUrl(url))


def open_window(options: Options, arguments: list[str]) -> int:
    """The program with its window, from the first frame to the last; answers the exit code."""
    if not has_display():
        sys.stderr.write(Words(resources() / "translations", options.language or language_of(Shop())).text("starting.no_display") + "\n")
        return 1
    application = make_application(["tertulia", *arguments])
    paths = choose(options.profile, options.sample)
    instance = Instance(paths.lock, paths.socket)
    raised: list[Callable[[], None]] = []
    paths.root.mkdir(parents=True, exist_ok=True)

    def come_forward() -> None:
        for act in raised:
            act()

    standing = instance.enter(come_forward)
    if standing is Standing.RAISED_ANOTHER:
        return 0
    try:
        profile = open_profile(options, "window")
    except DiskTrouble as trouble:
        return show_trouble(application, options, trouble)
    finally:
        mark("profile")
    if standing is Standing.ELSEWHERE:
        profile.read_only = True
    try:
        return Program(application, profile, options, instance, raised).run()
    finally:
        instance.leave()


def has_display() -> bool:
    """Whether a window can be shown; Qt would end the process with a riddle."""
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in DISPLAYS)


class Program:
    """One run of the window."""

    def __init__(
        self,
        application: QApplication,
        profile: Profile,
        options: Options,
        instance: Instance,
        raised: list[Callable[[], None]],
    ) -> None:
        self._application = application
        self._profile = profile
        self._options = options
        self._instance = instance
        self._post = HandOver()
        undo = Undo()
        self._board = Board(profile, undo, self._post, lambda: self._loading.finish())
        self._loading = Loading(profile, self._board, undo, self._post)
        look = make_look(profile.words)
        dress(application, look.theme, look.icons)
        self._translator = speak(application, profile.words.language, profile.words.region)
        remembered = QSettings(str(profile.paths.window_ini), QSettings.Format.IniFormat)
        self.shell: Shell = build(
            application, look, self._board, registry(), pages.ENTRIES, profile.clock, remembered, sample=profile.sample
        )
        self._remembered = remembered
        panel = CrashPanel(look, lambda: self.shell.window, self.shell.face.copy, VERSION)
        profile.log.install_hooks(lambda error: self._post(lambda: panel.show(error)))
        catch_bugs(panel.show)
        self._loading.on_app_error = self.shell.notices.fail
        self._loading.on_bug = panel.show
        self._wants_to_close = False
        self._closed: Callable[[], None] | None = None
        raised.append(self._come_forward)

    def run(self) -> int:
        window = self.shell.window
        window.closing.connect(self._close_asked)
        window.painted.connect(self._first_frame)
        self.shell.open(self._first_page())
        try:
            self._loading.wait()
        except AppError as trouble:
            return show_trouble(self._application, self._options, trouble)
        mark("loaded")
        return self._run_loop()

    def _first_page(self) -> str:
        if self._profile.state is not FileState.CURRENT:
            return pages.STARTING
        return self._page_of_profile()

    def _page_of_profile(self) -> str:
        if not self._profile.settings.get(Shop).zone:
            return pages.FIRST_RUN
        last = str(self._remembered.value("window/page", ""))
        wanted = self._options.page or last
        known = {entry.id for entry in pages.ENTRIES if entry.framed}
        return wanted if wanted in known else pages.HOME

    def _first_frame(self) -> None:
        mark("first_frame")
        if os.environ.get(EXIT_AFTER) == "first_frame":
            os._exit(0)  # a benchmark's end: nothing was begun yet
        self._loading.begin()

    def _run_loop(self) -> int:
        import asyncio

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
        self._closed = closed.set
        for number in (signal.SIGTERM, signal.SIGINT) if os.name == "posix" else ():
            loop.add_signal_handler(number, closed.set)
        services.start()
        shell.actions.ready(services.tasks.spawn)
        if shell.window.current == pages.STARTING:
            self._adopt_settings()
            shell.window.show_page(self._page_of_profile())
        if self._profile.read_only:
            where = self._instance.elsewhere
            shell.notices.banner("read_only", message("shell.read_only_elsewhere", host=where) if where else message("shell.read_only"))
        mark("ready")
        if os.environ.get(EXIT_AFTER) == "ready" or self._wants_to_close:
            closed.set()
        await closed.wait()
        self._remembered.setValue("window/page", shell.window.current)
        shell.window.hide()
        await services.close()
        shell.dismantle(self._application)

    def _adopt_settings(self) -> None:
        """The data file was just made, perhaps with settings in it (sample shop)."""
        self._profile.settings.reload()
        shop = self._profile.settings.get(Shop)
        if shop.zone:
            self._profile.words.zone = shop.zone
            self._profile.words.region = shop.country

    def _close_asked(self) -> None:
        self._wants_to_close = True
        if self._closed is not None:
            self._closed()

    def _come_forward(self) -> None:
        window = self.shell.window
        window.show()
        window.raise_()
        window.activateWindow()


def show_trouble(application: QApplication, options: Options, trouble: AppError) -> int:
    """A window that says why the profile cannot be opened and what can be done; nothing is changed unasked. Answers the exit code:
    1, or that of the program started anew after the last copy was put back.
    """
    paths = choose(options.profile, options.sample)
    words = Words(resources() / "translations", options.language or QLocale.system().name())
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
    window = QMainWindow()
    window.setWindowTitle(look.text("app.name"))
    window.setMinimumSize(*look.theme.pair("window.min"))
    window.setCentralWidget(state)
    application.setQuitOnLastWindowClosed(True)
    application.lastWindowClosed.connect(loop.quit)
    window.show()
    sys.stderr.write(words.text(trouble.message) + "\n")
    loop.exec()  # there is no other loop: nothing else was opened
    window.close()
    return subprocess.call([*program(), *restart_arguments(options)]) if again else 1  # noqa: S603  (our own program)


def restart_arguments(options: Options) -> list[str]:
    """The command line that opens the same profile again."""
    profile = ["--profile", str(options.profile)] if options.profile is not None else []
    return [*profile, *(["--sample"] if options.sample else [])]


def painter_for(profile: Profile, services: Any) -> PagePainter:
    """The painter over services that run already; makes the QApplication that a command line has not, on no screen."""
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
