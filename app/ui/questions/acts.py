"""What can be done with replies: keep, like, thank, put into a group, and make a follow-up or a table of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.models.question import QuestionPost, QuestionReply
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.questions.rows import Line
from app.ui.safe_text import one_line
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field

UNDO_SECONDS = 10
COLUMNS = ("group", "network", "author", "handle", "when", "text", "kept", "link")


class Chosen(Protocol):
    """The page, as far as acts know it."""

    @property
    def question(self) -> QuestionPost | None: ...

    @property
    def line(self) -> Line | None: ...

    def window(self) -> QWidget: ...


class Acts:
    """On the chosen reply, or on all of the chosen group. Each is said, with a way to take it back where there is one."""

    def __init__(self, face: PageFace, page: Chosen) -> None:
        self._face = face
        self._page = page

    def keep(self) -> None:
        """Among the best; where all of them are, not any more."""
        question, line = self._page.question, self._page.line
        if question is None or line is None:
            return
        kept = not all(each.kept for each in line.replies)
        ids = [each.message_id for each in line.replies if each.kept != kept]

        async def work() -> None:
            await self._face.services.questions.keep(question.id, ids, kept=kept)
            self._say("questions.said_kept" if kept else "questions.said_not_kept", n=len(ids))

        self._face.actions.start("keep replies", work())

    def like(self) -> None:
        line = self._page.line
        if line is None:
            return

        async def work() -> None:
            self._say("questions.said_liked", n=await self._face.services.questions.like(line.replies))

        self._face.actions.start("like replies", work())

    def thank(self) -> None:
        """Where more thanks would look staged, it is asked first."""
        question, line = self._page.question, self._page.line
        if question is not None and line is not None:
            self._face.actions.start("thank people", self._thank(question, line.replies, beyond=False))

    async def _thank(self, question: QuestionPost, replies: tuple[QuestionReply, ...], *, beyond: bool) -> None:
        face = self._face
        thanks = await face.services.questions.thank(question.id, replies, beyond=beyond)
        if thanks.owed or not thanks.left:
            self._say("questions.said_thanked", n=thanks.owed)
        if not thanks.left:
            return

        def answered(choice: int) -> None:
            if choice == 0:
                face.actions.start("thank more people", self._thank(question, replies, beyond=True))

        face.window.ask(
            message("questions.staged"),
            [message("questions.thank_all", n=thanks.left), message("questions.thank_no_more")],
            answered,
            message("questions.staged_said", n=thanks.left),
        )

    def group(self) -> None:
        """A sheet with the name of the group."""
        question, line = self._page.question, self._page.line
        if question is None or line is None:
            return
        ids = [each.message_id for each in line.replies]
        before = line.group.name if line.group.by_hand else ""

        def take(name: str) -> None:
            async def work() -> None:
                await self._face.services.questions.put_into(question.id, ids, name)
                self._say(
                    "questions.said_grouped" if name.strip() else "questions.said_ungrouped",
                    n=len(ids),
                    name=name.strip(),
                )

            self._face.actions.start("group replies", work())

        self._face.window.open_sheet(GroupSheet(self._face, self._page.window(), before, take))

    def open(self) -> None:
        line = self._page.line
        if line is not None and line.reply is not None:
            self._face.window.show_page("inbox", conversation=line.reply.conversation_id)

    def follow_up(self) -> None:
        question, face = self._page.question, self._face
        if question is None:
            return

        async def work() -> None:
            number = await face.services.questions.follow_up(question.id, face.text("questions.opening"))
            face.window.show_page("composer", post=number, origin="questions")

        face.actions.start("make a follow-up", work())

    def export(self) -> None:
        """Ask where to."""
        question, face = self._page.question, self._face
        if question is None:
            return
        dialog = QFileDialog(
            self._page.window(), face.text("questions.choose_file"), "", f"{face.text('questions.table')} (*.csv)"
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{_file_name(question.title)}.csv")
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.open()

    def save_to(self, path: Path) -> None:
        question, face = self._page.question, self._face
        if question is None:
            return
        titles = [face.text(f"questions.column_{name}") for name in COLUMNS]

        async def work() -> None:
            zone = face.words.zone
            many = await face.services.questions.export(
                question.id, path, titles, lambda at: at.astimezone(zone).isoformat(timespec="minutes")
            )
            face.notices.say(message("questions.said_exported", n=many, file=path.name), level="ok")

        face.actions.start("export replies", work())

    def _say(self, said: str, **values: object) -> None:
        self._face.notices.say(message(said, **values), undo=True, seconds=UNDO_SECONDS)


class GroupSheet(Sheet):
    """The name of a group; empty puts the replies where they are found to belong."""

    def __init__(self, face: PageFace, host: QWidget, before: str, take: Callable[[str], None]) -> None:
        super().__init__(face.look, host, face.text("questions.group_title"))
        self._take = take
        self.field = Field(face.look, face.text("questions.group_name"), before, hint=face.text("questions.group_hint"))
        self.field.line.returnPressed.connect(self.take)
        self.body.addWidget(self.field)
        self.offer(Button(face.look, face.text("questions.do_group"), key="Return", kind="primary", clicked=self.take))

    def take(self) -> None:
        self.close_now()
        self._take(self.field.text)


def _file_name(title: str) -> str:
    plain = "".join(letter if letter.isalnum() else " " for letter in one_line(title))
    return "-".join(plain.split()[:6]).lower() or "questions"
