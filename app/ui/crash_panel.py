"""What happens when a bug surfaces: it is logged, shown as a sheet that says what is safe, and the program goes on."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.runtime.log import redact
from app.ui.dialogs import Sheet
from app.ui.look import Look
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button
from app.ui.widgets.text import Label

_log = logging.getLogger(__name__)


class CrashPanel:
    """Shows a bug as a sheet with "copy details" over whatever window there is; several in a row open one panel."""

    def __init__(
        self,
        look: Look,
        host: Callable[[], QWidget | None],
        copy: Callable[[str], None],
        version: str,
        redact: Callable[[str], str] = redact,
        keep: Callable[[str], Path | None] = lambda _text: None,
    ) -> None:
        """`redact` takes secrets out of what is shown and copied; the log's own also knows those in use. `keep` writes the report to a file."""
        self._keep = keep
        self._look = look
        self._host = host
        self._copy = copy
        self._version = version
        self._redact = redact
        self._open: Sheet | None = None

    def show(self, error: BaseException) -> None:
        """Log it, and tell the user what is safe and what to do."""
        _log.error("a bug surfaced", exc_info=(type(error), error, error.__traceback__))
        host = self._host()
        if host is None or self._open is not None:
            return
        # Imported for a bug alone: 3 ms before the first page.
        from app.runtime.crash_report import report  # noqa: PLC0415

        text = self._redact(report(error, self._version, qVersion()))
        kept = self._keep(text)
        look = self._look
        sheet = Sheet(look, host, look.text("shell.crash_title"), width=620)
        sheet.body.addWidget(Label(look, look.text("shell.crash_text"), "body", "text.secondary", wrap=True))
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setFont(look.theme.mono())
        shown.setMinimumHeight(look.theme.px(180))
        shown.setAccessibleName(look.text("shell.crash_details"))
        sheet.body.addWidget(shown)
        if kept is not None:
            told = look.text("crash.kept", file=isolated(str(kept)))
            sheet.body.addWidget(Label(look, told, "caption", "text.tertiary", wrap=True, selectable=True))
        main = Button(look, look.text("shell.crash_copy"), kind="primary", clicked=lambda: self._copy(text))
        others = [Button(look, look.text("shell.crash_go_on"), clicked=sheet.close_now)]
        if kept is not None:
            folder = QUrl.fromLocalFile(str(kept.parent))
            shows = Button(look, look.text("crash.folder"), clicked=lambda: QDesktopServices.openUrl(folder))
            others.insert(0, shows)
        sheet.offer(main, *others)
        sheet.closed.connect(self._closed)
        self._open = sheet
        sheet.open()

    def _closed(self) -> None:
        self._open = None


def catch_bugs(show: Callable[[BaseException], None]) -> None:
    """The top-level catcher: whatever nobody caught is shown and logged, and the program goes on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        show(error)

    sys.excepthook = hook
