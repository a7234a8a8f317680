"""A setting that is changed holds from then on in the window that is open: nothing is started anew."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from app import desktop
from app.runtime.settings import Desktop, Keyboard, Sending, Shop
from tests.end_to_end.morning import Person

LONG = " ".join(f"palabra{number}" for number in range(120))


@pytest.fixture
def a_tray(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desktop that has one, as far as the program is told."""
    monkeypatch.setattr(desktop, "QSystemTrayIcon", SimpleNamespace(isSystemTrayAvailable=lambda: True))


@pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
async def test_the_icon_in_the_tray_comes_and_goes(a_tray: None, me: Person) -> None:
    citizen = me.program._citizen
    await me.until(lambda: citizen.tray is not None, "the icon")
    assert citizen.tray.icon.isVisible()
    me.settings().change(Desktop, tray=False)
    assert citizen.tray is None
    me.settings().change(Desktop, tray=True)
    assert citizen.tray.icon.isVisible()
    me.settings().change(Desktop, tray=False)


@pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
async def test_closing_the_window_leaves_the_program_or_ends_it(a_tray: None, me: Person) -> None:
    citizen = me.program._citizen
    await me.until(lambda: citizen.tray is not None, "the icon")
    await me.outside(me.frame.close)
    assert me.frame.isHidden()
    assert not me.program._wants_to_close
    citizen.come_forward()
    assert me.frame.isVisible()
    me.settings().change(Desktop, stay=False)
    await me.outside(me.frame.close)
    assert me.program._wants_to_close


@pytest.mark.skipif(
    not sys.platform.startswith("linux"),
    reason="the others have entries of their own: tests/services/test_autostart.py",
)
def test_the_program_starts_with_the_session_where_that_is_wanted(
    me: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "autostart"

    async def morning() -> None:
        me.settings().change(Desktop, autostart=True)
        await me.until(lambda: folder.is_dir() and any(folder.iterdir()), "the entry")
        me.settings().change(Desktop, autostart=False)
        assert list(folder.iterdir()) == []

    assert me.come_to_work(morning) == 0


async def test_a_key_of_ones_own_acts_at_once_and_the_old_one_no_more(me: Person) -> None:
    await me.go_to("inbox", "g", "i")
    first = me.open_name
    me.settings().change(Keyboard, own=(("inbox.done", ("Y",)),))
    await me.press("e")
    assert me.open_name == first
    await me.press("y")
    await me.until(lambda: me.open_name != first, "the next conversation")
    me.settings().change(Keyboard, own=())


async def test_parts_of_a_reply_are_numbered_as_it_is_set_also_in_the_one_being_written(me: Person) -> None:
    await me.go_to("inbox", "g", "i")
    await me.press("r")
    box = me.page.conversation.reply
    box.editor.insertPlainText(LONG)
    await me.until(lambda: len(box.state.parts) > 1, "the parts")
    assert box.state.parts[0].endswith(f"1/{len(box.state.parts)}")
    await me.press("escape", "ctrl+,")
    await me.until(lambda: me.shell.window.current == "settings", "the settings")
    me.settings().change(Sending, numbering="start")
    await me.go_to("inbox", "escape", "g", "i")
    await me.until(
        lambda: box.state.parts and box.state.parts[0].startswith(f"1/{len(box.state.parts)}"),
        "numbers before the words",
    )


async def test_the_week_begins_on_another_day_in_the_calendar_that_was_open(me: Person) -> None:
    await me.go_to("calendar", "g", "c")
    calendar = me.page
    for chosen, first in (("saturday", 6), ("monday", 1)):
        me.settings().change(Shop, first_weekday=chosen)
        await me.breathe()
        assert calendar.desk.shown.days[0].isoweekday() == first


async def test_buttons_show_the_keys_that_act_also_those_of_pages_made_before(me: Person) -> None:
    await me.go_to("inbox", "g", "i")
    conversation = me.page.conversation
    header, bar = conversation.header, conversation.reply.bar
    await me.until(lambda: header.buttons["inbox.done"].accessibleDescription() == "E", "the conversation")
    assert (header.card.accessibleDescription(), bar.note.accessibleDescription()) == ("I", "N")
    await me.go_to("settings", "ctrl+,")
    me.settings().change(Keyboard, own=(("inbox.card", ("Y",)), ("inbox.note", ()), ("inbox.done", ("D", "X"))))
    await me.breathe()
    assert (header.card.toolTip().endswith("  Y"), bar.note.accessibleDescription()) == (True, "")
    assert header.buttons["inbox.done"].accessibleDescription() == "D"
    assert me.shell.window.current == "settings", "what is typed there is left alone"
    me.settings().change(Keyboard, own=())
    await me.breathe()
    assert (header.card.accessibleDescription(), bar.note.accessibleDescription()) == ("I", "N")
