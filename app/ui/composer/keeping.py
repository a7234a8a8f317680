"""Keeps what is typed: 400 ms after the last key, at least each second while typing, and at once when asked. One for each post opened.

It keeps to itself that a new post has no id until its first save, so that two saves never make two posts of it.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.commands.publishing_services import PostsService
from app.models.post import PostDraft
from app.runtime.clock import Clock

PAUSE_MS = 400
LONGEST_MS = 1000

Start = Callable[[str, Coroutine[Any, Any, None]], object]


class Keeper(QObject):
    """Saves the draft that `draft` answers. `kept` says when, `named` the id of a post saved for the first time."""

    kept = Signal(object)
    named = Signal(int)

    def __init__(self, posts: PostsService, start: Start, clock: Clock, draft: Callable[[], PostDraft]) -> None:
        super().__init__()
        self._posts = posts
        self._start = start
        self._clock = clock
        self._draft = draft
        self._id: int | None = None
        self._changed = False
        self._running = False
        self._held = False
        self._held_change = False
        """Something was not kept yet when the post was handed over."""
        self._then: list[Callable[[], None]] = []
        self._last: PostDraft | None = None
        self._pause = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.keep_now)
        return timer

    @property
    def post_id(self) -> int | None:
        return self._id

    @property
    def busy(self) -> bool:
        """Something typed is not kept yet."""
        return self._changed or self._running

    def begin(self, post_id: int | None) -> None:
        """The post as it was opened."""
        self._id = post_id

    def touch(self) -> None:
        """Something changed."""
        self._changed = True
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def keep_now(self) -> None:
        """Do not wait any longer."""
        self._pause.stop()
        self._longest.stop()
        if not self._changed or self._held or self._running:
            return
        self._changed = False
        self._running = True
        self._start("save draft", self._save())

    def let_go(self) -> None:
        """Another post is opened: keep this one as it is now, whatever the page shows from here on."""
        self._last = self._draft()
        self.blockSignals(True)
        self.keep_now()

    def when_named(self, then: Callable[[], None]) -> bool:
        """Whether the post has its id already (or nobody is about to give it one); else `then` is called once it has."""
        if self._id is not None or not self.busy:
            return True
        self._then.append(then)
        self.keep_now()
        return False

    def hold(self) -> None:
        """The post is being sent: its id and what is kept come from there."""
        self._held = True
        self._held_change, self._changed = self._changed, False
        self._pause.stop()
        self._longest.stop()

    def release(self, post_id: int | None, *, kept: bool) -> None:
        """It was sent (or not): go on keeping."""
        self._held = False
        if post_id is not None and self._id is None:
            self._id = post_id
            self.named.emit(post_id)
        if kept and not self._changed:
            self.kept.emit(self._clock.now())
        elif not kept and self._held_change:
            self._changed = True
        self.keep_now()

    async def _save(self) -> None:
        draft = self._last or self._draft()
        done = False
        try:
            post_id = await self._posts.save(replace(draft, id=self._id))
            done = True
            if self._id is None:
                self._id = post_id
                self.named.emit(post_id)
            self.kept.emit(self._clock.now())
        finally:
            self._running = False
            if done:
                then, self._then = self._then, []
                for each in then:
                    each()
                if self._changed and not self._held:
                    self.keep_now()
            else:
                self._changed = True  # said to the user by whoever ran this; tried again at the next key
                self._then = []
