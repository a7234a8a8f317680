"""The tables of a tab as files in a folder that the user chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.runtime.words import message
from app.ui.charts.chart import Table
from app.ui.page import PageFace


class FolderFiles:
    """`tables` gives those that are shown when it comes to it."""

    def __init__(self, face: PageFace, host: QWidget, tables: Callable[[], Sequence[Table]]) -> None:
        self._face = face
        self._host = host
        self._tables = tables

    def ask(self) -> None:
        """The dialog calls back and does not stop the window."""
        dialog = QFileDialog(self._host.window(), self._face.text("insights.choose_folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda folder: self.save_to(Path(folder)))
        dialog.open()

    def save_to(self, folder: Path) -> None:
        """All of them as files there."""
        self._face.actions.start("insights: files", self._save(folder))

    async def _save(self, folder: Path) -> None:
        sheets = [(table.title, table.columns, table.rows) for table in self._tables()]
        made = await self._face.services.figure_sheets.save(folder, sheets)
        self._face.notices.say(message("insights.saved", n=len(made), folder=str(folder)))
