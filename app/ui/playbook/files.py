"""Brings playbooks in from files and writes them out: the system's dialogs, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.commands.playbook_services import BroughtIn
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.text import Label

ENDINGS = "*.csv *.json"
NAME = "playbook.csv"
MOST_SHOWN = 8


def choose_import(face: PageFace, host: QWidget) -> None:
    """Open the system's dialog; it calls back and does not stop the window."""
    dialog = _dialog(face, host, "playbook.choose_import")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: import_file(face, host, Path(name)))
    dialog.open()


def choose_export(face: PageFace, host: QWidget) -> None:
    """Ask where to; the ending of the name says CSV or JSON."""
    dialog = _dialog(face, host, "playbook.choose_export")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")
    dialog.selectFile(NAME)
    dialog.fileSelected.connect(lambda name: export_file(face, Path(name)))
    dialog.open()


def import_file(face: PageFace, host: QWidget, path: Path) -> None:
    """Right rows are kept; those left out are listed with the reason."""

    async def bring() -> None:
        result = await face.services.playbook_files.import_file(path)
        if result.wrong:
            face.window.open_sheet(LeftOutSheet(face, host.window(), result))
        else:
            face.notices.say(message("playbook.said.imported", n=result.answers, known=result.known), level="ok")

    face.actions.start("playbook: import", bring())


def export_file(face: PageFace, path: Path) -> None:
    """All answers."""

    async def write() -> None:
        many = await face.services.playbook_files.export_file(path)
        face.notices.say(message("playbook.said.exported", n=many, file=path.name), level="ok")

    face.actions.start("playbook: export", write())


class LeftOutSheet(Sheet):
    """What came in, and which rows did not."""

    def __init__(self, face: PageFace, host: QWidget, result: BroughtIn) -> None:
        look = face.look
        super().__init__(look, host, look.text("playbook.left_out", n=len(result.wrong)))
        came = look.text("playbook.said.imported", n=result.answers, known=result.known)
        self.body.addWidget(Label(look, came, "body", wrap=True))
        lines = [
            look.text("playbook.left_out_row", line=row.line, reason=look.text(row.reason)) for row in result.wrong
        ]
        self.words = "\n".join(lines)
        shown = lines[:MOST_SHOWN] + (["…"] if len(lines) > MOST_SHOWN else [])
        self.body.addWidget(Label(look, "\n".join(shown), "small", "text.secondary", wrap=True, selectable=True))
        copy = Button(
            look, look.text("playbook.copy_left_out"), icon="copy", clicked=lambda: face.window.copy(self.words)
        )
        self.foot.addWidget(copy)
        self.foot.addStretch(1)
        self.foot.addWidget(Button(look, look.text("shell.close"), kind="primary", clicked=self.close_now))


def _dialog(face: PageFace, host: QWidget, title_id: str) -> QFileDialog:
    dialog = QFileDialog(host, face.text(title_id), "", f"{face.text('playbook.files')} ({ENDINGS})")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
