"""The FAQ: questions, the open one's words, and what stands behind it, side by side; and what is shown while there are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.commands.faq import CONTEXT
from app.commands.services import Changes
from app.ui.page import FooterKey, Page, PageFace, Unkept
from app.ui.playbook.faq_acts import FaqActs
from app.ui.playbook.faq_behind import WIDTH, FaqBehindPane
from app.ui.playbook.faq_desk import TABLES, FaqDesk
from app.ui.playbook.faq_editor import BEHIND, FaqEditor
from app.ui.playbook.faq_list import FaqList
from app.ui.widgets.button import Button
from app.ui.widgets.empty_state import EmptyState

NARROW = 1180
"""Of the window; below it what stands behind a question is a tab of the editor."""
RAIL = 76
KEYS = (
    FooterKey(("Up", "Down"), "playbook.hint_choose"),
    FooterKey(("Return",), "faq.hint_behind"),
    FooterKey(("Ctrl+Tab",), "playbook.hint_language"),
    FooterKey(("Ctrl+S",), "playbook.hint_save"),
    FooterKey(("Ctrl+E",), "faq.hint_export"),
    FooterKey(("Ctrl+Z",), "playbook.hint_undo"),
)


class FaqPage(Page):
    """Follows commits; what is written is the desk's business."""

    context = CONTEXT

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self._narrow: bool | None = None
        self._hides_side = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._build()

    def _build(self) -> None:
        face = self._face
        self.desk = desk = FaqDesk(face)
        self.list = FaqList(face, desk)
        self.editor = FaqEditor(face, desk)
        self.behind = FaqBehindPane(face, desk)
        self.empty = self._make_empty()
        self.middle = QStackedWidget()
        self.middle.addWidget(self.editor)
        self.middle.addWidget(self.empty)
        self.acts = FaqActs(face, desk, self.editor, self.behind, self)
        self._row.addWidget(self.list)
        self._row.addWidget(self.middle, 1)
        self._row.addWidget(self.behind)
        self.list.entered.connect(self._enter)
        self.behind.wanted.connect(lambda number: face.window.show_page("inbox", conversation=number))
        for signal in (desk.listed, desk.opened, desk.search.went):
            signal.connect(self._settle)
        desk.edited.connect(face.actions.refresh)
        self._settle()

    def _make_empty(self) -> EmptyState:
        face = self._face
        empty = EmptyState(face.look, icon="chat-circle-dots")
        empty.sentence.setFixedWidth(face.theme.px(420))
        column = empty.layout()
        if column is not None:
            column.setAlignment(empty.sentence, Qt.AlignmentFlag.AlignHCenter)
        self.look_now = Button(
            face.look, face.text("faq.look_now"), kind="primary", clicked=lambda: face.actions.run("faq.look")
        )
        self.look_now.setEnabled(not face.services.data.read_only)
        empty.add_button(self.look_now)
        return empty

    # ---- Page

    def shown(self) -> None:
        self.desk.read()
        self.desk.search.look_if_due()

    def hidden(self) -> None:
        self.desk.settle()

    def opened(self, **target: object) -> None:
        entry = target.get("entry")
        if isinstance(entry, int):
            self.desk.open(entry)

    def first_focus(self) -> QWidget | None:
        return self.list.rows if self.desk.rows or not self.desk.loaded else self.look_now

    def toast_room(self) -> QWidget | None:
        return self.list

    def panes(self) -> Sequence[QWidget]:
        panes: list[QWidget] = [self.list, self.middle]
        return [*panes, self.behind] if not self._narrow and self.behind.isVisible() else panes

    def footer_keys(self) -> Sequence[FooterKey]:
        return KEYS if self.desk.row is not None else KEYS[4:]

    def state(self) -> dict[str, Any]:
        row = self.desk.row
        facts = {"searching"} if self._face.services.faq_gathering.is_under_way else set()
        if row is not None:
            facts |= {"entry", str(row.state)}
            facts |= {"several"} if len(self.desk.rows) > 1 else set()
            facts |= {"answer"} if row.answer_id is not None else set()
            facts |= {"best"} if self.desk.behind is not None and self.desk.behind.best is not None else set()
            if self.behind.message is not None and self.behind.rows.hasFocus():
                facts.add("message")
        return {"facts": frozenset(facts)}

    def perform(self, verb: str, **values: object) -> Any:
        done: dict[str, Callable[[], object]] = {
            "save": self.acts.save,
            "publish": self.acts.publish,
            "withdraw": self.acts.withdraw,
            "hide": lambda: self.acts.hide(hidden=True),
            "show": lambda: self.acts.hide(hidden=False),
            "merge": self.acts.merge,
            "move_out": self.acts.move_out,
            "open_message": self.acts.open_message,
            "use_best": self.acts.use_best,
            "make_answer": self.acts.make_answer,
            "export": self.acts.export,
            "look": self.desk.search.look,
            "hidden": lambda: self.desk.show_hidden(not self.desk.shows_hidden),
            "language": lambda: self.desk.step_language(1 if values.get("step") == 1 else -1),
        }
        if verb == "entry":
            return self.desk.entry_id
        if verb not in done:
            return None
        done[verb]()
        return True

    def on_changes(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self.desk.read()

    def escape(self) -> bool:
        if not self.list.rows.hasFocus() and self.desk.rows:
            if self._narrow and self.editor.shows_behind:
                self.editor.choose_tab(self.desk.language)
            self.list.rows.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def toggle_side_pane(self) -> None:
        self._hides_side = not self._hides_side
        self._settle_side()

    def unkept(self) -> Unkept:
        return self.desk.unkept()

    def retranslate(self) -> None:
        self.desk.settle()
        wanted, chosen = self.desk.entry_id, self.desk.chosen
        focused = self.window().focusWidget()
        held = focused is not None and self.isAncestorOf(focused)
        for old in (self.list, self.middle, self.behind):
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.desk.retire()
        self._build()
        self.desk.chosen = chosen
        self.list.period.choose(chosen.days)
        self._narrow = None
        self._settle_side()
        self.desk.entry_id = wanted
        self.desk.read()
        if held:
            self.list.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle_side()

    # ---- inside

    def _settle(self) -> None:
        """The open question, or why there is none."""
        desk, face = self.desk, self._face
        none = desk.row is None
        self.middle.setCurrentWidget(self.empty if none else self.editor)
        if none:
            questions = desk.now.listing.questions
            if desk.search.is_shown or not desk.loaded:
                self.empty.show_words(face.text("faq.looking"))
            elif desk.now.listing.hidden and not desk.shows_hidden:
                self.empty.show_words(face.text("faq.all_hidden", n=desk.now.listing.hidden))
            else:
                self.empty.show_words(face.text("faq.empty", n=questions), face.text("faq.empty_said"))
            self.look_now.setVisible(desk.loaded and not desk.search.is_shown)
        self._settle_side()
        face.actions.refresh()

    def _settle_side(self) -> None:
        """At the right where there is room, else a tab."""
        narrow = self.width() < self._face.theme.px(NARROW - RAIL)
        if narrow != self._narrow:
            self._narrow = narrow
            if narrow:
                self._row.removeWidget(self.behind)
                self.behind.header.hide()
                self.behind.setMinimumWidth(0)
                self.behind.setMaximumWidth(16_777_215)
                self.editor.hold_behind(self.behind)
            else:
                self.editor.stack.removeWidget(self.behind)
                self.behind.header.show()
                self.behind.setFixedWidth(self._face.theme.px(WIDTH))
                self._row.addWidget(self.behind)
                self.editor.hold_behind(None)
        if not narrow:
            self.behind.setVisible(not self._hides_side and self.desk.row is not None)

    def _enter(self) -> None:
        """From the question to what stands behind it."""
        if self.desk.row is None:
            return
        if self._narrow:
            self.editor.choose_tab(BEHIND)
        self._hides_side = False
        self._settle_side()
        if self.behind.model.rows and self.behind.rows.current_row < 0:
            self.behind.rows.choose(0)
        self.behind.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self._face.actions.refresh()
