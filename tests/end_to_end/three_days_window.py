"""Three simulated days before the real window, in a process of their own: `python -m tests.end_to_end.three_days_window --seed 3 FOLDER`.

The program is put together by its own composition root; its loop, its timers and its clock go by the simulated time. Somebody sits before
it by day: goes through the pages, opens conversations, triages, answers, opens and closes sheets, changes theme and language, hides the
window in the tray, locks it. What it prints is what `three_days.py` prints, with what a window holds.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import sys
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import qasync
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPixmapCache
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QSystemTrayIcon
from shiboken6 import isValid

from app import profile, window
from app.early import Early, open_early
from app.models.conversation import View
from app.runtime.paths import choose
from app.runtime.settings import Lock, Shop
from app.runtime.start import Options
from app.services import assembly
from app.store.database import Database
from app.ui import lock
from app.ui.first_frame import make_application
from app.ui.settings.sections import SECTIONS
from tests.end_to_end import simulated_window
from tests.end_to_end.morning import Person, the_process_as_before
from tests.end_to_end.simulated_time import Simulated, SimulatedClock, settle_in
from tests.end_to_end.three_days import Footprint, Life, arguments, lived, report
from tests.end_to_end.three_days_records import LANGUAGES, friday
from tests.end_to_end.three_days_shop import ZONE, ThreeDays

PASSPHRASE = "nadie pasa"
AT_WORK = range(8, 22)
"""Hours of the shop's day in which somebody sits before the window; for the rest it stands there, or in the tray."""
ACTS_EVERY = (6.0, 16.0)
"""Minutes between two things that are done."""
MOST_MORE = 1.05
MORE_ROWS = 30
PYTHONS_OWN = 12_000
"""Statements that were asked for the first time, each with its compiled form, and what the days brought."""
PAGES = ("today", "inbox", "calendar", "campaigns", "questions", "insights", "playbook", "faq", "composer", "settings")
LOOKS_LIKE_MOVING = frozenset({
    "calendar.later", "calendar.earlier", "calendar.day_later", "calendar.day_earlier", "calendar.put_first", "calendar.fill",
    "calendar.spread", "calendar.next_good_time", "calendar.retime", "calendar.to_ideas", "calendar.duplicate", "calendar.skip",
})  # fmt: skip
"""Commands that move what is planned, which the world's own people do."""
LEADS_OUT = frozenset({
    "file.close", "file.lock", "lock.set", "lock.off", "sync.stop", "inbox.open_there", "inbox.look_there", "faq.open_message",
    "questions.open", "playbook.starter", "view.full_screen", "view.escape", "go.mail", "desktop.pause_hour", "desktop.pause_tomorrow", "desktop.resume",
})  # fmt: skip
LEADS_OUT_BEGINS = ("data.", "accounts.", "publishing.", "hour.", "notifications.")


class ShopWithWindow(ThreeDays):
    """The world outside is the same; the services are those of the program."""

    program: window.Program
    most_again = 90
    """Who types on a full disk is told at each act that it was not kept."""

    def write_profile(self) -> None:
        """The accounts are there before the program first starts."""
        self.prepare_servers()
        self.paths.create()
        self.database = Database.open(
            self.paths.database, backups=self.paths.backups, clock=self.clock, process_id="three-days:0:x"
        )
        self.own_profile()
        self.database.close_now()

    async def open_with(self, program: window.Program) -> None:
        """Servers and settings, when the program's loop has begun to run and its services have not."""
        self.program = program
        loading = program._loading
        self.services = loading.services
        self.database = loading._database
        self.settings = program._profile.settings
        self.tasks = loading.tasks
        on_error, on_bug = loading.on_app_error, loading.on_bug
        loading.on_app_error = lambda error: (self.trouble(error), on_error(error))[1]
        loading.on_bug = lambda error: (self.bugs.append(repr(error)), on_bug(error))[1]
        await self.start_servers()
        self.choose()
        self.listen()
        await self.settle()


