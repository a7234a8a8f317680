"""Leaving while something is planned, being logged out by the system, and going on from a pause: what is asked, what each answer does,
and that nothing is lost.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from app import desktop
from app.models.post import PostDraft
from app.runtime.settings import Posting
from app.ui.first_frame import is_on_screen
from tests.end_to_end.morning import Person

TEXT = "Salió a su hora"
ANSWER = "Te escribimos antes de las seis."


async def plan(me: Person, minutes: int = 30) -> None:
    """A post that leaves from here; and the window is asked what it asks where real posts are planned."""
    me.settings().change(Posting, server_holds=False)
    accounts = me.rows("SELECT id FROM account WHERE state = 'ready' ORDER BY id")
    draft = PostDraft(parts=(TEXT,), accounts=(accounts[0][0],), zone="America/Mexico_City")
    await me.program._board.posts.schedule(draft, me.watch.now() + timedelta(minutes=minutes))
    await me.until(lambda: me.states(TEXT) == ["waiting"], "the post to be planned")
    await me.until(lambda: me.program._citizen is not None and me.program._citizen.notifying is not None, "the desktop")
    me.program._parting.rest = me.program._citizen.rest


async def ask_to_quit(me: Person) -> list[str]:
    await me.outside(me.frame.close)
    await me.until(lambda: me.shell.window.overlay() is not None, "the question")
    return [button.text() for button in me.choices]


async def answer(me: Person, number: int) -> None:
    await me.outside(me.choices[number].click)


async def test_with_posts_planned_one_may_go_on_without_the_window_and_they_leave(me: Person) -> None:
    await plan(me)
    assert await ask_to_quit(me) == ["Go on without the window", "Quit, they wait", "See the publishing service"]
    await answer(me, 0)
    assert me.frame.isMinimized(), "without a tray it is as small as it gets"
    assert not me.program._parting._asking
    me.watch.advance(31 * 60)
    await me.until(lambda: me.states(TEXT) == ["out"], "the post to leave at its time")
    assert me.out(TEXT) == 1
    me.program._parting.rest = None


def test_with_posts_planned_one_may_quit_and_they_wait_for_the_next_time(me: Person) -> None:
    async def evening() -> None:
        await plan(me)
        await ask_to_quit(me)
        await answer(me, 1)
        await me.until(me.frame.isHidden, "the window to close")

    async def morning() -> None:
        assert me.states(TEXT) == ["waiting"]
        me.settings().change(Posting, server_holds=False)
        me.watch.advance(31 * 60)
        await me.until(lambda: me.states(TEXT) == ["out"], "the post to leave")
        assert me.out(TEXT) == 1

    assert me.come_to_work(evening) == 0
    assert me.come_to_work(morning) == 0


async def test_the_service_is_shown_and_escape_stays(me: Person) -> None:
    await plan(me)
    await ask_to_quit(me)
    await me.press("escape")
    assert me.shell.window.overlay() is None
    assert me.frame.isVisible()
    await ask_to_quit(me)
    await answer(me, 2)
    await me.until(lambda: me.shell.window.current == "settings", "where the service is")
    assert me.frame.isVisible()
    assert me.states(TEXT) == ["waiting"]
    me.program._parting.rest = None


@pytest.mark.parametrize("first", [0, 1], ids=["sent", "kept"])
async def test_after_what_may_be_taken_back_the_planned_posts_are_asked_about_too(me: Person, first: int) -> None:
    await plan(me)
    await me.go_to("inbox", "g", "i")
    await me.press("r")
    await me.write(ANSWER)
    await me.press("ctrl+return")
    await me.until(lambda: me.states(ANSWER) == ["waiting"], "the reply to be owed")
    assert await ask_to_quit(me) == ["Send now", "Keep for next time"]
    await answer(me, first)
    await me.until(
        lambda: me.shell.window.overlay() is not None and me.choices[0].text() == "Go on without the window",
        "the other question",
    )
    assert me.states(ANSWER) == [["out"], ["waiting"]][first]
    await answer(me, 1)
    await me.until(me.frame.isHidden, "the window to close")
    assert me.out(ANSWER) == 1 - first
    assert me.states(TEXT) == ["waiting"]


async def end_session(me: Person) -> None:
    """What Qt calls when the system logs the user out; it answers when all is stored."""
    await me.outside(lambda: me.program._citizen._session_ends(None))


async def test_at_the_sessions_end_what_was_typed_is_stored_and_nothing_is_asked(me: Person) -> None:
    await plan(me)
    await me.go_to("inbox", "g", "i")
    await me.press("r")
    await me.write(ANSWER)
    typed = len(me.rows("SELECT 1 FROM reply_draft WHERE text = ?", ANSWER))
    stored: list[int] = []

    def end() -> None:
        me.program._citizen._session_ends(None)
        stored.append(len(me.rows("SELECT 1 FROM reply_draft WHERE text = ?", ANSWER)))

    await me.outside(end)
    assert (typed, stored) in ((0, [1]), (1, [1])), "stored before the system may go on"
    assert me.shell.window.overlay() is None
    assert me.states(TEXT) == ["waiting"]
    assert me.program._start.remembered.value("window/geometry") is not None
    await me.until(me.frame.isHidden, "the program to end by itself")


@pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
def test_at_the_sessions_end_a_window_that_would_stay_in_the_tray_ends_too(
    me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "QSystemTrayIcon", SimpleNamespace(isSystemTrayAvailable=lambda: True))

    async def evening() -> None:
        await me.until(lambda: me.program._citizen.tray is not None, "the icon")
        await end_session(me)
        await me.until(me.frame.isHidden, "the program to end by itself")

    assert me.come_to_work(evening) == 0


# ---- going on from a pause


def due(me: Person) -> datetime:
    ((at,),) = me.rows("SELECT due_at FROM outbox WHERE json_extract(parts, '$[0]') LIKE ?", f"%{TEXT}%")
    return datetime.fromtimestamp(at / 1000, UTC)


async def pause_past_it(me: Person) -> None:
    """A post whose time passes in a pause that goes on."""
    await plan(me, 5)
    me.program._parting.rest = None
    await me.press("ctrl+shift+p")
    await me.until(lambda: any("1 post planned until then waits" in said for said in me.said), "what waits to be said")
    me.watch.advance(20 * 60)
    await me.breathe()
    assert me.states(TEXT) == ["waiting"]


@pytest.mark.parametrize(
    ("choice", "label", "state"),
    [(0, "Send it now", "out"), (1, "To its next free day", "waiting"), (2, "Decide on Today", "failed")],
)
async def test_going_on_asks_what_becomes_of_posts_whose_time_passed(
    me: Person, choice: int, label: str, state: str
) -> None:
    await pause_past_it(me)
    await me.press("ctrl+shift+p")
    await me.until(lambda: me.shell.window.overlay() is not None, "the question")
    assert me.choices[choice].text() == label
    pausing: Any = me.program._board.pausing
    assert pausing.until is not None, "until it is answered nothing leaves"
    assert me.out(TEXT) == 0
    await answer(me, choice)
    await me.until(lambda: pausing.until is None and me.states(TEXT) == [state], "the answer to be done")
    await me.breathe()
    assert me.out(TEXT) == (state == "out")
    assert (due(me) > me.watch.now()) is (choice == 1)


async def test_closed_without_an_answer_the_pause_goes_on(me: Person) -> None:
    await pause_past_it(me)
    await me.press("ctrl+shift+p")
    await me.until(lambda: me.shell.window.overlay() is not None, "the question")
    await me.press("escape")
    assert me.program._board.pausing.until is not None
    assert me.states(TEXT) == ["waiting"]


# ---- a screen that goes


async def test_a_window_that_was_on_a_screen_that_goes_comes_back_and_one_elsewhere_stays(me: Person) -> None:
    screen = QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    me.frame.setGeometry(room.x() + 40, room.y() + 40, 1040, 660)
    QGuiApplication.instance().screenRemoved.emit(screen)  # type: ignore[union-attr]
    assert me.frame.geometry().getRect() == (room.x() + 40, room.y() + 40, 1040, 660), "it was not there"
    me.frame.setGeometry(room.right() + 500, room.y() + 40, 1040, 660)
    QGuiApplication.instance().screenRemoved.emit(screen)  # type: ignore[union-attr]
    assert is_on_screen(me.frame)
