"""The sheet that says what this program is: version, what happens to the user's data, and the licences of everything that goes along."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.runtime.paths import resources
from app.ui.dialogs import Sheet
from app.ui.look import Look
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button
from app.ui.widgets.surface import Scrolling
from app.ui.widgets.text import Label, SectionLabel
from app.version import VERSION

WIDTH = 560
LIST_HEIGHT = 220
LEAST_HEIGHT = 72


class AboutSheet(Sheet):
    """`folder` is where the user's data is; `texts` the folder of licence texts, which installed programs have."""

    def __init__(self, look: Look, host: QWidget, folder: Path, texts: Path | None = None) -> None:
        super().__init__(look, host, look.text("about.title", version=VERSION), width=WIDTH)
        self._texts = texts if texts is not None else resources().parent / "licences"
        self.body.addWidget(Label(look, look.text("shell.about"), "body", wrap=True, selectable=True))
        private = look.text("about.private", folder=isolated(str(folder)))
        self.body.addWidget(Label(look, private, "body", "text.secondary", wrap=True, selectable=True))
        self.body.addWidget(SectionLabel(look, look.text("about.licences")))
        self.body.addWidget(self._list())
        if self._texts.is_dir():
            shown = Button(look, look.text("about.texts"), icon="folder-open", clicked=self._show_texts)
            self.foot.addWidget(shown)
            self.foot.addStretch(1)

    def place(self) -> None:
        theme, layout = self._look.theme, self.panel.layout()
        self._scroll.setFixedHeight(theme.px(LIST_HEIGHT))
        if layout is not None:
            # Where the window is low the list gives way, not the words above it.
            wanted = layout.totalHeightForWidth(min(theme.px(WIDTH), self.width() - theme.px(48)))
            over = wanted - (self.height() - theme.px(48))
            if over > 0:
                self._scroll.setFixedHeight(max(theme.px(LEAST_HEIGHT), theme.px(LIST_HEIGHT) - over))
        super().place()

    def _list(self) -> Scrolling:
        look = self._look
        lines = "\n".join(f"{each['name']}: {each['licence']}" for each in parts())
        label = Label(look, lines, "small", "text.secondary", wrap=True, selectable=True)
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._scroll = Scrolling()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # scrolled by keys
        self._scroll.setAccessibleName(look.text("about.licences"))
        self._scroll.hold(label)
        return self._scroll

    def _show_texts(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._texts)))


def parts() -> list[dict[str, str]]:
    """Name and licence of what the program is made of; `installer/licences.py` writes the file."""
    listed: list[dict[str, str]] = json.loads((resources() / "licences.json").read_text(encoding="utf-8"))
    return [each for each in listed if each["licence"]]