class AtTheWindow(Person):
    """Who sits before it."""

    def __init__(self, application: QApplication, shop: ShopWithWindow, seed: int) -> None:
        super().__init__(application, shop.paths.root, shop.clock)  # type: ignore[arg-type]
        self.options = Options(shop.paths.root)
        self.paths = choose(shop.paths.root, sample=False)
        self.shop = shop
        self.clock = shop.clock
        self.loop: Any = None
        self.chance = Random(f"{seed} window")
        self.done: Counter[str] = Counter()
        self.happened: list[str] = []
        self.sent: list[str] = []
        """What was written into the reply box and sent."""
        self._still = asyncio.Lock()
        self._commands: dict[str, list[str]] = {}

    async def breathe(self) -> None:
        await self.loop.quiet()

    async def until(self, there: Callable[[], object], what: str = "something") -> None:
        for _ in range(30):
            await self.loop.quiet()
            if there():
                return
            await self.clock.sleep(60)
        raise AssertionError(f"waited for {what}; on the page {self.shell.window.current}, said: {self.said[:4]}")

    # ---- all day long

    async def live(self) -> None:
        """By day one thing after the other, each kind as often as the next; by night the window stands there."""
        async with self._still:
            await self.look_around()
        kinds: list[tuple[str, Callable[[], Awaitable[None]]]] = []
        while True:
            await self.clock.sleep(self.chance.uniform(*ACTS_EVERY) * 60)
            if self.clock.now().astimezone(ZONE).hour not in AT_WORK:
                continue
            if not kinds:
                kinds = self._kinds()
                self.chance.shuffle(kinds)
            name, act = kinds.pop()
            async with self._still:
                self.happened.append(f"{self.clock.now().astimezone(ZONE):%a %H:%M} window: {name}")
                await self.come_back()
                await act()
                await self.clear()
            self.done[name] += 1

    async def look_around(self) -> None:
        """Once everything there is, in every language and both themes: what a program makes at its first use is no growth."""
        for number, (language, text) in enumerate(LANGUAGES.items()):
            await self.look("dark" if number % 2 else "light", language)
            for page in PAGES:
                await self.show(page)
            await self.begin_a_post(text)
        for page in PAGES:
            await self.open_sheets(page, len(self.shell.actions.registry))
        for act in (self.read_conversations, self.ask_the_palette, self.change_size, self.lock_and_unlock):
            await act()
            await self.clear()

    async def sit_still(self) -> None:
        """Until `go_on`: on Today, in the usual look, with nothing over it."""
        await self._still.acquire()
        await self.come_back()
        await self.clear()
        await self.look("light", "es")
        await self.show("inbox", view=View.NEEDS_ANSWER)
        for page in PAGES:
            await self.show(page)
        await self.show("today")

    def go_on(self) -> None:
        self._still.release()

    def _kinds(self) -> list[tuple[str, Callable[[], Awaitable[None]]]]:
        pages = [(f"page {page}", lambda page=page: self.show(page)) for page in PAGES]
        sheets = [(f"sheets of {page}", lambda page=page: self.open_sheets(page)) for page in PAGES]
        others = [
            ("conversations", self.read_conversations),
            ("conversations", self.read_conversations),
            ("answer", self.answer),
            ("answer", self.answer),
            ("answer", self.answer),
            ("triage", self.triage),
            ("triage", self.triage),
            ("draft", self.begin_an_answer),
            ("post", self.begin_a_post),
            ("palette", self.ask_the_palette),
            ("theme", lambda: self.look("dark" if not self.shell.look.theme.dark else "light", None)),
            ("language", lambda: self.look(None, self.chance.choice(tuple(LANGUAGES)))),
            ("size", self.change_size),
            ("tray", self.rest_in_the_tray),
            ("lock", self.lock_and_unlock),
        ]
        return [*pages, *sheets, *others]

    # ---- acts

    async def show(self, page: str, **target: object) -> None:
        await self.outside(lambda: self.shell.face.show_page(page, **target))
        if page == "inbox":
            await self.outside(lambda: self.page.list.rows.setFocus())
        if page == "insights":
            for _ in range(6):
                await self.command("insights.next_tab")
        if page == "settings":
            for section in SECTIONS:
                await self.outside(lambda section=section: self.page.show_section(section.id))

    async def command(self, name: str) -> bool:
        """Whether it applied."""
        if not self.shell.actions.applies(name):
            return False
        await self.outside(lambda: self.shell.actions.run(name))
        return True

    async def open_sheets(self, page: str, most: int = 24) -> None:
        """So many of the commands that only show something, one after the other, and Escape each time."""
        await self.outside(lambda: self.shell.face.show_page(page))
        for name in self._showing(page, most):
            if self.shell.window.current != page:
                await self.outside(lambda: self.shell.face.show_page(page))
            if await self.command(name):
                self.done[f"ran {name}"] += 1
            await self.clear()

    def _showing(self, page: str, most: int) -> list[str]:
        if page not in self._commands:
            context = self.page.context
            everywhere = page == "today"
            self._commands[page] = [
                each.id
                for each in self.shell.actions.registry
                if each.at_once
                and (each.context.startswith(context) or (everywhere and each.context == "everywhere"))
                and each.id not in LOOKS_LIKE_MOVING | LEADS_OUT
                and not each.id.startswith(LEADS_OUT_BEGINS)
            ]
        found = self._commands[page]
        return self.chance.sample(found, min(len(found), most))

    async def clear(self) -> None:
        """Nothing lies over the page any more."""
        for _ in range(12):
            popup = QApplication.activePopupWidget()
            dialogs = [
                each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()
            ]
            if popup is not None:
                await self.outside(popup.close)
            elif dialogs:
                await self.outside(dialogs[0].reject)
            elif (overlay := self.shell.window.overlay()) is not None:
                await self.press("escape")
                if self.shell.window.overlay() is overlay:
                    await self.outside(overlay.close_now)
            else:
                return
        self.shop.bugs.append(f"something stays over the page {self.shell.window.current}")

    async def read_conversations(self) -> None:
        await self.show("inbox", view=View.ALL)
        await self.press(*"j" * self.chance.randint(3, 9))
        await self.command("inbox.card")
        await self.press("k", "space")

    async def answer(self) -> None:
        """In place of whatever stands in the box: what somebody took back meanwhile stands there again."""
        for view in (View.NEEDS_ANSWER, View.ALL):
            await self.show("inbox", view=view)
            if self.listed:
                break
        await self.press("j", "r")
        if not self.page.context.startswith("inbox.reply"):
            self.done["no reply box"] += 1
            return
        self.done["written"] += 1
        text = f"respuesta w{self.done['written']}: abrimos a las once"
        await self.press("ctrl+a")
        await self.write(text)
        if self.reply == text:
            await self.press("ctrl+return")
            if self.reply == text:  # a question came up; what the next conversation has in its box is another text
                self.done["kept in the box"] += 1
            else:
                self.sent.append(text)
        await self.press("escape")

    async def begin_an_answer(self) -> None:
        await self.show("inbox")
        await self.press("j", "r")
        if self.page.context.startswith("inbox.reply"):
            await self.write("aún no ")
            await self.press("ctrl+z", "escape")

    async def triage(self) -> None:
        await self.show("inbox")
        for key in ("e", "q", "t", "x", "shift+j", "s"):
            await self.press(key)
            await self.clear()
        await self.press("escape")

    async def begin_a_post(self, text: str = LANGUAGES["es"]) -> None:
        await self.command("post.new")
        if self.shell.window.current != "composer":
            return
        await self.write(text)
        await self.clock.sleep(60)  # until its spelling was looked at
        await self.command("composer.keep")
        await self.command("composer.hashtags")

    async def ask_the_palette(self) -> None:
        await self.press("ctrl+k")
        await self.write(self.chance.choice(("abren", "disco", "ajustes", "calendario", "set")))
        await self.press("down", "escape")

    async def look(self, theme: str | None, language: str | None) -> None:
        if theme is not None:
            await self.command(f"view.theme_{theme}")
        if language is not None and language != self.shop.settings.get(Shop).language:
            await self.outside(lambda: self.shop.settings.change(Shop, language=language))

    async def change_size(self) -> None:
        await self.command("view.larger")
        await self.outside(lambda: self.frame.resize(1100, 700))
        await self.command("view.normal_size")
        await self.outside(lambda: self.frame.resize(1440, 900))

    async def rest_in_the_tray(self) -> None:
        await self.outside(self.frame.close)
        self.done["hidden"] += self.frame.isHidden()
        await self.clock.sleep(self.chance.uniform(10, 200) * 60)
        await self.come_back()

    async def come_back(self) -> None:
        """To a window that may be in the tray, or have locked itself while the computer slept."""
        await self.outside(lambda: self.program._citizen.come_forward())
        if self.shell.lock.is_locked:
            await self.unlock()

    async def lock_and_unlock(self) -> None:
        if not self.shop.settings.get(Lock).on:
            await self.shop.services.locking.choose(PASSPHRASE)
        await self.outside(self.shell.lock.lock)
        await self.clock.sleep(self.chance.uniform(2, 60) * 60)
        await self.unlock()

    async def unlock(self) -> None:
        line = self.shell.lock.screen.passphrase.line

        def type_it() -> None:
            QTest.keyClicks(line, PASSPHRASE)
            QTest.keyClick(line, Qt.Key.Key_Return)

        await self.outside(type_it)
        await self.until(lambda: not self.shell.lock.is_locked, "the window to open")


