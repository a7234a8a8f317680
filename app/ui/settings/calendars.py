"""Settings, Calendars: the folder in which calendar programs find the plan; how it stands, and what each kind of program is to be shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.models.plan import FolderState
from app.runtime.settings import Kind, Plan, Setting
from app.runtime.words import Message, message
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.settings.editors import Chosen, Editor
from app.ui.settings.form import Form
from app.ui.settings.sections import CALENDARS, SECTIONS
from app.ui.widgets.button import Button
from app.ui.widgets.field import LineField
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.text import Label

LINE_WIDTH = 300


class FolderEditor:
    """A line that may be typed in, and the system's dialog."""

    def __init__(self, look: Look, name: str, setting: Setting, value: object, chosen: Chosen) -> None:
        self._look = look
        self._chosen = chosen
        self.widget = QWidget()
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(8))
        self.line = LineField(look, name, str(value))
        self.line.setMaxLength(setting.high)
        self.line.setMinimumWidth(look.theme.px(LINE_WIDTH))
        self.line.editingFinished.connect(lambda: chosen(self.line.text().strip()))
        row.addWidget(self.line, 1)
        self.button = Button(look, look.text("settings.calendars.choose"), clicked=self._ask)
        row.addWidget(self.button)
        self.widget.setFocusProxy(self.line)

    def show_value(self, value: object) -> None:
        if not self.line.hasFocus():
            self.line.setText(str(value))

    def _ask(self) -> None:
        """The dialog calls back and does not stop the window."""
        host = self.widget.window()
        dialog = QFileDialog(host, self._look.text("settings.calendars.choose_title"), self.line.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take)
        dialog.open()

    def take(self, folder: str) -> None:
        """What was chosen there."""
        self.line.setText(str(Path(folder)))
        self._chosen(self.line.text())


class CalendarsPane(Form):
    """One setting; below it how the folder stands, told anew whenever it was written."""

    def __init__(self, face: PageFace) -> None:
        section = next(each for each in SECTIONS if each.id == CALENDARS)
        super().__init__(face.look, face.services.settings, section, read_only=face.services.data.read_only)
        self._face = face
        look, px = face.look, face.look.theme.px
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, px(2), 0, px(4))
        row.setSpacing(px(6))
        self._spot = IconSpot(look, "minus-circle", "text.tertiary", 13)
        row.addWidget(self._spot)
        self.said = Label(look, "", "small", "text.secondary", wrap=True, selectable=True)
        row.addWidget(self.said, 1)
        self.now = Button(look, look.text("settings.calendars.now"), size="small", clicked=self._write_now)
        row.addWidget(self.now)
        self.rows.insertWidget(1, holder)
        hear_no_more = face.services.calendar_folder.changed.connect(self.show_state)
        self.destroyed.connect(lambda _object=None: hear_no_more())
        self.show_state()

    def show_state(self) -> None:
        """How it stands now."""
        look, state = self._look, self._face.services.calendar_folder.state
        chosen = self._settings.get(Plan).folder
        self.now.setVisible(bool(chosen))
        self.now.setEnabled(not self._read_only)
        self.said.setText(look.text(_said(state, chosen)))
        if chosen and state.trouble is not None:
            self._spot.show_icon("warning-circle-fill", "status.danger.text")
        elif chosen and state.written_at is not None:
            self._spot.show_icon("check-circle-fill", "status.success.text")
        else:
            self._spot.show_icon("minus-circle", "text.tertiary")

    def show_changed(self, keys: frozenset[str]) -> None:
        super().show_changed(keys)
        self.show_state()

    def _editor(self, setting: Setting, value: object, chosen: Chosen) -> Editor:
        if setting.kind is Kind.FOLDER:
            return FolderEditor(self._look, self._look.text(setting.title_id), setting, value, chosen)
        return super()._editor(setting, value, chosen)

    def _write_now(self) -> None:
        async def write() -> None:
            await self._face.services.calendar_folder.write_now()

        self._face.actions.start("settings: calendar folder", write())


def _said(state: FolderState, chosen: str) -> Message:
    if not chosen:
        return message("settings.calendars.none")
    if state.trouble is not None:
        return state.trouble
    if state.written_at is None or state.folder != chosen:
        return message("settings.calendars.soon")
    return message("settings.calendars.written", n=state.posts, when=state.written_at)
