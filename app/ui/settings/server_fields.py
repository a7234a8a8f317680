"""Where a mailbox sends and reads, as fields; folded away until they are needed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.models.mailbox import MailboxRow
from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label

SECURITIES = ("tls", "starttls")


class ServerFields(QWidget):
    """`unfolded` says that room is needed, or no more."""

    unfolded = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(10))
        words = look.text("mail.servers")
        self.more = Button(look, words, icon="caret-down", kind="flat", size="small", clicked=self._toggle)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.inner = QWidget()
        grid = QGridLayout(self.inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.theme.px(8))
        grid.setVerticalSpacing(look.theme.px(10))
        self.hosts: dict[str, Field] = {}
        self.ports: dict[str, Field] = {}
        self.ways: dict[str, Select] = {}
        for place, kind in enumerate(("smtp", "imap")):
            self._add(grid, place, kind)
        self.user = Field(look, look.text("mail.user"), hint=look.text("mail.user_hint"))
        grid.addWidget(self.user, 2, 0, 1, 3)
        grid.setColumnStretch(0, 1)
        column.addWidget(self.inner)
        self.inner.hide()

    def _add(self, grid: QGridLayout, place: int, kind: str) -> None:
        look = self._look
        host, port = Field(look, look.text(f"mail.{kind}_host")), Field(look, look.text("mail.port"))
        port.line.setAccessibleName(look.text(f"mail.{kind}_port"))
        port.setFixedWidth(look.theme.px(84))
        choices: list[tuple[str, object]] = [(look.text(f"mail.security.{each}"), each) for each in SECURITIES]
        way = Select(look, look.text(f"mail.{kind}_security"), choices)
        holder = QVBoxLayout()
        holder.setSpacing(5)
        holder.addWidget(Label(look, look.text("mail.security"), "bodyStrong"))
        holder.addWidget(way)
        holder.addStretch(1)
        grid.addWidget(host, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(port, place, 1, Qt.AlignmentFlag.AlignTop)
        nest(grid, holder, place, 2)
        self.hosts[kind], self.ports[kind], self.ways[kind] = host, port, way

    @property
    def fields(self) -> dict[str, Field]:
        """By the names that mistakes give them."""
        named = {
            f"{kind}_{what}": held[kind] for what, held in (("host", self.hosts), ("port", self.ports)) for kind in held
        }
        return {**named, "user": self.user}

    def show_row(self, row: MailboxRow) -> None:
        """As a mailbox, or a proposal, says."""
        self.hosts["smtp"].line.setText(row.smtp_host)
        self.hosts["imap"].line.setText(row.imap_host)
        self.ports["smtp"].line.setText(str(row.smtp_port))
        self.ports["imap"].line.setText(str(row.imap_port))
        self.ways["smtp"].choose(row.smtp_security)
        self.ways["imap"].choose(row.imap_security)
        self.user.line.setText(row.user)

    def filled(self, row: MailboxRow) -> MailboxRow:
        """The row with what stands here; a port that is no number is 0."""
        return row._replace(
            smtp_host=self.hosts["smtp"].text,
            imap_host=self.hosts["imap"].text,
            user=self.user.text,
            smtp_port=_number(self.ports["smtp"].text),
            smtp_security=str(self.ways["smtp"].currentData()),
            imap_port=_number(self.ports["imap"].text),
            imap_security=str(self.ways["imap"].currentData()),
        )

    def unfold(self, on: bool = True) -> None:
        """Show them, or fold them away."""
        self.inner.setVisible(on)
        self.more.setText(self._look.text("mail.servers_less" if on else "mail.servers"))
        self.unfolded.emit()

    def _toggle(self) -> None:
        self.unfold(self.inner.isHidden())
        if not self.inner.isHidden():
            self.hosts["smtp"].line.setFocus()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
