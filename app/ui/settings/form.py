"""A section of settings, made from their descriptions: a title a group, a row a setting, and below it what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.runtime.errors import UserMistake
from app.runtime.settings import GROUPS, Group, Kind, Setting, Settings
from app.ui.look import Look
from app.ui.settings.editors import Chosen, Editor, editor_for
from app.ui.settings.sections import Section, Shown, settings_of
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Line, Pane, PaneHeader, Scrolling
from app.ui.widgets.text import Label, SectionLabel

WIDEST = 680
BELOW = (Kind.HOURS, Kind.CLOSED_DAYS, Kind.OPEN_DAYS, Kind.TARGETS, Kind.PACES)
"""What needs the whole width."""


class SectionPane(Pane):
    """A header and a column that scrolls; what is below is the section's own."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__(look, "base")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = PaneHeader(look, title)
        self.header.row.addStretch(1)
        column.addWidget(self.header)
        area = Scrolling()
        inner = QWidget()
        px = look.theme.px
        outer = QHBoxLayout(inner)
        outer.setContentsMargins(px(20), px(16), px(20), px(24))
        holder = QWidget()
        holder.setMaximumWidth(px(WIDEST))
        outer.addWidget(holder, 1000)
        outer.addStretch(1)
        self.rows = QVBoxLayout(holder)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(0)
        area.hold(inner)
        column.addWidget(area, 1)


class SettingRow(QWidget):
    """Title and description at the left, the editor at the right (hours and lists: below)."""

    def __init__(self, look: Look, setting: Setting, editor: Editor) -> None:
        super().__init__()
        px = look.theme.px
        self.editor = editor
        grid = QGridLayout(self)
        grid.setContentsMargins(0, px(7), 0, px(7))
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(1))
        title = Label(look, look.text(setting.title_id), "body", wrap=True)
        help_ = Label(look, look.text(setting.help_id), "caption", "text.tertiary", wrap=True)
        editor.widget.setAccessibleDescription(look.text(setting.help_id))
        grid.addWidget(title, 0, 0, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(help_, 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        if setting.kind in BELOW or getattr(editor, "below", False):
            grid.setRowMinimumHeight(2, px(6))
            grid.addWidget(editor.widget, 3, 0, 1, 2)
        else:
            grid.addWidget(editor.widget, 0, 1, 2, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._wrong = QWidget()
        row = QHBoxLayout(self._wrong)
        row.setContentsMargins(0, px(4), 0, 0)
        row.setSpacing(px(6))
        row.addWidget(IconSpot(look, "warning-circle-fill", "status.danger.text", 13))
        self._sentence = Label(look, "", "caption", "status.danger.text", wrap=True)
        row.addWidget(self._sentence, 1)
        grid.addWidget(self._wrong, 4, 0, 1, 2)
        self._wrong.hide()

    def complain(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence when nothing is."""
        self._sentence.setText(sentence)
        self._wrong.setVisible(bool(sentence))


class Form(SectionPane):
    """Changes act at once; a value that cannot be is refused beside its row and nothing changes."""

    def __init__(self, look: Look, settings: Settings, section: Section, *, read_only: bool = False) -> None:
        super().__init__(look, look.text(section.title_id))
        self._settings = settings
        self._read_only = read_only
        self._shown: dict[str, SettingRow] = {}
        for number, shown in enumerate(section.groups):
            self._add_group(shown, titled=len(section.groups) > 1, first=number == 0)
        said = f"{section.title_id}.said"
        if look.words.knows(said):
            self.rows.addSpacing(look.theme.px(10))
            self.rows.addWidget(Label(look, look.text(said), "caption", "text.tertiary", wrap=True))
        self.rows.addStretch(1)

    def row(self, key: str) -> SettingRow:
        """The row of a setting."""
        return self._shown[key]

    def keys(self) -> Sequence[str]:
        return tuple(self._shown)

    def _add_group(self, shown: Shown, *, titled: bool, first: bool) -> None:
        look, px = self._look, self._look.theme.px
        group = shown[0]
        if not first:
            self.rows.addSpacing(px(12))
            self.rows.addWidget(Line(look))
            self.rows.addSpacing(px(14))
        if titled:
            self.rows.addWidget(SectionLabel(look, look.text(f"setting.{group.GROUP}")))
            self.rows.addSpacing(px(2))
        for setting in settings_of(shown):
            value = getattr(self._settings.get(group), setting.name)
            editor = self._editor(setting, value, partial(self.keep, group, setting))
            editor.widget.setEnabled(not self._read_only)
            row = SettingRow(look, setting, editor)
            self._shown[setting.key] = row
            self.rows.addWidget(row)

    def _editor(self, setting: Setting, value: object, chosen: Chosen) -> Editor:
        """What changes a setting; a section may have an editor of its own."""
        return editor_for(self._look, setting, value, chosen)

    def keep(self, group: type[Group], setting: Setting, value: object) -> None:
        """The user chose a value."""
        row = self._shown[setting.key]
        try:
            self._settings.change(group, **{setting.name: value})
        except UserMistake as mistake:
            row.complain(self._look.text(mistake.message))
        else:
            row.complain("")

    def show_changed(self, keys: frozenset[str]) -> None:
        """Settings were changed, here or elsewhere."""
        for group in GROUPS:
            for key, row in self._shown.items():
                if key in keys and key.startswith(f"{group.GROUP}."):
                    row.editor.show_value(getattr(self._settings.get(group), key.partition(".")[2]))

