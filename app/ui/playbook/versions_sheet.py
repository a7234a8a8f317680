"""The sheet with an answer's former versions: what each said, beside what it says now, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.answer_content import AnswerContent, from_json
from app.models.playbook import VersionRow
from app.ui.dialogs import Sheet
from app.ui.look import Look
from app.ui.playbook.language_tabs import language_name
from app.ui.widgets.button import Button
from app.ui.widgets.select import Select
from app.ui.widgets.surface import Scrolling
from app.ui.widgets.text import Label, SectionLabel


class VersionsSheet(Sheet):
    """`go_back` is called with the number of the version that is to be the present one."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        now: AnswerContent,
        versions: Sequence[VersionRow],
        go_back: Callable[[int], object],
        *,
        may_change: bool,
    ) -> None:
        super().__init__(look, host, look.text("playbook.versions_title"), width=640)
        self._now = now
        self._versions = {version.id: version for version in versions}
        px = look.theme.px
        choices: list[tuple[str, object]] = [
            (look.text("playbook.version_of", when=look.words.day_and_time(version.at)), version.id)
            for version in versions
        ]
        self.which = Select(look, look.text("playbook.version"), choices)
        self.which.activated.connect(lambda _row: self._show())
        self.body.addWidget(self.which)
        self.body.addWidget(Label(look, look.text("playbook.versions_said"), "small", "text.secondary", wrap=True))
        area = Scrolling()
        self._words = QWidget()
        self._lines = QVBoxLayout(self._words)
        self._lines.setContentsMargins(0, 0, px(8), 0)
        self._lines.setSpacing(px(4))
        area.hold(self._words)
        area.setFixedHeight(px(280))
        self.body.addWidget(area)
        self.go = Button(look, look.text("playbook.go_back"), icon="arrow-counter-clockwise", kind="primary")
        self.go.clicked.connect(self._chosen)
        self._go_back = go_back
        self.go.setEnabled(may_change)
        self.foot.addStretch(1)
        self.foot.addWidget(self.go)
        self._show()

    def _chosen(self) -> None:
        self._go_back(int(self.which.currentData()))
        self.close_now()

    def _show(self) -> None:
        look = self._look
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        then = from_json(self._versions[int(self.which.currentData())].content)
        for language in dict.fromkeys([*then.languages, *self._now.languages]):
            before = "\n\n".join(text.text for text in then.texts if text.language == language)
            after = "\n\n".join(text.text for text in self._now.texts if text.language == language)
            if not before and not after:
                continue
            self._lines.addWidget(SectionLabel(look, language_name(look, language)))
            label = Label(look, "", "small", wrap=True)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setText(self._compared(before, after))
            label.setAccessibleName(before)
            self._lines.addWidget(label)
        self._lines.addStretch(1)

    def _compared(self, before: str, after: str) -> str:
        """The former words; what is no more is marked, what came since is struck through."""
        theme = self._look.theme
        gone, came = theme.color("accent.text").name(), theme.color("text.tertiary").name()
        old, new = before.split(" "), after.split(" ")
        pieces = []
        for kind, a, b, c, d in SequenceMatcher(None, new, old, autojunk=False).get_opcodes():
            if kind == "equal":
                pieces.append(escape(" ".join(old[c:d])))
                continue
            if a != b:
                pieces.append(f'<s style="color:{came}">{escape(" ".join(new[a:b]))}</s>')
            if c != d:
                pieces.append(f'<b style="color:{gone}">{escape(" ".join(old[c:d]))}</b>')
        return " ".join(pieces).replace("\n", "<br>")
