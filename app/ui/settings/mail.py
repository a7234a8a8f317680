"""Settings, Managers and e-mail: the mailboxes that letters go out from, and the managers who decide; added, changed and removed here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.models.account import AccountRow, AccountState
from app.models.mailbox import EMAIL, MailboxRow
from app.models.manager import ManagerRow
from app.runtime.words import message
from app.ui.durations import minutes_text
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.settings.account_acts import AccountActs
from app.ui.settings.account_rows import trouble_of
from app.ui.settings.form import SectionPane
from app.ui.settings.line_card import LineCard, walk
from app.ui.settings.mailbox_sheet import MailboxSheet
from app.ui.settings.manager_sheet import ManagerSheet
from app.ui.widgets.avatar import paint_avatar
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label, SectionLabel

TABLES = ("mailbox", "manager", "account", "escalation")

Found = tuple[list[MailboxRow], list[AccountRow], list[ManagerRow]]


class MailPane(SectionPane):
    """Follows commits; what is done is a service's business."""

    def __init__(self, face: PageFace, acts: AccountActs) -> None:
        look = face.look
        super().__init__(look, look.text("settings.section.mail"))
        self._face = face
        self._acts = acts
        self._wanted: int | None = None
        self._found: Found = ([], [], [])
        self.boxes: list[LineCard] = []
        self.managers: list[LineCard] = []
        px = look.theme.px
        may = not face.services.data.read_only
        self.new = Button(look, look.text("managers.new"), icon="plus", kind="primary", clicked=self.add_manager)
        self.new.setEnabled(may)
        self.header.row.addWidget(self.new)
        self.new_box = Button(look, look.text("mail.add"), icon="plus", size="small", clicked=self.add_mailbox)
        self.new_box.setEnabled(may and face.actions.applies("accounts.add"))
        self._box_list = self._group("mail.boxes", "mail.boxes_said", self.new_box)
        self.rows.addSpacing(px(16))
        self.rows.addWidget(Line(look))
        self.rows.addSpacing(px(14))
        self._manager_list = self._group("managers.title", "managers.said", None)
        self.none = Label(look, look.text("managers.none"), "body", "text.secondary", wrap=True)
        self.no_box = Label(look, look.text("mail.none"), "body", "text.secondary", wrap=True)
        self._box_list.addWidget(self.no_box)
        self._manager_list.addWidget(self.none)
        for label in (self.none, self.no_box):
            label.hide()
        self.rows.addStretch(1)

    def _group(self, title_id: str, said_id: str, button: Button | None) -> QVBoxLayout:
        look, px = self._look, self._look.theme.px
        head = QHBoxLayout()
        head.addWidget(SectionLabel(look, look.text(title_id)), 1)
        if button is not None:
            head.addWidget(button)
        nest(self.rows, head)
        self.rows.addSpacing(px(2))
        self.rows.addWidget(Label(look, look.text(said_id), "small", "text.secondary", wrap=True))
        self.rows.addSpacing(px(10))
        column = QVBoxLayout()
        column.setSpacing(px(6))
        nest(self.rows, column)
        return column

    # ---- reading

    def read(self) -> None:
        """Ask for mailboxes, their accounts, and managers."""
        self._face.services.reads.later(
            lambda queries: (queries.mailboxes(), queries.accounts(), queries.managers()), self.show_found
        )

    def show_found(self, found: Found) -> None:
        self._found = found
        boxes, accounts, managers = found
        focused = self._focused()
        known = {account.id: account for account in accounts if account.network == EMAIL}
        self.boxes = self._anew(
            self._box_list, self.boxes, [self._box(row, known.get(row.account_id)) for row in boxes]
        )
        self.managers = self._anew(self._manager_list, self.managers, [self._manager(row) for row in managers])
        self.no_box.setVisible(not boxes)
        self.none.setVisible(not managers)
        for card in (*self.boxes, *self.managers):
            if card.objectName() and card.objectName() == focused:
                card.setFocus(Qt.FocusReason.OtherFocusReason)
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.bring(wanted)

    def _anew(self, layout: QVBoxLayout, old: list[LineCard], new: list[LineCard]) -> list[LineCard]:
        for card in old:
            layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        for card in new:
            card.walked.connect(partial(self._walk, card))
            layout.addWidget(card)
        return new

    def _walk(self, card: LineCard, step: int) -> None:
        walk([*self.boxes, *self.managers], card, step)

    def _focused(self) -> str:
        focus = self.window().focusWidget()
        return focus.objectName() if isinstance(focus, LineCard) else ""

    def _box(self, row: MailboxRow, account: AccountRow | None) -> LineCard:
        look = self._look
        state = account.state if account is not None else AccountState.READY
        warning, right = "", ""
        if state is AccountState.SIGNED_OUT:
            warning = look.text("mail.signed_out")
        elif account is not None and (trouble := trouble_of(account)) is not None:
            warning = look.text(trouble)
        if state is AccountState.PAUSED:
            right = look.text("mail.paused")
        elif state is AccountState.READY and account is not None and account.checked_at is not None:
            right = look.text("settings.checked", at=account.checked_at)
        said = look.text(
            "mail.box_said" if row.copy_to_self else "mail.box_said_no_copy", smtp=row.smtp_host, imap=row.imap_host
        )

        def picture(painter: QPainter, square: QRectF) -> None:
            side = round(square.width())
            painter.drawPixmap(square.topLeft(), look.icons.network(EMAIL, side, self.devicePixelRatioF()))

        card = LineCard(look, isolated(row.address), said, picture, warning=warning, right=right)
        card.setObjectName(f"mailbox {row.account_id}")
        card.clicked.connect(lambda: self.edit_mailbox(row.account_id))
        card.removed.connect(lambda: self._remove_mailbox(row.account_id))
        card.menu_wanted.connect(
            lambda at: self._menu(
                at, lambda: self.edit_mailbox(row.account_id), lambda: self._remove_mailbox(row.account_id)
            )
        )
        return card

    def _manager(self, row: ManagerRow) -> LineCard:
        look = self._look
        topics = [
            look.text(f"category.{each}") if look.words.knows(f"category.{each}") else each for each in row.topics
        ]
        said = " · ".join(
            each
            for each in (row.role, row.email, look.text("managers.topics_said", topics=topics) if topics else "")
            if each
        )
        usual = self._face.services.managers.usual_minutes(row)
        right = look.text("managers.usual", span=minutes_text(look, usual)) if usual is not None else ""

        def picture(painter: QPainter, square: QRectF) -> None:
            paint_avatar(painter, square, look, row.name, row.email, ring="surface.raised")

        card = LineCard(look, isolated(row.name), said, picture, right=right)
        card.setObjectName(f"manager {row.id}")
        card.clicked.connect(lambda: self.edit_manager(row.id))
        card.removed.connect(lambda: self._remove_manager(row))
        card.menu_wanted.connect(
            lambda at: self._menu(at, lambda: self.edit_manager(row.id), lambda: self._remove_manager(row))
        )
        return card

    def _menu(self, at: QPoint, change: object, remove: object) -> None:
        look = self._look
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(look.text("mail.change")).triggered.connect(change)
        menu.addAction(look.icons.icon("trash", "text.secondary"), look.text("mail.remove")).triggered.connect(remove)
        menu.popup(at)

    # ---- acts

    def bring(self, account_id: int) -> None:
        """Open the sheet of a mailbox, as soon as it is read."""
        if any(row.account_id == account_id for row in self._found[0]):
            self.edit_mailbox(account_id)
        else:
            self._wanted = account_id

    def add_mailbox(self) -> None:
        """A new mailbox."""
        self._open(MailboxSheet(self._face, self.window(), None, self._box_kept))

    def edit_mailbox(self, account_id: int) -> None:
        """Its servers, name and copy; signing in again."""
        row = next((row for row in self._found[0] if row.account_id == account_id), None)
        if row is not None:
            self._open(MailboxSheet(self._face, self.window(), row, self._box_kept))

    def _box_kept(self, address: str, anew: bool) -> None:
        self._face.notices.say(message("mail.kept" if anew else "mail.changed", address=isolated(address)), level="ok")

    def _remove_mailbox(self, account_id: int) -> None:
        account = next((each for each in self._found[1] if each.id == account_id), None)
        if account is not None and not self._face.services.data.read_only:
            self._acts.disconnect(account)

    def add_manager(self) -> None:
        """A new manager."""
        self._open(ManagerSheet(self._face, self.window(), ManagerRow(0, "", "", "")))

    def edit_manager(self, manager_id: int) -> None:
        """What is known of one."""
        row = next((row for row in self._found[2] if row.id == manager_id), None)
        if row is not None:
            self._open(ManagerSheet(self._face, self.window(), row))

    def _remove_manager(self, row: ManagerRow) -> None:
        if self._face.services.data.read_only:
            return

        async def remove() -> None:
            await self._face.services.managers.remove(row.id)
            self._face.notices.say(message("managers.removed", name=isolated(row.name)), undo=True, seconds=10)

        self._face.actions.start("settings: remove manager", remove())

    def _open(self, sheet: MailboxSheet | ManagerSheet) -> None:
        self._face.window.open_sheet(sheet)

    def first_focus(self) -> QWidget:
        """Where the keyboard begins."""
        return next(iter([*self.boxes, *self.managers]), self.new)
