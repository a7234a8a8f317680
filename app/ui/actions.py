"""The one bridge from keys, menus and buttons to commands: decides whether a command applies, runs it, and brings its errors to the notices."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence

from app.commands.command import EVERYWHERE, Command, Context, State, is_bare
from app.commands.registry import Registry
from app.runtime.errors import AppError
from app.ui.key_table import NONE, Keys, KeyTable
from app.ui.look import Look
from app.ui.starts import Start, Starts
from app.ui.widgets.key_cap import key_text

_FREE_MENUS = ("go", "view", "help")

class Actions(QObject):
    """Implements `ActionsFace`. Until the loop is there, what must wait is queued; commands marked `at_once` run within the call."""

    refreshed = Signal()
    """The state was looked at again: hints and menus may be out of date."""
    rekeyed = Signal()
    """Other keys act from now on."""
    ran = Signal(str)
    """A command was started, by its id."""

    def __init__(self, registry: Registry, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._registry = registry
        self._look = look
        self._context: Callable[[], Context] | None = None
        self._on_error: Callable[[AppError], None] | None = None
        self.starts = Starts()
        self._actions: dict[str, QAction] = {}
        self.table = KeyTable(registry)
        self._held = False
        self.is_shut = False
        """The window is locked: no key, menu or button starts anything; what runs goes on. `refresh_now` follows a change."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.refresh_now)

    # ---- put together once

    def serve(self, context: Callable[[], Context], on_error: Callable[[AppError], None]) -> None:
        """Where state, services and window come from, and who hears of errors."""
        self._context = context
        self._on_error = on_error

    # ---- what pages use (ActionsFace)

    def run(self, command_id: str) -> None:
        command = self._registry.get(command_id)
        if command is None or not self.applies(command_id):
            return
        context = self._made_context()._replace(under_way=self.starts.under_way())
        self.ran.emit(command_id)
        if command.at_once:
            self._run_at_once(command, context)
            self.refresh()
        else:
            self.starts.begin_command(command.id, lambda: self._awaited(command, context))

    def start(self, name: str, work: Coroutine[Any, Any, Any]) -> Start:
        return self.starts.begin(name, lambda: work)

    def action(self, command_id: str) -> QAction:
        if command_id not in self._actions:
            self._actions[command_id] = self._make(self._registry[command_id])
        return self._actions[command_id]

    def title(self, command_id: str) -> str:
        return self._look.text(self._registry[command_id].title_id)

    def help(self, command_id: str) -> str:
        return self._look.text(self._registry[command_id].help_id)

    def applies(self, command_id: str) -> bool:
        command = self._registry.get(command_id)
        if command is None or self._context is None or self.is_shut:
            return False
        state = self._context().state
        return command.applies_in(state.context) and command.when(state)

    def keys(self, command_id: str) -> tuple[str, ...]:
        command = self._registry.get(command_id)
        return self.table.keys(command) if command else ()

    def refresh(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    # ---- what the window uses

    @property
    def registry(self) -> Registry:
        return self._registry

    def rest(self) -> None:
        """Look at no state any more and begin nothing: the pages go, and a timer of theirs may still run out after the loop has ended."""
        self._soon.stop()
        self._context = None
        self.starts.rest()

    def choose_keys(self, single_keys: bool, preset: Keys = NONE, own: Keys = NONE) -> None:
        """Which keys act from now on; without single keys, their modified twins act instead."""
        if self.table.choose(single_keys, preset, own):
            for command_id, action in self._actions.items():
                self._equip(action, self._registry[command_id])
            self.rekeyed.emit()
            self.refresh()

    def hold(self, held: bool) -> None:
        """While something lies over the page, keys of the page must not reach it; going elsewhere stays possible."""
        self._held = held
        self.refresh_now()

    def with_shortcuts(self) -> list[QAction]:
        """The actions that must belong to the window so that their modified keys act."""
        return [self.action(command.id) for command in self._registry if any(not is_bare(key) for key in self.table.keys(command, with_twin=True))]

    def refresh_now(self) -> None:
        """Look at the state again: enable what applies."""
        self._soon.stop()
        if self._context is None:
            return
        state = self._context().state
        for command_id, action in self._actions.items():
            command = self._registry[command_id]
            free = not self._held or (command.context == EVERYWHERE and command.menu in _FREE_MENUS)
            action.setEnabled(not self.is_shut and free and command.applies_in(state.context) and command.when(state))
        self.refreshed.emit()

    def state(self) -> State:
        return self._made_context().state

    def retitle(self) -> None:
        """The language changed."""
        for command_id, action in self._actions.items():
            self._equip(action, self._registry[command_id])

    # ---- inside

    def _make(self, command: Command) -> QAction:
        action = QAction(self)
        action.setObjectName(command.id)
        action.triggered.connect(lambda: self.run(command.id))
        self._equip(action, command)
        action.setEnabled(self.applies(command.id))
        return action

    def _equip(self, action: QAction, command: Command) -> None:
        """Title, tooltip and keys. Bare keys are only named: the key router listens to them."""
        title = self._look.text(command.title_id)
        keys = self.table.keys(command)
        modified = self.table.modified(command)
        shown = key_text(keys[0]) if keys else ""
        bare_first = bool(keys) and is_bare(keys[0])
        action.setText(f"{title}\t{shown}" if bare_first else title)
        action.setIconText(title)
        action.setToolTip(f"{title}  {shown}".strip())
        action.setStatusTip(self._look.text(command.help_id))
        sequences = [QKeySequence(key) for key in modified]
        sequences += [QKeySequence(key.replace("Return", "Enter")) for key in modified if key.endswith("+Return")]
        action.setShortcuts(sequences)
        action.setShortcutVisibleInContextMenu(True)

    def _made_context(self) -> Context:
        if self._context is None:
            raise RuntimeError("actions serve nobody yet: call serve() first")
        return self._context()

    async def _awaited(self, command: Command, context: Context) -> None:
        try:
            await command.run(context)
        finally:
            self.refresh()

    def _run_at_once(self, command: Command, context: Context) -> None:
        """Drive the coroutine to its end by hand; one that awaits something was marked wrongly."""
        steps = command.run(context).__await__()
        try:
            next(steps)
        except StopIteration:
            return
        except AppError as error:
            if self._on_error is None:
                raise
            self._on_error(error)
            return
        raise RuntimeError(f"{command.id} is marked at_once and awaits something")
