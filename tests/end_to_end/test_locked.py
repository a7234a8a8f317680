"""The locked window: nothing of the data is to be seen, read, heard or done, while everything goes on behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from app.runtime.credentials import KeyringCredentials
from app.runtime.settings import Lock
from app.runtime.words import message
from app.services.locking import LEAST_N, LockKey
from app.ui.first_frame import PAGE
from tests.end_to_end.morning import Person
from tests.fakes.keyring import MemoryKeyring

PASSPHRASE = "nadie pasa"
HERE = "Tertulia is locked"
DONE = "SELECT id FROM conversation WHERE state = 'done'"


class Ring:
    """One keyring for all runs of a test."""

    def __init__(self) -> None:
        self.memory = MemoryKeyring()
        self.key = LockKey(lambda: KeyringCredentials(lambda _secret: None, self.memory), "p", cost=LEAST_N)

    def give(self, me: Person) -> Any:
        """To the program that runs: the sample shop has none of its own."""
        locking = me.program._loading.services.locking
        locking._key = self.key
        return locking


async def set_passphrase(me: Person, ring: Ring) -> None:
    await ring.give(me).choose(PASSPHRASE)


async def unlock(me: Person, passphrase: str = PASSPHRASE) -> None:
    await me.write(passphrase)
    await me.press("return")


def is_open(me: Person) -> bool:
    return not me.shell.lock.is_locked


def read_aloud(widget: QObject) -> str:
    """All that a screen reader finds in a window."""
    return "\n".join(_texts(QAccessible.queryAccessibleInterface(widget)))


def _texts(found: Any) -> Iterator[str]:
    if found is None or not found.isValid():
        return
    for part in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
        yield found.text(part)
    for number in range(found.childCount()):
        yield from _texts(found.child(number))


def shown(me: Person) -> str:
    return read_aloud(me.frame)


async def test_a_locked_window_holds_nothing_of_the_data_and_what_was_typed_is_still_there(me: Person) -> None:
    ring = Ring()
    await set_passphrase(me, ring)
    await me.go_to("inbox", "g", "i")
    name = me.open_name or me.listed[0]
    assert name in shown(me)
    await me.press("r")
    await me.write("Todavía no enviado.")
    await me.outside(me.shell.lock.lock)
    assert me.frame.windowTitle() == "Tertulia"
    assert HERE in shown(me)
    assert name not in shown(me)
    assert "Todavía" not in shown(me)
    names = {
        widget.accessibleName()
        for widget in QApplication.allWidgets()
        if widget.isVisible() and widget.window() is me.frame
    }
    assert not any(name in each for each in names)
    assert isinstance(me.focus, QLineEdit)
    assert me.focus.echoMode() is QLineEdit.EchoMode.Password
    await unlock(me)
    await me.until(lambda: is_open(me), "the window to open")
    assert me.reply == "Todavía no enviado."
    assert me.page.conversation.reply.editor.hasFocus()
    assert me.frame.windowTitle().startswith("Inbox")
    assert name in shown(me)


async def test_no_key_menu_or_command_acts_behind_it(me: Person) -> None:
    await set_passphrase(me, Ring())
    await me.go_to("inbox", "g", "i")
    await me.outside(me.shell.lock.lock)
    done = set(me.rows(DONE))
    assert not [command.id for command in me.shell.actions.registry if me.shell.actions.applies(command.id)]
    assert not [action for action in me.shell.window.actions() if action.isEnabled()]
    await me.press("ctrl+k", "ctrl+2", "f10", "ctrl+n", "escape")
    for command in ("inbox.done", "view.palette", "data.export", "data.erase", "help.history", "desktop.pause_hour"):
        me.shell.actions.run(command)
    await me.breathe()
    assert me.shell.window.overlay() is None
    assert not me.shell.window.menuBar().isVisible()
    assert not me.program._loading.services.undo.can_undo()
    assert set(me.rows(DONE)) <= done, "conversations may come in or open again behind it"
    assert me.shell.lock.is_locked


async def test_behind_it_posts_leave_and_words_wait(me: Person) -> None:
    await set_passphrase(me, Ring())
    await me.go_to("inbox", "g", "i")
    await me.press("r")
    await me.write("Sale con la puerta cerrada.")
    await me.press("ctrl+return")
    await me.until(lambda: me.states("Sale con la puerta") == ["waiting"], "the reply to be owed")
    await me.outside(me.shell.lock.lock)
    spoken = list[object]()
    me.shell.notices.spoken.connect(spoken.append)
    me.watch.advance(12)
    await me.until(lambda: me.states("Sale con la puerta") == ["out"], "the reply to leave")
    me.shell.notices.say(message("shell.drafts_are_here"))
    assert not spoken
    await unlock(me)
    await me.until(lambda: is_open(me), "the window to open")
    assert len(spoken) == 1


async def test_what_lies_over_the_window_goes_behind_it_and_comes_back(me: Person) -> None:
    await set_passphrase(me, Ring())
    await me.go_to("inbox", "g", "i")
    await me.press("?")
    await me.until(lambda: me.shell.window.overlay() is not None, "the sheet")
    sheet = me.shell.window.overlay()
    dialog = QFileDialog(me.frame, "Todo")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.open()
    await me.outside(me.shell.lock.lock)
    assert not [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not me.frame]
    assert not sheet.isVisible()
    assert sheet.panel.accessibleName() not in shown(me)
    await unlock(me)
    await me.until(lambda: is_open(me), "the window to open")
    assert me.shell.window.overlay() is sheet
    assert sheet.isVisible()
    await me.press("escape")
    assert me.shell.window.overlay() is None


async def test_wrong_passphrases_are_told_and_cost_ever_more_time(me: Person) -> None:
    await set_passphrase(me, Ring())
    await me.outside(me.shell.lock.lock)
    screen = me.shell.lock.screen
    for _ in range(3):
        await unlock(me, "adivino")
        await me.until(lambda: not screen._asking, "the answer")
        assert "That is not the passphrase" in shown(me)
        assert screen.passphrase.line.text() == ""
        assert me.focus is screen.passphrase.line
    await unlock(me)
    await me.breathe()
    assert me.shell.lock.is_locked, "one has to wait"
    assert me.settings().get(Lock).wrong == 3
    me.watch.advance(6)
    screen.show_wait()
    await me.press("return")
    await me.until(lambda: is_open(me), "the window to open")
    assert me.settings().get(Lock).wrong == 0


async def test_links_and_later_starts_wait_until_it_is_open(me: Person) -> None:
    await set_passphrase(me, Ring())
    await me.go_to("inbox", "g", "i")
    await me.outside(me.shell.lock.lock)
    me.program._come_forward("tertulia:settings")
    me.program._citizen.come_forward("composer")
    me.program._citizen.notifying.act("summary", "default")
    await me.breathe()
    assert me.shell.window.current == "inbox"
    assert me.shell.lock.is_locked
    await unlock(me)
    await me.until(lambda: me.shell.window.current == "composer", "what was asked for last")


async def test_closing_a_locked_window_asks_nothing_and_loses_nothing(me: Person) -> None:
    await set_passphrase(me, Ring())
    await me.go_to("inbox", "g", "i")
    await me.press("r")
    await me.write("Se queda escrito.")
    await me.outside(me.shell.lock.lock)
    await me.outside(me.frame.close)
    await me.until(me.frame.isHidden, "the window to close by itself")
    assert me.rows("SELECT 1 FROM reply_draft WHERE text = 'Se queda escrito.'") == [(1,)]


def test_it_locks_at_the_start_before_anything_is_shown(me: Person) -> None:
    ring = Ring()
    names = list[str]()

    async def evening() -> None:
        await set_passphrase(me, ring)
        await me.go_to("inbox", "g", "i")
        names.append(me.open_name or me.listed[0])

    async def morning() -> None:
        assert me.shell.lock.is_locked
        ring.give(me)
        assert names[0] not in shown(me)
        assert HERE in shown(me)
        assert me.frame.windowTitle() == "Tertulia"
        await unlock(me)
        await me.until(lambda: is_open(me), "the window to open")
        await me.until(lambda: names[0] in shown(me), "the list")
        assert me.shell.window.current == "inbox", "the page of the last time"
        await me.press("g", "t")
        await me.until(lambda: me.shell.window.current == "today", "keys to act again")

    assert me.come_to_work(evening) == 0
    assert me.come_to_work(morning) == 0


def test_the_page_of_the_last_time_outlasts_a_start_that_stayed_locked(me: Person) -> None:
    async def evening() -> None:
        await set_passphrase(me, Ring())
        await me.go_to("inbox", "g", "i")

    async def nobody() -> None:
        assert me.shell.lock.is_locked

    assert me.come_to_work(evening) == 0
    assert me.come_to_work(nobody) == 0
    assert me._start is not None
    from app.ui.first_frame import remembered_in

    assert remembered_in(me.paths.window_ini).value(PAGE) == "inbox"


async def test_where_the_keyring_lost_the_passphrase_it_opens_and_says_so(me: Person) -> None:
    ring = Ring()
    await set_passphrase(me, ring)
    ring.memory.entries.clear()
    await me.outside(me.shell.lock.lock)
    await unlock(me, "cualquiera")
    await me.until(lambda: is_open(me), "the window to open")
    assert not me.settings().get(Lock).on
    assert any("without its passphrase" in banner for banner in me.banners)


async def test_where_the_keyring_cannot_be_asked_it_stays_shut(me: Person) -> None:
    ring = Ring()
    await set_passphrase(me, ring)
    ring.memory.is_locked = True
    await me.outside(me.shell.lock.lock)
    await unlock(me)
    await me.until(lambda: "keyring" in shown(me).casefold(), "the reason")
    assert me.shell.lock.is_locked
    ring.memory.is_locked = False
    await unlock(me)
    await me.until(lambda: is_open(me), "the window to open")


async def test_it_locks_after_idle_minutes_and_when_the_computer_slept(me: Person) -> None:
    await set_passphrase(me, Ring())
    lock = me.shell.lock
    lock.step()
    me.settings().change(Lock, minutes=5, away=False)
    me.watch.advance(200)
    lock.step()
    assert not lock.is_locked, "asleep, and not wanted"
    lock._seconds_idle = lambda: 299.0
    lock.step()
    assert not lock.is_locked
    lock._seconds_idle = lambda: 300.0
    lock.step()
    assert lock.is_locked, "idle for five minutes"
    await unlock(me)
    await me.until(lambda: is_open(me), "the window to open")
    me.settings().change(Lock, minutes=0, away=False)
    lock._seconds_idle = lambda: 90_000.0
    lock.step()
    lock.away()
    assert not lock.is_locked, "neither is wanted"
    me.settings().change(Lock, away=True)
    lock.away()
    assert lock.is_locked, "the screen was locked"
    await unlock(me)
    await me.until(lambda: is_open(me), "the window to open")
    lock.step()
    me.watch.advance(200)
    lock.step()
    assert lock.is_locked, "the computer slept"
