"""The bar below the reply: who may read it, link, picture, note and language at the left; how long it is and Send at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.models.message import Visibility
from app.ui.look import Look
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.key_cap import key_text
from app.ui.widgets.length_ring import LengthRing
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.text import Label

LANGUAGE_KEY = "Ctrl+Shift+L"
ANSWERED_IN = ("es", "en", "fr", "ru", "zh")
"""Languages that replies have texts for; that of the customer stands first, whichever it is."""


class ReplyBar(QWidget):
    """Says what was pressed. Words that do not fit are left out: what they name stays in tooltips."""

    readers_chosen = Signal(int)
    language_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._languages: tuple[str, ...] = ()
        self._language_key = LANGUAGE_KEY
        px = look.theme.px
        bar = QHBoxLayout(self)
        bar.setContentsMargins(px(6), px(4), px(4), px(4))
        bar.setSpacing(px(4))
        self.readers = Segmented(look, "", [("", "globe"), ("", "lock-simple")])
        self.readers.chosen.connect(self.readers_chosen)
        bar.addWidget(self.readers)
        self.link = IconButton(look, "link-simple", "", key="Ctrl+L", of="reply.link")
        self.picture = IconButton(look, "image", "", key="Ctrl+I", of="reply.picture")
        self.note = IconButton(look, "note", "", key="N", of="inbox.note")
        for button in (self.link, self.picture, self.note):
            bar.addWidget(button)
        self.language = Button(look, "", kind="flat", size="small", icon="translate", clicked=self.ask_language)
        bar.addWidget(self.language)
        bar.addStretch(1)
        self._stack = IconSpot(look, "stack", "text.secondary", 14)
        self.parts = Label(look, "", "caption", "text.secondary")
        bar.addWidget(self._stack)
        bar.addWidget(self.parts)
        self.ring = LengthRing(look)
        bar.addWidget(self.ring)
        bar.addSpacing(px(2))
        self.send = Button(look, "", key="Ctrl+Return", of="inbox.send", kind="primary")
        self.send.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        bar.addWidget(self.send)
        self.show_parts(0)

    def retranslate(self) -> None:
        """The language changed."""
        look = self._look
        self.readers.setAccessibleName(look.text("inbox.readers"))
        self.readers.relabel([look.text("inbox.public"), look.text("inbox.private")])
        self.link.rename(look.text("inbox.link"))
        self.picture.rename(look.text("inbox.picture"))
        self.note.rename(look.text("inbox.note"))
        self.send.setText(look.text("inbox.send"))

    def show_readers(self, visibility: Visibility | None, *, may: bool, why: str) -> None:
        """Who may read it; the private way may not be there."""
        self.readers.enable(1, may, why)
        self.readers.choose(1 if visibility is Visibility.DIRECT and may else 0)

    def show_language(self, language: str, theirs: str) -> None:
        """The language of the reply, and the customer's."""
        look = self._look
        self._languages = tuple(dict.fromkeys(code for code in (theirs, *ANSWERED_IN) if code))
        self.language.setText(language.upper())
        self.language.setVisible(bool(language))
        name = self._named(language)
        self.language.setAccessibleName(look.text("inbox.reply_language", language=name))
        self._tell_language_key()

    def choose_language_key(self, key: str) -> None:
        """The key that asks for another language; empty for none."""
        self._language_key = key
        self._tell_language_key()

    def _tell_language_key(self) -> None:
        key = self._language_key
        self.language.setToolTip("  ".join(filter(None, (self.language.accessibleName(), key and key_text(key)))))

    def show_picture(self, *, may: bool, why: str) -> None:
        """Whether one more picture may go with it."""
        self.picture.setEnabled(may)
        if not may:
            self.picture.setToolTip(why)
        else:
            self.picture.rename(self._look.text("inbox.picture"))

    def show_parts(self, count: int) -> None:
        """As how many posts it leaves; one is not worth a word."""
        many = count > 1
        self._stack.setVisible(many)
        self.parts.setVisible(many)
        self.parts.setText(self._look.text("inbox.posts", n=count) if many else "")
        self.parts.setToolTip(self._look.text("inbox.in_parts", n=count) if many else "")

    def shut(self, shut: bool) -> None:
        """Nothing can be sent here."""
        for widget in (self.readers, self.send, self.link, self.picture, self.language):
            widget.setEnabled(not shut)

    def ask_language(self) -> None:
        """A menu of the languages, with a digit each."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, code in enumerate(self._languages, 1):
            action = menu.addAction(f"&{number}  {self._named(code)}")
            action.setCheckable(True)
            action.setChecked(code.upper() == self.language.text())
            action.triggered.connect(partial(self._language_chosen, code))
            if action.isChecked():
                menu.setActiveAction(action)
        menu.popup(self.language.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _language_chosen(self, code: str, _checked: bool = False) -> None:
        self.language_chosen.emit(code)

    def _named(self, code: str) -> str:
        known = f"inbox.language.{code}"
        return self._look.text(known) if self._look.words.knows(known) else code.upper()
