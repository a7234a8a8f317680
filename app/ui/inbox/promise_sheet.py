"""The sheet of `P`: what was promised and by when, the time typed or as it was found; Enter remembers it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from app.models.moment import Moment
from app.models.promise import Suggested
from app.ui.dialogs import Sheet
from app.ui.inbox.snooze import when_text
from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.text import Label


class PromiseSheet(Sheet):
    """`remember` hears the text and the moment (aware UTC)."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        name: str,
        found: Suggested | None,
        now: datetime,
        usual: datetime,
        understand: Callable[[str], Moment],
        remember: Callable[[str, datetime], None],
    ) -> None:
        super().__init__(look, host, look.text("inbox.promise.title", name=name))
        self._now = now
        self._understand = understand
        self._remember = remember
        self._due = (found.due_at if found is not None else None) or usual
        self.words = Field(
            look,
            look.text("inbox.promise.what"),
            found.text if found is not None else "",
            placeholder=look.text("inbox.promise.what_hint"),
        )
        self.time = Field(look, look.text("inbox.promise.when"), placeholder=when_text(look, self._due, now))
        self._means = Label(look, "", "caption", "text.tertiary", wrap=True)
        for field in (self.words, self.time):
            self.body.addWidget(field)
            field.line.returnPressed.connect(self._take)
        self.body.addWidget(self._means)
        self.time.changed.connect(lambda _text: self._say())
        self.foot.addStretch(1)
        self.button = Button(
            look, look.text("inbox.promise.remember"), kind="primary", key="Return", clicked=self._take
        )
        self.foot.addWidget(self.button)
        self._say()

    def settle_focus(self) -> None:
        """Where the sentence is known, the time is what is left to say."""
        (self.time if self.words.text else self.words).line.setFocus()

    def place(self) -> None:
        """As high as what is said of the fields needs now."""
        self._column.activate()
        super().place()

    def _say(self) -> None:
        typed = self.time.text
        meant = self._understand(typed).at if typed else self._due
        self._means.setText(
            ""
            if meant is None
            else self._look.text("inbox.promise.means", when=when_text(self._look, meant, self._now))
        )

    def _take(self) -> None:
        if not self.words.text:
            self.words.complain(self._look.text("inbox.promise.empty"))
            self.words.line.setFocus()
            self.place()
            return
        if not self.time.text:
            self._end(self._due)
            return
        meant = self._understand(self.time.text)
        if meant.at is not None:
            self._end(meant.at)
            return
        when = when_text(self._look, meant.proposal, self._now) if meant.proposal is not None else ""
        proposal = meant.proposal
        self.time.complain(
            self._look.text(f"inbox.promise.{meant.problem or 'unreadable'}"),
            self._look.text("inbox.promise.take", when=when) if when else "",
            (lambda: self._end(proposal)) if proposal is not None else None,
        )
        self.time.line.setFocus()
        self.place()

    def _end(self, due: datetime) -> None:
        text = self.words.text
        self.close_now()
        self._remember(text, due)
