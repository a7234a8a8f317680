"""What the section Data of Settings does: chooses files, asks, starts the work, tells what became of it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.models.safekeeping import SUFFIX, BackupFile, Manifest
from app.runtime.words import Message, message
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.settings.erase_sheet import EraseSheet
from app.ui.settings.lock_sheet import LockSheet

Chosen = Callable[[Path], None]


class _Asked(NamedTuple):
    """How a file is asked for."""

    title: str
    filters: str
    name: str = ""
    suffix: str = ""


class DataActs:
    """One of these for the page; `host` is what sheets and dialogs lie over."""

    def __init__(self, face: PageFace, host: QWidget, read_anew: Callable[[], None]) -> None:
        """`read_anew` shows what backups there are now."""
        self._face = face
        self._host = host
        self._read_anew = read_anew

    def act(self, name: str) -> None:
        """What a command asked for."""
        acts = {
            "backup": self.backup_to,
            "restore": self.restore,
            "undo_restore": self.undo_restore,
            "export": self.export,
            "move": self.move,
            "erase": self.erase,
        }
        if name in acts:
            acts[name]()

    # ---- backups

    def backup_to(self) -> None:
        """A file of the user's choice."""
        self._save_as(self._backup_file(), lambda path: self._start("backup", self._backup(path)))

    async def _backup(self, path: Path) -> None:
        made = await self._face.services.safekeeping.backup(path)
        self._tell(made, "backup.saved")

    def restore(self) -> None:
        """A file of the user's choice, or one handed to the program."""
        dialog = _dialog(self._host, _Asked(self._text("restore.dialog"), f"{self._text('restore.files')} (*{SUFFIX})"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setDirectory(QDir(str(self._face.services.data.folder / "backups")))
        dialog.fileSelected.connect(lambda name: self.offer(Path(name)))
        dialog.open()

    def offer(self, file: Path) -> None:
        """Look into a file, then ask whether it is to take the place of the data."""
        self._start("look at a backup", self._offer(file))

    async def _offer(self, file: Path) -> None:
        safe = self._face.services.safekeeping
        manifest = await safe.look_at(file)
        title = message("restore.title", when=manifest.made_at)
        self._ask(title, self._said_of(manifest), file)

    def _said_of(self, manifest: Manifest) -> str:
        text = self._face.text
        rows = manifest.rows
        holds = text(
            "restore.holds", messages=rows.get("message", 0), posts=rows.get("post", 0), files=len(manifest.media)
        )
        lines = [holds, text("restore.said"), text("restore.said_owed")]
        if manifest.place != self._face.services.safekeeping.place:
            lines.append(text("restore.said_elsewhere"))
            if not manifest.media_inside and manifest.media:
                lines.append(text("restore.said_without_media"))
        return "\n\n".join(lines)

    def undo_restore(self) -> None:
        """Back to what the last restored backup took the place of."""
        self._start("look for the former data", self._undo_restore())

    async def _undo_restore(self) -> None:
        former: BackupFile | None = await self._face.services.safekeeping.former()
        if former is None:
            self._face.notices.say(message("restore.no_former"), level="info")
            return
        detail = (
            self._face.text("restore.undo_said", when=former.made_at) + "\n\n" + self._face.text("restore.said_owed")
        )
        self._ask(message("restore.undo_title"), detail, former.path)

    def _ask(self, title: Message, detail: str, file: Path) -> None:
        def answered(number: int) -> None:
            if number == 0:
                self._start("restore", self._restore(file))

        choices = [message("restore.go"), message("restore.cancel")]
        self._face.window.ask(title, choices, answered, message("data.as_it_is", text=detail))

    async def _restore(self, file: Path) -> None:
        if await self._face.services.safekeeping.restore(file) is None:
            self._face.notices.say(message("data.stopped"))

    # ---- along, out and away

    def export(self) -> None:
        """A new folder, or a zip."""
        name = f"{_stem(self._face)}.zip"
        asked = _Asked(self._text("export.dialog"), f"{self._text('export.files_zip')} (*.zip)", name)
        self._save_as(asked, lambda path: self._start("export", self._export(path)))

    async def _export(self, path: Path) -> None:
        self._tell(await self._face.services.safekeeping.export(path), "data.exported")

    def move(self) -> None:
        """Explain, then a file of the user's choice."""

        def answered(number: int) -> None:
            if number == 0:
                self._save_as(self._backup_file(), lambda path: self._start("move", self._move(path)))

        choices = [message("move.go"), message("restore.cancel")]
        self._face.window.ask(message("move.title"), choices, answered, message("move.said"))

    async def _move(self, path: Path) -> None:
        self._tell(await self._face.services.safekeeping.move(path), "move.done")

    def erase(self) -> None:
        """A sheet with the word to type."""
        self._start("erase: ask", self._erase())

    async def _erase(self) -> None:
        word = await self._face.services.erasing.word()
        self._face.window.open_sheet(EraseSheet(self._face, self._host.window(), word))

    def lock(self, purpose: str, done: Callable[[], None]) -> None:
        """A sheet for the window's passphrase."""
        self._face.window.open_sheet(
            LockSheet(self._face, self._host.window(), "off" if purpose == "off" else "set", done)
        )

    # ---- parts

    def _tell(self, made: Path | None, said: str) -> None:
        if made is None:
            self._face.notices.say(message("data.stopped"))
        else:
            self._face.notices.say(message(said, file=isolated(made.name)), level="ok", seconds=12)
        self._read_anew()

    def _start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._face.actions.start(f"data: {name}", work)

    def _backup_file(self) -> _Asked:
        filters = f"{self._text('restore.files')} (*{SUFFIX})"
        return _Asked(self._text("backup.dialog"), filters, f"{_stem(self._face)}{SUFFIX}", SUFFIX.lstrip("."))

    def _save_as(self, asked: _Asked, then: Chosen) -> None:
        dialog = _dialog(self._host, asked)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(asked.name)
        if asked.suffix:
            dialog.setDefaultSuffix(asked.suffix)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def _text(self, words: str) -> str:
        return self._face.text(words)


def _stem(face: PageFace) -> str:
    """How the name of a file begins that the user may choose another for."""
    return f"tertulia-{face.clock.now():%Y-%m-%d}"


def _dialog(host: QWidget, asked: _Asked) -> QFileDialog:
    dialog = QFileDialog(host.window(), asked.title, "", asked.filters)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