class LifeWithWindow(Life):
    """The days of one shop before its window."""

    def __init__(self, folder: Path, loop: Any, person: AtTheWindow, seed: int, hours: float) -> None:
        super().__init__(folder, loop, person.shop, seed, hours)
        self.person = person

    def people(self) -> list[Coroutine[Any, Any, None]]:
        return [*super().people(), self.person.live()]

    async def measure(self, hour: float, *, now: bool = False) -> None:
        if not now:
            await self._until(hour)
        await self.person.sit_still()
        await super().measure(hour, now=True)
        self.person.go_on()

    def grown(self, warm: Footprint, end: Footprint) -> list[str]:
        return [*super().grown(warm, end), *grown_in_the_window(warm, end)]

    async def footprint(self) -> Footprint:
        await self.loop.quiet()
        QPixmapCache.clear()  # Qt empties it after a minute of the computer's clock, which hardly moves here
        found = await super().footprint()
        found.counts.update(held_by_the_window())
        return found


def grown_in_the_window(warm: Footprint, end: Footprint) -> list[str]:
    """What the window has more of. Rows of what the shop has had meanwhile stand there as well, and a page keeps its last sheet."""
    wrong = []
    for name, count in end.counts.items():
        before = warm.counts.get(name, 0)
        room = PYTHONS_OWN if name == "objects" else MORE_ROWS
        if count > before * MOST_MORE + room:
            wrong.append(f"{name}: {count}, and was {before}")
    return wrong


