"""The window and its data: restored while it runs, told at the next start, deleted for good; damaged data mended before anything opens."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from app import mending, window
from app.models.safekeeping import SUFFIX, BackupKind
from app.profile import open_profile
from app.runtime.errors import Damaged, DiskFull
from app.runtime.settings import Sending
from app.services.safekeeping import here_of
from app.store.backup_file import About, write_backup
from app.store.writer import Writer
from app.ui.widgets.button import Button
from app.version import VERSION
from tests.end_to_end.morning import Person

ANSWER = "Te escribimos antes de las seis."


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would be started after this run."""
    commands: list[list[str]] = []
    real = subprocess.Popen

    def begin(command: list[str], *rest: Any, **how: Any) -> Any:
        return commands.append(command) if "--profile" in command else real(command, *rest, **how)

    monkeypatch.setattr(subprocess, "Popen", begin)
    monkeypatch.setattr(subprocess, "call", lambda command, **_how: commands.append(command) or 0)
    return commands


def test_a_restored_backup_is_what_the_next_start_shows_and_tells(me: Person, started: list[list[str]], tmp_path: Path) -> None:
    file = tmp_path / f"copy{SUFFIX}"

    async def evening() -> None:
        services = me.program._loading.services
        assert await services.safekeeping.backup(file) == file
        await me.go_to("inbox", "g", "i")
        await me.press("r")
        await me.write(ANSWER)
        await me.press("ctrl+return")
        await me.until(lambda: me.states(ANSWER) == ["waiting"], "the reply to be owed")
        me.watch.advance(12)
        await me.until(lambda: me.states(ANSWER) == ["out"], "the reply to be out")
        found = await services.safekeeping.restore(file)
        assert found is not None
        await me.until(me.frame.isHidden, "the window to close by itself")

    async def next_morning() -> None:
        banners = me.shell.notices.banners()
        assert any(banner.message.id == "restore.done" for banner in banners)
        assert me.states(ANSWER) == []

    me.come_to_work(evening)
    assert me.program is not None
    assert me.program.begins_anew
    window.end(me.program, me._start, me.options, 0)
    assert "--profile" in started[-1]
    assert me.come_to_work(next_morning) == 0
    assert me.out(ANSWER) == 1


def test_an_update_is_told_once(me: Person) -> None:
    told: list[bool] = []

    async def morning() -> None:
        await me.until(lambda: str(me.program._remembered.value(window.LAST_VERSION)) == VERSION, "the version to be noted")
        await me.go_to("inbox", "g", "i")
        told.append(any(VERSION in said and "updated" in said for said in me.said))

    me.come_to_work(morning)
    me.said.clear()
    from app.ui.first_frame import remembered_in

    remembered = remembered_in(me.paths.window_ini)
    remembered.setValue(window.LAST_VERSION, "0.0.1")
    remembered.sync()
    me.come_to_work(morning)
    me.said.clear()
    me.come_to_work(morning)
    assert told == [False, True, False]


async def test_what_is_new_is_a_command(me: Person) -> None:
    me.shell.actions.run("help.news")
    await me.until(lambda: me.shell.window.overlay() is not None, "the list")
    assert any("0.1.0" in label.text() for label in me.shell.window.overlay().findChildren(QLabel))
    await me.press("escape")


def test_everything_is_deleted_after_the_window_has_closed(me: Person) -> None:
    async def evening() -> None:
        services = me.program._loading.services
        word = await services.erasing.word()
        await services.erasing.erase(word)
        services.erasing.finish()
        await me.until(me.frame.isHidden, "the window to close by itself")

    me.come_to_work(evening)
    (me.paths.root / "mine.txt").write_text("not Tertulia's")
    window.end(me.program, me._start, me.options, 0)
    assert [path.name for path in me.paths.root.iterdir()] == ["mine.txt"]


# ---- damaged


