"""What commands and screens may ask of agreements with customers and of going on by e-mail, as Protocols."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from app.models.agreement import AgreementPaper, Proposed, Settled
from app.models.conversation import ConversationRow
from app.models.invitation import ToEmail, WhyInvite
from app.models.message import ConversationDetail
from app.runtime.words import Words


class AgreementsService(Protocol):
    """What was settled with customers; each act can be taken back."""

    def propose(self, text: str) -> Proposed | None:
        """What a reply seems to settle; answers at once."""

    def amount(self, text: str) -> tuple[int, str] | None:
        """(hundredths, currency) of what somebody typed; None for what is no amount. Answers at once."""

    def currency(self) -> str:
        """The shop's; answers at once."""

    async def record(self, conversation_id: int, settled: Settled, replaces: int | None = None) -> int:
        """Keep it, dated and with what was said. `replaces`: the one whose place it takes."""

    async def remove(self, agreement_id: int) -> None: ...

    async def paper(self, agreement_id: int) -> AgreementPaper:
        """All of one; raises UserMistake where it is gone."""

    def words(self, paper: AgreementPaper) -> Words:
        """Of its customer's language, else the window's: what its PDF is written with. Answers at once."""

    async def save(self, path: Path, content: bytes) -> Path:
        """Write a painted agreement; answers where it is. Raises UserMistake where that cannot be."""


class InvitationsService(Protocol):
    """Going on by e-mail with customers."""

    def why(self, row: ConversationRow, detail: ConversationDetail) -> WhyInvite | None:
        """Why it is worth offering; answers at once."""

    async def prepare(self, conversation_id: int, language: str = "") -> ToEmail:
        """The invitation and a first letter in their language; raises UserMistake without a mailbox."""

    async def write(self, prepared: ToEmail, to: str, subject: str, text: str) -> int:
        """Owe a first letter to an address that is known; answers the outbox id."""
