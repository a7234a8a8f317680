"""Settings, Data: where everything is, backups of it, going back, taking along, where passwords are kept, the sample shop, and the end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.models.safekeeping import BackupFile, BackupKind
from app.runtime.settings import Group, Lock, Safekeeping, Setting, Settings, describe
from app.ui.page import PageFace
from app.ui.settings.editors import Editor, editor_for
from app.ui.settings.form import SectionPane, SettingRow
from app.ui.widgets.button import Button
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label, SectionLabel

LOCK_SHOWN = ("minutes", "away")


class DataPane(SectionPane):
    """Each row is one command with what it is about."""

    def __init__(self, face: PageFace) -> None:
        look = face.look
        super().__init__(look, look.text("settings.section.data"))
        self._face = face
        self._begin("settings.data.where", first=True)
        self._row(
            str(face.services.data.folder),
            look.text("settings.data.where_said"),
            ("data.open_folder",),
            selectable=True,
        )
        self._row(
            look.text("settings.data.pictures"), look.text("settings.data.pictures_said"), ("data.clear_pictures",)
        )
        self._backups()
        if face.actions.applies("lock.set"):
            self._lock()
        self._begin("settings.data.away")
        self._row(look.text("settings.data.export"), look.text("settings.data.export_said"), ("data.export",))
        if face.actions.applies("data.move"):
            self._row(look.text("settings.data.move"), look.text("settings.data.move_said"), ("data.move",))
        self._begin("settings.data.orders")
        self._row(look.text("settings.data.orders_title"), look.text("settings.data.orders_said"), ("orders.import",))
        self._row(
            look.text("settings.data.figures_title"), look.text("settings.data.figures_said"), ("figures.import",)
        )
        if face.actions.applies("accounts.use_vault") or face.actions.applies("accounts.unlock_vault"):
            self._begin("settings.data.secrets")
            if face.services.accounts.has_vault:
                self._row(
                    look.text("settings.data.vault"), look.text("settings.data.vault_said"), ("accounts.unlock_vault",)
                )
            else:
                self._row(
                    look.text("settings.data.keyring"), look.text("settings.data.keyring_said"), ("accounts.use_vault",)
                )
        if face.actions.applies("data.open_sample"):
            self._begin("settings.data.sample")
            self._row(
                look.text("settings.data.sample_title"), look.text("settings.data.sample_said"), ("data.open_sample",)
            )
        if face.actions.applies("data.erase"):
            self._begin("settings.data.end")
            self._row(
                look.text("settings.data.erase"), look.text("settings.data.erase_said"), ("data.erase",), kind="danger"
            )
        self.rows.addStretch(1)

    def read(self) -> None:
        """Look what backups there are."""
        self._face.actions.start("settings: backups", self._read())

    async def _read(self) -> None:
        self.show_backups(await self._face.services.safekeeping.backups())

    def show_backups(self, found: list[BackupFile]) -> None:
        """The newest first."""
        look = self._look
        own = [each for each in found if each.kind is not BackupKind.BEFORE_RESTORE]
        last = (
            look.text("settings.data.backups_last", when=own[0].made_at)
            if own
            else look.text("settings.data.backups_none")
        )
        self.last.setText(last)
        self.kept.setText(look.text("settings.data.backups_said", n=len(own)))
        former = next((each for each in found if each.kind is BackupKind.BEFORE_RESTORE), None)
        self.former.setVisible(former is not None)
        if former is not None:
            self.former_title.setText(look.text("settings.data.former", when=former.made_at))

    # ---- parts

    def _backups(self) -> None:
        look, face = self._look, self._face
        self._begin("settings.data.backups")
        none = look.text("settings.data.backups_none")
        self.last, self.kept, _ = self._row(none, look.text("settings.data.backups_said", n=0), ("data.backup",))
        for setting in describe(Safekeeping):
            self.automatic = self._setting(Safekeeping, setting)
        self._row(look.text("settings.data.backup_to"), look.text("settings.data.backup_to_said"), ("data.backup_to",))
        if face.actions.applies("data.restore"):
            self._row(look.text("settings.data.restore"), look.text("settings.data.restore_said"), ("data.restore",))
        self.former_title, _, self.former = self._row(
            "", look.text("settings.data.former_said"), ("data.undo_restore",)
        )
        self.former.hide()

    def _lock(self) -> None:
        """The passphrase, and when it is asked for."""
        look, is_set = self._look, self._face.services.settings.get(Lock).on
        self._begin("settings.data.lock")
        said = look.text("settings.data.lock_said")
        if not is_set:
            self._row(look.text("settings.data.lock_off"), said, ("lock.set",))
            return
        self._row(look.text("settings.data.lock_on"), said, ("lock.set",))
        self._row(look.text("settings.data.lock_now"), look.text("settings.data.lock_now_said"), ("file.lock",))
        for setting in describe(Lock):
            if setting.name in LOCK_SHOWN:
                self._setting(Lock, setting)
        self._row(look.text("settings.data.lock_without"), look.text("lock.off.said"), ("lock.off",))

    def _setting(self, group: type[Group], setting: Setting) -> Editor:
        """One row; a change holds at once."""
        settings = self._face.services.settings
        editor = editor_for(
            self._look,
            setting,
            getattr(settings.get(group), setting.name),
            lambda value: _change(settings, group, setting.name, value),
        )
        editor.widget.setEnabled(not self._face.services.data.read_only)
        self.rows.addWidget(SettingRow(self._look, setting, editor))
        return editor

    def _begin(self, title_id: str, *, first: bool = False) -> None:
        px = self._look.theme.px
        if not first:
            self.rows.addSpacing(px(12))
            self.rows.addWidget(Line(self._look))
            self.rows.addSpacing(px(14))
        self.rows.addWidget(SectionLabel(self._look, self._look.text(title_id)))
        self.rows.addSpacing(px(4))

    def _row(
        self, title: str, said: str, commands: tuple[str, ...], *, selectable: bool = False, kind: str = "plain"
    ) -> tuple[Label, Label, QWidget]:
        look, px, actions = self._look, self._look.theme.px, self._face.actions
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, px(4), 0, px(4))
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(1))
        above = Label(look, title, "body", wrap=True, selectable=selectable)
        below = Label(look, said, "caption", "text.tertiary", wrap=True)
        grid.addWidget(above, 0, 0)
        grid.addWidget(below, 1, 0)
        grid.setColumnStretch(0, 1)
        for place, command in enumerate(commands, start=1):
            keys = actions.keys(command)
            button = Button(look, actions.title(command), size="small", key=keys[0] if keys else None, kind=kind)  # type: ignore[arg-type]
            button.clicked.connect(lambda _checked=False, command=command: actions.run(command))
            button.setEnabled(actions.applies(command))
            grid.addWidget(button, 0, place, 2, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.rows.addWidget(holder)
        return above, below, holder


def _change(settings: Settings, group: type[Group], name: str, value: object) -> None:
    settings.change(group, **{name: value})
