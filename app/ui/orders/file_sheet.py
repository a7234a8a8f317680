"""A sheet that reads a file: what stands in it is looked through first, then it is read with progress and Stop, then it says what came of it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.models.order import WrongRow
from app.runtime.errors import AppError
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.orders.progress_bar import ProgressBar
from app.ui.page import PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.strip import Strip
from app.ui.widgets.text import Label

ENDINGS = "*.csv *.tsv *.txt"
LEFT_OUT_SHOWN = 5


class Stops(Protocol):
    """A service that reads a file, one at a time."""

    def stop(self) -> None:
        """After the rows in hand."""
        ...


class CameOf(NamedTuple):
    """What a reading came to."""

    sentences: Sequence[str]
    wrong: Sequence[WrongRow] = ()
    """What was left out, or the first of it."""
    wrong_count: int = 0


def choose_file(
    face: PageFace,
    host: QWidget,
    title: str,
    then: Callable[[Path], object],
    kind: str = "orders.files",
    endings: str = ENDINGS,
) -> None:
    """Open the system's dialog; it calls back and does not stop the window. `title` and `kind`, what such files are called, are texts."""
    dialog = QFileDialog(host, face.text(title), "", f"{face.text(kind)} ({endings})")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()


class FileSheet(Sheet):
    """Subclasses fill the body with what is asked, call `begin`, and answer what is unclear, how it is read and what came of it.

    Closing it while it runs stops it after the rows in hand.
    """

    def __init__(self, face: PageFace, host: QWidget, path: Path, service: Stops, title: str, *, width: int) -> None:
        super().__init__(face.look, host, face.text(title), width=width)
        self._face = face
        self._path = path
        self._service = service
        self._running = False
        self._ended = False
        self._gone = False
        self._left_out = ""
        self.said = Label(face.look, "", "body", "text.secondary", wrap=True)
        self.body.addWidget(self.said)

    def begin(self, area: QWidget, go: str) -> None:
        """All that is asked is in `area`; `go` is the text of the button that reads the file."""
        look = self._look
        self.area = area
        self.trouble = Strip(look, "warn")
        self.progress = ProgressBar(look)
        self.result = Label(look, "", "body", wrap=True)
        self.wrong = Label(look, "", "small", "text.secondary", wrap=True, selectable=True)
        self.body.addWidget(area)
        for widget in (self.trouble, self.progress, self.result, self.wrong):
            widget.hide()
            self.body.addWidget(widget)
        self.copy = Button(look, look.text("orders.copy_wrong"), icon="copy", clicked=self._copy)
        self.copy.hide()
        self.go = Button(look, look.text(go), kind="primary", clicked=self.start)
        self.foot.addWidget(self.copy)
        self.foot.addStretch(1)
        self.foot.addWidget(self.go)
        self.closed.connect(self._stop)

    @abstractmethod
    def unclear(self) -> tuple[QWidget, str] | None:
        """Where something is to be chosen first, and the text that says so."""

    @abstractmethod
    async def read(self) -> CameOf:
        """Read the file as chosen. Progress goes to `tell`."""

    def reading(self, done: int, of_all: int) -> str:
        """Progress in words."""
        return self._look.text("orders.reading", done=done, all=of_all)

    def start(self) -> None:
        """Read the file, unless something is not clear yet: then that is pointed at. Once more stops it, and when it is over closes the sheet."""
        if self._running:
            self._service.stop()
        elif self._ended:
            self.close_now()
        elif (found := self.unclear()) is not None:
            self._point(*found)
        else:
            self._run()
            self._face.actions.start("read a file", self._read())

    def tell(self, done: int, of_all: int) -> None:
        """How far it is; nobody hears it when the sheet was closed meanwhile."""
        if not self._gone:
            self.progress.show_share(done / max(1, of_all), self.reading(done, of_all))

    # ---- inside

    def _point(self, widget: QWidget, text_id: str) -> None:
        self.trouble.show_message("warn", self._look.text(text_id))
        self.trouble.show()
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place()

    def _run(self) -> None:
        self._running = True
        self.trouble.hide()
        self.area.setEnabled(False)
        self.progress.show()
        self.go.choose_kind("plain")
        self.go.setText(self._look.text("orders.stop"))
        self.place()

    async def _read(self) -> None:
        try:
            came = await self.read()
        except AppError:
            self._running = False
            if not self._gone:
                self.close_now()
            raise
        self._running = False
        if not self._gone:
            self._end(came)

    def _end(self, came: CameOf) -> None:
        look = self._look
        self._ended = True
        for widget in (self.progress, self.area, self.said):
            widget.hide()
        self.result.setText("\n".join(came.sentences))
        self.result.show()
        if came.wrong:
            lines = [look.text("orders.wrong_row", line=row.line, reason=row.reason) for row in came.wrong]
            self._left_out = "\n".join(lines)
            more = max(came.wrong_count, len(lines)) > LEFT_OUT_SHOWN
            self.wrong.setText("\n".join(lines[:LEFT_OUT_SHOWN]) + ("\n…" if more else ""))
            self.wrong.show()
            self.copy.show()
        self.go.choose_kind("primary")
        self.go.setText(look.text("orders.close"))
        self.place()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        self._face.window.copy(self._left_out)
        self._face.notices.say(message("orders.copied"), level="ok")

    def _stop(self) -> None:
        self._gone = True
        if self._running:
            self._service.stop()
