"""The window over data that cannot be opened: says why, and for damaged data offers what mends it; nothing is changed unasked."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QEventLoop, QUrl
from PySide6.QtGui import QDesktopServices

from app.early import make_look
from app.models.safekeeping import Salvaged
from app.runtime.clock import SystemClock
from app.runtime.errors import AppError, Damaged
from app.runtime.paths import resources
from app.runtime.start import Options
from app.runtime.words import Message, Words, message
from app.ui.application import dress
from app.ui.first_frame import Start
from app.ui.hand_over import HandOver
from app.ui.look import Look
from app.ui.preferences import system_language
from app.ui.safekeeping_alerts import salvage_to_text, to_text
from app.ui.sweeping import Sweeping
from app.ui.widgets.button import Button
from app.ui.widgets.empty_state import EmptyState

Post = Callable[[Callable[[], None]], None]
"""Runs a function on the screen's thread, soon."""
RESTORED, SALVAGED = "restored", "salvaged"
"""What the next start tells, kept among the window's places and sizes."""


class Way(NamedTuple):
    """One way out of it."""

    words: Message
    act: Callable[[], Any]
    """On a thread; raises AppError."""
    told: Callable[[Any], str]
    """What the next start is to tell of it."""
    key: str = RESTORED
    """Under which it is kept until then."""


class Mending:
    """The window's content while the data cannot be opened. `again` once it can be."""

    def __init__(self, start: Start, look: Look, trouble: AppError, loop: QEventLoop) -> None:
        self.again = False
        self._start = start
        self._look = look
        self._loop = loop
        self._post = HandOver()
        self._thread: threading.Thread | None = None
        self.state = EmptyState(look, icon="warning-circle")
        self._buttons: list[Button] = []
        self._show(trouble.message, with_advice=isinstance(trouble, Damaged))
        ways = self._ways() if isinstance(trouble, Damaged) else []
        for number, way in enumerate(ways):
            self._add(way.words, partial(self._begin, way), kind="primary" if number == 0 else "plain")
        folder = QUrl.fromLocalFile(str(start.paths.root))
        self._add(message("starting.open_folder"), lambda: QDesktopServices.openUrl(folder))
        self._add(message("starting.quit"), loop.quit)

    def wait(self) -> None:
        """For the work under way: nothing is left half done."""
        if self._thread is not None:
            self._thread.join()

    def _ways(self) -> list[Way]:
        from app.services.safekeeping import here_of
        from app.store.restore import latest_backup, restore_latest
        from app.store.salvage import salvage

        here = here_of(self._start.paths, SystemClock())
        ways = []
        found = latest_backup(here.paths.backups)
        if found is not None:
            path, made_at = found
            when = made_at or datetime.fromtimestamp(path.stat().st_mtime, UTC)
            ways.append(Way(message("starting.put_back", when=when), partial(restore_latest, here), to_text))
        ways.append(
            Way(message("starting.salvage"), lambda: self._with_report(salvage(here)), salvage_to_text, SALVAGED)
        )
        return ways

    def _with_report(self, found: Salvaged) -> tuple[Salvaged, Path]:
        from app.services.safekeeping import write_salvage_report

        return found, write_salvage_report(found, self._look.text)

    def _add(self, words: Message, clicked: Callable[[], Any], *, kind: str = "plain") -> None:
        button = Button(self._look, self._look.text(words), kind=kind, clicked=clicked)  # type: ignore[arg-type]
        self._buttons.append(button)
        self.state.add_button(button)

    def _show(self, why: Message, *, with_advice: bool = False) -> None:
        text = self._look.text
        advice = "\n\n" + text("starting.damaged_said") if with_advice else ""
        self.state.show_words(text("starting.cannot_open"), text(why) + advice)

    def _begin(self, way: Way) -> None:
        for button in self._buttons:
            button.setEnabled(False)
        self.state.show_words(self._look.text("starting.salvaging"))
        self._thread = threading.Thread(target=self._work, args=(way,), name="mending")
        self._thread.start()

    def _work(self, way: Way) -> None:
        try:
            found = way.act()
        except AppError as trouble:
            self._post(partial(self._failed, trouble))
        except BaseException:
            self._post(self._loop.quit)
            raise
        else:
            self._post(partial(self._mended, way, found))

    def _failed(self, trouble: AppError) -> None:
        self._show(trouble.message, with_advice=True)
        for button in self._buttons:
            button.setEnabled(True)

    def _mended(self, way: Way, found: Any) -> None:
        self._start.remembered.setValue(way.key, way.told(found))
        self.again = True
        self._loop.quit()


class DamageWatch:
    """Damage that nothing looked for: whatever reads or writes the data file may come upon a page that cannot be read.

    Hears of errors before anybody tells them. The first such one has the whole file looked through, on a thread; only if that finds damage
    too is it told as such: an error alone may be about another file (a backup that is checked).
    """

    def __init__(self, database: Path, post: Post, found: Callable[[Damaged], None]) -> None:
        """`post` runs a function on the screen's thread; `found` is called there, once."""
        self._database = database
        self._post = post
        self._found = found
        self._looking = False
        self.trouble: Damaged | None = None
        """What was found."""

    def hear(self, error: BaseException, otherwise: Callable[[], object]) -> None:
        """`otherwise` tells an error that is of another kind, or of another file."""
        if not isinstance(error, Damaged) or error.message != Damaged.default_message():
            otherwise()
        elif self.trouble is None and not self._looking:
            self._looking = True
            threading.Thread(target=self._look, args=(error, otherwise), name="damage", daemon=True).start()

    def _look(self, error: Damaged, otherwise: Callable[[], object]) -> None:
        from app.store.checking import damage_in

        is_damaged = bool(damage_in(self._database))
        self._post(lambda: self._tell(error, is_damaged, otherwise))

    def _tell(self, error: Damaged, is_damaged: bool, otherwise: Callable[[], object]) -> None:
        self._looking = False
        if is_damaged:
            self.trouble = error
            self._found(error)
        else:
            otherwise()


def show_trouble(start: Start, options: Options, trouble: AppError) -> int:
    """Answers the exit code: 1, or that of the program started anew after the data was mended."""
    application, frame = start.application, start.frame
    words = Words(resources() / "translations", options.language or system_language())
    words.clock = SystemClock()
    look = make_look(words)
    dress(application, look.theme, look.icons)
    sweeping = Sweeping()
    sweeping.begin()  # mending works on threads
    loop = QEventLoop()
    mending = Mending(start, look, trouble, loop)
    frame.hold(mending.state)
    frame.setWindowTitle(look.text("app.name"))
    frame.closing.connect(loop.quit)
    frame.show()
    sys.stderr.write(words.text(trouble.message) + "\n")
    if not frame.wants_to_close:
        loop.exec()  # there is no other loop: nothing else was opened
    mending.wait()
    sweeping.end()
    frame.close_for_good()
    if not mending.again:
        return 1
    start.instance.leave()
    start.remembered.sync()
    import subprocess

    from app.services.restart import program

    return subprocess.call([*program(), *restart_arguments(options)])  # noqa: S603  (our own program)


def restart_arguments(options: Options) -> list[str]:
    """The command line that opens the same profile again."""
    profile = ["--profile", str(options.profile)] if options.profile is not None else []
    return [*profile, *(["--sample"] if options.sample else [])]
