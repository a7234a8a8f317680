"""The `?` sheet: every key of this screen and of everywhere, made from the commands."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.commands.command import EVERYWHERE, Command
from app.ui.actions import Actions
from app.ui.dialogs import Sheet
from app.ui.look import Look
from app.ui.widgets.key_cap import KeyHint
from app.ui.widgets.text import Label, SectionLabel


class ShortcutsSheet(Sheet):
    """Two columns: the page's keys at the left, those of everywhere at the right."""

    def __init__(self, look: Look, host: QWidget, actions: Actions, context: str) -> None:
        super().__init__(look, host, look.text("shell.keys_title"), width=860)
        self._actions = actions
        inner = QWidget()
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(32)
        here, everywhere = keys_of(actions, context)
        for title_id, commands in (("shell.keys_here", here), ("shell.keys_everywhere", everywhere)):
            if commands:
                columns.addLayout(self._key_column(look.text(title_id), commands), 1)
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

    def _key_column(self, title: str, commands: list[Command]) -> QVBoxLayout:
        look = self._look
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(SectionLabel(look, title))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, command in enumerate(commands):
            hint = KeyHint(look, self._actions.keys(command.id)[:2])
            grid.addWidget(hint, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label = Label(look, self._actions.title(command.id), "body")
            label.setToolTip(self._actions.help(command.id))
            grid.addWidget(label, row, 1)
        column.addLayout(grid)
        column.addStretch(1)
        return column


def keys_of(actions: Actions, context: str) -> tuple[list[Command], list[Command]]:
    """The commands with keys of a context, and those of everywhere."""
    fitting = [command for command in actions.registry.in_context(context) if actions.keys(command.id)]
    here = [command for command in fitting if command.context != EVERYWHERE]
    return here, [command for command in fitting if command.context == EVERYWHERE]
