"""The last acts of the user and how each is taken back. Keeps them in memory only: after a restart nothing is undone by surprise."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.runtime.settings import undo_time
from app.runtime.signals import Signal
from app.runtime.words import Message

KEPT = 50
"""How many acts can be undone (issue of the inbox: the last 50)."""
PATIENCE_SECONDS = 1.0
COMMANDS = ("edit.undo", "edit.redo")
"""Names of the tasks that take back and do again."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what to say when it was taken back, and how. `redo` is None where doing it again would be a new act."""

    said: Message
    undo: Callable[[], Awaitable[None]]
    redo: Callable[[], Awaitable[None]] | None = None
    about: tuple[int, ...] = ()
    """The conversations it was on, to show one of them when it was taken back."""


class Undo:
    """Two stacks of acts. A new act forgets what could be redone."""

    def __init__(self, screen_reader: Callable[[], bool] = lambda: False) -> None:
        """`screen_reader`: whether one is at work, asked anew each time."""
        self._screen_reader = screen_reader
        self.changed: Signal[[]] = Signal("undo.changed")
        self.about: tuple[int, ...] = ()
        """The conversations of the act that was taken back or done again last."""
        self._done: deque[Act] = deque(maxlen=KEPT)
        self._undone: list[Act] = []

    def seconds(self, chosen: int) -> int:
        """How long an act can be taken back now, where the user chose so many seconds."""
        return undo_time(chosen, screen_reader=self._screen_reader())

    def did(self, act: Act) -> None:
        """Note an act that has just been committed."""
        self._done.append(act)
        self._undone.clear()
        self.changed.emit()

    def forget(self, act: Act) -> None:
        """An act that can no longer be taken back (a reply that has left)."""
        if act in self._done:
            self._done.remove(act)
            self.changed.emit()

    def can_undo(self) -> bool:
        return bool(self._done)

    def can_redo(self) -> bool:
        return bool(self._undone)

    async def undo(self, under_way: Sequence[Any] = ()) -> Message | None:
        """Take the last act back. An act whose way back fails is dropped and its error goes to the caller.

        Who takes back right after acting means that act, also where its commit is still `under_way`.
        """
        await _settled(under_way)
        if not self._done:
            return None
        act = self._done.pop()
        await self._turn(act, act.undo, self._undone)
        return act.said

    async def redo(self, under_way: Sequence[Any] = ()) -> Message | None:
        """Do again what was undone last."""
        await _settled(under_way)
        if not self._undone:
            return None
        act = self._undone.pop()
        assert act.redo is not None  # only acts with a way forward are kept
        await self._turn(act, act.redo, self._done)
        return act.said

    async def _turn(self, act: Act, way: Callable[[], Awaitable[None]], other: deque[Act] | list[Act]) -> None:
        """Its way back or forth. The other way is offered at once: the screen shows the change as soon as it is committed, and a key that
        is struck then must not be lost; it waits until this one has ended.
        """
        self.about = act.about
        if act.redo is not None:
            other.append(act)
        self.changed.emit()
        try:
            await way()
        except BaseException:
            if act in other:
                other.remove(act)
                self.changed.emit()
            raise


async def _settled(under_way: Sequence[Any]) -> None:
    """What was begun before has ended: one act is taken back after the other, however long each takes; other commands, which may be no
    acts at all, are not waited for long.
    """
    ours = [task for task in under_way if task.get_name() in COMMANDS]
    await _ended([task for task in under_way if task not in ours], PATIENCE_SECONDS)
    await _ended(ours, None)


async def _ended(tasks: Sequence[Any], seconds: float | None) -> None:
    """Without asyncio, which the first page does not load."""
    left = {task for task in tasks if not task.done()}
    if not left:
        return
    loop = next(iter(left)).get_loop()
    over = loop.create_future()

    def end(task: object = None) -> None:
        left.discard(task)
        if not over.done() and (task is None or not left):
            over.set_result(None)

    patience = loop.call_later(seconds, end) if seconds is not None else None
    for task in tuple(left):
        task.add_done_callback(end)
    try:
        await over
    finally:
        if patience is not None:
            patience.cancel()
        for task in tuple(left):
            task.remove_done_callback(end)
