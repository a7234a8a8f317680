"""Whether the networks get the post one after the other: ten minutes apart, in the order of their accounts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.composer.composition import Composition, Edit
from app.ui.page import PageFace
from app.ui.widgets.checks import Switch
from app.ui.widgets.text import Label

MINUTES = 10


class SpacingRow(QWidget):
    """Shown where the post goes to more than one account."""

    def __init__(self, face: PageFace, edit: Edit) -> None:
        super().__init__()
        self._face = face
        self._edit = edit
        look = face.look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.switch = Switch(look, look.text("composer.spacing", n=MINUTES))
        self.switch.clicked.connect(self._switched)
        row.addWidget(self.switch)
        self._words = Label(look, look.text("composer.spacing", n=MINUTES), "small", "text.primary", wrap=True)
        row.addWidget(self._words, 1)

    def show_composition(self, composition: Composition) -> None:
        minutes = composition.draft.spacing
        said = self._face.text("composer.spacing", n=minutes or MINUTES)
        self._words.setText(said)
        self.switch.setAccessibleName(said)
        self.switch.setChecked(bool(minutes))
        self.switch.setEnabled(not composition.locked)
        self.setVisible(len(composition.chosen) > 1)

    def _switched(self) -> None:
        minutes = MINUTES if self.switch.isChecked() else 0
        self._edit(lambda draft: replace(draft, spacing=minutes))
