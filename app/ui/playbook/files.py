"""Brings playbooks in from files and writes them out: the system's dialogs, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.runtime.words import message
from app.ui.page import PageFace
from app.ui.playbook.import_sheet import ImportSheet

ENDINGS = "*.csv *.tsv *.txt *.json *.tertulia-playbook"
NAME = "playbook.json"


def choose_import(face: PageFace, host: QWidget) -> None:
    """Open the system's dialog; it calls back and does not stop the window."""
    dialog = _dialog(face, host, "playbook.choose_import", ENDINGS)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: import_file(face, host, Path(name)))
    dialog.open()


def choose_export(face: PageFace, host: QWidget) -> None:
    """Ask where to; the ending of the name says CSV or JSON."""
    dialog = _dialog(face, host, "playbook.choose_export", "*.csv *.json")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("json")
    dialog.selectFile(NAME)
    dialog.fileSelected.connect(lambda name: export_file(face, Path(name)))
    dialog.open()


def import_file(face: PageFace, host: QWidget, path: Path) -> None:
    """First it is said what would change."""

    async def look() -> None:
        plan = await face.services.playbook_files.preview(path)
        face.window.open_sheet(ImportSheet(face, host.window(), path, plan))

    face.actions.start("playbook: preview", look())


def export_file(face: PageFace, path: Path) -> None:
    """All answers and facts."""

    async def write() -> None:
        many = await face.services.playbook_files.export_file(path)
        face.notices.say(message("playbook.said.exported", n=many, file=path.name), level="ok")

    face.actions.start("playbook: export", write())


def _dialog(face: PageFace, host: QWidget, title_id: str, endings: str) -> QFileDialog:
    dialog = QFileDialog(host, face.text(title_id), "", f"{face.text('playbook.files')} ({endings})")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
