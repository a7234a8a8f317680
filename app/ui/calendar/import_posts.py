"""The sheet that brings posts in from a spreadsheet: which column is what, how days are written, what the rows become, then what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.commands.composer import UNDO_SECONDS
from app.models.account import POSTS_NOTHING, AccountRow
from app.models.order import DayOrder
from app.models.post_import import ImportAs, Layout, PostColumn, PostImportResult, PostMapped, PostPreview
from app.runtime.errors import AppError
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.names import network_name
from app.ui.orders.import_sheet import ENCODINGS, NOTHING
from app.ui.orders.progress_bar import ProgressBar
from app.ui.orders.table_preview import TablePreview, offer_days, without_order
from app.ui.page import PageFace
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.button import Button
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.fitting import Fitting
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.select import Select
from app.ui.widgets.strip import Strip
from app.ui.widgets.text import Label, SectionLabel

ENDINGS = "*.csv *.tsv *.txt"
BECOMES = (ImportAs.IDEAS, ImportAs.DRAFTS, ImportAs.SCHEDULED)
LEFT_OUT_SHOWN = 6


def choose_file(face: PageFace, host: QWidget, title: str, kinds: str, then: Callable[[Path], None]) -> None:
    """Open the system's dialog; it calls back and does not stop the window."""
    dialog = QFileDialog(host, face.text(title), "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()


def open_import(face: PageFace, host: QWidget, path: Path) -> None:
    """Look into a file, then show the sheet; a file that cannot be read is told like any other mistake."""

    async def look() -> None:
        preview = await face.services.post_import.preview(path)
        accounts = face.services.reads.now(lambda queries: queries.accounts())
        face.window.open_sheet(PostImportSheet(face, host, path, preview, accounts))

    face.actions.start("import posts: preview", look())


class PostImportSheet(Sheet):
    """One import. Closing it while it runs stops it after the rows in hand."""

    def __init__(
        self, face: PageFace, host: QWidget, path: Path, preview: PostPreview, accounts: Sequence[AccountRow]
    ) -> None:
        look = face.look
        super().__init__(look, host, look.text("import.posts_title"), width=720)
        self._face = face
        self._path = path
        self._preview = preview
        self.gone = False
        self._running = False
        self._left_out = ""
        self.said = Label(look, "", "body", "text.secondary", wrap=True)
        self.body.addWidget(self.said)
        self.columns = {column: Select(look, look.text(f"import.column.{column}")) for column in PostColumn}
        self.days = Select(look, look.text("orders.days"))
        self.encoding = Select(look, look.text("orders.encoding"), [(name.upper(), name) for name in ENCODINGS])
        self.become = Segmented(
            look, look.text("import.become"), [(look.text(f"import.as.{each}"), None) for each in BECOMES]
        )
        self.accounts = {
            account.id: CheckBox(look, f"{network_name(account.network)} {isolated(account.handle)}")
            for account in accounts
            if account.network not in POSTS_NOTHING
        }
        self.pictures = CheckBox(look, look.text("import.with_pictures"))
        self.table = TablePreview(look, 120)
        self.form = QWidget()
        self._lay_out()
        self.trouble = Strip(look, "warn")
        self.progress = ProgressBar(look)
        self.result = Label(look, "", "body", wrap=True)
        self.wrong = Label(look, "", "small", "text.secondary", wrap=True, selectable=True)
        for widget in (self.trouble, self.progress, self.result, self.wrong):
            widget.hide()
            self.body.addWidget(widget)
        self.copy = Button(look, look.text("orders.copy_wrong"), icon="copy", clicked=self._copy)
        self.copy.hide()
        self.go = Button(look, look.text("import.go"), kind="primary", clicked=self.start)
        self.foot.addWidget(self.copy)
        self.foot.addStretch(1)
        self.foot.addWidget(self.go)
        self.closed.connect(self._stop)
        self.encoding.activated.connect(lambda _row: self._look_again())
        self._show(preview)

    def mapped(self) -> PostMapped:
        """What was chosen."""
        places = {column: select.currentData() for column, select in self.columns.items()}
        chosen = {column: place for column, place in places.items() if isinstance(place, int) and place != NOTHING}
        days = self.days.currentData()
        return PostMapped(chosen, DayOrder(days) if days else None, self._preview.guessed.no_header)

    def start(self) -> None:
        """Import, unless something is not clear yet: then that is pointed at."""
        if self._running:
            self._face.services.post_import.stop()
            return
        if self.result.isVisible():
            self.close_now()
            return
        mapped = self.mapped()
        accounts = [number for number, box in self.accounts.items() if box.isChecked()]
        become = BECOMES[self.become.index]
        if PostColumn.TEXT not in mapped.columns and PostColumn.TITLE not in mapped.columns:
            self._point(self.columns[PostColumn.TEXT], "import.no_text_column")
        elif self._preview.ambiguous_days and mapped.days is None and PostColumn.WHEN in mapped.columns:
            self._point(self.days, "orders.days_unclear")
        elif become is ImportAs.SCHEDULED and not accounts and PostColumn.ACCOUNT not in mapped.columns:
            self._point(next(iter(self.accounts.values()), self.become), "import.no_account")
        else:
            self.trouble.hide()
            self._running = True
            self.form.setEnabled(False)
            self.progress.show_share(0.0, "")
            self.progress.show()
            self.go.choose_kind("plain")
            self.go.setText(self._look.text("orders.stop"))
            self.place()
            self._face.actions.start("import posts", self._import(mapped, become, accounts))

    # ---- inside

    def _lay_out(self) -> None:
        look, px = self._look, self._look.theme.px
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, px(2), px(2))
        column.setSpacing(px(8))
        pairs = QGridLayout()
        pairs.setHorizontalSpacing(px(10))
        pairs.setVerticalSpacing(px(6))
        fields: list[tuple[str, QWidget]] = [(f"import.column.{name}", select) for name, select in self.columns.items()]
        fields += [("orders.days", self.days), ("orders.encoding", self.encoding)]
        for number, (text_id, widget) in enumerate(fields):
            line, place = number // 2, number % 2 * 2
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            label = Label(look, look.text(text_id), "small", "text.secondary", wrap=True)
            label.setBuddy(widget)
            pairs.addWidget(label, line, place)
            pairs.addWidget(widget, line, place + 1)
            pairs.setColumnStretch(place, 2)
            pairs.setColumnStretch(place + 1, 3)
        column.addLayout(pairs)
        column.addWidget(SectionLabel(look, look.text("orders.preview")))
        column.addWidget(self.table)
        column.addWidget(SectionLabel(look, look.text("import.become")))
        across = QHBoxLayout()
        across.addWidget(self.become)
        across.addStretch(1)
        column.addLayout(across)
        grid = QGridLayout()
        for number, box in enumerate(self.accounts.values()):
            grid.addWidget(box, number // 2, number % 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        column.addWidget(Label(look, look.text("import.accounts"), "small", "text.secondary", wrap=True))
        column.addLayout(grid)
        column.addWidget(self.pictures)
        self.area = Fitting(self.form)
        self.body.addWidget(self.area)

    def _show(self, preview: PostPreview) -> None:
        look = self._look
        self._preview = preview
        said = look.text("import.posts_said", n=preview.data_lines, file=isolated(self._path.name))
        if preview.layout is not Layout.OWN:
            said = f"{said} {look.text('import.layout', layout=preview.layout.capitalize())}"
        self.said.setText(said)
        titles = [
            one_line(title)[:40] or look.text("orders.column_number", n=place + 1)
            for place, title in enumerate(preview.header)
        ]
        offered: list[tuple[str, object]] = [(look.text("orders.no_column"), NOTHING)]
        offered += [(title, place) for place, title in enumerate(titles)]
        for column, select in self.columns.items():
            select.offer(offered)
            select.choose(preview.guessed.columns.get(column, NOTHING))
        offer_days(look, self.days, preview.guessed.days)
        self.encoding.choose(without_order(preview.form.encoding))
        self.table.show_rows(titles, preview.rows)
        self.pictures.setVisible(PostColumn.PICTURE in preview.guessed.columns)
        self.place()

    def _look_again(self) -> None:
        """Another encoding."""
        encoding = str(self.encoding.currentData())

        async def look() -> None:
            self._show(await self._face.services.post_import.preview(self._path, encoding))

        self._face.actions.start("import posts: preview", look())

    def _point(self, widget: QWidget, text_id: str) -> None:
        self.trouble.show_message("warn", self._look.text(text_id))
        self.trouble.show()
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place()

    async def _import(self, mapped: PostMapped, become: ImportAs, accounts: Sequence[int]) -> None:
        try:
            result = await self._face.services.post_import.import_file(
                self._path,
                mapped,
                become,
                accounts,
                pictures=self.pictures.isChecked(),
                progress=self._tell,
                encoding=str(self.encoding.currentData()),
            )
        except AppError:
            self._running = False
            if not self.gone:
                self.close_now()
            raise
        self._running = False
        if result.made:
            self._face.notices.say(message("import.said.posts", n=result.made), undo=True, seconds=UNDO_SECONDS)
        if not self.gone:
            self._end(result)

    def _tell(self, done: int, of_all: int) -> None:
        if not self.gone:
            self.progress.show_share(done / max(1, of_all), self._look.text("orders.reading", done=done, all=of_all))

    def _end(self, result: PostImportResult) -> None:
        look = self._look
        self.progress.hide()
        self.area.hide()
        self.said.hide()
        sentences = [look.text("import.result.made", n=result.made)]
        for name in ("scheduled", "past", "unplanned"):
            many = getattr(result, name)
            if many:
                sentences.append(look.text(f"import.result.{name}", n=many))
        if result.stopped:
            sentences.append(look.text("import.result.stopped"))
        if result.wrong_count > result.unplanned:
            sentences.append(look.text("orders.result.wrong", n=result.wrong_count - result.unplanned))
        self.result.setText("\n".join(sentences))
        self.result.show()
        if result.wrong:
            lines = [look.text("orders.wrong_row", line=row.line, reason=row.reason) for row in result.wrong]
            self._left_out = "\n".join(lines)
            self.wrong.setText("\n".join(lines[:LEFT_OUT_SHOWN]) + ("\n…" if len(lines) > LEFT_OUT_SHOWN else ""))
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
        self.gone = True
        if self._running:
            self._face.services.post_import.stop()
