"""Rules made of a list, for the fake services of Settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.models.conversation import Category, ConversationState
from app.models.message import MessageKind
from app.models.rule import Match, Preview, Rule, Then, When
from app.models.tag import TagRow
from app.runtime.errors import UserMistake
from app.runtime.words import message
from tests.ui.shop import Pause

TAGS = [TagRow(1, "request"), TagRow(2, "opinion"), TagRow(3, "criticism"), TagRow(4, "", "Vinilo", retired=True)]


def two_rules() -> list[Rule]:
    refund = When(kinds=(MessageKind.COMMENT,), any_of=("refund", "devolución", "возврат*"), not_flags=("vip",))
    night = When(hours=(20 * 60, 8 * 60), accounts=(1, 99), followers_below=10)
    return [
        Rule("Refunds", refund, Then(Category.COMPLAINT, 1, (3,)), goes_on=True, id=1),
        Rule("Night\n<i>", night, Then(move=ConversationState.DONE), active=False, id=2),
    ]


@dataclass
class FakeRules:
    """Notes what was asked; `waits` makes trying and applying wait between two steps."""

    rows: list[Rule] = field(default_factory=two_rules)
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    matches: tuple[Match, ...] = (
        Match(11, 7, datetime(2026, 11, 17, 18, tzinfo=UTC), "mastodon", "Ximena Robles", "@ximena", "Quiero una DEVOLUCION\nde mi disco, sin возврата"),
        Match(12, 8, datetime(2026, 11, 16, 18, tzinfo=UTC), "x", "", "@luis", "refund? refunds!"),
    )  # fmt: skip
    waits: bool = False

    async def save(self, rule: Rule) -> int:
        if not rule.name:
            raise UserMistake(message("rules.no_name"), field="name")
        if rule.when.says_nothing:
            raise UserMistake(message("rules.no_condition"), field="when")
        self.asked.append(("save", rule))
        return rule.id or 3

    async def order(self, rule_ids: Sequence[int]) -> None:
        self.asked.append(("order", *rule_ids))

    async def remove(self, rule_id: int) -> None:
        self.asked.append(("remove", rule_id))

    async def switch(self, rule_id: int, *, active: bool) -> None:
        self.asked.append(("switch", rule_id, active))

    async def preview(self, rule: Rule, progress: Callable[[Preview], bool]) -> Preview:
        self.asked.append(("preview", rule))
        half = Preview(500, 1000, 1, 1)
        if not progress(half):
            return half
        if self.waits:
            await Pause()
        whole = Preview(1000, 1000, len(self.matches), 2, self.matches)
        return whole if progress(whole) else half

    async def apply(self, rule_id: int, progress: Callable[[int, int], bool]) -> int:
        self.asked.append(("apply", rule_id))
        progress(1, 2)
        if self.waits:
            await Pause()
        return 2 if progress(2, 2) else 1
