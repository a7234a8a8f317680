"""Where the post stands at each account: waits, goes out, is out, failed, may be out, is done by hand; with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.image_set import for_account, waits
from app.models.outbox import DeliveryState, OutboxRow
from app.runtime.words import Message, message
from app.ui.composer.composition import Composition
from app.ui.composer.deletion_sheet import ask_to_delete
from app.ui.composer.set_card import waiting_row
from app.ui.page import PageFace
from app.ui.widgets.avatar import NetworkBadge
from app.ui.widgets.button import Button
from app.ui.widgets.field import LineField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Card, Line
from app.ui.widgets.text import Label

BESIDE = 2
"""So many buttons stand beside the words; more get a line of their own."""

GLYPHS: dict[DeliveryState, tuple[str, str]] = {
    DeliveryState.WAITING: ("clock", "text.secondary"),
    DeliveryState.HELD: ("hard-drives", "text.secondary"),
    DeliveryState.CLAIMED: ("arrow-right", "accent.text"),
    DeliveryState.OUT: ("check-circle-fill", "status.success.text"),
    DeliveryState.FAILED: ("warning-circle-fill", "status.danger.text"),
    DeliveryState.UNSURE: ("question-fill", "status.warn.text"),
    DeliveryState.BY_HAND: ("hand-pointing", "accent.text"),
    DeliveryState.LET_GO: ("minus-circle", "text.tertiary"),
}


class DeliveryBox(QWidget):
    """One account's delivery."""

    def __init__(self, face: PageFace, row: OutboxRow, composition: Composition) -> None:
        super().__init__()
        self._face = face
        self.row = row
        self.composition = composition
        look = face.look
        place = composition.place(row.account_id)
        name = place.name if place is not None else row.handle
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(NetworkBadge(look, row.network, name, 16))
        head.addWidget(Label(look, name, "bodyStrong"))
        icon, colour = GLYPHS[row.state]
        head.addWidget(IconSpot(look, icon, colour, 14))
        self.said = Label(look, self._state_words(), "small", colour, wrap=True)
        head.addWidget(self.said, 1)
        nest(column, head)
        reason = self._reason()
        if reason:
            column.addWidget(Label(look, reason, "small", "text.secondary", wrap=True, selectable=True))
        for warning in self._warnings():
            nest(column, self._warning_line(warning))
        if self._keeper_differs() and not row.warnings and row.due_at != composition.leaves_at:
            column.addWidget(Label(look, look.text(f"composer.keeper.{row.keeper}"), "small", "text.secondary", wrap=True))
        if row.state is DeliveryState.BY_HAND:
            column.addWidget(self._link_row())
        waiting = waiting_row(face, row)
        if waiting is not None:
            column.addWidget(waiting)
        self._buttons: list[Button] = []
        self._offer()
        if len(self._buttons) > BESIDE:
            holder = QWidget()
            flow = FlowLayout(holder, gap=6)
            for button in self._buttons:
                flow.addWidget(button)
            column.addWidget(holder)
        else:
            for button in self._buttons:
                head.addWidget(button)
        self.setAccessibleName(f"{name}: {self.said.text()}. {' '.join((reason, *self._warnings()))}".strip())

    def buttons(self) -> list[Button]:
        """Those that act on it, in their order."""
        return self.findChildren(Button)

    # ---- words

    def _state_words(self) -> str:
        look, row = self._face.look, self.row
        now = self._face.clock.now()
        match row.state:
            case DeliveryState.WAITING if row.next_try_at is not None and row.attempts:
                return look.text("composer.delivery.tries_again", when=row.next_try_at)
            case DeliveryState.WAITING if row.due_at == self.composition.leaves_at:
                return look.text("composer.delivery.soon")
            case DeliveryState.WAITING if row.due_at <= now:
                return look.text("composer.delivery.due")
            case DeliveryState.WAITING:
                return look.text("composer.delivery.waiting", when=row.due_at)
            case DeliveryState.CLAIMED if row.parts > 1:
                return look.text("composer.delivery.part", number=row.parts_out + 1, count=row.parts)
            case DeliveryState.OUT if row.deleted_at is not None:
                return look.text("composer.delivery.deleted", when=row.deleted_at)
            case DeliveryState.OUT:
                return look.text("composer.delivery.out", when=row.sent_at or row.due_at)
            case DeliveryState.BY_HAND:
                return look.text("composer.delivery.by_hand", when=row.due_at)
            case DeliveryState.HELD:
                return look.text("composer.delivery.held", when=row.due_at)
        return look.text(f"composer.delivery.{row.state}")

    def _keeper_differs(self) -> bool:
        """Where all deliveries have the same keeper, the time above says it once for the post."""
        return self.row.keeper is not None and any(
            each.keeper not in (None, self.row.keeper) for each in self.composition.deliveries
        )

    def _warning_line(self, warning: str) -> QHBoxLayout:
        look = self._face.look
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(IconSpot(look, "warning-circle-fill", "status.warn.text", 14))
        line.addWidget(Label(look, warning, "small", "status.warn.text", wrap=True, selectable=True), 1)
        return line

    def _warnings(self) -> list[str]:
        """What its checks found while there is time to mend it."""
        return [self._face.look.text(warning) for warning in self.row.warnings]

    def _reason(self) -> str:
        if not self.row.reason or self.row.state is DeliveryState.OUT:
            return ""
        try:
            return self._face.look.text(Message.from_json(self.row.reason))
        except ValueError:
            return ""

    # ---- what can be done

    def _offer(self) -> None:
        row, outbox = self.row, self._face.services.outbox
        link = row.url or self._profile()
        match row.state:
            case DeliveryState.WAITING | DeliveryState.HELD:
                if row.state is DeliveryState.WAITING:
                    self._add("composer.do.send_now", lambda: self._start("send now", outbox.send_now(row.id)))
            case DeliveryState.OUT if row.deleted_at is not None:
                pass
            case DeliveryState.OUT:
                if row.url:
                    self._add("composer.do.open", lambda: self._face.window.open_url(row.url), icon="arrow-square-out")
                    self._add("composer.do.copy_link", self._copy_link, icon="copy")
                self._add("composer.do.delete", self._delete, icon="trash", flat=True)
            case DeliveryState.FAILED:
                self._add("composer.do.again", lambda: self._start("send again", outbox.retry(row.id)), icon="arrows-clockwise")
                self._add("composer.do.by_hand", lambda: self._start("by hand", outbox.by_hand(row.id)), icon="hand-pointing")
                self._add("composer.do.let_go", lambda: self._start("let go", outbox.cancel(row.id)), flat=True)
            case DeliveryState.LET_GO:
                self._add("composer.do.again", lambda: self._start("send again", outbox.retry(row.id)), icon="arrows-clockwise")
            case DeliveryState.UNSURE:
                if link:
                    self._add("composer.do.look", lambda: self._face.window.open_url(link), icon="arrow-square-out")
                self._add("composer.do.is_out", lambda: self._start("it is out", outbox.settle(row.id, is_out=True)), icon="check")
                self._add("composer.do.is_not", lambda: self._start("it is not", outbox.settle(row.id, is_out=False)), icon="x")
            case DeliveryState.BY_HAND:
                self._add("composer.do.copy_text", self._copy_text, icon="copy")
                if self.composition.draft.pictures:
                    self._add("composer.do.folder", lambda: self._start("lay out pictures", self._open_folder()), icon="folder-open")
                if link:
                    self._add("composer.do.open", lambda: self._face.window.open_url(link), icon="arrow-square-out")
                self._add("composer.do.let_go", lambda: self._start("let go", outbox.cancel(row.id)), flat=True)

    def _link_row(self) -> QWidget:
        look = self._face.look
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.link = LineField(look, look.text("composer.paste_link"), placeholder=look.text("composer.paste_link"))
        self.link.returnPressed.connect(self._settle_by_hand)
        row.addWidget(self.link, 1)
        row.addWidget(Button(look, look.text("composer.do.is_out"), icon="check", clicked=self._settle_by_hand))
        return holder

    def _settle_by_hand(self) -> None:
        url = self.link.text().strip()
        if url and not url.startswith(("https://", "http://")):
            url = f"https://{url}"
        self._start("done by hand", self._face.services.outbox.settle(self.row.id, is_out=True, url=url))

    def _add(self, text_id: str, act: Callable[[], object], *, icon: str | None = None, flat: bool = False) -> None:
        kind = "flat" if flat else "plain"
        self._buttons.append(Button(self._face.look, self._face.text(text_id), icon=icon, size="small", kind=kind, clicked=act))  # type: ignore[arg-type]

    def _start(self, name: str, work: object) -> None:
        self._face.actions.start(name, work)

    def _profile(self) -> str:
        """Where our posts are listed, on networks of many servers."""
        place = self.composition.place(self.row.account_id)
        if place is None or not place.account.server:
            return ""
        return f"{place.account.server.rstrip('/')}/{place.account.handle}"

    def _delete(self) -> None:
        self._start("ask to delete", ask_to_delete(self._face, self.window(), self.row.id))

    def _copy_text(self) -> None:
        parts: tuple[str, ...] = self.composition.leaving(self.row.account_id)
        if waits(self.composition.draft, self.row.account_id) and self.row.text and self.row.parts == 1:
            parts = (self.row.text,)  # with the set's link, once that is known
        self._face.window.copy("\n\n".join(parts))
        self._face.notices.say(message("composer.said.text_copied"))

    def _copy_link(self) -> None:
        self._face.window.copy(self.row.url)
        self._face.notices.say(message("composer.said.link_copied"))

    async def _open_folder(self) -> None:
        draft = for_account(self.composition.draft, self.row.account_id)
        folder = await self._face.services.posts.lay_out(draft.id or 0, draft.pictures)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class DeliveriesCard(Card):
    """All deliveries of the post; made anew when one of them changes, what is typed into a link field is kept."""

    def __init__(self, face: PageFace) -> None:
        super().__init__(face.look)
        self._face = face
        self._shown: tuple[object, ...] = ()
        self._boxes: list[DeliveryBox] = []
        self._content: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 14, 12)
        self.setAccessibleName(face.text("composer.where_it_stands"))

    def boxes(self) -> list[DeliveryBox]:
        return self._boxes

    def show_composition(self, composition: Composition, now: datetime) -> None:
        rows = composition.deliveries
        self.setVisible(bool(rows))
        shown = (rows, composition.places, composition.draft.pictures, [row.due_at <= now for row in rows], composition.leaves_at, composition.draft.id)
        if shown == self._shown:
            for box in self._boxes:
                box.composition = composition
            return
        self._shown = shown
        typed = {box.row.id: box.link.text() for box in self._boxes if box.row.state is DeliveryState.BY_HAND}
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._boxes = []
        for row in rows:
            if self._boxes:
                column.addWidget(Line(self._face.look))
            box = DeliveryBox(self._face, row, composition)
            if row.id in typed and row.state is DeliveryState.BY_HAND:
                box.link.setText(typed[row.id])
            column.addWidget(box)
            self._boxes.append(box)
        self._column.addWidget(self._content)