def held_by_the_window() -> dict[str, int]:
    """Qt's objects that Python knows, by class; how many widgets there are, and how many are gone and still held."""
    found: Counter[str] = Counter()
    for each in gc.get_objects():
        kind = type(each)
        if issubclass(kind, QObject):
            found[f"Qt {kind.__name__}" if isValid(each) else "gone Qt objects"] += 1
    found["widgets"] = len(QApplication.allWidgets())
    found["objects"] = len(gc.get_objects())
    return dict(found)


def live(chosen: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Open the window, live before it, close it."""
    threads = threading.active_count()
    simulated_window.take_timers()
    simulated = Simulated(chosen.grid)
    clock = SimulatedClock(friday(chosen.seed), simulated)
    shop = ShopWithWindow(folder, clock, chosen.seed, chosen.minutes, chosen.calm)
    shop.write_profile()
    os.environ["TESTS_KEYRING_FILE"] = str(shop.keyring)
    application = make_application(["tertulia"])
    application.setQuitOnLastWindowClosed(False)
    _put_into_this_world(shop, chosen.grid)
    person = AtTheWindow(application, shop, chosen.seed)
    start = person.begin()
    early = open_early(person.options, start)
    assert isinstance(early, Early)
    program = person.program = window.Program(start, early, person.options)
    person.frame = start.frame
    main = program._main
    found: dict[str, Any] = {}

    async def with_somebody_there(loop: Any) -> None:
        person.loop = loop
        settle_in(simulated)
        await shop.open_with(program)
        window_life = loop.create_task(main(loop))
        await person.until(lambda: program._ready, "the window to be ready")
        person.shell.router._limit.setInterval(3_600_000)
        await shop.begin_series()
        life = LifeWithWindow(folder, loop, person, chosen.seed, chosen.hours)
        await life.run()
        wrong, figures = await lived(life)
        wrong += [f"nothing is owed of what was sent in the window: {text}" for text in _missing(shop, person)]
        figures["done"] = dict(person.done)
        figures["sent"] = len(person.sent)
        await shop.stop_servers()
        program._parting._close()
        await window_life
        for _ in range(20):
            await asyncio.sleep(0)
        left = [task.get_name() for task in asyncio.all_tasks() - {asyncio.current_task()}]
        if left:
            wrong.append(f"tasks left after closing: {left}")
        life.happened = sorted([*life.happened, *person.happened], key=_day_and_time)
        found.update(report(life, wrong, figures))

    program._main = with_somebody_there  # type: ignore[method-assign]
    qasync.QEventLoop = lambda its: simulated_window.SimulatedQtLoop(
        its, simulated, program._board.screen_reads.is_busy
    )
    with the_process_as_before():
        code = program.run()
        person.leave(start, program)
    if code:
        found["wrong"].append(f"the program ended with {code}")
    gc.collect()
    if threading.active_count() > threads:
        found["wrong"].append(f"threads left after closing: {[each.name for each in threading.enumerate()]}")
    return found


def _put_into_this_world(shop: ShopWithWindow, grid: float) -> None:
    """Its clock and its networks, and a tray, which no screen off the desk offers."""
    assemble = assembly.assemble
    profile.SystemClock = lambda: shop.clock  # type: ignore[misc,assignment]
    assembly.assemble = lambda database, surroundings: assemble(database, shop.surround(surroundings))
    lock.ASLEEP = max(lock.ASLEEP, 2 * timedelta(seconds=grid))  # a step of the time is no sleep of the computer
    QSystemTrayIcon.isSystemTrayAvailable = staticmethod(lambda: True)  # type: ignore[method-assign,assignment]


def _day_and_time(line: str) -> tuple[int, str]:
    """Of a line of what happened: from Friday to Monday."""
    return ("Fri", "Sat", "Sun", "Mon").index(line[:3]), line[4:9]


def _missing(shop: ShopWithWindow, person: AtTheWindow) -> list[str]:
    owed = "\n".join(parts for (parts,) in person.rows("SELECT parts FROM outbox WHERE kind = 'reply'"))
    return [text for text in person.sent if owed.count(text) != 1]


if __name__ == "__main__":
    sys.exit(arguments(__doc__, live))
