"""What trying a mailbox found, server by server; and a certificate that nobody vouches for, to be compared and trusted."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.mailbox import Tried
from app.runtime.words import Message
from app.ui.look import Look
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.strip import Strip
from app.ui.widgets.text import Label


class TrialAnswers(QWidget):
    """Empty until something was tried."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pem = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(8))
        self.sends, self.reads = Strip(look, "danger"), Strip(look, "danger")
        self.trust = CheckBox(look, look.text("mail.trust"))
        self.fingerprint = Label(look, "", "caption", "text.secondary", wrap=True, selectable=True)
        for widget in (self.sends, self.reads, self.trust, self.fingerprint):
            column.addWidget(widget)
            widget.hide()
        self.hide()

    @property
    def trusted(self) -> str:
        """The certificate (PEM) that the user has compared; empty for none."""
        return self._pem if self.trust.isChecked() and not self.trust.isHidden() else ""

    def begin(self) -> None:
        """Something is being tried anew."""
        self.sends.hide()
        self.reads.hide()
        self.setVisible(not self.trust.isHidden())

    def show_tried(self, tried: Tried) -> None:
        self._tell(self.sends, tried.sends, "mail.sends_well")
        self._tell(self.reads, tried.reads, "mail.reads_well")
        if tried.certificate:
            self._pem = tried.certificate
            self.fingerprint.setText(self._look.text("mail.fingerprint", fingerprint=_in_two(tried.fingerprint)))
        asked = bool(tried.certificate) or bool(self.trusted)
        self.trust.setVisible(asked)
        self.fingerprint.setVisible(asked)
        self.show()

    def complain(self, sentence: str) -> None:
        """What belongs to no field and no server."""
        self.sends.show_message("danger", sentence)
        self.sends.show()
        self.show()

    def _tell(self, strip: Strip, wrong: Message | None, well: str) -> None:
        strip.show_message(
            "danger" if wrong is not None else "ok", self._look.text(wrong if wrong is not None else well)
        )
        strip.show()


def _in_two(fingerprint: str) -> str:
    """With a place to break the line."""
    pairs = fingerprint.split(":")
    half = len(pairs) // 2
    return f"{':'.join(pairs[:half])} {':'.join(pairs[half:])}"
