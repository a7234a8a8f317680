"""The sheet that says what each version brought, from the list of changes that goes along with the program."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.dialogs import Sheet
from app.ui.look import Look
from app.ui.widgets.surface import Scrolling
from app.ui.widgets.text import Label

FILE = "CHANGELOG.md"
WIDTH = 720
_ITEM = re.compile(r"^\s*[*-]\s+")


class NewsSheet(Sheet):
    """Versions, the newest first. The list is kept in English; the sheet says so where the window speaks another language."""

    def __init__(self, look: Look, host: QWidget, resources: Path) -> None:
        super().__init__(look, host, look.text("news.title"), width=WIDTH)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(look.theme.px(6))
        lines = pieces(text_of(resources))
        if not lines:
            lines = [("body", look.text("news.none"))]
        elif not look.words.language.startswith("en"):
            column.addWidget(Label(look, look.text("news.english"), "caption", "text.tertiary"))
        for role, line in lines:
            column.addWidget(
                Label(
                    look,
                    line,
                    role,
                    "text.primary" if role == "title" else "text.secondary",
                    wrap=True,
                    selectable=True,
                )
            )
        column.addStretch(1)
        self._inner = inner
        self._scroll = Scrolling()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # scrolled by keys
        self._scroll.setAccessibleName(look.text("news.title"))
        self._scroll.hold(inner)
        self.body.addWidget(self._scroll)

    def place(self) -> None:
        super().place()
        theme = self._look.theme
        wanted = self._inner.heightForWidth(self.panel.width() - theme.px(56)) + theme.px(88)
        height = min(max(wanted, theme.px(160)), self.height() - theme.px(48))
        self.panel.resize(QSize(self.panel.width(), height))
        self.panel.move(self.panel.x(), max(theme.px(24), (self.height() - height) // 3))


def text_of(resources: Path) -> str:
    """The list of changes: among the resources of an installed program, beside them in a checkout; empty where there is none."""
    for place in (resources / FILE, resources.parent / FILE):
        try:
            return place.read_text(encoding="utf-8")
        except OSError:
            continue
    return ""


def pieces(text: str) -> list[tuple[str, str]]:
    """(role, line) of what is shown: versions as titles, each entry as one paragraph."""
    found = list[tuple[str, str]]()
    for line in text.splitlines():
        clean = line.strip()
        if line.startswith("## "):
            found.append(("title", line[3:].strip()))
        elif line.startswith("# ") or not clean:
            found.append(("", ""))
        elif _ITEM.match(line):
            found.append(("body", "• " + _plain(_ITEM.sub("", line))))
        elif found and found[-1][0] == "body":
            found[-1] = ("body", f"{found[-1][1]} {_plain(clean)}")
        else:
            found.append(("body", _plain(clean)))
    return [(role, line) for role, line in found if role]


def _plain(text: str) -> str:
    return re.sub(r"[*`_]{1,2}([^*`_]+)[*`_]{1,2}", r"\1", text.strip())
