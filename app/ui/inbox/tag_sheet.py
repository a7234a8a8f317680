"""The small sheet that asks for the name of a tag."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.models.tag import LONGEST_NAME
from app.ui.dialogs import Sheet
from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field


class TagNameSheet(Sheet):
    """Calls `wanted` when the name is given; whoever made it sets that, and closes it."""

    def __init__(self, look: Look, host: QWidget, title: str, name: str, hint: str = "") -> None:
        super().__init__(look, host, look.text(title), width=380)
        self.wanted: Callable[[], object] = self.close_now
        self.field = Field(look, look.text("tags.name"), name, hint=hint)
        self.field.line.setMaxLength(LONGEST_NAME)
        self.field.line.returnPressed.connect(lambda: self.wanted())
        self.body.addWidget(self.field)
        self.foot.addStretch(1)
        self.foot.addWidget(Button(look, look.text("tags.keep"), kind="primary", clicked=lambda: self.wanted()))
