"""Asks for a link and puts it where the cursor stands, or in the place of the link the cursor is in."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.composer.composition import Edit
from app.ui.composer.editor import PartEditor
from app.ui.composer.marking import marks, utf16
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.checks import Switch
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.text import Label

ADDRESS = re.compile(r"(?:https?://)?[^\s/:@.]+(?:\.[^\s/:@.]+)+(?::\d+)?(?:[/?#]\S*)?")


class TrackedLinkSheet(Sheet):
    """Enter puts it in; the keyboard is back in the words afterwards."""

    def __init__(self, face: PageFace, host: QWidget, editor: PartEditor, edit: Edit, *, tracks: bool) -> None:
        look = face.look
        self._place = link_at(editor)
        old = self._place.selectedText()
        super().__init__(look, host, look.text("links.sheet.edit" if old else "links.sheet.insert"))
        self._editor = editor
        self._edit = edit
        copied = QGuiApplication.clipboard().text().strip()
        offered = old or (copied if copied.startswith(("http://", "https://")) and ADDRESS.fullmatch(copied) else "")
        self.address = Field(
            look, look.text("links.sheet.address"), offered, placeholder=look.text("links.sheet.placeholder")
        )
        self.address.line.returnPressed.connect(self._give)
        self.address.line.selectAll()
        self.body.addWidget(self.address)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.switch = Switch(look, look.text("links.count_clicks"), checked=tracks)
        row.addWidget(self.switch)
        row.addWidget(Label(look, look.text("links.count_clicks"), "body"))
        row.addStretch(1)
        nest(self.body, row)
        self.body.addWidget(Label(look, look.text("links.count_clicks.help"), "caption", "text.tertiary", wrap=True))
        self.foot.addStretch(1)
        self.foot.addWidget(Button(look, look.text("links.sheet.cancel"), clicked=self.close_now))
        self.foot.addWidget(Button(look, look.text("links.sheet.do"), kind="primary", clicked=self._give))
        self.closed.connect(lambda: editor.setFocus(Qt.FocusReason.OtherFocusReason))

    def _give(self) -> None:
        address = self.address.text
        if ADDRESS.fullmatch(address) is None:
            self.address.complain(self._look.text("links.sheet.wrong"))
            self.place()
            return
        tracks = self.switch.isChecked()
        put(self._place, address)
        self._edit(lambda draft: replace(draft, track_clicks=tracks))
        self.close_now()


def link_at(editor: PartEditor) -> QTextCursor:
    """A cursor that has the link it stands in selected; else what is selected, if that is one; else nothing."""
    cursor = editor.textCursor()
    text = editor.toPlainText()
    found = QTextCursor(cursor)
    for start, end in marks(text):
        first, last = utf16(text, start), utf16(text, end)
        if first <= cursor.position() <= last and not text[start].startswith(("#", "＃", "@")):
            found.setPosition(first)
            found.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
            return found
    found.clearSelection()
    return found


def put(place: QTextCursor, address: str) -> None:
    """In one step of undo; with a blank to the words beside it."""
    replaces = place.hasSelection()
    document = place.document()
    before = document.characterAt(place.selectionStart() - 1) if place.selectionStart() else ""
    after = document.characterAt(place.selectionEnd())
    words = address
    if not replaces:
        words = f"{'' if not before or before.isspace() or before == chr(0x2029) else ' '}{words}"
        words = f"{words}{'' if not after.strip() or after == chr(0x2029) else ' '}"
    place.insertText(words)
