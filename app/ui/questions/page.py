"""Questions to the community: at the left what was asked, at the right what came back, in groups, with what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.commands.questions import CONTEXT
from app.commands.services import Changes
from app.models.question import Collected, QuestionPost
from app.ui.page import FooterKey, Page, PageFace
from app.ui.questions.acts import Acts
from app.ui.questions.rows import Line, QuestionDelegate, ReplyDelegate, Rows, lines_of
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.button import Button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.surface import Pane, PaneHeader
from app.ui.widgets.text import Label

TABLES = ("post", "outbox", "conversation", "message", "kept_reply")
WIDTH, NARROW_WIDTH = 340, 280
NARROW = 1000
KEYS = (
    FooterKey(("J", "K"), "questions.hint_choose"),
    FooterKey(("Q",), "questions.hint_keep"),
    FooterKey(("1",), "questions.hint_thank"),
    FooterKey(("L",), "questions.hint_like"),
    FooterKey(("T",), "questions.hint_group"),
    FooterKey(("F",), "questions.hint_follow_up"),
    FooterKey(("Return",), "questions.hint_open"),
)


class QuestionsPage(Page):
    """Follows commits: replies stand there as they arrive, and what is chosen stays chosen."""

    context = CONTEXT

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.questions: list[QuestionPost] = []
        self.collected = Collected()
        self.loaded = False
        self._wanted: int | None = None
        self._turn = 0
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._build()

    def _build(self) -> None:
        face, look = self._face, self._face.look
        self.left = Pane(look, "base", ("right",))
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        header = PaneHeader(look, look.text("page.questions"))
        header.row.addStretch(1)
        self.ask = Button(
            look,
            look.text("questions.ask"),
            icon="plus",
            size="small",
            clicked=lambda: face.actions.run("questions.ask"),
        )
        header.row.addWidget(self.ask)
        column.addWidget(header)
        self.list = Rows(look, look.text("page.questions"), "row.messageCompact")
        self.list.setItemDelegate(QuestionDelegate(look, self.list))
        self.list.current_changed.connect(lambda _row: self._chosen())
        self.list.activated_row.connect(lambda _row: self.replies.setFocus(Qt.FocusReason.OtherFocusReason))
        column.addWidget(self.list, 1)
        self._row.addWidget(self.left)
        self.middle = QStackedWidget()
        self.middle.addWidget(self._make_right())
        self.empty = EmptyState(look, icon="users-three")
        self.begin = Button(
            look, look.text("questions.ask"), kind="primary", clicked=lambda: face.actions.run("questions.ask")
        )
        self.empty.add_button(self.begin)
        self.middle.addWidget(self.empty)
        self._row.addWidget(self.middle, 1)
        self.acts = Acts(face, self)
        self._settle()

    def _make_right(self) -> QWidget:
        face, look = self._face, self._face.look
        px = look.theme.px
        self.right = Pane(look, "base")
        column = QVBoxLayout(self.right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        lines = QVBoxLayout(head)
        lines.setContentsMargins(px(20), px(12), px(20), px(12))
        lines.setSpacing(px(6))
        self.title = Label(look, "", "title", wrap=True, selectable=True)
        self.said = Label(look, "", "small", "text.secondary", wrap=True)
        lines.addWidget(self.title)
        lines.addWidget(self.said)
        bar = QWidget()
        flow = FlowLayout(bar, gap=px(8))
        self.buttons = {}
        for name in ("follow_up", "keep", "thank", "like", "group", "export"):
            command = f"questions.{name}"
            button = Button(
                look,
                look.text(f"questions.do_{name}"),
                size="small",
                kind="primary" if name == "follow_up" else "plain",
                key=next(iter(face.actions.keys(command)), None),
                clicked=partial(face.actions.run, command),
            )
            self.buttons[name] = button
            flow.addWidget(button)
        lines.addWidget(bar)
        column.addWidget(head)
        self.replies = Rows(look, look.text("questions.replies"), "row.messageCompact")
        self.replies.setItemDelegate(ReplyDelegate(look, self.replies))
        self.replies.current_changed.connect(lambda _row: self._face.actions.refresh())
        self.replies.activated_row.connect(lambda _row: face.actions.run("questions.open"))
        column.addWidget(self.replies, 1)
        return self.right

    # ---- what is chosen

    @property
    def question(self) -> QuestionPost | None:
        row = self.list.row
        return row if isinstance(row, QuestionPost) else None

    @property
    def line(self) -> Line | None:
        row = self.replies.row
        return row if isinstance(row, Line) else None

    # ---- Page

    def shown(self) -> None:
        self.read()

    def opened(self, **target: object) -> None:
        post = target.get("post")
        if isinstance(post, int):
            self._wanted = post
            self.read()

    def first_focus(self) -> QWidget | None:
        return self.list if self.questions or not self.loaded else self.begin

    def toast_room(self) -> QWidget | None:
        return self.left

    def panes(self) -> Sequence[QWidget]:
        return (self.left, self.middle)

    def footer_keys(self) -> Sequence[FooterKey]:
        return KEYS if self.question is not None else ()

    def state(self) -> dict[str, Any]:
        facts = set()
        if self.question is not None:
            facts.add("question")
            if any(each.kept for group in self.collected.groups for each in group.replies):
                facts.add("kept")
        if self.line is not None:
            facts.add("replies")
            if self.line.reply is not None:
                facts.add("reply")
        return {"facts": frozenset(facts), "post": self.question.id if self.question is not None else None}

    def perform(self, verb: str, **values: object) -> Any:  # noqa: ARG002  (of the contract)
        done: dict[str, Callable[[], object]] = {
            "keep": self.acts.keep,
            "like": self.acts.like,
            "thank": self.acts.thank,
            "group": self.acts.group,
            "open": self.acts.open,
            "follow_up": self.acts.follow_up,
            "export": self.acts.export,
            "new": lambda: self._face.actions.run("questions.ask"),
        }
        if verb not in done:
            return None
        done[verb]()
        return True

    def on_changes(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self.read()

    def escape(self) -> bool:
        if self.replies.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def retranslate(self) -> None:
        for old in (self.left, self.middle):
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._wanted = self.question.id if self.question is not None else None
        self._build()
        self.read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = self._face.theme.px
        self.left.setFixedWidth(px(NARROW_WIDTH if self.width() < px(NARROW) else WIDTH))

    # ---- reading

    def read(self) -> None:
        """Questions, then the replies of the one that is open; a newer reading makes an older one worthless."""
        self._turn += 1
        self._face.actions.start("questions: read", self._read(self._turn))

    async def _read(self, turn: int) -> None:
        found = await self._face.services.questions.all_of()
        if turn != self._turn:
            return
        chosen = self._wanted if self._wanted is not None else (self.question.id if self.question is not None else None)
        self._wanted = None
        self.questions, self.loaded = found, True
        look = self._face.look
        names = [f"{isolated(one_line(each.title))}, {look.text('questions.people', n=each.people)}" for each in found]
        blocked = self.list.blockSignals(True)
        self.list.lines.show(found, names)
        place = next((number for number, each in enumerate(found) if each.id == chosen), 0 if found else -1)
        self.list.choose(place)
        self.list.blockSignals(blocked)
        self._settle()
        await self._collect(turn)

    def _chosen(self) -> None:
        self._turn += 1
        self.collected = Collected()
        self._settle()
        self._face.actions.start("questions: read", self._collect(self._turn))

    async def _collect(self, turn: int) -> None:
        question = self.question
        if question is None:
            return
        collected = await self._face.services.questions.collected(question.id)
        if turn == self._turn:
            self._show(collected)

    def _show(self, collected: Collected) -> None:
        self.collected = collected
        line, held = self.line, self.replies.hasFocus()
        lines = lines_of(self._face.look, collected)
        blocked = self.replies.blockSignals(True)
        top = self.replies.verticalScrollBar().value()
        self.replies.lines.show(lines, [each.said for each in lines])
        self.replies.verticalScrollBar().setValue(top)
        self.replies.choose(_place_of(lines, line))
        self.replies.blockSignals(blocked)
        if held:
            self.replies.setFocus(Qt.FocusReason.OtherFocusReason)
        self._settle()

    def _settle(self) -> None:
        face, question = self._face, self.question
        if question is None:
            self.middle.setCurrentWidget(self.empty)
            if self.loaded:
                self.empty.show_words(face.text("questions.none"), face.text("questions.none_said"))
        else:
            self.middle.setCurrentWidget(self.right)
            self.title.setText(isolated(question.text or question.title))
            parts = [
                face.words.day_and_time(question.asked_at)
                if question.asked_at is not None
                else face.text("questions.to_come")
            ]
            parts.append(face.text("questions.replied", n=self.collected.replies, people=self.collected.people))
            if self.collected.thanked_today:
                parts.append(face.text("questions.thanked_today", n=self.collected.thanked_today))
            self.said.setText(" · ".join(parts))
        face.actions.refresh()

    def choose_file(self, path: Path) -> None:
        """The table goes there."""
        self.acts.save_to(path)


def _place_of(lines: Sequence[Line], before: Line | None) -> int:
    """Where what was chosen stands now."""
    if before is None:
        return 0 if lines else -1
    if before.reply is not None:
        wanted = before.reply.message_id
        return next(
            (place for place, line in enumerate(lines) if line.reply is not None and line.reply.message_id == wanted), 0
        )
    return next(
        (place for place, line in enumerate(lines) if line.reply is None and line.group.name == before.group.name), 0
    )
