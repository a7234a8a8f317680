"""Settings, Data: where everything is, copies of it, where passwords are kept, and the sample shop."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.page import PageFace
from app.ui.settings.form import SectionPane
from app.ui.widgets.button import Button
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label, SectionLabel


class DataPane(SectionPane):
    """Each row is one command with what it is about."""

    def __init__(self, face: PageFace) -> None:
        look = face.look
        super().__init__(look, look.text("settings.section.data"))
        self._face = face
        self._begin("settings.data.where", first=True)
        self._row(str(face.services.data.folder), look.text("settings.data.where_said"), ("data.open_folder",), selectable=True)
        self._begin("settings.data.copies")
        self._row(look.text("settings.data.backup"), look.text("settings.data.backup_said"), ("data.backup",))
        self._row(look.text("settings.data.pictures"), look.text("settings.data.pictures_said"), ("data.clear_pictures",))
        self._begin("settings.data.orders")
        self._row(look.text("settings.data.orders_title"), look.text("settings.data.orders_said"), ("orders.import",))
        self._row(look.text("settings.data.figures_title"), look.text("settings.data.figures_said"), ("figures.import",))
        if face.actions.applies("accounts.use_vault") or face.actions.applies("accounts.unlock_vault"):
            self._begin("settings.data.secrets")
            if face.services.accounts.has_vault:
                self._row(look.text("settings.data.vault"), look.text("settings.data.vault_said"), ("accounts.unlock_vault",))
            else:
                self._row(look.text("settings.data.keyring"), look.text("settings.data.keyring_said"), ("accounts.use_vault",))
        if face.actions.applies("data.open_sample"):
            self._begin("settings.data.sample")
            self._row(look.text("settings.data.sample_title"), look.text("settings.data.sample_said"), ("data.open_sample",))
        self.rows.addStretch(1)

    def _begin(self, title_id: str, *, first: bool = False) -> None:
        px = self._look.theme.px
        if not first:
            self.rows.addSpacing(px(12))
            self.rows.addWidget(Line(self._look))
            self.rows.addSpacing(px(14))
        self.rows.addWidget(SectionLabel(self._look, self._look.text(title_id)))
        self.rows.addSpacing(px(4))

    def _row(self, title: str, said: str, commands: tuple[str, ...], *, selectable: bool = False) -> None:
        look, px, actions = self._look, self._look.theme.px, self._face.actions
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, px(4), 0, px(4))
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(1))
        grid.addWidget(Label(look, title, "body", wrap=True, selectable=selectable), 0, 0)
        grid.addWidget(Label(look, said, "caption", "text.tertiary", wrap=True), 1, 0)
        grid.setColumnStretch(0, 1)
        for place, command in enumerate(commands, start=1):
            keys = actions.keys(command)
            button = Button(look, actions.title(command), size="small", key=keys[0] if keys else None)
            button.clicked.connect(lambda _checked=False, command=command: actions.run(command))
            button.setEnabled(actions.applies(command))
            grid.addWidget(button, 0, place, 2, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.rows.addWidget(holder)
