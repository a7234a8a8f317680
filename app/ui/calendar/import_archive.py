"""The sheet that brings in the history of an account: what the archive holds, whose it is, with or without pictures; progress, and what came."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.commands.composer import UNDO_SECONDS
from app.models.account import AccountRow
from app.models.archive import ArchivePreview, ArchiveResult
from app.runtime.errors import AppError
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.names import network_name
from app.ui.orders.progress_bar import ProgressBar
from app.ui.page import PageFace
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.button import Button
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.select import Select
from app.ui.widgets.strip import Strip
from app.ui.widgets.text import Label, SectionLabel

ENDINGS = "*.zip *.tar.gz *.tgz *.tar"


class ArchiveSheet(Sheet):
    """First it looks into the archive, then it imports. Closing it stops either."""

    def __init__(self, face: PageFace, host: QWidget, path: Path) -> None:
        look = face.look
        super().__init__(look, host, look.text("import.archive_title"), width=600)
        self._face = face
        self._path = path
        self.gone = False
        self._busy = True
        self._begun = False
        self._done = False
        self.preview: ArchivePreview | None = None
        self.said = Label(
            look, look.text("import.looking", file=isolated(path.name)), "body", "text.secondary", wrap=True
        )
        self.body.addWidget(self.said)
        self.trouble = Strip(look, "warn")
        self.progress = ProgressBar(look)
        self.account = Select(look, look.text("import.whose"))
        self.account.activated.connect(lambda _row: self._look_again())
        self.account_name = Label(look, look.text("import.whose"), "small", "text.secondary", wrap=True)
        self.account_name.setBuddy(self.account)
        self.sample_title = SectionLabel(look, look.text("import.newest"))
        self.sample = Label(look, "", "small", "text.secondary", wrap=True)
        self.media = CheckBox(look, look.text("import.with_media"))
        for widget in (
            self.trouble, self.progress, self.account_name, self.account, self.sample_title, self.sample, self.media,
        ):  # fmt: skip
            widget.hide()
            self.body.addWidget(widget)
        self.foot.addStretch(1)
        self.go = Button(look, look.text("orders.stop"), clicked=self.start)
        self.foot.addWidget(self.go)
        self.closed.connect(self._stop)
        self.progress.show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        if not self.gone:
            self._face.actions.start("import archive: preview", self._look_into(None))

    def start(self) -> None:
        """Import; while something is under way, stop it; afterwards, close."""
        number = self.account.currentData()
        if self._busy:
            self._face.services.archive_import.stop()
        elif self._done or self.preview is None:
            self.close_now()
        elif isinstance(number, int) and number:
            self._busy = True
            self.go.choose_kind("plain")
            self.go.setText(self._look.text("orders.stop"))
            self.progress.show_share(0.0, "")
            self.progress.show()
            self.place()
            self._face.actions.start("import archive", self._import(number))
        else:
            self._point("import.choose_account")

    # ---- inside

    async def _look_into(self, account_id: int | None) -> None:
        try:
            preview = await self._face.services.archive_import.preview(self._path, account_id, self._tell_reading)
        except AppError:
            self._busy = False
            if not self.gone:
                self.close_now()
            raise
        self._busy = False
        if not self.gone:
            self._show(preview)

    def _look_again(self) -> None:
        """For another account: what is known of it already differs."""
        number = self.account.currentData()
        if isinstance(number, int) and number and not self._busy:
            self._busy = True
            self._face.actions.start("import archive: preview", self._look_into(number))

    def _show(self, preview: ArchivePreview) -> None:
        look, words = self._look, self._look.words
        self.preview = preview
        self.progress.hide()
        new = preview.posts - preview.known
        lines = [look.text("import.archive_said", n=new, network=network_name(str(preview.kind)))]
        if preview.first is not None and preview.last is not None:
            lines.append(
                look.text("import.archive_span", first=words.long_day(preview.first), last=words.long_day(preview.last))
            )
        for name, many in (("known", preview.known), ("left_out", preview.left_out), ("wrong", len(preview.wrong))):
            if many:
                lines.append(look.text(f"import.archive_{name}", n=many))
        lines.append(look.text("import.never_sent"))
        self.said.setText("\n".join(lines))
        accounts: Sequence[AccountRow] = self._face.services.reads.now(lambda queries: queries.accounts())
        fitting = [(isolated(each.handle), each.id) for each in accounts if each.network == preview.kind]
        offered: list[tuple[str, object]] = (
            [*fitting] if preview.account_id else [(look.text("import.choose"), 0), *fitting]
        )
        self.account.offer(offered)
        self.account.choose(preview.account_id or 0)
        if not fitting:
            self._point("import.no_such_account")
        posts = [
            words.told_of(words.day(post.at, self._face.clock.now()), isolated(one_line(post.text)[:90]))
            for post in preview.sample[:4]
        ]
        self.sample.setText("\n".join(posts))
        self.sample_title.setVisible(bool(posts))
        self.sample.setVisible(bool(posts))
        self.account_name.show()
        self.account.show()
        self.media.setVisible(bool(preview.media))
        self.media.setText(look.text("import.with_media_n", n=preview.media))
        self.media.updateGeometry()
        self.go.choose_kind("primary")
        self.go.setText(look.text("import.bring_in", n=new) if new else look.text("orders.close"))
        self._done = not new
        self.go.setEnabled(bool(fitting) or not new)
        self.place()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _point(self, text_id: str) -> None:
        self.trouble.show_message("warn", self._look.text(text_id))
        self.trouble.show()
        self.place()

    async def _import(self, account_id: int) -> None:
        try:
            result = await self._face.services.archive_import.import_file(
                self._path, account_id, media=self.media.isChecked(), progress=self._tell
            )
        except AppError:
            self._busy = False
            if not self.gone:
                self.close_now()
            raise
        self._busy = False
        if result.posts:
            self._face.notices.say(message("import.said.archive", n=result.posts), undo=True, seconds=UNDO_SECONDS)
        if not self.gone:
            self._end(result)

    def _end(self, result: ArchiveResult) -> None:
        look = self._look
        lines = [look.text("import.result.archive", n=result.posts)]
        if result.media:
            lines.append(look.text("import.result.media", n=result.media))
        if result.wrong_count:
            lines.append(look.text("import.archive_wrong", n=result.wrong_count))
        if result.stopped:
            lines.append(look.text("import.result.stopped"))
        self.said.setText("\n".join(lines))
        for widget in (
            self.progress,
            self.account,
            self.account_name,
            self.sample,
            self.sample_title,
            self.media,
            self.trouble,
        ):
            widget.hide()
        self._done = True
        self.go.choose_kind("primary")
        self.go.setText(look.text("orders.close"))
        self.place()

    def _tell_reading(self, done: int, _of_all: int) -> None:
        if not self.gone:
            self.progress.show_share(0.0, self._look.text("import.reading", n=done))

    def _tell(self, done: int, of_all: int) -> None:
        if not self.gone:
            said = "import.reading" if not of_all else "import.storing"
            self.progress.show_share(done / of_all if of_all else 0.0, self._look.text(said, n=done, all=of_all))

    def _stop(self) -> None:
        self.gone = True
        if self._busy:
            self._face.services.archive_import.stop()
