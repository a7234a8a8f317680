"""The sheet in which a rule is written, tried on the last month, and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.models.account import AccountRow
from app.models.rule import Rule
from app.models.tag import TagRow
from app.runtime.errors import UserMistake
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.settings.rule_editor import RuleEditor
from app.ui.settings.rule_preview import HEIGHT as FOUND_HEIGHT
from app.ui.settings.rule_preview import RulePreview
from app.ui.widgets.button import Button
from app.ui.widgets.surface import Line, Scrolling
from app.ui.widgets.text import Label

WIDTH, HEIGHT, LEAST = 728, 420, 140
REST = 236
"""What stands above and below the clauses, and beside the sheet."""


class RuleSheet(Sheet):
    """Stays open while something is missing, and says what."""

    def __init__(
        self,
        face: PageFace,
        host: QWidget,
        rule: Rule,
        accounts: Sequence[AccountRow],
        tags: Sequence[TagRow],
        apply: Callable[[int, str], None],
    ) -> None:
        """`apply` is told the rule that is to be done to the last month, once it is kept."""
        look = face.look
        super().__init__(look, host, look.text("rules.edit" if rule.id is not None else "rules.new"), width=WIDTH)
        self._face = face
        self._apply = apply
        self.editor = RuleEditor(look, rule, accounts, tags)
        area = Scrolling()
        area.hold(self.editor)
        self.area = area
        self.body.addWidget(area)
        self.body.addWidget(Line(look))
        self.preview = RulePreview(face, lambda: self.editor.rule, self._open)
        self.body.addWidget(self.preview)
        self.trouble = Label(look, "", "small", "status.danger.text", wrap=True)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.keep = Button(look, look.text("rules.keep"), kind="primary", clicked=lambda: self._keep(apply=False))
        self.keep_and_apply = Button(look, look.text("rules.keep_and_apply"), clicked=lambda: self._keep(apply=True))
        for widget in (self.keep, self.keep_and_apply):
            widget.setEnabled(not face.services.data.read_only)
        self.offer(self.keep, self.keep_and_apply)
        self.preview.grown.connect(self.place)
        self.editor.changed.connect(self._changed)
        self.closed.connect(self.preview.end)

    def place(self) -> None:
        """The clauses get what the rest leaves them, and scroll."""
        px = self._look.theme.px
        rest = px(REST) + (px(FOUND_HEIGHT + 6) if not self.preview.found.isHidden() else 0)
        self.area.setFixedHeight(max(px(LEAST), min(px(HEIGHT), self.height() - rest)))
        super().place()

    def _changed(self) -> None:
        self.preview.grow_old()
        self.editor.name.be_content()
        self.trouble.hide()

    def _keep(self, *, apply: bool) -> None:
        self._face.actions.start("rules: keep", self._kept(apply=apply))

    async def _kept(self, *, apply: bool) -> None:
        rule = self.editor.rule
        try:
            rule_id = await self._face.services.rules.save(rule)
        except UserMistake as mistake:
            if mistake.field == "name":
                self.editor.name.complain(self._face.text(mistake.message))
                self.area.ensureWidgetVisible(self.editor.name)
            else:
                self.trouble.setText(self._face.text(mistake.message))
                self.trouble.show()
            self.place()
            return
        self.close_now()
        if apply:
            self._apply(rule_id, rule.name)

    def _open(self, conversation_id: int) -> None:
        """A message of the preview, in the Inbox; the rule is written on when somebody comes back."""
        self.close_now()
        self._face.window.show_page("inbox", conversation=conversation_id)
