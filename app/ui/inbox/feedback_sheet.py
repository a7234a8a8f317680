"""What customers say: tags counted over a stretch of time, the messages behind each count, and the table of them for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.commands.services import Changes
from app.models.tag import TagCount, TaggedMessage, TagRow
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.inbox.feedback_parts import Counted, Said
from app.ui.inbox.tag_sheet import TagNameSheet
from app.ui.page import PageFace
from app.ui.tag_names import tag_name
from app.ui.widgets.button import Button
from app.ui.widgets.button_column import ButtonColumn
from app.ui.widgets.inside import nest
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.text import ElidedLabel, Label

PERIODS: tuple[int | None, ...] = (7, 28, 90, None)
"""Days; None: all time."""
USUAL = 1
SHOWN = 200
TAGS_WIDTH, HEIGHT = 248, 400
PATIENCE_MS = 500
"""From here on a table that is being written says how far it is, and can be stopped."""
COLUMNS = (
    "time", "tags", "network", "account", "author", "handle", "kind", "category", "language", "text", "address",
)  # fmt: skip
TABLES = ("tag", "message_tag")


class FeedbackSheet(Sheet):
    """Follows commits while it is open."""

    def __init__(self, face: PageFace, host: QWidget) -> None:
        look = face.look
        super().__init__(look, host, look.text("feedback.title"), width=880)
        self._face = face
        self._counts: list[TagCount] = []
        self._tag: int | None = None
        self._stopped = False
        self.period = Segmented(
            look, look.text("feedback.period"), [(self._period_name(days), None) for days in PERIODS]
        )
        self.period.choose(USUAL)
        self.period.chosen.connect(lambda _index: self.read())
        self.said = Label(look, "", "caption", "text.tertiary", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(look.theme.px(12))
        head.addWidget(self.period)
        head.addWidget(self.said, 1)
        nest(self.body, head)
        middle = QHBoxLayout()
        middle.setSpacing(look.theme.px(16))
        self.tags = ButtonColumn(look, look.text("feedback.tags"))
        self.tags.setFixedWidth(look.theme.px(TAGS_WIDTH))
        self.messages = ButtonColumn(look, look.text("feedback.messages"))
        self.title = ElidedLabel(look, "", "bodyStrong")
        self.none = Label(look, "", "body", "text.secondary", wrap=True)
        right = QVBoxLayout()
        right.setSpacing(look.theme.px(6))
        right.addWidget(self.title)
        right.addWidget(self.none)
        right.addWidget(self.messages, 1)
        middle.addWidget(self.tags)
        nest(middle, right, 1)
        holder = QWidget()
        holder.setFixedHeight(look.theme.px(HEIGHT))
        middle.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(middle)
        self.body.addWidget(holder)
        self._make_foot()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._show_progress(True))
        self._cancel: list[Callable[[], None]] = []
        disconnect = face.services.changed.connect(self._follow)
        self.closed.connect(disconnect)
        self.closed.connect(self._drop)
        self.closed.connect(self._stop)
        self.read()

    def _make_foot(self) -> None:
        look, read_only = self._look, self._face.services.data.read_only
        self.export = Button(look, look.text("feedback.export"), icon="export", kind="primary", clicked=self._ask_where)
        self.new = Button(look, look.text("tags.new"), icon="plus", clicked=self._new)
        self.change = Button(
            look, look.text("feedback.change"), icon="pencil-simple", clicked=self._change, menu_arrow=True
        )
        self.new.setEnabled(not read_only)
        self.progress = Label(look, "", "caption", "text.secondary")
        self.stop = Button(look, look.text("feedback.stop"), size="small", clicked=self._stop)
        self.offer(self.export, self.stop, self.progress, aside=[self.new, self.change])
        self._show_progress(False)

    # ---- reading

    def read(self) -> None:
        """The counts of the period."""
        since, until = self.span()
        self._drop()
        self._cancel.append(
            self._face.services.reads.later(lambda queries: queries.tag_counts(since, until), self._show_counts)
        )

    def span(self) -> tuple[datetime | None, datetime]:
        """(from, until), aware UTC; from None: all time."""
        until = self._face.clock.now() + timedelta(minutes=1)
        days = PERIODS[self.period.index]
        return (None if days is None else until - timedelta(days=days)), until

    def _show_counts(self, counts: list[TagCount]) -> None:
        self._counts = counts
        if self._tag not in {each.tag.id for each in counts}:
            self._tag = max(counts, key=lambda each: each.many).tag.id if counts else None
        look = self._look
        entries = []
        for each in counts:
            entry = Counted(look, tag_name(look, each.tag), each, tag_id=each.tag.id)
            entry.setChecked(each.tag.id == self._tag)
            entry.chosen.connect(self._choose)
            entries.append(entry)
        self.tags.show_buttons(entries, lambda button: isinstance(button, Counted) and button.tag_id == self._tag)
        days = PERIODS[self.period.index]
        self.said.setText(
            look.text("feedback.compared", n=days) if days is not None else look.text("feedback.all_time")
        )
        self.export.setEnabled(any(each.many for each in counts))
        self._read_messages()

    def _choose(self, tag_id: int) -> None:
        if tag_id != self._tag:
            self._tag = tag_id
            for entry in self.tags.buttons:
                entry.setChecked(isinstance(entry, Counted) and entry.tag_id == tag_id)
            self._read_messages()

    def _read_messages(self) -> None:
        tag_id, (since, until) = self._tag, self.span()
        self.change.setEnabled(tag_id is not None and not self._face.services.data.read_only)
        if tag_id is None:
            return

        def deliver(found: list[TaggedMessage]) -> None:
            if tag_id == self._tag:
                self._show_messages(found)

        self._cancel.append(
            self._face.services.reads.later(lambda queries: queries.tagged(tag_id, since, until, SHOWN), deliver)
        )

    def _show_messages(self, found: list[TaggedMessage]) -> None:
        look = self._look
        chosen = self._chosen()
        if chosen is None:
            return
        name = tag_name(look, chosen.tag)
        many = look.text("feedback.messages_of", tag=name, n=chosen.many)
        self.title.setText(f"{many} · {look.text('feedback.newest', n=SHOWN)}" if chosen.many > SHOWN else many)
        self.none.setText(look.text("feedback.none"))
        self.none.setVisible(not found)
        now = self._face.clock.now()
        rows = []
        for each in found:
            row = Said(look, each, now)
            row.clicked.connect(lambda _checked=False, each=each: self._open(each))
            rows.append(row)
        self.messages.show_buttons(rows)

    def _open(self, said: TaggedMessage) -> None:
        self.close_now()
        self._face.window.show_page("inbox", conversation=said.conversation_id)

    def _chosen(self) -> TagCount | None:
        return next((each for each in self._counts if each.tag.id == self._tag), None)

    def _follow(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self.read()

    def _drop(self) -> None:
        for cancel in self._cancel:
            cancel()
        self._cancel.clear()

    # ---- tags

    def _new(self) -> None:
        self._ask_name("tags.new", "", "", self._face.services.tags.add)

    def _rename(self, tag: TagRow) -> None:
        hint = self._face.text("tags.own_words", words=self._face.text(f"tag.{tag.key}")) if tag.key else ""
        self._ask_name("tags.rename", tag.name, hint, lambda name: self._face.services.tags.rename(tag.id, name))

    def _ask_name(self, title: str, name: str, hint: str, keep: Callable[[str], object]) -> None:
        sheet = TagNameSheet(self._look, self._host(), title, name, hint)

        async def try_it() -> None:
            try:
                await keep(sheet.field.text)  # type: ignore[misc]
            except UserMistake as mistake:
                sheet.field.complain(self._face.text(mistake.message))
            else:
                sheet.close_now()

        sheet.wanted = lambda: self._face.actions.start("tags: name", try_it())
        self._face.window.open_sheet(sheet)

    def _change(self) -> None:
        """Rename, merge into another, retire or bring back."""
        chosen = self._chosen()
        if chosen is None:
            return
        look, tag, tags = self._look, chosen.tag, self._face.services.tags
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(look.text("tags.rename")).triggered.connect(lambda: self._rename(tag))
        into = menu.addMenu(look.text("tags.merge_into"))
        for other in self._counts:
            if other.tag.id != tag.id and not other.tag.retired:
                act = into.addAction(tag_name(look, other.tag).replace("&", "&&"))
                act.triggered.connect(
                    lambda _checked=False, other=other.tag: self._face.actions.start(
                        "tags: merge", self._merge(tag, other)
                    )
                )
        into.setEnabled(not into.isEmpty())
        words = "tags.bring_back" if tag.retired else "tags.retire"
        menu.addAction(look.text(words)).triggered.connect(
            lambda: self._face.actions.start("tags: retire", tags.retire(tag.id, retired=not tag.retired))
        )
        menu.popup(self.change.mapToGlobal(QPoint(0, self.change.height())))

    async def _merge(self, tag: TagRow, into: TagRow) -> None:
        many = await self._face.services.tags.merge(tag.id, into.id)
        names = {"tag": tag_name(self._look, tag), "into": tag_name(self._look, into)}
        self._face.notices.say(message("tags.merged", n=many, **names), undo=True, seconds=10)

    # ---- the table

    def _ask_where(self) -> None:
        look = self._look
        day = self._face.clock.now().astimezone(look.words.zone).date()
        dialog = QFileDialog(
            self._host(), look.text("feedback.save_as"), f"{look.text('feedback.file')}-{day}.csv", "CSV (*.csv)"
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.write_table(Path(name)))
        dialog.open()

    def write_table(self, target: Path) -> None:
        """All tagged messages of the period as CSV."""
        self._face.actions.start("feedback: export", self._write_table(target))

    async def _write_table(self, target: Path) -> None:
        look = self._look
        names = {each.tag.id: tag_name(look, each.tag) for each in self._counts}
        titles = [look.text(f"feedback.column.{column}") for column in COLUMNS]
        since, until = self.span()
        self._stopped = False
        self.export.setEnabled(False)
        self._patience.start()
        try:
            written = await self._face.services.tags.export(target, names, titles, since, until, self._went_on)
        finally:
            self._patience.stop()
            self._show_progress(False)
            self.export.setEnabled(True)
        if written is None:
            self._face.notices.say(message("feedback.stopped"))
        else:
            self._face.notices.say(message("feedback.written", n=written, file=target.name), level="ok")

    def _went_on(self, written: int, total: int) -> bool:
        self.progress.setText(self._look.text("feedback.progress", written=written, total=total))
        return not self._stopped

    def _stop(self) -> None:
        self._stopped = True

    def _show_progress(self, shown: bool) -> None:
        self.progress.setVisible(shown)
        self.stop.setVisible(shown)

    def _host(self) -> QWidget:
        host = self.parentWidget()
        assert host is not None  # a sheet lies over a window
        return host

    def _period_name(self, days: int | None) -> str:
        return self._look.text("feedback.days", n=days) if days is not None else self._look.text("feedback.all")
