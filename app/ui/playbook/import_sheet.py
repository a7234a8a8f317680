"""The sheet that says what bringing a playbook in would do, before anything changes: new, changed, left out; rows are mended here or saved as a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.models.playbook_file import FilePlan, WrongRow
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.button import Button
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Scrolling
from app.ui.widgets.text import Label, SectionLabel

MOST_TITLES = 6
MOST_SHOWN = 50
"""Rows left out that are listed; the saved list has all."""
UNDO_SECONDS = 10
FIXED_COLUMNS = ("key", "category", "language", "title", "text", "example")
"""Offered for each row that is mended, with whatever else stands in it."""


class ImportSheet(Sheet):
    """One import. `plan` says what it would do; each row that is mended is looked at again at once."""

    def __init__(self, face: PageFace, host: QWidget, path: Path, plan: FilePlan) -> None:
        look = face.look
        super().__init__(look, host, look.text("playbook.import_title", file=isolated(one_line(path.name))), width=600)
        self._face = face
        self._path = path
        self.plan = plan
        self.fixed: dict[int, Mapping[str, str]] = {}
        px = look.theme.px
        self.lines = QVBoxLayout()
        self.lines.setSpacing(px(6))
        nest(self.body, self.lines)
        self.leave = CheckBox(look, look.text("playbook.import_leave"))
        self.body.addWidget(self.leave)
        self.left_out = SectionLabel(look, "")
        self.body.addWidget(self.left_out)
        self._area = Scrolling()
        holder = QWidget()
        self._rows = QVBoxLayout(holder)
        self._rows.setContentsMargins(0, 0, px(8), 0)
        self._rows.setSpacing(px(4))
        self._area.hold(holder)
        self.body.addWidget(self._area)
        self.fixes: list[Button] = []
        self.list = Button(look, look.text("playbook.save_list"), icon="export", clicked=self._choose_list)
        self.foot.addWidget(self.list)
        self.foot.addStretch(1)
        self.go = Button(look, look.text("playbook.bring_in"), kind="primary", clicked=self.bring)
        self.foot.addWidget(self.go)
        self.show_plan(plan)

    def settle_focus(self) -> None:
        (self.go if self.go.isEnabled() else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_plan(self, plan: FilePlan) -> None:
        """What it would do now."""
        self.plan = plan
        _clear(self.lines)
        for icon, role, sentence in self._sentences(plan):
            self.lines.addWidget(_line(self._face, icon, role, sentence))
        self.leave.setVisible(bool(plan.changed))
        wrong = plan.wrong
        for widget in (self.left_out, self._area, self.list):
            widget.setVisible(bool(wrong))
        self.left_out.setText(self._look.text("playbook.left_out", n=len(wrong)))
        _clear(self._rows)
        self.fixes = []
        for row in wrong[:MOST_SHOWN]:
            self._rows.addWidget(self._row(row))
        self._rows.addStretch(1)
        self._area.setFixedHeight(self._look.theme.px(min(220, 34 * min(len(wrong), MOST_SHOWN) + 8)))
        self.go.setEnabled(plan.does_something)
        self.place()

    def bring(self) -> None:
        """Do it; what was left out stays out."""
        self._face.actions.start("playbook: import", self._bring())

    async def _bring(self) -> None:
        files = self._face.services.playbook_files
        result = await files.import_file(self._path, self.fixed, leave=self.leave.isChecked())
        said = message("playbook.said.imported", n=result.answers, changed=result.changed)
        self._face.notices.say(said, undo=True, seconds=UNDO_SECONDS)
        if not self.isHidden():
            self.close_now()

    # ---- what would happen

    def _sentences(self, plan: FilePlan) -> list[tuple[str, str, str]]:
        text = self._look.text
        found: list[tuple[str, str, str]] = []
        if plan.new:
            found.append(("plus", "accent.text", text("playbook.import_new", n=len(plan.new), titles=_some(self._face, plan.new))))
        if plan.changed:
            said = text("playbook.import_changed", n=len(plan.changed), titles=_some(self._face, plan.changed))
            found.append(("pencil-simple", "status.warn.text", said))
        if plan.facts:
            said = text("playbook.import_facts", n=len(plan.facts), titles=_some(self._face, plan.facts))
            found.append(("calendar", "text.secondary", said))
        if plan.examples:
            found.append(("chat-circle-dots", "text.secondary", text("playbook.import_examples", n=plan.examples)))
        if plan.same:
            found.append(("check", "text.secondary", text("playbook.import_same", n=plan.same)))
        if not plan.does_something:
            found.insert(0, ("info", "text.secondary", text("playbook.import_nothing")))
        return found

    # ---- rows left out

    def _row(self, row: WrongRow) -> QWidget:
        look = self._look
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(look.theme.px(8))
        said = look.text("playbook.left_out_row", line=row.line, reason=row.reason)
        across.addWidget(Label(look, said, "small", "text.secondary", wrap=True, selectable=True), 1)
        if row.cells:
            fix = Button(look, look.text("playbook.fix_row"), size="small", clicked=lambda: self.fix(row))
            fix.setAccessibleName(look.text("playbook.fix_row_of", line=row.line))
            self.fixes.append(fix)
            across.addWidget(fix, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def fix(self, row: WrongRow) -> None:
        """Mend one row here."""
        self._face.window.open_sheet(RowSheet(self._face, self.window(), row, self._mended))

    def _mended(self, line: int, cells: Mapping[str, str]) -> None:
        self.fixed[line] = cells

        async def look_again() -> None:
            plan = await self._face.services.playbook_files.preview(self._path, self.fixed)
            if not self.isHidden():
                self.show_plan(plan)

        self._face.actions.start("playbook: preview", look_again())

    def _choose_list(self) -> None:
        text = self._look.text
        dialog = QFileDialog(self, text("playbook.save_list"), "", f"{text('playbook.files')} (*.csv)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{self._path.stem}_{text('playbook.list_name')}.csv")
        dialog.fileSelected.connect(lambda name: self.save_list(Path(name)))
        dialog.open()

    def save_list(self, path: Path) -> None:
        """All rows left out with their reasons, as a CSV that can be mended and brought in."""
        reasons = [self._look.text(row.reason) for row in self.plan.wrong]

        async def save() -> None:
            await self._face.services.playbook_files.save_left_out(path, self.plan.wrong, reasons)
            self._face.notices.say(message("playbook.said.list_saved", file=path.name), level="ok")

        self._face.actions.start("playbook: list", save())


class RowSheet(Sheet):
    """One row that was left out, with a field for each of its cells."""

    def __init__(
        self, face: PageFace, host: QWidget, row: WrongRow, then: Callable[[int, Mapping[str, str]], object]
    ) -> None:
        look = face.look
        super().__init__(look, host, look.text("playbook.fix_row_of", line=row.line), width=520)
        self._row = row
        self._then = then
        self.body.addWidget(
            _line(face, "warning-fill", "status.warn.text", look.text("playbook.left_out_reason", reason=row.reason))
        )
        columns = dict.fromkeys([*FIXED_COLUMNS, *(column for column, text in row.cells.items() if text)])
        self.fields = {
            column: Field(look, look.text(f"playbook.column.{column}"), row.cells.get(column, "")) for column in columns
        }
        self._shown = {column: field.text for column, field in self.fields.items()}
        area = Scrolling()
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        for field in self.fields.values():
            inside.addWidget(field)
            field.line.returnPressed.connect(self.keep)
        inside.addStretch(1)
        area.hold(holder)
        area.setMinimumHeight(look.theme.px(320))
        self.body.addWidget(area)
        self.foot.addStretch(1)
        self.foot.addWidget(Button(look, look.text("playbook.keep_row"), kind="primary", clicked=self.keep))

    def keep(self) -> None:
        """Look at it again as it stands now."""
        told = {}
        for column, field in self.fields.items():
            shown, cell = self._shown[column], self._row.cells.get(column, "")
            told[column] = cell if field.text == shown else field.text  # a field has one line, a cell may have several
        self._then(self._row.line, told)
        self.close_now()


def _some(face: PageFace, titles: Sequence[str]) -> str:
    shown = [isolated(one_line(title)) for title in titles[:MOST_TITLES]]
    return face.words.enumeration([*shown, *(["…"] if len(titles) > MOST_TITLES else [])])


def _line(face: PageFace, icon: str, role: str, sentence: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(face.look.theme.px(8))
    row.addWidget(IconSpot(face.look, icon, role, 15), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(face.look, sentence, "body", wrap=True), 1)
    return line


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
