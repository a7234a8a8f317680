"""The sheet of `F`: the question to a manager at the left, what the customer is told at the right, sent as one act."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.models.escalation import Goes, MailPreview, SheetDraft
from app.ui.dialogs import Sheet
from app.ui.inbox.escalation_asks import Asks, Known
from app.ui.inbox.escalation_parts import ManagerCards, MomentField, WhyChips
from app.ui.inbox.escalation_pieces import Pieces
from app.ui.inbox.escalation_told import ToldPart
from app.ui.inbox.reply_editor import Frame
from app.ui.look import Look
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.button import Button
from app.ui.widgets.fitting import Fitting
from app.ui.widgets.growing_text import GrowingText
from app.ui.widgets.inside import nest, nest_at
from app.ui.widgets.strip import IconSpot, Strip
from app.ui.widgets.surface import Line, Pane
from app.ui.widgets.text import ElidedLabel, Label

WIDTH = 920
KEEP_MS = 400
"""A pause in typing."""
LONGEST_MS = 1000
"""Without one, what is typed is kept at least so often."""


class EscalationSheet(Sheet):
    """Keeps what is typed at pauses; `complain` shows what a service says is wrong, at its field."""

    def __init__(self, look: Look, host: QWidget, known: Known, asks: Asks) -> None:
        super().__init__(look, host, look.text("escalation.title"), width=WIDTH)
        self._known = known
        self._asks = asks
        self._managers = {choice.row.id: choice.row for choice in known.choices}
        self._manager = self._managers.get(known.draft.manager_id or 0) or next(iter(self._managers.values()), None)
        self._remind_is_own = known.draft.remind_at is not None
        self._promise_is_own = known.draft.promise_at is not None
        self._sending = False
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_MS)
        self._keeping.timeout.connect(self.keep)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(LONGEST_MS)
        self._typing.timeout.connect(self.keep)
        self._build()
        self._fill(known.draft)
        self.closed.connect(self.keep)

    # ---- what stands in it

    def draft(self) -> SheetDraft:
        """As it stands now."""
        told = self.told
        return self._known.draft._replace(
            manager_id=self._manager.id if self._manager is not None else None,
            reasons=self.why.reasons,
            question=self.question.toPlainText(),
            left_out=self.pieces.left_out(),
            with_orders=self.pieces.with_orders(),
            remind_at=self.remind.moment,
            told=told.editor.text(),
            told_is_own=told.is_own,
            private=told.private,
            promise_at=told.promise.moment,
            answer_key=told.answer_key,
        )

    def keep(self) -> None:
        """At a pause, and at the end."""
        self._rest()
        if not self._sending:
            self._asks.keep(self.draft())

    def complain(self, field: str, said: str) -> None:
        """It could not be sent: what is wrong stands at its field, which has the keyboard."""
        self._sending = False
        for button in (self.both, self.only, self.by_hand):
            button.setEnabled(True)
        if field == "remind":
            self.remind.complain(said)
            self.remind.line.setFocus()
        elif field == "promise":
            self.told.promise.complain(said)
            self.told.promise.line.setFocus()
        else:
            self.trouble.show_message("danger", said)
            self.trouble.show()
            (self.told.editor if field in ("told", "reply") else self.question).setFocus()
        self.place()

    def sent(self) -> None:
        """It is on its way: there is nothing to keep."""
        self._sending = True
        self.close_now()

    # ---- building

    def _build(self) -> None:
        look, px = self._look, self._look.theme.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._build_head()
        self.body.setSpacing(0)
        self.body.addWidget(Line(look))
        self.pages = QStackedWidget()
        self.pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        left = QWidget()
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(px(20), px(16), px(20), px(16))
        self._left.setSpacing(px(6))
        self._build_left()
        self.told = ToldPart(look, self._known.first_name or isolated(self._known.row.author), self._known, self._asks)
        self.told.changed.connect(self._changed)
        self.told.promise.changed.connect(lambda: self._moment_typed(promise=True))
        self.told.promise.grown.connect(self._grown)
        columns.addWidget(left, 1)
        right = Pane(look, "window", ("left",))
        inside = QVBoxLayout(right)
        inside.setContentsMargins(px(20), px(16), px(20), px(16))
        inside.addWidget(self.told)
        columns.addWidget(right, 1)
        self.fitting = Fitting(content)
        self.pages.addWidget(self.fitting)
        self.mail = QPlainTextEdit()
        self.mail.setReadOnly(True)
        self.mail.setAccessibleName(look.text("escalation.mail_preview"))
        self.mail.setProperty("bare", True)
        self.mail.setFont(look.theme.font("body"))
        self.mail.setTabChangesFocus(True)
        self.mail.document().setDocumentMargin(px(18))
        self.pages.addWidget(self.mail)
        self.body.addWidget(self.pages)
        self.body.addWidget(Line(look))
        self._build_foot()
        for field in (self.question, self.told.editor, self.mail):
            field.installEventFilter(self)

    def _build_head(self) -> None:
        look, known, px = self._look, self._known, self._look.theme.px
        self.head.setContentsMargins(px(20), px(12), px(16), px(12))
        self.head.insertWidget(0, IconSpot(look, "envelope-simple", "accent.text", 18))
        words = QVBoxLayout()
        words.setSpacing(1)
        self.head.removeWidget(self.title)
        words.addWidget(self.title)
        line = QHBoxLayout()
        line.setSpacing(0)
        self.about = ElidedLabel(look, f"{isolated(known.row.author)} · {known.about}", "caption", "text.secondary")
        line.addWidget(self.about)
        if known.late:
            line.addWidget(Label(look, f" · {known.late}", "captionStrong", "status.danger.text"))
        line.addStretch(1)
        nest(words, line)
        nest_at(self.head, 1, words, 1)

    def _build_left(self) -> None:
        look, known, px, column = self._look, self._known, self._look.theme.px, self._left
        say = look.text
        self.trouble = Strip(look, "danger")
        self.trouble.hide()
        column.addWidget(self.trouble)
        self.lacking = Strip(look, "warn")
        self.lacking.add_button(say("escalation.set_up")).clicked.connect(lambda: self._asks.settings())
        column.addWidget(self.lacking)
        self.lacking.setVisible(not known.has_mailbox or not known.choices or bool(known.signed_out))
        if not known.choices:
            self.lacking.show_message("warn", say("escalation.no_managers"))
        elif not known.has_mailbox:
            self.lacking.show_message("warn", say("escalation.no_mailbox_yet"))
        elif known.signed_out:
            self.lacking.show_message("warn", say("escalation.mailbox_signed_out", address=known.signed_out))
        column.addWidget(Label(look, say("escalation.who"), "bodyStrong"))
        self.who = ManagerCards(look, known.choices, self._asks.now())
        self.who.chosen.connect(self._choose)
        column.addWidget(self.who)
        column.addSpacing(px(8))
        column.addWidget(Label(look, say("escalation.why"), "bodyStrong"))
        self.why = WhyChips(look)
        self.why.changed.connect(self._changed)
        column.addWidget(self.why)
        column.addSpacing(px(8))
        self.needed = Label(look, "", "bodyStrong")
        column.addWidget(self.needed)
        frame = Frame(look)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(px(10), px(7), px(10), px(7))
        self.question = GrowingText(look, 2)
        self.question.setAccessibleName(say("escalation.needed", name=""))
        self.question.setPlaceholderText(say("escalation.question_hint"))
        self.question.edited.connect(lambda _text: self._changed())
        self._frame = frame
        inside.addWidget(self.question)
        column.addWidget(frame)
        column.addSpacing(px(8))
        self.pieces = Pieces(look, known.detail, known.orders, self._asks.now(), known.pictures)
        self.pieces.changed.connect(self._changed)
        column.addWidget(self.pieces)
        column.addSpacing(px(6))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(IconSpot(look, "bell", "text.secondary", 15), 0, Qt.AlignmentFlag.AlignTop)
        self.reminds = Label(look, "", "small", "text.primary", wrap=True)
        row.addWidget(self.reminds, 1)
        self.remind = MomentField(look, say("escalation.remind_name"), self._asks.now, self._asks.understand)
        self.remind.changed.connect(lambda: self._moment_typed(promise=False))
        self.remind.grown.connect(self._grown)
        row.addWidget(self.remind)
        nest(column, row)
        column.addStretch(1)

    def _build_foot(self) -> None:
        look, px, say = self._look, self._look.theme.px, self._look.text
        self.foot.setContentsMargins(px(14), px(12), px(20), px(12))
        self.see = Button(look, say("escalation.see_mail"), kind="flat", icon="eye", clicked=self._see)
        self.by_hand = Button(look, say("escalation.by_hand"), clicked=lambda: self._send(Goes.BY_HAND))
        self.cancel = Button(look, say("escalation.cancel"), key="Escape", clicked=self.close_now)
        self.only = Button(look, say("escalation.only_mail"), clicked=lambda: self._send(Goes.MAIL))
        self.both = Button(look, say("escalation.send_both"), kind="primary", key="Ctrl+Return", clicked=self.send)
        self.foot.addWidget(self.see)
        self.foot.addStretch(1)
        for button in (self.cancel, self.by_hand, self.only, self.both):
            self.foot.addWidget(button)
        mailed = bool(self._known.sender)
        for button in (self.only, self.both):
            button.setVisible(mailed)
        self.by_hand.setVisible(not mailed)
        if not mailed:
            self.by_hand.choose_kind("primary")
            self.by_hand.choose_key("Ctrl+Return")

    # ---- filling

    def _fill(self, draft: SheetDraft) -> None:
        self.why.show_reasons(draft.reasons)
        self.question.show_text(draft.question)
        self.pieces.fill(draft)
        self.told.fill(draft)
        if self._manager is not None:
            self.who.choose(self._manager.id)
            self._about_manager(draft.remind_at, draft.promise_at)
        self._rest()

    def _rest(self) -> None:
        """All that is typed is kept, or on its way."""
        self._keeping.stop()
        self._typing.stop()

    def _choose(self, manager_id: int) -> None:
        self._manager = self._managers[manager_id]
        draft = self.draft()
        self._about_manager(
            draft.remind_at if self._remind_is_own else None, draft.promise_at if self._promise_is_own else None
        )
        self._changed()

    def _about_manager(self, remind: datetime | None, promise: datetime | None) -> None:
        """Everything that names the manager, and the times that hang on them."""
        manager = self._manager
        assert manager is not None  # somebody was chosen
        look, name = self._look, isolated(one_line(manager.name).split()[0] if manager.name.split() else manager.email)
        self.needed.setText(look.text("escalation.needed", name=name))
        self.reminds.setText(look.text("escalation.remind", name=name))
        self.remind.show_moment(remind or self._asks.remind_at(manager))
        if self.remind.moment is not None:
            self.told.promise.show_moment(promise or self._asks.promise_at(self.remind.moment))
        self.told.write(manager.name)
        self.told.show_then(name, self._known.sender)

    # ---- following

    def _moment_typed(self, *, promise: bool) -> None:
        """The promise follows the reminder until it is typed itself."""
        if promise:
            self._promise_is_own = True
            self._write()
        else:
            self._remind_is_own = True
            if not self._promise_is_own and self.remind.moment is not None:
                self.told.promise.show_moment(self._asks.promise_at(self.remind.moment))
                self._write()
        self._changed()

    def _write(self) -> None:
        if self._manager is not None:
            self.told.write(self._manager.name)

    def _changed(self) -> None:
        if not self.trouble.isHidden():
            self.trouble.hide()
        self._keeping.start()
        if not self._typing.isActive():
            self._typing.start()
        self._grown()

    def _grown(self) -> None:
        """There may be more to show than before."""
        if not self.isHidden():
            self._column.activate()
            self.place()

    # ---- sending

    def send(self) -> None:
        """What Ctrl+Enter does."""
        self._send(Goes.BOTH if self._known.sender else Goes.BY_HAND)

    def _send(self, goes: Goes) -> None:
        if self._sending:
            return
        if not self._known.choices:
            self._asks.settings()
            return
        for field in (self.remind, self.told.promise):
            if not field.settle():
                field.line.setFocus()
                return
        if not self.question.toPlainText().strip():
            self.complain("question", self._look.text("escalation.no_question"))
            return
        if goes is Goes.BOTH and not self.told.may_leave():
            return
        self._sending = True
        self._rest()
        for button in (self.both, self.only, self.by_hand):
            button.setEnabled(False)
        self._asks.send(self.draft(), goes)

    def _see(self) -> None:
        if self.pages.currentWidget() is self.mail:
            self._back()
            return
        goes = Goes.BOTH if self._known.sender else Goes.BY_HAND
        self._asks.preview(self.draft(), goes, self.show_mail)

    def show_mail(self, mail: MailPreview) -> None:
        """The letter as it would leave."""
        say = self._look.text
        head = [say("escalation.mail_to", name=one_line(mail.to_name), address=mail.to)]
        if mail.sender:
            head.append(say("escalation.mail_from", address=mail.sender))
        head.append(say("escalation.mail_subject", subject=mail.subject))
        if mail.attached:
            head.append(say("escalation.mail_attached", names=self._look.words.enumeration(mail.attached)))
        self.mail.setPlainText("\n".join([*head, "", mail.text]))
        self.mail.setFixedHeight(max(self.fitting.height(), self._look.theme.px(360)))
        self.pages.setCurrentWidget(self.mail)
        self.see.setText(say("escalation.see_sheet"))
        self.mail.setFocus(Qt.FocusReason.OtherFocusReason)
        self._grown()

    def _back(self) -> None:
        self.pages.setCurrentIndex(0)
        self.see.setText(self._look.text("escalation.see_mail"))
        self.question.setFocus(Qt.FocusReason.OtherFocusReason)
        self._grown()

    # ---- keys

    def settle_focus(self) -> None:
        """The question is what has to be written."""
        self.question.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.send()
        elif event.key() == Qt.Key.Key_Escape and self.pages.currentWidget() is self.mail:
            self._back()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Editors keep Ctrl+Enter to themselves otherwise."""
        if watched is self.question and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._frame.light(event.type() == QEvent.Type.FocusIn)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QWidget):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.send()
                return True
        return super().eventFilter(watched, event)
