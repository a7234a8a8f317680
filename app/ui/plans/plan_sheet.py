"""A form over the window that stays open while something is missing, and says what beside its field."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.runtime.errors import UserMistake
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import Strip
from app.ui.widgets.surface import Scrolling
from app.ui.widgets.text import Label

REST = 190
"""Height of what stands above and below the fields."""


class PlanSheet(Sheet):
    """Subclasses add their fields to `form`; `keep` runs what they answer for `work` and closes when that went well."""

    def __init__(self, face: PageFace, host: QWidget, title: str, does: str, *, width: int = 540) -> None:
        super().__init__(face.look, host, title, width=width)
        self._face = face
        self._wide = width
        self._fields = QWidget()
        self.form = QVBoxLayout(self._fields)
        self.form.setContentsMargins(0, 0, face.theme.px(6), 0)
        self.form.setSpacing(face.theme.px(12))
        self.area = Scrolling()
        self.area.hold(self._fields)
        self.body.addWidget(self.area)
        self.trouble = Strip(face.look, "danger")
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.keep_button = Button(face.look, does, kind="primary", key="Return", clicked=self.keep)
        self.keep_button.setEnabled(not face.services.data.read_only)
        self.offer(self.keep_button)

    def begin(self) -> None:
        """All fields are there."""
        self.form.addStretch(1)

    def field(
        self, words: str, text: str = "", *, placeholder: str = "", hint: str = "", into: QHBoxLayout | None = None
    ) -> Field:
        """A line of its own, or one of a row; Enter keeps the sheet."""
        face = self._face
        made = Field(face.look, face.text(words), text, placeholder=placeholder, hint=face.text(hint) if hint else "")
        self.take(made, into)
        return made

    def take(self, made: Field, into: QHBoxLayout | None = None) -> None:
        """A field that was made elsewhere."""
        made.line.returnPressed.connect(self.keep)
        if into is None:
            self.form.addWidget(made)
        else:
            into.addWidget(made, 1, Qt.AlignmentFlag.AlignTop)

    def row(self) -> QHBoxLayout:
        """Fields beside each other."""
        made = QHBoxLayout()
        made.setSpacing(self._face.theme.px(12))
        nest(self.form, made)
        return made

    def labelled(self, words: str, widget: QWidget, hint: str = "") -> None:
        """A widget with its name above."""
        face = self._face
        column = QVBoxLayout()
        column.setSpacing(5)
        column.addWidget(Label(face.look, face.text(words), "bodyStrong"))
        column.addWidget(widget)
        if hint:
            column.addWidget(Label(face.look, face.text(hint), "caption", "text.tertiary", wrap=True))
        nest(self.form, column)

    # ---- what subclasses say

    def beside(self) -> Mapping[str, Field]:
        """Where the mistake of a field is said."""
        return {}

    def complete(self) -> bool:
        """Whether all is there; says what is missing."""
        return True

    @abstractmethod
    def work(self) -> Callable[[], Awaitable[object]]:
        """What keeping means."""

    # ---- keeping

    def keep(self) -> None:
        """Keep what is written."""
        if self._face.services.data.read_only or not self.complete():
            return
        work = self.work()

        async def kept() -> None:
            for field in self.beside().values():
                field.be_content()
            self.trouble.hide()
            try:
                await work()
            except UserMistake as mistake:
                self._say(mistake)
                return
            self.close_now()

        self._face.actions.start("keep a plan", kept())

    def _say(self, mistake: UserMistake) -> None:
        sentence = self._face.text(mistake.message)
        field = self.beside().get(mistake.field or "")
        if field is None:
            self.trouble.show_message("danger", sentence)
            self.trouble.show()
        else:
            field.complain(sentence)
            self.area.ensureWidgetVisible(field)
            field.line.setFocus()
        self.settle()

    def settle(self) -> None:
        """What was shown or hidden just now is measured after its next layout."""
        self.place()
        QTimer.singleShot(0, self, self.place)

    def place(self) -> None:
        """The fields get what the rest leaves them, and scroll."""
        px = self._face.theme.px
        width = min(px(self._wide), self.width() - px(48)) - 40
        rest = px(REST) + (self.trouble.sizeHint().height() + self.body.spacing() if not self.trouble.isHidden() else 0)
        inner = self._fields
        self.form.invalidate()
        self.form.activate()
        wanted = inner.heightForWidth(width - px(16)) if inner.hasHeightForWidth() else inner.sizeHint().height()
        self.area.setFixedHeight(max(px(80), min(wanted, self.height() - rest)))
        self.body.invalidate()
        super().place()
