"""The real window on a sample shop of its own, in this process, used as a person does: keys pressed, results waited for."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app import window
from app.early import Early, open_early
from app.networks.sample.server import SampleServer
from app.runtime.clock import SystemClock
from app.runtime.paths import choose, resources
from app.runtime.start import Options
from app.services import sample_profile
from app.ui.first_frame import FirstFrame, Start, remembered_in
from app.ui.instance import Instance
from app.ui.page import Page
from app.ui.widgets.button import Button
from tests.ui.closing import close_shell, delete

PATIENCE_SECONDS = 40.0
CALM_SECONDS = 10.0
TEN_O_CLOCK = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
"""In Mexico City, on a Wednesday."""
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

EVDEV = {
    **{letter: 16 + place for place, letter in enumerate("qwertyuiop")},
    **{letter: 30 + place for place, letter in enumerate("asdfghjkl")},
    **{letter: 44 + place for place, letter in enumerate("zxcvbnm")},
    **{digit: 2 + place for place, digit in enumerate("1234567890")},
    "/": 53,
}
"""linux/input-event-codes.h; X11 and Wayland report the code + 8."""
RUSSIAN = dict(zip("qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзфывапролдячсмить", strict=True))
FRENCH = {"&": "1", "é": "2", '"': "3", "a": "q", "q": "a", "z": "w", "w": "z"}
"""What AZERTY types, and on which US key that lies."""
SHIFTED = {"us": "!@#", "ru": '!"№', "fr": "123"}
"""What the first three digits type with Shift."""
NAMED = {
    "return": Qt.Key.Key_Return, "escape": Qt.Key.Key_Escape, "tab": Qt.Key.Key_Tab, "space": Qt.Key.Key_Space, "up": Qt.Key.Key_Up,
    "down": Qt.Key.Key_Down, "home": Qt.Key.Key_Home, "end": Qt.Key.Key_End, "f1": Qt.Key.Key_F1, "f5": Qt.Key.Key_F5,
    "f6": Qt.Key.Key_F6, "left": Qt.Key.Key_Left, "right": Qt.Key.Key_Right,
    "pageup": Qt.Key.Key_PageUp, "pagedown": Qt.Key.Key_PageDown, "delete": Qt.Key.Key_Delete, "f9": Qt.Key.Key_F9, "f10": Qt.Key.Key_F10, ",": Qt.Key.Key_Comma,
}  # fmt: skip


PACE = 0.1
"""Of the hands of the watch: the ten seconds in which a reply can be taken back shall not run out while a busy machine takes a step."""


class Watch(SystemClock):
    """Shows ten o'clock when it is made and goes on at its pace; `advance` puts it forward and wakes who sleeps."""

    def __init__(self) -> None:
        super().__init__()
        self._began = super().now()
        self._since = timedelta(0)
        self._asleep: set[asyncio.Future[None]] = set()

    def now(self) -> datetime:
        return TEN_O_CLOCK + (super().now() - self._began) * PACE + self._since

    def monotonic(self) -> float:
        return super().monotonic() + self._since.total_seconds()

    def advance(self, seconds: float) -> None:
        self._since += timedelta(seconds=seconds)
        for sleeper in self._asleep:
            if not sleeper.done():
                sleeper.set_result(None)

    async def _nap(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        sleeper: asyncio.Future[None] = loop.create_future()
        alarm = loop.call_later(min(seconds, PATIENCE_SECONDS), lambda: sleeper.done() or sleeper.set_result(None))
        self._asleep.add(sleeper)
        try:
            await sleeper
        finally:
            alarm.cancel()
            self._asleep.discard(sleeper)


class Person:
    """Sits before the window: presses keys where the keyboard is, and waits for what should happen."""

    def __init__(self, application: QApplication, folder: Path, watch: Watch) -> None:
        self.application = application
        self.options = Options(folder / "p", sample=True)
        self.paths = choose(self.options.profile, sample=True)
        self.watch = watch
        self.layout = "us"
        self.program: window.Program
        self.frame: FirstFrame
        self._start: Start | None = None

    # ---- one run of the program

    def come_to_work(self, morning: Callable[[], Awaitable[None]]) -> int:
        """Open the window, live a morning before it, close it; answers the exit code of the program."""
        start = self.begin()
        early = open_early(self.options, start)
        assert isinstance(early, Early)
        self.program = program = window.Program(start, early, self.options)
        self.frame = start.frame
        main, errors, left = program._main, list[BaseException](), list[str]()

        async def with_somebody_there(loop: Any) -> None:
            life = loop.create_task(main(loop))
            try:
                await self.until(lambda: self.page is not None and self.program._parting is not None, "the window to be ready")
                self.frame.activateWindow()
                self.shell.router._limit.setInterval(3_600_000)  # on a busy machine, more than 1.2 s may lie between G and T
                await morning()
            except BaseException as error:  # noqa: BLE001  (raised once the window is closed)
                errors.append(error)
                program._parting._close()  # type: ignore[union-attr]
            if not errors and not life.done():
                self.frame.close()
            await asyncio.wait_for(life, PATIENCE_SECONDS)
            for _ in range(20):
                await asyncio.sleep(0)
            left.extend(str(task.get_coro()) for task in asyncio.all_tasks() - {asyncio.current_task()})

        program._main = with_somebody_there  # type: ignore[method-assign]
        try:
            code = program.run()
        finally:
            self.leave(start, program)
        if errors:
            raise errors[0]
        assert not left, left
        return code

    def begin(self) -> Start:
        """What `first_frame.begin` makes, for an application that is there already."""
        self.paths.root.mkdir(parents=True, exist_ok=True)
        instance = Instance(self.paths.lock, self.paths.socket)
        standing = instance.enter()
        remembered = remembered_in(self.paths.window_ini)
        frame = FirstFrame(remembered, resources())
        frame.resize(1440, 900)
        frame.show_shapes()
        self._start = Start(self.application, frame, self.paths, instance, standing, remembered)
        return self._start

    def leave(self, start: Start, program: window.Program | None = None) -> None:
        """The process would end here, and take all of it along; here others follow."""
        start.instance.leave()
        self.application.processEvents()
        if program is not None:
            close_shell(self.application, program.shell)
            delete(program._sweeping, program.shell.look.theme)
        delete(start.frame, start.instance)
        self.application.setStyleSheet("")
        asyncio.set_event_loop(None)

    # ---- what there is

    async def take_back(self) -> None:
        """Z, once there is an act to take back: what was committed is seen a moment before it is on that list."""
        await self.until(lambda: self.shell.actions.applies("edit.undo"), "something to take back")
        await self.press("z")

    @property
    def server(self) -> SampleServer:
        """The simulated networks, as another program would see them."""
        return SampleServer(sample_profile.server_file(self.paths), self.watch)

    @property
    def shell(self) -> Any:
        return self.program.shell

    @property
    def page(self) -> Any:
        found: Page | None = self.shell.window.page()
        return found

    @property
    def choices(self) -> list[Button]:
        """What the question asked offers, the main answer first, which stands at the right."""
        offered = [button for button in self.shell.window.overlay().findChildren(Button) if button.text()]
        return sorted(offered, key=lambda button: button.x(), reverse=True)

    @property
    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    @property
    def open_name(self) -> str:
        """Whose conversation is open."""
        row = self.page.desk.row
        return row.author if row is not None else ""

    @property
    def listed(self) -> list[str]:
        model = self.page.desk.model
        return [row.author for row in map(model.row_at, range(model.rowCount())) if row is not None]

    @property
    def reply(self) -> str:
        text: str = self.page.conversation.reply.editor.toPlainText()
        return text

    @property
    def said(self) -> list[str]:
        """What was told in toasts and banners, last first."""
        return [self.shell.look.text(line.message) for line in reversed(self.shell.notices.history())]

    @property
    def banners(self) -> list[str]:
        return [self.shell.look.text(banner.message) for banner in self.shell.notices.banners()]

    def out(self, text: str) -> int:
        """How often the simulated networks hold a post or reply of ours with this text."""
        found = self.server._world.look().posts.values()
        return sum(text in post.text for post in found)

    def settings(self) -> Any:
        return self.program._profile.settings

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What stands in the data file, read past the program."""
        with closing(sqlite3.connect(self.paths.database, timeout=5)) as connection:
            return connection.execute(sql, values).fetchall()

    def states(self, text: str) -> list[str]:
        """Of everything owed that begins with this text."""
        found = self.rows("SELECT state FROM outbox WHERE json_extract(parts, '$[0]') LIKE ? ORDER BY id", f"%{text}%")
        return [str(state) for (state,) in found]

    # ---- acts

    async def press(self, *keys: str) -> None:
        """Each key is a US key's name, with what is held down before it: "j", "ctrl+return", "shift+j", "?"."""
        for key in keys:
            *held, name = key.split("+") if len(key) > 1 else [key]
            if "ctrl" in held or name in NAMED or name == "alt":
                await self.outside(lambda name=name, held=held: self._strike(name, held))
            else:
                await self.outside(lambda name=name, held=held: self._type(name, shift="shift" in held))

    async def write(self, text: str) -> None:
        """Types into whatever has the keyboard."""

        def type_all() -> None:
            target = self._target()
            for letter in text:
                QCoreApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))

        await self.outside(type_all)

    async def outside(self, act: Callable[[], object]) -> None:
        """Does it where a key arrives: in Qt's loop, within no task. What follows at once has followed when this returns."""
        done = asyncio.get_running_loop().create_future()

        def do() -> None:
            try:
                act()
            except Exception as error:  # noqa: BLE001  (raised in the test)
                done.set_exception(error)
            else:
                QTimer.singleShot(0, lambda: done.set_result(None))

        QTimer.singleShot(0, do)
        await done
        await self.breathe()

    async def breathe(self) -> None:
        """Lets Qt and the loop turn."""
        for _ in range(8):
            await asyncio.sleep(0)
        await asyncio.sleep(0.005)

    async def until(self, there: Callable[[], object], what: str = "something") -> None:
        """Waits as a person does, by looking, with an end to their patience. After a while the watch goes as time does: what was put forward
        before something was owed would else be waited for in vain.
        """
        loop = asyncio.get_running_loop()
        began = before = loop.time()
        while not there():
            now = loop.time()
            if now - began > CALM_SECONDS:
                self.watch.advance(now - before)
            before = now
            if now - began > PATIENCE_SECONDS:
                raise AssertionError(f"waited {PATIENCE_SECONDS:.0f} s for {what}; on the page {self.shell.window.current}, said: {self.said[:4]}")
            await asyncio.sleep(0.01)

    async def go_to(self, page: str, *keys: str) -> None:
        await self.press(*keys)
        await self.until(lambda: self.shell.window.current == page and self.page is not None, f"the page {page}")
        await self.breathe()

    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        if popup is not None:  # as Qt does: what has the keyboard within it, else itself
            return popup.focusWidget() or popup
        return QApplication.focusWidget() or self.frame

    def _strike(self, name: str, held: list[str]) -> None:
        modifiers = Qt.KeyboardModifier.NoModifier
        for modifier, flag in (("ctrl", CTRL), ("shift", SHIFT), ("alt", Qt.KeyboardModifier.AltModifier)):
            if modifier in held:
                modifiers |= flag
        key: Qt.Key | str = NAMED.get(name, Qt.Key(ord(name.upper())) if len(name) == 1 else Qt.Key.Key_Alt)
        pressed = self._target()
        QTest.keyPress(pressed, key, modifiers)  # type: ignore[call-overload]
        if isValid(pressed):  # a button may take its sheet along
            QTest.keyRelease(pressed, key, modifiers)

    def _type(self, name: str, *, shift: bool) -> None:
        """A bare key as X11 reports it on this layout: what it types, and where it lies."""
        place, text = name, name
        if self.layout == "ru":
            text = RUSSIAN.get(name, name)
        elif self.layout == "fr":
            if name in "123":
                text = {"1": "&", "2": "é", "3": '"'}[name]
            else:
                place = FRENCH.get(name, name)
        text = text.upper() if shift else text
        if shift and name in ("1", "2", "3"):
            text = SHIFTED[self.layout][int(name) - 1]
        scan = EVDEV.get(place, -8) + 8
        code = ord(text.upper()) if len(text) == 1 else 0
        flags = SHIFT if shift else Qt.KeyboardModifier.NoModifier
        target = self._target()
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(target, QKeyEvent(kind, code, flags, scan, 0, 0, text))


@contextmanager
def the_process_as_before() -> Iterator[None]:
    """A program takes hold of the process: hooks and signals; and must leave no thread behind."""
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    signals = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    threads = set(threading.enumerate())
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
        for number, before in signals.items():
            signal.signal(number, before)
    left = [thread for thread in threading.enumerate() if thread not in threads and thread.is_alive()]
    assert not left, left

