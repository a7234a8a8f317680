"""The window's life: what it remembers, how it looks and speaks while it runs, what it asks before it closes, what cannot be opened."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QTimer, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QLabel

from app import window
from app.profile import open_profile
from app.runtime.errors import Damaged, DiskFull, DiskTrouble, NewerFile, ReadOnly, UserMistake
from app.runtime.settings import Appearance, Shop
from app.ui.instance import Instance, Standing
from app.ui.opened import Opened
from tests.end_to_end.morning import Person
from tests.ui.closing import delete

ROOT = Path(__file__).resolve().parents[2]
ANSWER = "Te escribimos antes de las seis."


async def send(me: Person) -> None:
    await me.go_to("inbox", "g", "i")
    await me.press("r")
    await me.write(ANSWER)
    await me.press("ctrl+return")
    await me.until(lambda: me.states(ANSWER) == ["waiting"], "the reply to be owed")


async def ask_to_close(me: Person) -> list[str]:
    """The answers one may give."""
    await me.outside(me.frame.close)
    await me.until(lambda: me.shell.window.overlay() is not None, "the question")
    return [button.text() for button in me.choices]


async def test_closing_while_a_reply_waits_asks_and_sends_it(me: Person) -> None:
    await send(me)
    assert await ask_to_close(me) == ["Send now", "Keep for next time"]
    await me.press("return")
    await me.until(lambda: me.states(ANSWER) == ["out"], "the reply to be out")
    assert me.out(ANSWER) == 1
    await me.until(me.frame.isHidden, "the window to close by itself")


async def test_closing_while_a_reply_waits_keeps_it_for_the_next_time(me: Person) -> None:
    await send(me)
    await ask_to_close(me)
    await me.press("shift+tab", "return")
    await me.until(me.frame.isHidden, "the window to close by itself")
    assert me.states(ANSWER) == ["waiting"]
    assert me.out(ANSWER) == 0


async def test_escape_at_the_question_stays(me: Person) -> None:
    await send(me)
    await ask_to_close(me)
    await me.press("escape")
    assert me.shell.window.overlay() is None
    assert not me.frame.isHidden()
    me.watch.advance(12)
    await me.until(lambda: me.states(ANSWER) == ["out"], "the reply to be out")


def test_what_was_kept_leaves_once_at_the_next_start(me: Person) -> None:
    async def evening() -> None:
        await send(me)
        await ask_to_close(me)
        await me.press("shift+tab", "return")

    async def next_morning() -> None:
        assert me.shell.window.current == "inbox", "the page of the last time"
        me.watch.advance(12)
        await me.until(lambda: me.states(ANSWER) == ["out"], "the reply to be out")
        assert me.out(ANSWER) == 1

    assert me.come_to_work(evening) == 0
    assert me.out(ANSWER) == 0
    assert me.come_to_work(next_morning) == 0


def test_after_a_cut_the_texts_that_were_kept_are_offered(me: Person) -> None:
    async def evening() -> None:
        await me.go_to("inbox", "g", "i")
        await me.press("r")
        await me.write(ANSWER)
        await me.until(lambda: me.rows("SELECT 1 FROM reply_draft WHERE text = ?", ANSWER) == [(1,)], "the draft to be kept")

    async def next_morning() -> None:
        await me.until(lambda: any("Your drafts are here" in said for said in me.said), "the toast")
        me.shell.actions.run("help.kept_texts")
        await me.until(lambda: me.shell.window.overlay() is not None, "the kept texts")
        await me.press("return")
        await me.until(lambda: me.shell.window.current == "inbox" and me.reply == ANSWER, "the draft")

    assert me.come_to_work(evening) == 0
    dies = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; from app.ui.instance import Instance;"
        " kept = QCoreApplication([]); first = Instance(Path(sys.argv[1]), 'n'); first.enter(); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", dies, str(me.paths.lock)], check=False, cwd=ROOT)
    assert me.come_to_work(next_morning) == 0


async def test_spanish_while_it_runs(me: Person) -> None:
    await me.go_to("inbox", "g", "i")
    me.settings().change(Shop, language="es")
    await me.until(lambda: me.page.list.title.text() == "Por responder", "Spanish")
    await me.go_to("today", "g", "t")
    assert me.frame.windowTitle().startswith("Hoy")
    me.settings().change(Shop, language="en")
    await me.until(lambda: me.frame.windowTitle().startswith("Today"), "English")


async def test_dark_by_the_palette_and_it_stays_chosen(me: Person) -> None:
    await me.go_to("inbox", "g", "i")
    await me.press("ctrl+k")
    await me.until(lambda: me.shell.window.overlay() is not None, "the palette")
    await me.write("dark")
    await me.press("return")
    await me.until(lambda: me.shell.look.theme.dark, "the dark theme")
    assert me.settings().get(Appearance).theme == "dark"


async def test_the_palette_goes_somewhere(me: Person) -> None:
    await me.press("ctrl+k")
    await me.until(lambda: me.shell.window.overlay() is not None, "the palette")
    await me.write("settings")
    await me.press("return")
    await me.until(lambda: me.shell.window.current == "settings" and me.shell.window.overlay() is None, "the settings")


async def test_the_keys_of_the_screen_are_shown_and_put_away(me: Person) -> None:
    await me.go_to("inbox", "g", "i")
    await me.press("f1")
    await me.until(lambda: me.shell.window.overlay() is not None, "the keys")
    await me.press("escape")
    assert me.shell.window.overlay() is None
    assert me.focus is me.page.list.rows


async def test_a_second_start_brings_the_first_to_the_front(me: Person) -> None:
    me.frame.showMinimized()
    standing: list[Standing] = []
    second = threading.Thread(target=lambda: standing.append(Instance(me.paths.lock, me.paths.socket).enter()))
    second.start()
    await me.until(lambda: not second.is_alive(), "the second start to end")
    second.join()
    assert standing == [Standing.RAISED_ANOTHER]
    await me.until(lambda: me.frame.isVisible() and QApplication.activeWindow() is not None, "the first window")


def test_what_the_system_hands_over_is_shown_from_before_the_window_on(me: Person, tmp_path: Path) -> None:
    """On macOS a link or a double click in the Finder is an event of the application, be it to start the program or while it runs."""
    opened, begin = Opened(me.application), me.begin
    me.begin = lambda: begin()._replace(opened=opened)  # type: ignore[method-assign]
    QCoreApplication.sendEvent(me.application, QFileOpenEvent(QUrl("tertulia:calendar/2026-11-21")))

    async def morning() -> None:
        await me.until(lambda: me.shell.window.current == "calendar", "the page of the link")
        QCoreApplication.sendEvent(me.application, QFileOpenEvent(QUrl("tertulia:settings/keyboard")))
        await me.until(lambda: me.shell.window.current == "settings" and me.page.nav.section == "keyboard", "the section")
        answers = tmp_path / "respuestas.tertulia-playbook"
        answers.write_text("{}", encoding="utf-8")
        QCoreApplication.sendEvent(me.application, QFileOpenEvent(QUrl.fromLocalFile(str(answers))))
        await me.until(lambda: me.shell.window.current == "playbook", "the playbook")
        await me.until(lambda: me.said or me.shell.window.overlay() is not None, "what is said of the file")
        if me.shell.window.overlay() is not None:
            await me.press("escape")

    try:
        assert me.come_to_work(morning) == 0
    finally:
        me.application.removeEventFilter(opened)
        delete(opened)


async def test_nothing_is_asked_where_nothing_waits(me: Person) -> None:
    await me.go_to("inbox", "g", "i")
    await me.press("ctrl+q")
    await me.until(me.frame.isHidden, "the window to close")


# ---- what cannot be opened


async def test_without_a_browser_nobody_waits_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "QDesktopServices", SimpleNamespace(openUrl=lambda _address: False))
    with pytest.raises(UserMistake) as caught:
        await window.open_browser("https://musica.example/oauth/authorize")
    assert caught.value.message.id == "network.sign_in.no_browser"


def spoil(me: Person) -> None:
    me.paths.database.write_bytes(b"This is no data file. " * 400)


def make_newer(me: Person) -> None:
    with closing(sqlite3.connect(me.paths.database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("PRAGMA user_version = 9999")
        connection.commit()


@pytest.mark.parametrize(("harm", "trouble"), [(spoil, Damaged), (make_newer, NewerFile)])
def test_a_file_that_cannot_be_read_is_left_as_it_is(me: Person, harm: Callable[[Person], None], trouble: type[DiskTrouble]) -> None:
    for suffix in ("-wal", "-shm"):
        me.paths.database.with_name(me.paths.database.name + suffix).unlink(missing_ok=True)
    harm(me)
    before = me.paths.database.read_bytes()
    with pytest.raises(trouble):
        open_profile(me.options, "window")
    assert me.paths.database.read_bytes() == before


@pytest.mark.parametrize("trouble", [DiskFull(), ReadOnly()], ids=["full", "read only"])
def test_trouble_with_the_disk_is_told_in_a_window(me: Person, trouble: DiskTrouble, capfd: pytest.CaptureFixture[str]) -> None:
    me.options = me.options._replace(language="en")
    start = me.begin()
    shown: list[str] = []

    def look() -> None:
        shown.extend(label.text() for label in start.frame.findChildren(QLabel))
        start.frame.close()

    QTimer.singleShot(0, look)
    try:
        assert window.show_trouble(start, me.options, trouble) == 1
    finally:
        me.leave(start)
    sentence = capfd.readouterr().err.strip()
    assert sentence
    assert any(sentence in text for text in shown), shown
