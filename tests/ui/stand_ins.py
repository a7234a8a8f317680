"""Stand-ins for what lies below the window: services that answer at once, and a page of two panes that notes what it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.commands.command import Command, Context, State, command
from app.commands.help import COMMANDS as HELP
from app.commands.registry import Registry, collect
from app.commands.view import COMMANDS as VIEW
from app.runtime.settings import Settings
from app.runtime.signals import Signal
from app.runtime.words import Message, Words, message
from app.ui.page import FooterKey, Found, Page, PageEntry, PageFace
from app.ui.widgets.button import Button


class Undo:
    """One act that can be taken back, once."""

    def __init__(self) -> None:
        self.changed: Signal[[]] = Signal("undo")
        self.acts = 0
        self.about: tuple[int, ...] = ()

    def seconds(self, chosen: int) -> int:
        return chosen

    def can_undo(self) -> bool:
        return self.acts > 0

    def can_redo(self) -> bool:
        return False

    async def undo(self, under_way: object = ()) -> Message | None:
        self.acts -= 1
        self.changed.emit()
        return message("shell.close")

    async def redo(self, under_way: object = ()) -> Message | None:
        return None


class Reads:
    """Answers with the queries given, at once, unless `hold` keeps the answers back."""

    def __init__(self, queries: Any) -> None:
        self.queries = queries
        self.hold = False
        self.held: list[Callable[[], None]] = []

    def now(self, query: Callable[[Any], Any]) -> Any:
        return query(self.queries)

    def later(self, query: Callable[[Any], Any], deliver: Callable[[Any], None]) -> Callable[[], None]:
        cancelled: list[bool] = []

        def answer() -> None:
            if not cancelled:
                deliver(query(self.queries))

        if self.hold:
            self.held.append(answer)
        else:
            answer()
        return lambda: cancelled.append(True)

    def release(self) -> None:
        held, self.held = self.held, []
        for answer in held:
            answer()


def account(checked_at: datetime | None = None) -> Any:
    """An account as far as the shell looks at it."""
    return SimpleNamespace(checked_at=checked_at)


def make_services(**queries: Any) -> Any:
    """Services as the window uses them; `queries` are functions of the reading side."""
    known = {"accounts": lambda: [account(), account()], **queries}
    return SimpleNamespace(
        reads=Reads(SimpleNamespace(**known)),
        changed=Signal("changes"),
        settings=Settings(dict, lambda _group, _text: None),
        undo=Undo(),
        data=SimpleNamespace(read_only=False),
    )


class TouchedAll:
    """Changes that touched one table as a whole."""

    def __init__(self, *tables: str) -> None:
        self._tables = tables

    def ids(self, _table: str) -> frozenset[int]:
        return frozenset()

    def all_of(self, table: str) -> bool:
        return table in self._tables

    def touches(self, *tables: str) -> bool:
        return bool(set(tables) & set(self._tables))

    def merge(self, other: TouchedAll) -> TouchedAll:
        return TouchedAll(*self._tables, *other._tables)


class PlainPage(Page):
    """A button and a field side by side."""

    context = "inbox"

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self.face = face
        self.heard: list[str] = []
        self.conversation: int | None = 7
        self.answers = True
        row = QHBoxLayout(self)
        self.button = Button(face.look, "Press")
        self.field = QLineEdit()
        self.field.setAccessibleName("Field")
        row.addWidget(self.button)
        row.addWidget(self.field)

    def shown(self) -> None:
        self.heard.append("shown")

    def hidden(self) -> None:
        self.heard.append("hidden")

    def opened(self, **target: object) -> None:
        self.heard.append(f"opened {target}")

    def first_focus(self) -> QWidget | None:
        return self.button

    def panes(self) -> Sequence[QWidget]:
        return (self.button, self.field)

    def footer_keys(self) -> Sequence[FooterKey]:
        return (FooterKey(("J", "K"), "shell.palette_do"), FooterKey(("Escape",), "shell.palette_close"))

    def state(self) -> dict[str, Any]:
        return {"conversation": self.conversation}

    def perform(self, verb: str, **values: object) -> Any:
        self.heard.append(verb)
        return True if verb == "done" else None

    def on_changes(self, _changes: Any) -> None:
        self.heard.append("changes")

    def escape(self) -> bool:
        self.heard.append("escape")
        return False

    def resumable(self) -> dict[str, Any]:
        return {"width": "300"}

    def resume(self, remembered: dict[str, Any]) -> None:
        self.heard.append(f"resume {remembered}")

    def finders(self) -> Sequence[Any]:
        def find(text: str, prefix: str, deliver: Callable[[Sequence[Found]], None]) -> None:
            if prefix in ("", "@") and text and text.lower() in "nadia deschamps":
                deliver([Found("shell.palette_customers", "Nadia Deschamps", "user-circle", lambda: self.heard.append("nadia"), "3 cases")])

        return (find,)


def inbox_commands(log: list[str]) -> tuple[Command, ...]:
    """Commands of the page above that note their runs."""

    def make(name: str, key: str, *, twin: str | None = None, when: Callable[[State], bool] | None = None) -> Command:
        async def run(ctx: Context) -> None:
            """Note it."""
            log.append(name)
            ctx.window.in_page(name)

        return command(
            f"stub.{name}", menu="message", shortcut=key, keys_twin=twin, context="inbox", at_once=True,
            when=when or (lambda state: state.has_conversation),
        )(run)  # fmt: skip

    return (
        make("done", "E", twin="Ctrl+Shift+D"), make("snooze", "S"), make("first", "1"), make("send", "Ctrl+Return"),
        make("spam", "!"), make("extend", "Shift+J"), make("open", "Return"), make("tracked", "Ctrl+L"),
        make("send second", "Shift+2"),
    )  # fmt: skip


class LenientWords(Words):
    """Titles for the commands above, which no catalogue knows."""

    def text(self, message_or_id: Message | str, /, **values: object) -> str:
        if isinstance(message_or_id, str) and message_or_id.startswith("command.stub."):
            return message_or_id.removeprefix("command.stub.").removesuffix(".help").title()
        return super().text(message_or_id, **values)


def make_registry(log: list[str]) -> Registry:
    return collect(VIEW, HELP, inbox_commands(log))


def entries() -> list[PageEntry]:
    """Three pages: one with a count, one plain, one at the foot."""
    return [
        PageEntry("today", "sun-horizon", "page.today", PlainPage),
        PageEntry(
            "inbox", "tray", "page.inbox", PlainPage, badge="accent", count=lambda queries: len(queries.accounts()), count_tables=("account",)
        ),
        PageEntry("settings", "gear-six", "page.settings", PlainPage, at_bottom=True),
        PageEntry("first_run", "coffee", "page.first_run", PlainPage, in_rail=False, framed=False),
    ]
