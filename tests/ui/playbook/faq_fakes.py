"""A FAQ that answers at once and notes what it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.models.conversation import Category
from app.models.faq import (
    FaqBehind,
    FaqFilter,
    FaqGathered,
    FaqListing,
    FaqMessage,
    FaqReply,
    FaqRow,
    FaqState,
    FaqWords,
)
from app.runtime.errors import UserMistake
from app.runtime.signals import Signal
from app.runtime.words import message
from tests.ui.playbook.fakes import TouchedAll
from tests.ui.shop import NOW, Pause, Shop


def question(number: int, count: int, state: FaqState = FaqState.ASKED, **fields: object) -> FaqRow:
    words = FaqWords({"en": f"Question {number}?", "es": f"¿Pregunta {number}?"})
    values = {"before": 2, "languages": ("es", "en"), "conversations": count, "position": number, **fields}
    return FaqRow(
        number,
        state,
        Category.QUESTION,
        fields.pop("words", words),
        count,
        **{k: v for k, v in values.items() if k != "words"},
    )  # type: ignore[arg-type]


def three() -> list[FaqRow]:
    answered = FaqWords({"en": "When do you open?", "es": "¿Cuándo abren?"}, {"en": "At ten."})
    return [
        replace(
            question(
                1, 12, FaqState.PUBLISHED, url="https://shop.example/faq", sent=12, judged=11, solved=10, linked=6
            ),
            words=answered,
        ),
        question(2, 5, before=0),
        question(3, 3, before=None),
    ]


class FakeFaq:
    """The three services in one, and the queries."""

    def __init__(self, rows: Sequence[FaqRow]) -> None:
        self.rows = list(rows)
        self.asked: list[tuple[object, ...]] = []
        self.progress: Signal[int, int] = Signal("progress")
        self.is_under_way = False
        self.due = False
        self.waits = False
        self.stopped = False
        self.best: FaqReply | None = FaqReply("We open at ten, Ana.", "en", 1, NOW, True, "Opening hours")
        self.shop: Shop | None = None

    def lend(self, shop: Shop) -> None:
        self.shop = shop
        shop.services.faq = shop.services.faq_gathering = shop.services.faq_files = self
        for name in ("faq", "faq_messages"):
            setattr(shop.services.reads.queries, name, getattr(self, name))

    def tell(self) -> None:
        assert self.shop is not None
        self.shop.services.changed.emit(TouchedAll("faq_entry", "faq_asked"))

    def change(self, number: int, **fields: object) -> None:
        self.rows = [replace(row, **fields) if row.id == number else row for row in self.rows]  # type: ignore[arg-type]
        self.tell()

    # -- queries

    def faq(self, chosen: FaqFilter) -> FaqListing:
        self.asked.append(("list", chosen))
        hidden = sum(row.state is FaqState.HIDDEN for row in self.rows)
        return FaqListing(tuple(self.rows), 40, NOW, NOW - timedelta(days=20), hidden, ("es", "en"))

    def faq_messages(self, entry_id: int, _chosen: FaqFilter) -> list[FaqMessage]:
        return [
            FaqMessage(entry_id * 10 + n, entry_id * 100 + n, "Ana Ruiz", "mastodon", f"¿Abren {n}?", "es", NOW)
            for n in range(3)
        ]

    # -- services

    async def behind(self, entry_id: int, chosen: FaqFilter) -> FaqBehind:
        return FaqBehind(self.faq_messages(entry_id, chosen), ("abren",), self.best, 4)

    def impersonal(self, text: str) -> str:
        return text.replace(", Ana", "")

    async def keep(self, entry_id: int, words: FaqWords) -> None:
        self.asked.append(("keep", entry_id, words))

    async def write(self, entry_id: int, words: FaqWords, before: object = None) -> None:
        self.asked.append(("write", entry_id, words, before))
        state = next(row.state for row in self.rows if row.id == entry_id)
        self.change(entry_id, words=words, state=FaqState.DRAFT if state is FaqState.ASKED else state)

    async def publish(self, entry_id: int, url: str) -> None:
        if "." not in url:
            raise UserMistake(message("faq.no_address"), field="url")
        self.asked.append(("publish", entry_id, url))
        self.change(entry_id, state=FaqState.PUBLISHED, url=url)

    async def withdraw(self, entry_id: int) -> None:
        self.change(entry_id, state=FaqState.DRAFT)

    async def hide(self, entry_id: int, *, hidden: bool = True) -> None:
        self.change(entry_id, state=FaqState.HIDDEN if hidden else FaqState.ASKED)

    async def merge(self, kept_id: int, other_ids: Sequence[int]) -> None:
        self.asked.append(("merge", kept_id, tuple(other_ids)))
        self.rows = [row for row in self.rows if row.id not in other_ids]
        self.tell()

    async def move_out(self, message_ids: Sequence[int], to: int | None = None) -> None:
        self.asked.append(("move out", tuple(message_ids), to))

    async def make_answer(self, entry_id: int) -> int:
        if not next(row for row in self.rows if row.id == entry_id).words.answer:
            raise UserMistake(message("faq.no_answer"), field="answer")
        self.asked.append(("answer", entry_id))
        return 77

    async def export(self, path: Path, language: str, entry_ids: Sequence[int]) -> int:
        self.asked.append(("export", path.name, language, tuple(entry_ids)))
        return len(entry_ids)

    async def gather(self, days: int) -> FaqGathered:
        self.asked.append(("gather", days))
        self.is_under_way = True
        try:
            if self.waits:
                await Pause()
        finally:
            self.is_under_way = False
        return FaqGathered(stopped=self.stopped)

    async def is_due(self, _days: int) -> bool:
        return self.due

    def stop(self) -> None:
        self.stopped = True
