"""Agreements for tests of the Inbox: proposals as the program makes them, one record, and what was asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.models.agreement import AgreementKind, AgreementPaper, AgreementRow, Proposed, Quoted, Settled
from app.models.conversation import ConversationRow
from app.models.invitation import ToEmail, WhyInvite
from app.models.message import ConversationDetail
from app.runtime.errors import AppError
from app.runtime.settings import Settings, Shop
from app.runtime.words import Words
from app.services.agreements import Agreements
from app.services.paper_words import PaperCatalogues
from app.services.undo import Undo
from tests.fakes.clock import FakeClock
from tests.ui.inbox import shop

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
ROW = AgreementRow(12, 2, AgreementKind.REFUND, "Te devolvemos 520 pesos", 52_000, "MXN", "A-20418", shop.NOW)
PAPER = AgreementPaper(
    row=ROW,
    customer="Ximena Robles",
    profiles=(("x", "@ximerobles"),),
    network="x",
    account="@discosaurora",
    terms="https://discosaurora.mx/terminos",
    transcript=(Quoted(False, "Ximena Robles", "@ximerobles", shop.NOW, "Llegó roto"),),
    made_at=shop.NOW,
    shop="Discos Aurora",
)


class FakeAgreements:
    """Notes what is recorded, replaced, removed and saved; `refuses` is raised at the next record."""

    def __init__(self, asked: list[tuple[Any, ...]], clock: FakeClock) -> None:
        self._asked = asked
        settings = Settings(dict, lambda _name, _value: None)
        settings.change(Shop, country="MX")
        database: Any = None  # nothing of this is stored
        self._real = Agreements(database, Undo(), clock, settings, self._words_for)
        self.refuses: AppError | None = None
        self.on_record: Callable[[Settled], None] = lambda _settled: None

    def propose(self, text: str) -> Proposed | None:
        return self._real.propose(text)

    def amount(self, text: str) -> tuple[int, str] | None:
        return self._real.amount(text)

    def currency(self) -> str:
        return self._real.currency()

    async def record(self, conversation_id: int, settled: Settled, replaces: int | None = None) -> int:
        if self.refuses is not None:
            error, self.refuses = self.refuses, None
            raise error
        self._asked.append(("record_agreement", conversation_id, settled, replaces))
        return ROW.id

    async def remove(self, agreement_id: int) -> None:
        self._asked.append(("remove_agreement", agreement_id))

    async def paper(self, _agreement_id: int) -> AgreementPaper:
        return PAPER

    def words(self, paper: AgreementPaper) -> Words:
        return self._words_for(paper.language)

    @staticmethod
    def _words_for(language: str) -> Words:
        return Words(
            PaperCatalogues(RESOURCES / "translations", RESOURCES / "language" / "paper_words.json"),
            language or "en",
            "UTC",
        )

    async def save(self, path: Path, content: bytes) -> Path:
        self._asked.append(("save_agreement", path, content[:5]))
        return path


class FakeInvitations:
    """Offers nothing unless told so; prepares always the same, and notes what is written."""

    def __init__(self, asked: list[tuple[Any, ...]]) -> None:
        self._asked = asked
        self.offers: WhyInvite | None = None
        self.to = ""
        self.refuses: AppError | None = None

    def why(self, _row: ConversationRow, _detail: ConversationDetail) -> WhyInvite | None:
        return self.offers

    async def prepare(self, conversation_id: int, language: str = "") -> ToEmail:
        self._asked.append(("prepare_email", conversation_id, language))
        return ToEmail(
            conversation_id,
            9,
            "abcdefghijkl",
            "ayuda@discosaurora.mx",
            "¿Seguimos por correo? Escríbenos a ayuda+r.abcdefghijkl@discosaurora.mx",
            self.to,
            "Tu pedido A-20418 en Discos Aurora",
            "Hola, Ximena:\n\nNos escribiste en X.\n\n\n\nDiscos Aurora",
        )

    async def write(self, _prepared: ToEmail, to: str, subject: str, text: str) -> int:
        if self.refuses is not None:
            error, self.refuses = self.refuses, None
            raise error
        self._asked.append(("first_letter", to, subject, text))
        return 1
