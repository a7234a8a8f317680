"""What commands ask of the Inbox about tags and rules: the picker, the message it is about, and the sheet of what customers say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.models.message import MessageKind, MessageRow, RuleNote
from app.models.tag import TagRow
from app.runtime.errors import UserMistake
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.desk import Desk
from app.ui.inbox.feedback_sheet import FeedbackSheet
from app.ui.inbox.sorted_part import OPEN_RULE, UNDO_RULE
from app.ui.inbox.tag_sheet import TagNameSheet
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.tag_names import tag_name

DIGITS = 9


class Tagging(QObject):
    """`table` maps the names that commands use to what is done."""

    def __init__(self, face: PageFace, desk: Desk, conversation: ConversationPane, page: QWidget) -> None:
        super().__init__(page)
        self._face = face
        self._desk = desk
        self._conversation = conversation
        self._page = page
        self._chosen: tuple[int, str] | None = None
        self._mark: int | None = None
        """The mark that was clicked, for the command that follows."""
        self.menu: QMenu | None = None
        self.table: Mapping[str, Callable[..., Any]] = {
            "choose_tag": self._choose_tag,
            "tag_chosen": self._take_chosen,
            "message_to_tag": self._message_to_tag,
            "show_feedback": self.show_feedback,
            "rule_of_message": self._rule_of_message,
        }
        conversation.messages.act_wanted.connect(self._act)

    def facts(self) -> frozenset[str]:
        """What commands want to know of the open conversation."""
        return frozenset({"ruled"} if self._notes() else ())

    # ---- tags

    def _choose_tag(self) -> None:
        """The picker; which tags are there is read first."""
        message_id = self._message_to_tag()
        ids = () if message_id is None else (message_id,)

        def show(found: tuple[list[TagRow], Sequence[TagRow]]) -> None:
            anchor = self._conversation.header.more
            borne = {tag.id for tag in found[1]}
            self.menu = tag_menu(
                self._face.look, found[0], borne, self._page, self._choose, self._ask_name, self.show_feedback
            )
            self.menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height())))

        self._face.services.reads.later(
            lambda queries: (queries.tags(), queries.tags_of(ids).get(message_id or 0, ())), show
        )

    def _choose(self, tag: TagRow) -> None:
        self._chosen = (tag.id, isolated(tag_name(self._face.look, tag)))
        self._face.actions.run("inbox.tag_chosen")

    def _take_chosen(self) -> tuple[int, str] | None:
        chosen, self._chosen = self._chosen, None
        return chosen

    def _ask_name(self) -> None:
        sheet = TagNameSheet(self._face.look, self._page.window(), "tags.new", "")

        def add() -> None:
            self._face.actions.start("inbox.add_tag", self._add(sheet))

        sheet.wanted = add
        self._face.window.open_sheet(sheet)

    async def _add(self, sheet: TagNameSheet) -> None:
        try:
            tag_id = await self._face.services.tags.add(sheet.field.text)
        except UserMistake as mistake:
            sheet.field.complain(self._face.text(mistake.message))
            return
        name = isolated(sheet.field.text)
        sheet.close_now()
        self._chosen = (tag_id, name)
        self._face.actions.run("inbox.tag_chosen")

    def _message_to_tag(self) -> int | None:
        """The message chosen in the conversation, else the customer's last; None where several conversations are ticked."""
        if self._desk.model.ticked:
            return None
        chosen = self._conversation.messages.current_message
        if chosen is not None and chosen.kind is not MessageKind.OURS:
            return chosen.id
        last = [message for message in self._messages() if message.kind is not MessageKind.OURS and not message.deleted]
        return last[-1].id if last else None

    # ---- rules

    def _act(self, act: str) -> None:
        name, _, number = act.partition(":")
        commands = {OPEN_RULE: "inbox.open_rule", UNDO_RULE: "inbox.undo_rule"}
        if name in commands and number.isdigit():
            self._mark = int(number)
            self._face.actions.run(commands[name])

    def _rule_of_message(self) -> RuleNote | None:
        """The one that was clicked, else that of the chosen message, else the last that did something here."""
        asked, self._mark = self._mark, None
        chosen = self._conversation.messages.current_message
        notes = list(chosen.rules) if chosen is not None and chosen.rules else self._notes()
        clicked = [note for note in self._notes() if note.mark_id == asked]
        standing = [note for note in notes if not note.undone]
        return next(iter(clicked or standing[-1:] or notes[-1:]), None)

    def _notes(self) -> list[RuleNote]:
        return [note for message in self._messages() for note in message.rules]

    def _messages(self) -> tuple[MessageRow, ...]:
        detail, row = self._desk.detail, self._desk.row
        return detail.messages if detail is not None and row is not None and detail.id == row.id else ()

    # ---- the sheet

    def show_feedback(self) -> None:
        """What customers say, counted."""
        self._face.window.open_sheet(FeedbackSheet(self._face, self._page.window()))


def tag_menu(
    look: Look,
    tags: Sequence[TagRow],
    borne: set[int],
    parent: QWidget,
    choose: Callable[[TagRow], None],
    add: Callable[[], None],
    manage: Callable[[], None],
) -> QMenu:
    """The tags, the first nine with their digit, those the message bears ticked; below, a new one and all of them."""
    menu = QMenu(parent)
    for number, tag in enumerate(tags, 1):
        digit = f"&{number}  " if number <= DIGITS else "    "
        action = menu.addAction(f"{digit}{tag_name(look, tag).replace('&', '&&')}")
        action.setCheckable(True)
        action.setChecked(tag.id in borne)
        action.triggered.connect(lambda _checked=False, tag=tag: choose(tag))
    menu.addSeparator()
    menu.addAction(look.icons.icon("plus", "text.secondary"), look.text("tags.new")).triggered.connect(lambda: add())
    menu.addAction(look.icons.icon("chart-bar-horizontal", "text.secondary"), look.text("tags.all")).triggered.connect(
        lambda: manage()
    )
    return menu
