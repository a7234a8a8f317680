"""What becomes, at closing, of texts that no disk took, and of answers and posts that still wait for their undo time: leave now, or stay
for the next time.

Keeps to itself which items count, and how it is known that they have left.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from PySide6.QtCore import QObject, QTimer

from app.commands.services import Queries, Services, undo_seconds
from app.models.outbox import DeliveryState, Keeper, OutboxKind, OutboxRow
from app.runtime.clock import Clock
from app.runtime.errors import AppError, UserMistake
from app.runtime.words import message
from app.ui.actions import Actions
from app.ui.face import Face
from app.ui.held import held
from app.ui.page import Page

LONGEST_MS = 8000
"""After so long the window closes whether or not everything has left; what has not leaves next time."""

LOOKED_AHEAD = timedelta(days=7)


class Parting(QObject):
    """`ask` is called when the user wants to close; `close` ends the program."""

    def __init__(
        self,
        services: Services,
        face: Face,
        actions: Actions,
        clock: Clock,
        close: Callable[[], None],
        pages: Callable[[], Iterable[Page]] = tuple,
    ) -> None:
        """`pages`: those made so far, which may hold texts that no disk took."""
        super().__init__()
        self._pages = pages
        self._services = services
        self._face = face
        self._actions = actions
        self._clock = clock
        self._close = close
        self._asking = False
        self.rest: Callable[[], None] | None = None
        """Leaves the program running without its window; None where that cannot be."""
        self._leaving: frozenset[int] = frozenset()
        """What was sent before closing and has not left yet."""
        self._hears: Callable[[], None] = lambda: None
        """Ends hearing of that."""
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(LONGEST_MS)
        self._limit.timeout.connect(close)

    def ask(self) -> None:
        """Close, or ask first if something would be lost or would not leave."""
        if self._asking:
            return
        self._asking = True
        self._actions.start("keep before closing", self._keep_first())

    def leave(self) -> None:
        """Close without a question: what was typed is stored, what waits leaves next time."""
        self._actions.start("keep before closing", self._keep_and_close())

    async def _keep_and_close(self) -> None:
        await self.keep()
        self._close()

    async def _keep_first(self) -> None:
        """Everything typed is stored before anything else is asked; what cannot be is a question of its own."""
        await self.keep()
        self._asking = False
        texts = [text for page in self._pages() for text in page.unkept().texts]
        if texts:
            self._ask_about(texts)
        else:
            self._ask_about_leaving()

    async def keep(self) -> None:
        """Everything typed is stored; what no disk takes stays on the screen."""
        for work in [each for page in self._pages() for each in page.unkept().again]:
            with contextlib.suppress(AppError):  # asked about where somebody can answer
                await work()

    def _ask_about(self, texts: Sequence[str], detail: str = "shell.unkept.detail") -> None:
        """The clipboard of some systems goes with the program that filled it: so copying leaves the window open."""
        self._asking = True
        names = ("shell.unkept.again", "shell.unkept.copy", "shell.unkept.close")

        def answered(choice: int) -> None:
            self._asking = False
            if choice == 0:
                self.ask()
            elif choice == 1:
                self._face.copy("\n\n".join(texts))
                self._ask_about(texts, "shell.unkept.copied")
            elif choice == 2:
                self._ask_about_leaving()

        n = len(texts)
        self._face.ask(
            message("shell.unkept.question", n=n), [message(name, n=n) for name in names], answered, message(detail)
        )

    def _ask_about_leaving(self) -> None:
        waiting = [] if self._services.data.read_only else self._services.reads.now(self._undoable)
        if not waiting:
            self._ask_about_planned()
            return
        self._asking = True
        choices = [message("shell.parting.send"), message("shell.parting.keep")]
        detail = message("shell.parting.detail", waiting=held(waiting) or "")
        self._face.ask(
            message("shell.parting.question"), choices, lambda choice: self._answered(choice, waiting), detail
        )

    def _ask_about_planned(self) -> None:
        """Posts that leave from this computer alone, within the days that are looked ahead: nobody sends them while nothing runs."""
        planned = 0 if self._services.data.read_only or self.rest is None else self._services.reads.now(self._planned)
        if not planned:
            self._close()
            return
        self._asking = True
        choices = [message("parting.rest"), message("parting.quit"), message("parting.service")]

        def answered(choice: int) -> None:
            self._asking = False
            if choice == 0 and self.rest is not None:
                self.rest()
            elif choice == 1:
                self._close()
            elif choice == 2:
                self._face.show_page("settings", section="general")

        self._face.ask(message("parting.planned", n=planned), choices, answered, message("parting.planned.detail"))

    # ---- inside

    def _planned(self, queries: Queries) -> int:
        end = self._clock.now() + LOOKED_AHEAD
        mine = [row for row in queries.outbox() if row.state is DeliveryState.WAITING and row.keeper is Keeper.COMPUTER]
        return len({row.post_id for row in mine if row.kind is OutboxKind.POST and row.due_at <= end})

    def _undoable(self, queries: Queries) -> list[OutboxRow]:
        """What was sent so lately that it may still be taken back."""
        now = self._clock.now()
        end = now + timedelta(seconds=undo_seconds(self._services))
        return [row for row in queries.outbox() if _waits(row) and now < row.due_at <= end]

    def _answered(self, choice: int, waiting: Sequence[OutboxRow]) -> None:
        self._asking = False
        if choice == 0:
            self._actions.start("send before closing", self._send(waiting))
        elif choice == 1:
            self._ask_about_planned()

    async def _send(self, waiting: Sequence[OutboxRow]) -> None:
        self._asking = True
        self._leaving = frozenset(row.id for row in waiting)
        self._hears = self._services.changed.connect(lambda changes: self._look() if changes.touches("outbox") else None)
        self._limit.start()
        for row in waiting:
            with contextlib.suppress(UserMistake):  # its time came while the question stood there
                await self._services.outbox.send_now(row.id)
        self._look()

    def _look(self) -> None:
        def deliver(rows: list[OutboxRow]) -> None:
            if self._leaving and not any(row.id in self._leaving and _leaves(row) for row in rows):
                self._leaving = frozenset()
                self._hears()
                self._limit.stop()
                self._asking = False
                self._ask_about_planned()

        self._services.reads.later(lambda queries: queries.outbox(), deliver)


def _waits(row: OutboxRow) -> bool:
    return row.state is DeliveryState.WAITING and row.kind in (OutboxKind.REPLY, OutboxKind.POST)


def _leaves(row: OutboxRow) -> bool:
    """Whether it is still on its way; what a network would not take now waits for the next time."""
    return row.state is DeliveryState.CLAIMED or (row.state is DeliveryState.WAITING and row.attempts == 0)
