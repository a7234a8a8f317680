"""What is done with a question of the FAQ as a whole: kept, published, hidden, merged, made an answer of the playbook; and the export."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.models.faq import FaqState
from app.runtime.errors import UserMistake
from app.runtime.words import Message, message
from app.ui.page import PageFace
from app.ui.playbook.faq_behind import FaqBehindPane
from app.ui.playbook.faq_desk import FaqDesk
from app.ui.playbook.faq_editor import FaqEditor
from app.ui.playbook.faq_sheets import ExportSheet, MergeSheet, PublishSheet

UNDO_SECONDS = 10
NAME = "faq.html"


class FaqActs:
    """Each can be taken back, and says so."""

    def __init__(self, face: PageFace, desk: FaqDesk, editor: FaqEditor, behind: FaqBehindPane, host: QWidget) -> None:
        self._face = face
        self._desk = desk
        self._editor = editor
        self._behind = behind
        self._host = host

    def save(self) -> None:
        if self._desk.settle():
            self._say(message("faq.said.saved"))

    def publish(self) -> None:
        """Ask where it stands; question and answer must be there before."""
        row = self._desk.row
        if row is None:
            return
        self._desk.settle()
        words = self._desk.words.tidied()
        if not words.question or not words.answer:
            self._point_at(
                UserMistake(
                    message("faq.no_answer" if words.question else "faq.no_question"),
                    field="answer" if words.question else "question",
                )
            )
            return
        done = message("faq.said.published")
        self._face.window.open_sheet(PublishSheet(self._face, self._host.window(), row, lambda: self._say(done)))

    def withdraw(self) -> None:
        row = self._desk.row
        if row is not None:
            self._do("withdraw", self._face.services.faq.withdraw(row.id), message("faq.said.withdrawn"))

    def hide(self, *, hidden: bool) -> None:
        row = self._desk.row
        if row is not None:
            said = message("faq.said.hidden" if hidden else "faq.said.shown")
            self._do("hide", self._face.services.faq.hide(row.id, hidden=hidden), said)

    def merge(self) -> None:
        """Ask which other entry asks the same."""
        desk, row = self._desk, self._desk.row
        others = [each for each in desk.rows if row is not None and each.id != row.id]
        if row is None or not others:
            return
        desk.settle()

        def join(number: int) -> None:
            self._do("merge", self._face.services.faq.merge(row.id, [number]), message("faq.said.merged"))

        self._face.window.open_sheet(MergeSheet(self._face, self._host.window(), row, others, join))

    def move_out(self) -> None:
        """The chosen message asks something else."""
        chosen = self._behind.message
        if chosen is not None:
            self._do("move out", self._face.services.faq.move_out([chosen.id]), message("faq.said.moved"))

    def open_message(self) -> None:
        chosen = self._behind.message
        if chosen is not None:
            self._behind.wanted.emit(chosen.conversation_id)

    def use_best(self) -> None:
        """The best answer that was given, into the editor, in its language; nothing is an act yet."""
        desk = self._desk
        best = desk.behind.best if desk.behind is not None else None
        if best is None:
            return
        desk.language = best.language or desk.language
        desk.answer(self._face.services.faq.impersonal(best.text))
        self._editor.choose_tab(desk.language)
        self._editor.answer.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def make_answer(self) -> None:
        row = self._desk.row
        if row is not None and row.answer_id is None:
            self._desk.settle()
            self._face.actions.start("faq: answer", self._make_answer(row.id))

    async def _make_answer(self, entry_id: int) -> None:
        try:
            made = await self._face.services.faq.make_answer(entry_id)
        except UserMistake as mistake:
            self._point_at(mistake)
            return
        self._say(message("faq.said.answer_made"))
        self._face.window.show_page("playbook", answer=made)

    def export(self) -> None:
        """Ask what, then where to."""
        self._desk.settle()
        rows = [row for row in self._desk.now.listing.rows if row.state is not FaqState.HIDDEN and row.words.answer]
        if not rows:
            self._face.notices.say(message("faq.nothing_written"))
            return
        sheet = ExportSheet(self._face, self._host.window(), rows, self._desk.language, self._choose_file)
        self._face.window.open_sheet(sheet)

    def _choose_file(self, language: str, ids: Sequence[int]) -> None:
        """The system's dialog; it calls back and does not stop the window."""
        face = self._face
        dialog = QFileDialog(self._host, face.text("faq.export_title"), "", f"{face.text('faq.files')} (*.html *.md)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("html")
        dialog.selectFile(NAME)
        dialog.fileSelected.connect(lambda name: self.write(Path(name), language, ids))
        dialog.open()

    def write(self, path: Path, language: str, ids: Sequence[int]) -> None:
        """The page, HTML or Markdown by the ending of its name."""

        async def write() -> None:
            many = await self._face.services.faq_files.export(path, language, ids)
            self._face.notices.say(message("faq.said.exported", n=many, file=path.name), level="ok")

        self._face.actions.start("faq: export", write())

    # ---- inside

    def _do(self, name: str, work: Coroutine[Any, Any, None], said: Message) -> None:
        self._desk.settle()

        async def do() -> None:
            await work
            self._say(said)

        self._face.actions.start(f"faq: {name}", do())

    def _say(self, said: Message) -> None:
        self._face.notices.say(said, undo=True, seconds=UNDO_SECONDS)

    def _point_at(self, mistake: UserMistake) -> None:
        """Say what is missing, with the cursor where it goes."""
        self._face.notices.say(mistake.message, level="warn")
        self._editor.choose_tab(self._desk.language)
        written = self._editor.question if mistake.field == "question" else self._editor.answer
        written.text.setFocus(Qt.FocusReason.OtherFocusReason)