def tear(me: Person) -> None:
    """One table's root page."""
    with closing(sqlite3.connect(me.paths.database)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'shop_order'").fetchone()[0]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with me.paths.database.open("rb+") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


def answer(me: Person, wanted: str) -> tuple[int, list[str]]:
    """The window over damaged data, where one button is pressed; the exit code and what it offered."""
    start = me.begin()
    offered: list[str] = []

    def press() -> None:
        buttons = [button for button in start.frame.findChildren(Button) if button.text()]
        offered.extend(button.text() for button in buttons)
        next(button for button in buttons if button.text().startswith(wanted)).click()

    QTimer.singleShot(0, press)
    try:
        return mending.show_trouble(start, me.options._replace(language="en"), Damaged()), offered
    finally:
        me.leave(start)


def test_what_can_be_read_of_damaged_data_is_saved(me: Person, started: list[list[str]], capfd: pytest.CaptureFixture[str]) -> None:
    messages = me.rows("SELECT count(*) FROM message")
    tear(me)
    code, offered = answer(me, "Save what can be read")
    assert (code, len(started)) == (0, 1)
    assert offered == ["Save what can be read", "Open the folder", "Quit"]
    assert me.rows("SELECT count(*) FROM message") == messages
    assert len(list(me.paths.root.glob("damaged-*.db"))) == 1
    open_profile(me.options, "window").log.close()
    assert capfd.readouterr().err


def test_the_newest_backup_takes_the_place_of_damaged_data(me: Person, started: list[list[str]], capfd: pytest.CaptureFixture[str]) -> None:
    here = here_of(me.paths, me.watch)
    target = me.paths.backups / f"a{SUFFIX}"
    about = About(BackupKind.AUTOMATIC, me.watch.now(), VERSION, here.place)
    write_backup(me.paths.database, me.paths.root, target, about)
    me.paths.database.write_bytes(b"This is no data file. " * 400)
    code, offered = answer(me, "Put back")
    assert (code, len(started)) == (0, 1)
    assert offered[0].startswith("Put back the copy of")
    assert me.rows("SELECT count(*) > 0 FROM message") == [(1,)]
    assert capfd.readouterr().err


def test_where_nothing_can_be_saved_the_window_stays_and_says_so(me: Person, started: list[list[str]], capfd: pytest.CaptureFixture[str]) -> None:
    me.paths.database.write_bytes(b"This is no data file. " * 400)
    start = me.begin()

    def press(wanted: str) -> None:
        next(button for button in start.frame.findChildren(Button) if button.text() == wanted).click()

    def quit_when_it_has_failed() -> None:
        button = next(each for each in start.frame.findChildren(Button) if each.text() == "Quit")
        if button.isEnabled() and not _mending(start):
            button.click()
        else:
            QTimer.singleShot(50, quit_when_it_has_failed)

    QTimer.singleShot(0, lambda: (press("Save what can be read"), quit_when_it_has_failed()))
    try:
        assert mending.show_trouble(start, me.options._replace(language="en"), Damaged()) == 1
    finally:
        me.leave(start)
    assert not started
    assert me.paths.database.read_bytes().startswith(b"This is no data file.")
    assert capfd.readouterr().err


def _mending(start: Any) -> bool:
    return any("Reading what can be read" in label.text() for label in start.frame.findChildren(QLabel))



# ---- damage that shows only when something of it is read


def spoil_table(me: Person, table: str) -> None:
    """Overwrite the middle pages of a table: the file opens, and looks whole until they are read."""
    with closing(sqlite3.connect(me.paths.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        names = [table, *(name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", (table,)))]
        marks = ", ".join("?" * len(names))
        pages = [page for (page,) in connection.execute(f"SELECT pageno FROM dbstat WHERE name IN ({marks})", names)]
        roots = {page for (page,) in connection.execute("SELECT rootpage FROM sqlite_master")}
    with me.paths.database.open("r+b") as file:
        for page in pages:
            if page not in roots or len(pages) < 4:
                file.seek((page - 1) * size)
                file.write(b"\x5a" * size)


def mend_in(me: Person, begin: Any, choice: str) -> list[str]:
    """Run the program; press a button once the damage is told; answers all buttons that were offered."""
    offered: list[str] = []

    def look() -> None:
        buttons = [button for button in me.application.allWidgets() if isinstance(button, Button) and button.isVisible()]
        wanted = [button for button in buttons if button.text().startswith(choice)]
        if wanted and wanted[0].isEnabled() and not offered:
            offered.extend(button.text() for button in buttons)
            wanted[0].click()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    try:
        begin()
    finally:
        timer.stop()
    return offered


@pytest.mark.parametrize("table", ["conversation", "outbox", "setting"])
def test_damage_inside_an_opening_file_offers_what_damage_at_the_start_does(
    me: Person, started: list[list[str]], table: str, capfd: pytest.CaptureFixture[str]
) -> None:
    me.options = me.options._replace(language="en", page="inbox")
    spoil_table(me, table)
    start = me.begin()
    offered = mend_in(me, lambda: window.open_window(me.options, start, mending_early(me, start)), "Save what can be read")
    me.leave(start)
    assert {"Save what can be read", "Open the folder", "Quit"} <= set(offered)
    assert len(started) == 1, "the program begins anew"
    assert {".db", ".txt"} <= {path.suffix for path in me.paths.root.glob("damaged-*")}
    assert "damaged" in capfd.readouterr().err


def mending_early(me: Person, start: Any) -> Any:
    from app.early import open_early

    return open_early(me.options, start)


def test_what_was_lost_is_said_once_with_where_the_report_is(
    me: Person, started: list[list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    me.options = me.options._replace(language="en")
    spoil_table(me, "conversation")
    start = me.begin()
    mend_in(me, lambda: window.open_window(me.options, start, mending_early(me, start)), "Save what can be read")
    me.leave(start)
    assert "damaged" in capfd.readouterr().err
    (report,) = me.paths.root.glob("damaged-*.txt")
    assert "conversation:" in report.read_text("utf-8")
    told = list[str]()

    async def next_morning() -> None:
        for banner in me.shell.notices.banners():
            if banner.key == "salvaged":
                told.extend(me.shell.look.text(each) for each in (banner.message, banner.detail))

    assert me.come_to_work(next_morning) == 0
    assert told[0].endswith("were saved.")
    assert "Not all could be read of: " in told[1]
    assert report.name in told[1]
    told.clear()
    assert me.come_to_work(next_morning) == 0
    assert told == []


async def test_damage_found_while_it_runs_is_told_and_mended_when_the_user_wants(me: Person, started: list[list[str]]) -> None:
    trouble = Damaged(technical="SQLITE_CORRUPT")
    me.program._loading.on_app_error(trouble)
    await me.until(lambda: me.program.damage._looking is False, "the file to be looked through")
    assert me.banners == [] or "damaged" not in {banner.key for banner in me.shell.notices.banners()}, "it is whole: a passing word"
    me.program._found_damage(trouble)
    me.program.damage.trouble = trouble
    assert "damaged" in {banner.key for banner in me.shell.notices.banners()}
    me.shell.actions.run("data.mend")
    await me.until(lambda: me.program.mends, "the program to close its data")
    assert not me.frame.isHidden(), "the window stays, for what can be done"


async def test_a_full_disk_is_told_once_and_what_was_set_meanwhile_is_kept_when_there_is_room(me: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    await me.go_to("inbox", "g", "i")
    run, refused = Writer.run, list[object]()

    def refuse(_writer: Writer, fn: object, *_args: object, **_named: object) -> None:
        refused.append(fn)
        raise DiskFull

    def told() -> list[str]:
        return [line.message.id for line in me.shell.notices.history() if line.message.id in ("error.disk_full", "alerts.disk_room")]

    monkeypatch.setattr(Writer, "run", refuse)
    me.settings().change(Sending, undo_seconds=20)
    for _ in range(3):
        me.program._loading.services.sync.hurry()
        me.program._loading.services.publishing.hurry()
        me.watch.advance(61)
        before = len(refused)
        await me.until(lambda before=before: len(refused) > before + 1, "others to be refused too")
    assert told() == ["error.disk_full"]
    assert [banner.key for banner in me.shell.notices.banners()] == ["disk_full"]
    await me.press("e")
    await me.until(lambda: told() == ["error.disk_full"] * 2, "the act to be refused")
    monkeypatch.setattr(Writer, "run", run)
    me.watch.advance(61)
    await me.until(lambda: told()[-1] == "alerts.disk_room", "the end to be told")
    assert me.shell.notices.banners() == []
    await me.until(lambda: me.rows("SELECT 1 FROM setting WHERE name = 'sending' AND value LIKE '%\"undo_seconds\": 20%'") == [(1,)], "the setting")
