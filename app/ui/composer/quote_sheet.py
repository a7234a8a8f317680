"""Asks for the address of the post to quote, and says plainly when it cannot be found or may not be quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.models.post import QuotedPost
from app.runtime.errors import AppError, UserMistake
from app.runtime.words import message
from app.ui.composer.composition import Edit
from app.ui.dialogs import Sheet
from app.ui.page import PageFace, Started
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.text import Label


class QuoteSheet(Sheet):
    """Closes when the post is found; closed before, what is under way is dropped."""

    def __init__(self, face: PageFace, host: QWidget, accounts: Sequence[int], edit: Edit, url: str = "") -> None:
        look = face.look
        super().__init__(look, host, look.text("composer.quote.title"))
        self._face = face
        self._accounts = tuple(accounts)
        self._edit = edit
        self._work: Started | None = None
        self.body.addWidget(Label(look, look.text("composer.quote.said"), "body", "text.secondary", wrap=True))
        self.address = Field(
            look, look.text("composer.quote.address"), url, placeholder=look.text("composer.quote.placeholder")
        )
        self.address.line.returnPressed.connect(self._look_up)
        self.address.line.selectAll()
        self.body.addWidget(self.address)
        self.foot.addStretch(1)
        self.foot.addWidget(Button(look, look.text("composer.quote.cancel"), clicked=self.close_now))
        self.button = Button(look, look.text("composer.quote.do"), kind="primary", clicked=self._look_up)
        self.foot.addWidget(self.button)
        self.closed.connect(self._drop)

    def _look_up(self) -> None:
        if self.button.isEnabled():
            self.address.be_content()
            self._wait(True)
            self._work = self._face.actions.start("look up a post to quote", self._ask(self.address.text))

    async def _ask(self, address: str) -> None:
        try:
            if not self._accounts:
                raise UserMistake(message("composer.no_account"))
            found = await self._face.services.posts.quoted(address, self._accounts)
        except AppError as error:
            self._wait(False)
            self.address.complain(self._look.text(error.message))
            self.place()
            return
        self._work = None
        self._take(found)

    def _take(self, found: QuotedPost) -> None:
        self._edit(lambda draft: replace(draft, quote=found))
        self.close_now()

    def _wait(self, waiting: bool) -> None:
        self.button.setEnabled(not waiting)
        self.button.setText(self._look.text("composer.quote.looking" if waiting else "composer.quote.do"))

    def _drop(self) -> None:
        work, self._work = self._work, None
        if work is not None:
            work.cancel()
