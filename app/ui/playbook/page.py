"""The Playbook page: list, editor and how an answer does, side by side; and what an empty playbook offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.commands.playbook import CONTEXT
from app.commands.services import Changes
from app.ui.page import FooterKey, Page, PageFace, Unkept
from app.ui.playbook.acts import Acts
from app.ui.playbook.desk import TABLES, Desk
from app.ui.playbook.editor_pane import EditorPane
from app.ui.playbook.files import choose_export, choose_import, import_file
from app.ui.playbook.list_pane import ListPane
from app.ui.playbook.sheets import Sheets, finder
from app.ui.playbook.side_pane import WIDTH, SidePane
from app.ui.widgets.button import Button
from app.ui.widgets.empty_state import EmptyState

NARROW = 1180
"""Of the window; below it "how it does" is a tab of the editor."""
RAIL = 76

KEYS = (
    FooterKey(("Up", "Down"), "playbook.hint_choose"),
    FooterKey(("Ctrl+Tab",), "playbook.hint_language"),
    FooterKey(("{",), "playbook.hint_placeholder"),
    FooterKey(("Ctrl+S",), "playbook.hint_save"),
    FooterKey(("Ctrl+N",), "playbook.hint_new"),
    FooterKey(("Ctrl+Z",), "playbook.hint_undo"),
)


class PlaybookPage(Page):
    """Follows commits; what is written is the desk's business."""

    context = CONTEXT

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self._narrow: bool | None = None
        self._hides_side = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self._build()

    def _build(self) -> None:
        """All widgets, around a desk of their own."""
        face = self._face
        self.desk = desk = Desk(face)
        self.whole = QWidget()
        row = QHBoxLayout(self.whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list = ListPane(face, desk)
        self.editor = EditorPane(face, desk)
        self.side = SidePane(face, desk)
        row.addWidget(self.list)
        row.addWidget(self.editor, 1)
        row.addWidget(self.side)
        self._row = row
        self.acts = Acts(face, desk)
        self.sheets = Sheets(face, desk, self.acts, self.side, self)
        self.side.versions_wanted.connect(self.sheets.show_versions)
        self.side.fact_wanted.connect(lambda _key: self.sheets.show_facts())
        self.empty = self._make_empty()
        self.stack.addWidget(self.whole)
        self.stack.addWidget(self.empty)
        desk.listed.connect(self._listed)
        desk.opened.connect(self._opened)
        desk.edited.connect(self._edited)

    def _make_empty(self) -> EmptyState:
        face = self._face
        empty = EmptyState(face.look, icon="book-open")
        empty.show_words(face.text("playbook.empty"), face.text("playbook.empty_said"))
        self.take = Button(
            face.look,
            face.text("playbook.take_twelve"),
            kind="primary",
            clicked=lambda: face.actions.run("playbook.starter"),
        )
        self.write = Button(
            face.look,
            face.text("playbook.write_one"),
            icon="plus",
            key="Ctrl+N",
            of="view.new",
            clicked=lambda: face.actions.run("view.new"),
        )
        self.bring = Button(
            face.look,
            face.text("playbook.from_file"),
            icon="folder-open",
            clicked=lambda: face.actions.run("playbook.import_file"),
        )
        empty.sentence.setFixedWidth(face.theme.px(520))
        column = empty.layout()
        if column is not None:
            column.setAlignment(empty.sentence, Qt.AlignmentFlag.AlignHCenter)
        for button in (self.take, self.write, self.bring):
            button.setEnabled(not face.services.data.read_only)
            empty.add_button(button)
        return empty

    # ---- Page

    def shown(self) -> None:
        self.desk.read()

    def hidden(self) -> None:
        self.desk.keep_now()

    def opened(self, **target: object) -> None:
        answer = target.get("answer")
        if isinstance(answer, int):
            self.desk.open(answer)
        if target.get("new"):
            self.perform("new")
        file = target.get("import_file")
        if isinstance(file, str):
            QTimer.singleShot(0, self, lambda: import_file(self._face, self, Path(file)))

    def first_focus(self) -> QWidget | None:
        if self.stack.currentWidget() is self.empty:
            return self.take
        return self.list.rows

    def toast_room(self) -> QWidget | None:
        return self.list

    def panes(self) -> Sequence[QWidget]:
        if self.stack.currentWidget() is self.empty:
            return (self.empty,)
        panes: list[QWidget] = [self.list, self.editor]
        return [*panes, self.side] if self.side.parentWidget() is self.whole and self.side.isVisible() else panes

    def footer_keys(self) -> Sequence[FooterKey]:
        return KEYS if self.desk.is_open else KEYS[4:]

    def state(self) -> dict[str, Any]:
        facts = set()
        if self.desk.is_open:
            facts.add("answer")
            if self.desk.answer_id:
                facts.add("stored")
        return {"facts": frozenset(facts)}

    def perform(self, verb: str, **values: object) -> Any:
        done: dict[str, Callable[[], object]] = {
            "new": self._begin,
            "find": self._find,
            "save": self.acts.save,
            "duplicate": self.acts.duplicate,
            "remove": self.acts.remove,
            "picture": self.editor.pictures.ask,
            "versions": self.sheets.show_versions,
            "facts": self.sheets.show_facts,
            "starter": self.acts.take_starter,
            "import": lambda: choose_import(self._face, self),
            "export": lambda: choose_export(self._face, self),
            "language": lambda: self.desk.step_language(1 if values.get("step") == 1 else -1),
        }
        if verb not in done:
            return None
        done[verb]()
        return True

    def on_changes(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self.desk.read()

    def escape(self) -> bool:
        if self.list.search.hasFocus() and self.list.search.text():
            self.list.search.clear()
            return True
        if not self.list.rows.hasFocus() and self.stack.currentWidget() is self.whole:
            self.list.rows.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def toggle_side_pane(self) -> None:
        self._hides_side = not self._hides_side
        self._settle_side()

    def finders(self) -> Sequence[Any]:
        return (finder(self._face, self.desk),)

    def unkept(self) -> Unkept:
        return self.desk.unkept()

    def retranslate(self) -> None:
        self.desk.keep_now()
        wanted = self.desk.answer_id
        for old in (self.whole, self.empty):
            self.stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.desk.retire()
        self._build()
        self._narrow = None
        self._settle_side()
        if wanted is not None:
            self.desk.open(wanted)
        self.desk.read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle_side()

    # ---- inside

    def _settle_side(self) -> None:
        """At the right where there is room, else a tab."""
        narrow = self.width() < self._face.theme.px(NARROW - RAIL)
        if narrow != self._narrow:
            self._narrow = narrow
            if narrow:
                self._row.removeWidget(self.side)
                self.side.header.hide()
                self.side.setMinimumWidth(0)
                self.side.setMaximumWidth(16_777_215)
                self.editor.hold_figures(self.side)
            else:
                self.editor.stack.removeWidget(self.side)
                self.side.header.show()
                self.side.setFixedWidth(self._face.theme.px(WIDTH))
                self._row.addWidget(self.side)
                self.editor.hold_figures(None)
        if not narrow:
            self.side.setVisible(not self._hides_side)

    def _listed(self) -> None:
        listing = self.desk.listing
        shown = self.whole if listing.answers or self.desk.has_new else self.empty
        if self.desk.loaded and shown is not self.stack.currentWidget():
            held = self.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else False
            self.stack.setCurrentWidget(shown)
            focus = self.first_focus()
            if held and focus is not None:
                focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.side.ask()
        self.side.show_content()
        self.sheets.follow()
        self._face.actions.refresh()

    def _opened(self) -> None:
        if not self.desk.is_open or self.desk.has_new:
            self._listed()
        self.side.ask()
        self.side.show_content()
        self._face.actions.refresh()

    def _edited(self) -> None:
        self.side.show_content()

    def _begin(self) -> None:
        if self._face.services.data.read_only:
            return
        category = self.desk.content.category if self.desk.is_open else None
        self.desk.begin(category)
        self.stack.setCurrentWidget(self.whole)
        self.editor.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self) -> None:
        self.list.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.search.selectAll()
