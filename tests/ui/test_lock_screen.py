"""What stands in the locked window: a field for the passphrase, what was wrong with it, how long to wait; in any language and theme."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Coroutine, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.runtime.errors import NoKeyring
from app.runtime.settings import Settings
from app.ui.lock_screen import LockScreen
from app.ui.look import Look
from tests.ui.closing import delete
from tests.ui.fake_locking import RIGHT, LockingFake
from tests.ui.pictures import shot
from tests.ui.shop import nameless


class Seen:
    """The screen; `works` are what it asked for and has not got yet."""

    def __init__(self, look: Look) -> None:
        self.locking = LockingFake(Settings(dict, lambda *_kept: None))
        self.works: list[Coroutine[Any, Any, Any]] = []
        self.opened = 0
        actions = SimpleNamespace(start=lambda _name, work: self.works.append(work))
        self.screen = LockScreen(look, SimpleNamespace(locking=self.locking), actions, self._open)  # type: ignore[arg-type]
        self.screen.resize(1024, 700)
        self.screen.show()
        self.screen.activateWindow()

    def _open(self) -> None:
        self.opened += 1

    @property
    def line(self) -> QLineEdit:
        return self.screen.passphrase.line

    def type(self, passphrase: str) -> None:
        QTest.keyClicks(self.line, passphrase)
        QTest.keyClick(self.line, Qt.Key.Key_Return)

    async def go_on(self) -> None:
        works, self.works = self.works, []
        for work in works:
            await work


@pytest.fixture
def seen(qapp: QApplication, look: Look) -> Iterator[Seen]:
    made = Seen(look)
    yield made
    for work in made.works:
        work.close()
    if hasattr(made, "screen"):
        delete(made.screen)


def test_the_keyboard_is_where_the_passphrase_goes_and_what_is_typed_is_not_shown(seen: Seen) -> None:
    assert seen.line.hasFocus() or seen.screen.focusWidget() is seen.line
    assert seen.line.echoMode() is QLineEdit.EchoMode.Password
    assert nameless(seen.screen) == []
    assert (seen.screen.accessibleName(), seen.line.accessibleName()) == ("Tertulia is locked", "Passphrase")


async def test_the_right_one_opens(seen: Seen) -> None:
    seen.type("")
    assert seen.works == [], "nothing was typed"
    seen.type(RIGHT)
    seen.screen.accept()
    assert len(seen.works) == 1, "asked once"
    assert not seen.screen.go.isEnabled()
    await seen.go_on()
    assert seen.opened == 1


async def test_a_wrong_one_is_told_and_goes_from_the_field(seen: Seen) -> None:
    seen.type("adivino")
    await seen.go_on()
    assert seen.opened == 0
    assert seen.line.text() == ""
    assert seen.line.accessibleDescription() == "That is not the passphrase. Try again."
    assert seen.screen.go.isEnabled()


async def test_while_one_has_to_wait_nothing_is_compared_and_the_seconds_go_down(seen: Seen) -> None:
    seen.type("adivino")
    seen.locking.wait = 5
    await seen.go_on()
    assert not seen.screen.go.isEnabled()
    seen.type(RIGHT)
    assert seen.works == []
    seen.locking.wait = 1
    seen.screen.show_wait()
    assert "1 second." in seen.line.accessibleDescription()
    seen.locking.wait = 0
    seen.screen.show_wait()
    assert seen.line.accessibleDescription() == ""
    QTest.keyClick(seen.line, Qt.Key.Key_Return)
    await seen.go_on()
    assert seen.opened == 1


async def test_a_keyring_that_cannot_be_asked_is_told_with_what_helps(seen: Seen) -> None:
    seen.locking.fails_with = NoKeyring("gnome-keyring")
    seen.type(RIGHT)
    await seen.go_on()
    assert seen.opened == 0
    assert "gnome-keyring" in seen.line.accessibleDescription()


@pytest.mark.parametrize("language", ["en", "es", "fr", "ru", "zh"])
def test_all_of_it_fits_in_the_smallest_window_in_each_language(seen: Seen, look: Look, language: str) -> None:
    look.words.language = language
    for zoom in (100, 150):
        look.theme.choose(zoom=zoom)
        seen.screen.passphrase.complain(look.text("lock.wrong"))
        QApplication.processEvents()
        for part in (seen.screen.heading, seen.screen.sentence, seen.screen.passphrase, seen.screen.go):
            assert seen.screen.rect().contains(part.rect().translated(part.mapTo(seen.screen, part.rect().topLeft())))
            assert part.width() >= part.minimumSizeHint().width()
    look.theme.choose(zoom=100)


def test_it_follows_the_theme(seen: Seen, look: Look) -> None:
    light = shot(seen.screen).pixelColor(5, 5)
    look.theme.choose(mode="dark")
    assert light == look.theme.color("surface.window") or shot(seen.screen).pixelColor(5, 5) == look.theme.color(
        "surface.window"
    )
    assert shot(seen.screen).pixelColor(5, 5).lightness() < light.lightness()


def test_a_screen_that_has_gone_is_forgotten_and_hears_of_no_other_language(
    seen: Seen, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda *error: caught.append(error[1]))
    gone = weakref.ref(seen.screen)
    delete(seen.screen)
    del seen.screen
    gc.collect()
    assert gone() is None
    look.words.language = "fr"
    assert not caught
