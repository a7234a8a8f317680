"""The `?` sheet: every key of this screen and of everywhere, made from the commands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.commands.command import EVERYWHERE, Command
from app.ui.actions import Actions
from app.ui.dialogs import Sheet
from app.ui.list_keys import FIXED, LIST_KEYS
from app.ui.look import Look
from app.ui.widgets.inside import nest
from app.ui.widgets.key_cap import KeyHint
from app.ui.widgets.text import Label, SectionLabel


class ShortcutsSheet(Sheet):
    """Two columns: the page's keys and those of lists at the left, those of everywhere at the right."""

    def __init__(self, look: Look, host: QWidget, actions: Actions, context: str) -> None:
        super().__init__(look, host, look.text("shell.keys_title"), width=860)
        self._actions = actions
        inner = QWidget()
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(32)
        here, everywhere = keys_of(actions, context)
        left = QVBoxLayout()
        if here:
            nest(left, self._key_column(look.text("shell.keys_here"), here))
            left.addSpacing(look.theme.px(16))
        nest(left, self._list_column())
        left.addStretch(1)
        right = self._key_column(look.text("shell.keys_everywhere"), everywhere)
        right.addStretch(1)
        nest(columns, left, 1)
        nest(columns, right, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(inner)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(look.text("shell.keys_title"))
        inner.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        self._inner = inner
        self.body.addWidget(self._scroll)

    def place(self) -> None:
        super().place()
        theme = self._look.theme
        wanted = self._inner.sizeHint().height() + theme.px(88)
        height = min(wanted, self.height() - theme.px(48))
        self.panel.resize(QSize(self.panel.width(), height))
        self.panel.move(self.panel.x(), max(theme.px(24), (self.height() - height) // 3))

    def _list_column(self) -> QVBoxLayout:
        """What lists do wherever they stand."""
        table, look = self._actions.table, self._look
        rows = [(table.keys(each), look.text(each.title_id)) for each in LIST_KEYS]
        rows += [(keys, look.text(f"keys.{name}")) for name, keys in FIXED if name != "list.arrows"]
        return self._rows(look.text("keyboard.context.lists"), [row for row in rows if row[0]])

    def _key_column(self, title: str, commands: list[Command]) -> QVBoxLayout:
        rows = [
            (self._actions.keys(command.id)[:2], self._actions.title(command.id), self._actions.help(command.id))
            for command in commands
        ]
        return self._rows(title, rows)

    def _rows(self, title: str, rows: Sequence[tuple[Sequence[str], str] | tuple[Sequence[str], str, str]]) -> QVBoxLayout:
        look = self._look
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(SectionLabel(look, title))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, (keys, name, *help_) in enumerate(rows):
            hint = KeyHint(look, keys)
            grid.addWidget(hint, number, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label = Label(look, name, "body")
            label.setToolTip("".join(help_))
            grid.addWidget(label, number, 1)
        nest(column, grid)
        return column


def keys_of(actions: Actions, context: str) -> tuple[list[Command], list[Command]]:
    """The commands with keys of a context, and those of everywhere."""
    fitting = [command for command in actions.registry.in_context(context) if actions.keys(command.id)]
    here = [command for command in fitting if command.context != EVERYWHERE]
    return here, [command for command in fitting if command.context == EVERYWHERE]
