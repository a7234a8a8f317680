"""What the program says: toasts, banners worst first, a history, and errors with their next step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.runtime.errors import SignedOut, UserMistake
from app.runtime.words import message
from app.ui import notices
from app.ui.notices import MOST_HISTORY
from app.ui.shell import Shell


def test_a_toast_stands_at_the_bottom_of_the_page(shell: Shell) -> None:
    shell.notices.say(message("shell.history_empty"))
    (toast,) = shell.window.toasts.toasts()
    assert toast.text() == "Nothing since the start."
    assert toast.seconds_left() == 6
    assert toast.parent() is shell.window.stack.parentWidget()


def standing(shell: Shell) -> list[str]:
    return [toast.text() for toast in shell.window.toasts.toasts()]


def test_at_most_two_toasts_stand_at_a_time(shell: Shell) -> None:
    for said in ("shell.history", "shell.history_empty", "shell.close"):
        shell.notices.say(message(said))
    assert standing(shell) == ["Nothing since the start.", "Close"]


def test_a_word_said_again_takes_the_place_of_the_one_before(shell: Shell) -> None:
    for minutes in range(4):
        shell.notices.say(message("shell.minutes", minutes=minutes))
    assert standing(shell) == ["3 min"]


def test_only_the_last_act_can_be_taken_back_by_a_toast(shell: Shell, services: object) -> None:
    services.undo.acts = 2  # type: ignore[attr-defined]
    shell.notices.say(message("shell.minutes", minutes=1), undo=True, seconds=10)
    shell.notices.say(message("shell.close"))
    shell.notices.say(message("shell.history"), undo=True, seconds=10)
    assert standing(shell) == ["Close", "What Tertulia told you"]
    assert [toast._button.accessibleName() for toast in shell.window.toasts.toasts()] == ["Close", "Undo"]


def test_what_was_taken_back_is_no_longer_told_after_the_next_act(shell: Shell) -> None:
    shell.notices.say(message("shell.minutes", minutes=1), undo=True)
    shell.notices.dismiss_undo()
    shell.notices.say(message("shell.history_empty"), undone=True)
    assert standing(shell) == ["Nothing since the start."]
    shell.notices.say(message("shell.minutes", minutes=2), undo=True, seconds=10)
    assert standing(shell) == ["2 min"]


def test_toasts_ask_the_page_for_the_room_they_cover(shell: Shell) -> None:
    asked: list[int] = []

    class Room(QWidget):
        leave_room = staticmethod(asked.append)

    room = Room()
    shell.window.page().toast_room = lambda: room  # type: ignore[union-attr, method-assign]
    shell.notices.say(message("shell.close"))
    (toast,) = shell.window.toasts.toasts()
    assert asked[-1] == toast.height() - toast.margin
    toast.end()
    assert asked[-1] == 0
    shell.notices.say(message("shell.close"))
    shell.window.show_page("settings")
    assert asked[-1] == 0


def test_a_toast_that_offers_undo_undoes(shell: Shell, services: object) -> None:
    services.undo.acts = 1  # type: ignore[attr-defined]
    ran: list[str] = []
    shell.actions.ran.connect(ran.append)
    shell.notices.say(message("shell.minutes", minutes=1), undo=True, seconds=10)
    (toast,) = shell.window.toasts.toasts()
    assert toast.seconds_left() == 10
    toast._button.click()
    assert ran == ["edit.undo"]
    assert shell.window.toasts.toasts() == []


def test_a_toast_that_is_read_out_offers_undo_for_longer(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    shell.notices.say(message("shell.minutes", minutes=1), undo=True, seconds=10)
    shell.notices.say(message("shell.close"))
    assert [toast.seconds_left() for toast in shell.window.toasts.toasts()] == [30, 6]


def test_an_act_taken_back_by_its_key_drops_the_offer(shell: Shell) -> None:
    shell.notices.say(message("shell.minutes", minutes=1), undo=True)
    shell.notices.say(message("shell.minutes", minutes=2))
    shell.notices.dismiss_undo()
    assert standing(shell) == ["2 min"]


def test_an_error_offers_its_next_step_where_that_applies(shell: Shell) -> None:
    shell.notices.fail(UserMistake(message("shell.close"), next_step="go.settings"))
    shell.notices.fail(SignedOut(message("shell.close")))
    first, second = shell.window.toasts.toasts()
    assert first._button.accessibleName() == "Go to Settings"
    assert second._button.accessibleName() == "Close"  # no such command here: only the way out
    first._button.click()
    assert shell.window.current == "settings"


def test_the_worst_banner_is_shown_and_the_others_wait_behind_it(shell: Shell) -> None:
    bar, notices = shell.window.banners, shell.notices
    assert bar.isHidden()
    notices.banner("offline", message("shell.history_empty"), detail=message("shell.close"))
    notices.banner("signed out", message("shell.crash_title"), level="danger", command="go.settings")
    notices.banner("back", message("shell.history"), level="ok")
    assert [banner.key for banner in notices.banners()] == ["signed out", "offline", "back"]
    assert bar.strip is not None
    assert bar.strip.accessibleName() == "Something in Tertulia broke"
    bar.show_next()
    assert bar.strip.accessibleName() == "Nothing since the start. Close"
    notices.clear("signed out")
    notices.clear("offline")
    notices.clear("back")
    assert bar.isHidden()


def test_a_banner_said_again_replaces_itself(shell: Shell) -> None:
    for minutes in (3, 3, 4):
        shell.notices.banner("offline", message("shell.minutes", minutes=minutes))
    assert len(shell.notices.banners()) == 1
    assert shell.window.banners.strip is not None
    assert shell.window.banners.strip.accessibleName() == "4 min"
    assert len(shell.notices.history()) == 1


def test_words_from_outside_cannot_write_into_a_banner(shell: Shell) -> None:
    shell.notices.banner("x", message("shell.window_title", page="<img src=x> & co"))
    assert shell.window.banners.strip is not None
    assert "&lt;img src=x&gt; &amp; co" in shell.window.banners.strip.label.text()


def test_everything_said_is_in_the_history(shell: Shell) -> None:
    for minutes in range(MOST_HISTORY + 5):
        shell.notices.say(message("shell.minutes", minutes=minutes))
    history = shell.notices.history()
    assert len(history) == MOST_HISTORY
    assert history[-1].message == message("shell.minutes", minutes=MOST_HISTORY + 4)


def test_toasts_follow_the_pane_they_stand_in(shell: Shell) -> None:
    shell.notices.say(message("shell.close"))
    (toast,) = shell.window.toasts.toasts()
    page = shell.window.page()
    assert page is not None
    shell.window.toasts.stand_in(page.button)  # type: ignore[attr-defined]
    assert toast.width() == page.button.width()  # type: ignore[attr-defined]
    shell.window.toasts.stand_in(None)
    assert toast.width() > page.button.width()  # type: ignore[attr-defined]


def test_the_pane_they_stand_in_may_go(shell: Shell, qapp: QApplication) -> None:
    """As where a page is made anew in another language."""
    page = shell.window.page()
    assert page is not None
    room = QWidget(page)
    shell.window.toasts.stand_in(room)
    shell.notices.say(message("shell.close"))
    room.deleteLater()
    QCoreApplication.sendPostedEvents(room, QEvent.Type.DeferredDelete)
    shell.window.resize(shell.window.size() - QSize(40, 40))
    qapp.processEvents()
    (toast,) = shell.window.toasts.toasts()
    assert toast.geometry().bottom() <= shell.window.stack.height() + toast.margin
    shell.window.toasts.stand_in(page)
    room = QWidget(page)
    room.show()
    page.toast_room = lambda: room  # type: ignore[method-assign]
    shell.window.retranslate()
    assert toast.width() == room.width()


def test_what_is_said_is_announced(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[QObject, str, QAccessible.AnnouncementPoliteness]] = []

    class Reader:
        """Where Qt hands events to the system's screen reader."""

        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            heard.append((event.object(), event.message(), event.politeness()))

    monkeypatch.setattr(notices, "QAccessible", Reader)
    shell.notices.say(message("shell.history_empty"))
    shell.notices.fail(UserMistake(message("shell.crash_title")))
    host, polite = shell.window.stack.parentWidget(), QAccessible.AnnouncementPoliteness
    assert heard == [
        (host, "Nothing since the start.", polite.Polite),
        (host, "Something in Tertulia broke", polite.Assertive),
    ]


def test_a_screen_reader_finds_a_toast_in_the_tree(shell: Shell) -> None:
    shell.notices.say(message("shell.minutes", minutes=1), undo=True)
    window = QAccessible.queryAccessibleInterface(shell.window)
    names, waiting = set[str](), [window]
    while waiting:
        thing = waiting.pop()
        names.add(thing.text(QAccessible.Text.Name))
        waiting += [child for child in map(thing.child, range(min(thing.childCount(), 50))) if child is not None]
    assert {"1 min", "Undo"} <= names
