"""Settings, Reports: when they are made by themselves and where they go, the logo they bear, and how the last one fared."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from app.models.report import ReportState
from app.runtime.errors import UserMistake
from app.runtime.settings import Group, Kind, Setting
from app.runtime.settings import Reports as ReportSettings
from app.runtime.words import Message, message
from app.ui.page import PageFace
from app.ui.settings.calendars import FolderEditor
from app.ui.settings.editors import Chosen, Editor
from app.ui.settings.form import Form
from app.ui.settings.sections import REPORTS, SECTIONS
from app.ui.widgets.button import Button
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.text import Label

LOGO_HEIGHT = 40
PICTURES = "*.png *.jpg *.jpeg *.webp *.gif *.bmp *.tif *.tiff"


class ReportsPane(Form):
    """The settings; below them the logo, and how reports stand."""

    def __init__(self, face: PageFace) -> None:
        section = next(each for each in SECTIONS if each.id == REPORTS)
        super().__init__(face.look, face.services.settings, section, read_only=face.services.data.read_only)
        self._face = face
        self._add_logo()
        self._add_state()
        hear_no_more = face.services.reports.changed.connect(self.show_state)
        self.destroyed.connect(lambda _object=None: hear_no_more())
        self.show_state()

    def keep(self, group: type[Group], setting: Setting, value: object) -> None:
        if setting.name == "mail":
            try:
                self._face.services.reports.check(str(value))
            except UserMistake as mistake:
                self.row(setting.key).complain(self._look.text(mistake.message))
                return
        super().keep(group, setting, value)

    def show_changed(self, keys: frozenset[str]) -> None:
        super().show_changed(keys)
        self.show_state()

    def show_state(self) -> None:
        """How it stands now."""
        look, state = self._look, self._face.services.reports.state
        chosen = self._settings.get(ReportSettings)
        goes = bool(chosen.folder.strip() or chosen.mail.strip())
        self.said.setText(look.text(said_of(state, chosen.rhythm, goes=goes)))
        if chosen.rhythm != "never" and (state.trouble is not None or not goes):
            self._spot.show_icon(
                "warning-circle-fill", "status.danger.text" if state.trouble is not None else "status.warn.text"
            )
        elif chosen.rhythm != "never" and state.made_on is not None:
            self._spot.show_icon("check-circle-fill", "status.success.text")
        else:
            self._spot.show_icon("minus-circle", "text.tertiary")
        self._show_logo()

    def _editor(self, setting: Setting, value: object, chosen: Chosen) -> Editor:
        if setting.kind is Kind.FOLDER:
            return FolderEditor(self._look, self._look.text(setting.title_id), setting, value, chosen)
        return super()._editor(setting, value, chosen)

    # ---- the logo

    def _add_logo(self) -> None:
        look, px = self._look, self._look.theme.px
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, px(7), 0, px(7))
        row.setSpacing(px(8))
        row.addWidget(Label(look, look.text("settings.reports.logo"), "body"), 1)
        self.logo = QLabel()
        self.logo.setAccessibleName(look.text("settings.reports.logo"))
        row.addWidget(self.logo)
        self.choose_logo = Button(look, look.text("settings.reports.choose_logo"), clicked=self._ask_logo)
        self.drop_logo = Button(look, look.text("settings.reports.drop_logo"), kind="flat", clicked=self._drop_logo)
        for button in (self.choose_logo, self.drop_logo):
            button.setEnabled(not self._read_only)
            row.addWidget(button)
        self.rows.insertWidget(self.rows.count() - 1, holder)

    def _show_logo(self) -> None:
        data, theme = self._face.services.reports.logo(), self._look.theme
        image = QImage.fromData(data) if data else QImage()
        self.drop_logo.setVisible(not image.isNull())
        self.logo.setVisible(not image.isNull())
        if not image.isNull():
            ratio = self.devicePixelRatioF()
            shown = image.scaledToHeight(
                round(theme.px(LOGO_HEIGHT) * ratio), Qt.TransformationMode.SmoothTransformation
            )
            shown.setDevicePixelRatio(ratio)
            self.logo.setPixmap(QPixmap.fromImage(shown))

    def _ask_logo(self) -> None:
        """The dialog calls back and does not stop the window."""
        look = self._look
        dialog = QFileDialog(
            self.window(),
            look.text("settings.reports.logo"),
            "",
            f"{look.text('settings.reports.pictures')} ({PICTURES})",
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.take_logo(Path(path)))
        dialog.open()

    def take_logo(self, path: Path) -> None:
        """What was chosen there."""
        self._face.actions.start("settings: logo", self._face.services.reports.take_logo(path))

    def _drop_logo(self) -> None:
        self._face.actions.start("settings: logo", self._face.services.reports.drop_logo())

    # ---- how they stand

    def _add_state(self) -> None:
        look, px = self._look, self._look.theme.px
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, px(2), 0, px(4))
        row.setSpacing(px(6))
        self._spot = IconSpot(look, "minus-circle", "text.tertiary", 13)
        row.addWidget(self._spot)
        self.said = Label(look, "", "small", "text.secondary", wrap=True, selectable=True)
        row.addWidget(self.said, 1)
        self.rows.insertWidget(self.rows.count() - 1, holder)


def said_of(state: ReportState, rhythm: str, *, goes: bool) -> Message:
    """In one sentence. `goes`: there is somewhere to put them."""
    if rhythm == "never":
        return message("settings.reports.never")
    if not goes:
        return message("settings.reports.nowhere")
    if state.trouble is not None:
        return state.trouble
    if state.next_on is None:
        return message("settings.reports.soon")
    return message("settings.reports.next", day=state.next_on)
