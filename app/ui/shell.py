"""Puts the window together: from look, services, commands and page entries to a shell that can be shown before the loop runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.commands.command import Context, State
from app.commands.registry import Registry
from app.commands.services import Changes, Queries, Services
from app.models.account import AccountRow
from app.runtime.clock import Clock
from app.ui.actions import Actions
from app.ui.face import Face
from app.ui.first_frame import FirstFrame
from app.ui.hour import IDLE_AFTER_SECONDS, ActiveMinutes, Guided, GuideDoor
from app.ui.keys import KeyRouter, types_text
from app.ui.lock import WindowLock
from app.ui.look import Look
from app.ui.main_window import MainWindow
from app.ui.notices import Notices
from app.ui.page import PageEntry, PageFace
from app.ui.pages import STARTING
from app.ui.preferences import Preferences
from app.ui.screen_readers import answer_screen_readers
from app.ui.widgets.button import OF_COMMANDS
from app.ui.widgets.focus_ring import FocusRing

T = TypeVar("T")

SETTINGS = "settings"
AS_A_TIME = timedelta(hours=20)
"""What was checked longer ago is told with its day."""


@dataclass(slots=True)
class Shell:
    """The parts of the window that bootstrap deals with. Keep it as long as the window lives."""

    look: Look
    window: MainWindow
    actions: Actions
    notices: Notices
    face: Face
    router: KeyRouter
    hour: ActiveMinutes
    ring: FocusRing
    preferences: Preferences
    counts: Counts
    page_face: PageFace
    """What pages are given."""
    guide: GuideDoor
    lock: WindowLock

    def open(self, page: str, **target: object) -> None:
        """Place the window as last time and show its first page; the loop need not run yet."""
        self.window.restore()
        self.window.show_page(page, **target)
        self.window.show()

    def open_in(self, frame: FirstFrame, page: str) -> None:
        """Show the first page in the window that is on the screen already, or ask for the passphrase before it."""
        self.window.resize(frame.size())
        self.window.show_page(page)
        frame.closing.connect(self.window.close)
        self.window.painted.connect(lambda: QTimer.singleShot(0, frame.give_keys))
        self.lock.stand_in(frame)
        if self.lock.is_set:
            self.lock.lock()
            self.window.be_unseen()
        else:
            frame.hold(self.window)

    def after_first_frame(self) -> None:
        """What the first page need not wait for: keys, counts in the rail, the hour. Follows `window.painted`.

        Putting a page together sends thousands of events, none of them a key, so the router listens from here on.
        """
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self.router)
        self.equip()
        self.actions.refresh_now()
        if self.window.current != STARTING:  # the data file is made meanwhile, and whoever made it asks
            self.counts.ask_all()
        self.hour.start()
        self.guide.resume()

    def equip(self) -> None:
        """Modified keys act through the window's actions; those that have one since keys were changed are added."""
        there = set(self.window.actions())
        for action in self.actions.with_shortcuts():
            if action not in there:
                self.window.addAction(action)
        self.name_keys()

    def name_keys(self) -> None:
        """The pages' keys in the tooltips of the rail, and those of commands on their buttons."""
        for page in self.window.book.entries:
            self.window.rail.name_key(page, next(iter(self.actions.keys(f"go.{page}")), ""))
        for button in list(OF_COMMANDS):
            if isValid(button) and self.window.isAncestorOf(button):
                button.choose_key(next(iter(self.actions.keys(button.of)), None))

    def rekey(self) -> None:
        """Other keys act from now on: pages name theirs anew. The settings do so by themselves, where keys are changed."""
        self.equip()
        for name, page in self.window.book.made().items():
            if name != SETTINGS:
                page.retranslate()
        self.name_keys()

    def dismantle(self, application: QApplication) -> None:
        """Let go of the application; for tests, and before the window is deleted."""
        application.removeEventFilter(self.router)
        self.preferences.let_go()
        self.hour.stop()
        self.lock.let_go()
        self.actions.rest()
        self.ring.surround(None)
        self.window.close_for_good()

    def delete(self) -> None:
        """The window, and the parts beside it: each holds what it tells, and with that the whole window. Follows `dismantle`, where the
        process goes on.
        """
        for part in (self.window, self.actions, self.notices, self.router, self.counts, self.hour, self.lock):
            part.deleteLater()
            QCoreApplication.sendPostedEvents(part, QEvent.Type.DeferredDelete)


