"""A window with the composer in front, on stand-ins; what widgets start runs at once unless a test holds it."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.commands.composer import COMMANDS as COMPOSER
from app.commands.help import COMMANDS as HELP
from app.commands.links import COMMANDS as LINKS
from app.commands.questions import COMMANDS as QUESTIONS
from app.commands.registry import collect
from app.commands.view import COMMANDS as VIEW
from app.models.post import PostDraft
from app.runtime.words import Words
from app.ui.application import dress
from app.ui.composer.page import ComposerPage
from app.ui.icons import Icons
from app.ui.look import Look
from app.ui.page import PageEntry
from app.ui.shell import Shell, build
from app.ui.theme import Theme
from tests.fakes.clock import FakeClock
from tests.ui.closing import close_shell, delete
from tests.ui.composer.fakes import Posts, Runner, Store, make_services
from tests.ui.stand_ins import PlainPage, TouchedAll

RESOURCES = Path(__file__).resolve().parents[3] / "resources"


@dataclass
class Window:
    """The shell and what lies under it."""

    shell: Shell
    store: Store
    services: Any
    runner: Runner
    application: QApplication

    @property
    def page(self) -> ComposerPage:
        page = self.shell.window.book.made()["composer"]
        assert isinstance(page, ComposerPage)
        return page

    @property
    def posts(self) -> Posts:
        posts = self.services.posts
        assert isinstance(posts, Posts)
        return posts

    @property
    def draft(self) -> PostDraft:
        return self.page.desk.draft

    def open(self, **target: object) -> None:
        self.shell.window.show_page("composer", **target)
        self.application.processEvents()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus = QApplication.focusWidget() or self.shell.window
        QTest.keyClick(focus, key, modifiers)
        self.application.processEvents()

    def type(self, text: str) -> None:
        for letter in text:
            focus = QApplication.focusWidget()
            assert focus is not None
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(focus, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    def pause(self) -> None:
        """The user stops typing."""
        self.page.desk._keeper.keep_now()
        self.page.bench.rested()

    def run(self, command: str) -> None:
        self.shell.actions.run(command)
        self.application.processEvents()

    def commit(self) -> None:
        """The services committed something."""
        self.services.changed.emit(TouchedAll("post", "outbox"))
        self.application.processEvents()

    def said(self) -> list[str]:
        return [said.message.id for said in self.shell.notices.history()]

    def checks(self) -> list[str]:
        return [check.said.id.removeprefix("composer.check.") for check in self.page.bench.checks]


@pytest.fixture
def store(clock: FakeClock) -> Store:
    return Store(clock)


@pytest.fixture
def window(qapp: QApplication, store: Store, clock: FakeClock, words: Words, tmp_path: Path) -> Generator[Window, None, None]:
    """1440 x 900, light, English; no post is opened yet."""
    theme = Theme.load(RESOURCES)
    theme.choose(mode="light")
    look = Look(theme, Icons(theme, RESOURCES), words)
    dress(qapp, theme)
    services = make_services(store, tmp_path)
    entries = [
        PageEntry("calendar", "calendar-blank", "page.calendar", PlainPage),
        PageEntry("composer", "pencil-simple", "page.composer", ComposerPage, in_rail=False, rail_id="calendar"),
    ]
    remembered = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    registry = collect(VIEW, HELP, QUESTIONS, COMPOSER, LINKS)
    shell = build(qapp, look, services, registry, entries, clock, remembered)
    runner = Runner()
    shell.actions.starts.ready(runner)
    shell.open("calendar")
    shell.window.resize(1440, 900)
    shell.window.activateWindow()
    shell.after_first_frame()
    qapp.processEvents()
    yield Window(shell, store, services, runner, qapp)
    for work in runner.held:
        work.close()
    shell.hour._timer.stop()
    close_shell(qapp, shell)
    delete(theme)
