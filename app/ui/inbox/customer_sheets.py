"""Sheets in which the user writes down what is known of a customer, and mends a note."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.models.customer import CustomerDetail, CustomerNote, CustomerWords, Flag
from app.runtime.errors import AppError, UserMistake
from app.ui.dialogs import Sheet
from app.ui.inbox.times import language_name
from app.ui.look import Look
from app.ui.page import ActionsFace
from app.ui.widgets.button import Button
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import Field
from app.ui.widgets.fitting import Fitting
from app.ui.widgets.inside import nest
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label

LANGUAGES = (
    "es",
    "en",
    "fr",
    "ru",
    "zh",
    "pt",
    "de",
    "it",
    "ca",
    "eu",
    "gl",
    "nl",
    "pl",
    "uk",
    "tr",
    "ja",
    "ko",
    "ar",
    "he",
)


class TextArea(QPlainTextEdit):
    """Several lines in our looks; Tab leaves it."""

    def __init__(self, look: Look, name: str, text: str = "", lines: int = 3) -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFont(look.theme.font("body"))
        self.setFixedHeight(look.theme.line("body") * lines + look.theme.px(18))


class SavingSheet(Sheet):
    """A sheet with one thing to save: Ctrl+Enter does it anywhere in it; a mistake is said and the sheet stays."""

    def __init__(self, look: Look, host: QWidget, title: str, actions: ActionsFace, width: int = 480) -> None:
        super().__init__(look, host, title, width=width)
        self._actions = actions
        self.complaint = Label(look, "", "caption", "status.danger.text", wrap=True)
        self.complaint.hide()
        self.save = Button(look, look.text("customer.save"), kind="primary", key="Ctrl+Return", clicked=self.take)

    def take(self) -> None:
        """Save, where there is something to."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.take()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Editors keep Ctrl+Enter to themselves otherwise."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(watched, QPlainTextEdit)
        ):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.take()
                return True
        return super().eventFilter(watched, event)

    def _end_with(self, name: str, work: Callable[[], Awaitable[None]], complain: Callable[[AppError], None]) -> None:
        gone: list[bool] = []  # closed by the user while it is stored
        self.closed.connect(lambda: gone.append(True))

        async def save() -> None:
            self.save.setEnabled(False)
            try:
                await work()
            except UserMistake as error:
                if gone:
                    raise
                self.save.setEnabled(True)
                complain(error)
                self.place()
                return
            if not gone:
                self.close_now()

        self._actions.start(name, save())


class EditSheet(SavingSheet):
    """Name, city, language, e-mail address, flags, tags, and what kind of customer it is. Says nothing of what is the network's."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        detail: CustomerDetail,
        actions: ActionsFace,
        write: Callable[[CustomerWords, tuple[Flag, ...]], Awaitable[None]],
        *,
        begin: str = "name",
    ) -> None:
        super().__init__(look, host, look.text("customer.edit_title"), actions, 520)
        self._write = write
        self._begin = begin
        self.name = Field(look, look.text("customer.name"), detail.own_name, placeholder=detail.name)
        self.city = Field(look, look.text("customer.city"), detail.city)
        self.email = Field(
            look, look.text("customer.email"), detail.email, placeholder=look.text("customer.email_hint")
        )
        codes = dict.fromkeys((*LANGUAGES, *((detail.language,) if detail.language else ())))
        spoken = [(look.text("customer.no_language"), ""), *((language_name(look, code), code) for code in codes)]
        self.language = Select(look, look.text("customer.language"), spoken)
        self.language.choose(detail.language)
        self.tags = Field(
            look, look.text("customer.tags"), ", ".join(detail.tags), hint=look.text("customer.tags_hint")
        )
        self.flags = {flag: CheckBox(look, look.text(f"customer.flag.{flag}")) for flag in Flag}
        for flag, box in self.flags.items():
            box.setChecked(flag in detail.flags)
        self.about = TextArea(look, look.text("customer.about"), detail.about)
        self.about.installEventFilter(self)
        self._lay_out()
        for field in (self.name, self.city, self.email, self.tags):
            field.line.returnPressed.connect(self.take)

    def settle_focus(self) -> None:
        {"name": self.name.line, "tags": self.tags.line, "about": self.about}[self._begin].setFocus()

    def take(self) -> None:
        if not self.save.isEnabled():
            return
        words = CustomerWords(
            name=self.name.text,
            city=self.city.text,
            language=str(self.language.currentData() or ""),
            email=self.email.text,
            about=self.about.toPlainText(),
            tags=tuple(tag.strip() for tag in self.tags.text.replace("，", ",").split(",") if tag.strip()),
        )
        flags = tuple(flag for flag, box in self.flags.items() if box.isChecked())
        self._end_with("customer: describe", lambda: self._write(words, flags), self._complain)

    def _complain(self, error: AppError) -> None:
        self.email.complain(self._look.text(error.message))
        self.email.line.setFocus()

    def _lay_out(self) -> None:
        look = self._look
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, look.theme.px(2), look.theme.px(2))
        column.setSpacing(12)
        column.addWidget(self.name)
        pair = QHBoxLayout()
        pair.setSpacing(look.theme.px(12))
        pair.addWidget(self.city, 1)
        spoken = QVBoxLayout()
        spoken.setSpacing(5)
        label = Label(look, look.text("customer.language"), "bodyStrong")
        label.setBuddy(self.language)
        spoken.addWidget(label)
        spoken.addWidget(self.language)
        spoken.addStretch(1)
        nest(pair, spoken, 1)
        nest(column, pair)
        column.addWidget(self.email)
        flags = QGridLayout()
        flags.setHorizontalSpacing(look.theme.px(16))
        for place, box in enumerate(self.flags.values()):
            flags.addWidget(box, place // 3, place % 3)
        flags.setColumnStretch(3, 1)
        column.addWidget(Label(look, look.text("customer.flags"), "bodyStrong"))
        nest(column, flags)
        column.addWidget(self.tags)
        label = Label(look, look.text("customer.about"), "bodyStrong")
        label.setBuddy(self.about)
        column.addWidget(label)
        column.addWidget(self.about)
        self.body.addWidget(Fitting(inside))
        self.foot.addWidget(Label(look, look.text("customer.only_here"), "caption", "text.tertiary"))
        self.foot.addStretch(1)
        self.foot.addWidget(self.save)


class NoteSheet(SavingSheet):
    """One note of ours: mended, or removed."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        note: CustomerNote,
        actions: ActionsFace,
        write: Callable[[str], Awaitable[None]],
        remove: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(look, host, look.text("customer.note_title"), actions)
        self._write = write
        self._remove = remove
        self.editor = TextArea(look, look.text("customer.note_title"), note.text, 5)
        self.editor.installEventFilter(self)
        self.body.addWidget(self.editor)
        self.body.addWidget(Label(look, look.text("customer.only_here"), "caption", "text.tertiary"))
        self.remove = Button(
            look, look.text("customer.note_remove"), icon="trash", kind="flat", clicked=self._take_away
        )
        self.foot.addWidget(self.remove)
        self.foot.addStretch(1)
        self.foot.addWidget(self.save)

    def take(self) -> None:
        if self.save.isEnabled():
            text = self.editor.toPlainText()
            self._end_with("customer: note", lambda: self._write(text), lambda _error: None)

    def _take_away(self) -> None:
        self._end_with("customer: note", self._remove, lambda _error: None)
