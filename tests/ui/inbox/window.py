"""A whole window with the Inbox over fake services, for tests and for looking at pictures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.commands import agreements as agreement_commands
from app.commands import answers as answer_commands
from app.commands import composer as composer_commands
from app.commands import customers as customer_commands
from app.commands import escalation as escalation_commands
from app.commands import help as help_commands
from app.commands import inbox as inbox_commands
from app.commands import replying as replying_commands
from app.commands import searches as search_commands
from app.commands import sorting as sorting_commands
from app.commands import triage as triage_commands
from app.commands import view as view_commands
from app.commands.registry import collect
from app.runtime.words import Words
from app.ui.application import dress
from app.ui.icons import Icons
from app.ui.inbox.page import InboxPage
from app.ui.look import Look
from app.ui.page import PageEntry
from app.ui.shell import Shell, build
from app.ui.theme import Theme
from tests.fakes.clock import FakeClock
from tests.ui.closing import close_shell, delete
from tests.ui.inbox import shop
from tests.ui.inbox.fake_services import FakeServices, runner

RESOURCES = Path(__file__).resolve().parents[3] / "resources"


def make_look(clock: FakeClock, language: str = "en", family: str | None = None) -> Look:
    words = Words(RESOURCES / "translations", language, "America/Mexico_City")
    words.clock = clock
    theme = Theme.load(RESOURCES, family)
    return Look(theme, Icons(theme, RESOURCES), words)


def open_window(
    application: QApplication, folder: Path, services: FakeServices, look: Look, *, size: tuple[int, int] = (1440, 900)
) -> tuple[Shell, InboxPage]:
    """Shown, with the keyboard in the list."""
    dress(application, look.theme)
    entries = [
        PageEntry("inbox", "tray", "page.inbox", InboxPage, badge="accent", count=lambda q: len(q.conversation_ids("needs_answer", None)), count_tables=("conversation",)),
    ]  # fmt: skip
    registry = collect(view_commands.COMMANDS, agreement_commands.COMMANDS, inbox_commands.COMMANDS, triage_commands.COMMANDS, answer_commands.COMMANDS, composer_commands.COMMANDS, replying_commands.COMMANDS, customer_commands.COMMANDS, escalation_commands.COMMANDS, search_commands.COMMANDS, sorting_commands.COMMANDS, help_commands.COMMANDS)
    remembered = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    shell = build(application, look, services, registry, entries, services.clock, remembered)  # type: ignore[arg-type]
    shell.actions.starts.ready(runner(shell.notices.fail))
    shell.open("inbox")
    shell.window.resize(*size)
    page = shell.window.page()
    assert isinstance(page, InboxPage)
    page.desk.seen.setInterval(3_600_000)  # a slow machine must not read a message by itself
    for _ in range(8):  # the keys are heard from the first frame on
        application.processEvents()
    page.desk.seen.stop()
    return shell, page


def close_window(application: QApplication, shell: Shell) -> None:
    """Nothing of it is left, so that the next one need not be dressed together with it."""
    close_shell(application, shell)
    application.processEvents()
    delete(shell.look.theme)


def new_clock() -> FakeClock:
    return FakeClock(shop.NOW)
