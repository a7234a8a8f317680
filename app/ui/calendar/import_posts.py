"""The sheet that brings posts in from a spreadsheet: which column is what, how days are written, what the rows become, then what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.commands.composer import UNDO_SECONDS
from app.models.account import POSTS_NOTHING, AccountRow
from app.models.post_import import ImportAs, Layout, PostColumn, PostImportResult, PostMapped, PostPreview
from app.runtime.words import message
from app.ui.names import network_name
from app.ui.orders.column_form import ColumnForm
from app.ui.orders.file_sheet import CameOf, FileSheet
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.fitting import Fitting
from app.ui.widgets.inside import nest
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.text import Label, SectionLabel

BECOMES = (ImportAs.IDEAS, ImportAs.DRAFTS, ImportAs.SCHEDULED)


def open_import(face: PageFace, host: QWidget, path: Path) -> None:
    """Look into a file, then show the sheet; a file that cannot be read is told like any other mistake."""

    async def look() -> None:
        preview = await face.services.post_import.preview(path)
        accounts = face.services.reads.now(lambda queries: queries.accounts())
        face.window.open_sheet(PostImportSheet(face, host, path, preview, accounts))

    face.actions.start("import posts: preview", look())


class PostImportSheet(FileSheet):
    """One import of posts."""

    def __init__(
        self, face: PageFace, host: QWidget, path: Path, preview: PostPreview, accounts: Sequence[AccountRow]
    ) -> None:
        super().__init__(face, host, path, face.services.post_import, "import.posts_title", width=720)
        look = face.look
        self.form = ColumnForm(
            look,
            {column: f"import.column.{column}" for column in PostColumn},
            column_width=120,
            encoded=self._look_again,
        )
        self.become = Segmented(
            look, look.text("import.become"), [(look.text(f"import.as.{each}"), None) for each in BECOMES]
        )
        self.accounts = {
            account.id: CheckBox(look, f"{network_name(account.network)} {isolated(account.handle)}")
            for account in accounts
            if account.network not in POSTS_NOTHING
        }
        self.pictures = CheckBox(look, look.text("import.with_pictures"))
        self._lay_out()
        self.begin(Fitting(self.form), "import.go")
        self._show(preview)

    def mapped(self) -> PostMapped:
        """What was chosen."""
        return PostMapped(self.form.chosen_columns(), self.form.chosen_days(), self._preview.guessed.no_header)

    def unclear(self) -> tuple[QWidget, str] | None:
        mapped = self.mapped()
        if PostColumn.TEXT not in mapped.columns and PostColumn.TITLE not in mapped.columns:
            return self.form.columns[PostColumn.TEXT], "import.no_text_column"
        if self._preview.ambiguous_days and mapped.days is None and PostColumn.WHEN in mapped.columns:
            return self.form.days, "orders.days_unclear"
        without = not self._chosen_accounts() and PostColumn.ACCOUNT not in mapped.columns
        if BECOMES[self.become.index] is ImportAs.SCHEDULED and without:
            return next(iter(self.accounts.values()), self.become), "import.no_account"
        return None

    async def read(self) -> CameOf:
        result = await self._face.services.post_import.import_file(
            self._path,
            self.mapped(),
            BECOMES[self.become.index],
            self._chosen_accounts(),
            pictures=self.pictures.isChecked(),
            progress=self.tell,
            encoding=self.form.chosen_encoding(),
        )
        if result.made:
            self._face.notices.say(message("import.said.posts", n=result.made), undo=True, seconds=UNDO_SECONDS)
        return CameOf(self._sentences(result), result.wrong, result.wrong_count)

    # ---- inside

    def _chosen_accounts(self) -> list[int]:
        return [number for number, box in self.accounts.items() if box.isChecked()]

    def _lay_out(self) -> None:
        look, rows = self._look, self.form.rows
        rows.addWidget(SectionLabel(look, look.text("import.become")))
        across = QHBoxLayout()
        across.addWidget(self.become)
        across.addStretch(1)
        nest(rows, across)
        grid = QGridLayout()
        for number, box in enumerate(self.accounts.values()):
            grid.addWidget(box, number // 2, number % 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        rows.addWidget(Label(look, look.text("import.accounts"), "small", "text.secondary", wrap=True))
        nest(rows, grid)
        rows.addWidget(self.pictures)

    def _show(self, preview: PostPreview) -> None:
        look = self._look
        self._preview = preview
        said = look.text("import.posts_said", n=preview.data_lines, file=isolated(self._path.name))
        if preview.layout is not Layout.OWN:
            said = f"{said} {look.text('import.layout', layout=preview.layout.capitalize())}"
        self.said.setText(said)
        guessed = preview.guessed
        self.form.show_file(preview.header, preview.rows, guessed.columns, guessed.days, preview.form.encoding)
        self.pictures.setVisible(PostColumn.PICTURE in guessed.columns)
        self.place()

    def _look_again(self, encoding: str) -> None:
        async def look() -> None:
            self._show(await self._face.services.post_import.preview(self._path, encoding))

        self._face.actions.start("import posts: preview", look())

    def _sentences(self, result: PostImportResult) -> list[str]:
        look = self._look
        said = [look.text("import.result.made", n=result.made)]
        for name in ("scheduled", "past", "unplanned"):
            many = getattr(result, name)
            if many:
                said.append(look.text(f"import.result.{name}", n=many))
        if result.stopped:
            said.append(look.text("import.result.stopped"))
        if result.wrong_count > result.unplanned:
            said.append(look.text("orders.result.wrong", n=result.wrong_count - result.unplanned))
        return said