class Counts(QObject):
    """Counts in the rail, how many accounts there are and when they were last read: asked on a worker thread after each commit."""

    def __init__(
        self,
        services: Services,
        look: Look,
        clock: Clock,
        window: MainWindow,
        entries: Sequence[PageEntry],
        changed: Callable[[], None],
    ) -> None:
        super().__init__()
        self._services = services
        self._look = look
        self._clock = clock
        self._window = window
        self._entries = [entry for entry in entries if entry.count is not None]
        self._changed = changed
        self._running: dict[str, Callable[[], None]] = {}
        self.accounts = 0

    def ask_all(self) -> None:
        for entry in self._entries:
            self._ask(entry)
        self._ask_accounts()

    def hear(self, changes: Changes) -> None:
        for entry in self._entries:
            if changes.touches(*entry.count_tables):
                self._ask(entry)
        if changes.touches("account"):
            self._ask_accounts()

    def _ask(self, entry: PageEntry) -> None:
        query = entry.count
        if query is not None:
            self._later(entry.id, query, lambda count: self._window.rail.show_count(entry.id, count))

    def _ask_accounts(self) -> None:
        def deliver(accounts: Sequence[AccountRow]) -> None:
            self.accounts = len(accounts)
            self._show_checked(max((row.checked_at for row in accounts if row.checked_at is not None), default=None))
            self._changed()

        self._later("accounts", lambda queries: queries.accounts(), deliver)

    def _show_checked(self, at: datetime | None) -> None:
        if at is None:
            self._window.footer.show_checked(None)
            return
        words = self._look.words

        def say() -> str:
            when = words.time(at) if self._clock.now() - at < AS_A_TIME else words.day_and_time(at)
            return words.text("shell.footer_checked", at=when)

        self._window.footer.show_checked(say)

    def _later(self, key: str, query: Callable[[Queries], T], deliver: Callable[[T], None]) -> None:
        cancel = self._running.pop(key, None)
        if cancel is not None:
            cancel()  # a newer question makes the older answer worthless
        self._running[key] = self._services.reads.later(query, deliver)


def build(
    application: QApplication,
    look: Look,
    services: Services,
    registry: Registry,
    entries: Sequence[PageEntry],
    clock: Clock,
    remembered: QSettings,
    *,
    sample: bool = False,
) -> Shell:
    """Make everything and connect it; nothing is read from the database and no loop is needed."""
    answer_screen_readers(application)
    actions = Actions(registry, look)
    notices = Notices(look, clock)
    window = MainWindow(look, entries, actions, notices, remembered)
    face = Face(look, window, actions, notices, services.settings)

    def state() -> State:
        page = window.page()
        if page is None:
            return State(page=window.current, accounts=counts.accounts, sample=sample)
        facts = {"can_undo": services.undo.can_undo() or actions.starts.just_begun, "can_redo": services.undo.can_redo(), **page.state()}
        facts["facts"] = guide.facts | facts.get("facts", frozenset())
        return State(
            page=window.current,
            context=page.context,
            accounts=counts.accounts,
            has_text_focus=types_text(application.focusWidget()),
            read_only=services.data.read_only,
            sample=sample,
            **facts,
        )

    def key_context() -> str:
        page = window.page()
        return "" if page is None or lock.is_locked or window.overlay() is not None else page.context

    counts = Counts(services, look, clock, window, entries, actions.refresh)
    actions.serve(lambda: Context(state(), services, face, notices, look.words), notices.fail)
    page_face = PageFace(look, services, actions, face, notices, clock, lambda: hour.minutes, lambda: hour)
    window.book.make_with(lambda entry: entry.factory(page_face))
    actions.refreshed.connect(window.show_hints)
    router = KeyRouter(actions, key_context)
    router.waiting.connect(lambda keys: window.footer.show_sequence([(key, actions.title(name)) for key, name in keys]))
    router.menu_bar_asked.connect(face.show_menu_bar)
    lock = WindowLock(look, window, actions, notices, services, clock, router.seconds_idle)
    face.lock = lock.lock
    ring = FocusRing(look, application, router.by_keyboard)
    hour = ActiveMinutes(
        clock,
        lambda: look.words.zone,
        lambda: window.isActiveWindow() and router.seconds_idle() < IDLE_AFTER_SECONDS,
        remembered,
        lambda: window.current,
    )
    guide = GuideDoor(lambda: _made_guide(page_face, window, hour, remembered), remembered)
    face.guide = guide.perform
    preferences = Preferences(services.settings, look, window, face, actions, hour)
    services.undo.changed.connect(actions.refresh)
    services.changed.connect(lambda changes: window.book.hear(window.current, changes))
    services.changed.connect(counts.hear)
    services.changed.connect(lambda _changes: actions.refresh())
    shell = Shell(look, window, actions, notices, face, router, hour, ring, preferences, counts, page_face, guide, lock)
    shell.name_keys()
    actions.rekeyed.connect(lambda: shell.rekey())
    window.page_changed.connect(lambda _page: shell.name_keys() if actions.table.is_changed else None)
    window.painted.connect(lambda: QTimer.singleShot(0, shell.after_first_frame))
    return shell


def _made_guide(face: PageFace, window: MainWindow, hour: ActiveMinutes, remembered: QSettings) -> Guided:
    guide: Guided = import_module("app.ui.hour_guide").HourGuide(face, window, hour, remembered)
    return guide
