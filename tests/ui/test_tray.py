"""The icon in the tray: what it says and what its menu does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from app.ui.look import Look
from app.ui.tray import Tray, TrayState, tray_state

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)  # Qt's own, where there is no display


class Acts(QObject):
    """Commands that were run."""

    def __init__(self) -> None:
        super().__init__()
        self.ran: list[str] = []

    def run(self, command: str) -> None:
        self.ran.append(command)


class Seen:
    def __init__(self, look: Look) -> None:
        self.acts = Acts()
        self.shown: list[tuple[str, dict[str, object]]] = []
        self.ended = 0
        self.tray = Tray(look, self.acts, lambda page="", **target: self.shown.append((page, target)), self._end)  # type: ignore[arg-type]

    def _end(self) -> None:
        self.ended += 1


@pytest.fixture
def seen(qapp: QApplication, look: Look) -> Iterator[Seen]:
    made = Seen(look)
    yield made
    made.tray.remove()


def test_the_menu_opens_pauses_and_quits(seen: Seen) -> None:
    for name in ("open", "due", "pause_hour", "pause_tomorrow", "quit"):
        seen.tray.item(name).trigger()
    assert seen.shown == [("", {}), ("inbox", {"view": "due_soon"})]
    assert seen.acts.ran == ["desktop.pause_hour", "desktop.pause_tomorrow"]
    assert seen.ended == 1


def test_a_pause_offers_to_go_on_instead(seen: Seen) -> None:
    assert (seen.tray.item("pause_hour").isVisible(), seen.tray.item("resume").isVisible()) == (True, False)
    seen.tray.show_state(TrayState.PAUSED, 0)
    assert (seen.tray.item("pause_hour").isVisible(), seen.tray.item("resume").isVisible()) == (False, True)
    assert "paused" in seen.tray.icon.toolTip()


def test_each_state_has_words_and_a_picture_of_its_own(seen: Seen) -> None:
    pictures, tips = set(), set()
    for state in TrayState:
        seen.tray.show_state(state, 3)
        pictures.add(bytes(seen.tray.icon.icon().pixmap(32, 32).toImage().constBits()))
        tips.add(seen.tray.icon.toolTip())
    assert (len(pictures), len(tips)) == (len(TrayState), len(TrayState))
    assert "3" in seen.tray.item("due").text()


def test_a_click_on_the_icon_brings_the_window(seen: Seen) -> None:
    seen.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    seen.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    assert seen.shown == [("", {})]


async def test_a_message_of_the_tray_leads_to_what_it_was_about(seen: Seen) -> None:
    acted: list[tuple[str, str]] = []
    seen.tray.acted.connect(lambda key, action: acted.append((key, action)))
    assert await seen.tray.show("late:1", "Title", "Text")
    seen.tray.icon.messageClicked.emit()
    assert acted == [("late:1", "default")]


@pytest.mark.parametrize(
    ("offline", "paused", "needs_you", "state"),
    [
        (True, True, True, "offline"),
        (False, True, True, "paused"),
        (False, False, True, "needs_you"),
        (False, False, False, "well"),
    ],
)
def test_the_state_is_the_one_that_matters_most(offline: bool, paused: bool, needs_you: bool, state: str) -> None:
    assert tray_state(offline=offline, paused=paused, needs_you=needs_you) == state


def test_while_the_window_is_locked_it_says_nothing_and_offers_to_open_and_to_quit(seen: Seen) -> None:
    seen.tray.show_state(TrayState.NEEDS_YOU, 7)
    assert "7" in seen.tray.item("due").text()
    seen.tray.show_state(TrayState.LOCKED, 0)
    offered = [action.text() for action in seen.tray.menu.actions() if action.isVisible() and action.text()]
    assert offered == [seen.tray.item("open").text(), seen.tray.item("quit").text()]
    assert "7" not in seen.tray.item("due").text()
    assert seen.tray.icon.toolTip() == "Tertulia: locked"
    seen.tray.show_state(TrayState.WELL, 2)
    assert seen.tray.item("due").isVisible()
    assert seen.tray.item("pause_hour").isVisible()


def test_a_tray_that_was_switched_off_hears_of_no_other_language(
    qapp: QApplication, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Seen(look)
    caught: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda *error: caught.append(error[1]))
    seen.tray.remove()
    QCoreApplication.sendPostedEvents(seen.tray.menu, QEvent.Type.DeferredDelete)
    look.words.language = "fr"
    assert not caught
