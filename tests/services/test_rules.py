"""Rules are kept, ordered, tried on the past and done to it; everything can be undone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from app.models.conversation import Category, ConversationState
from app.models.message import MessageKind
from app.models.rule import Preview, Rule, Then, When
from app.models.tables.tag import Rule as RuleTable
from app.networks.sample.state import Said, Speaker, account_key
from app.runtime.clock import to_ms
from app.runtime.errors import UserMistake
from app.services import rules as services_rules
from app.store.database import Session
from app.store.writing import conversations
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, REMOTE_ID, SmallShop, shop_in

S = ConversationState
REFUND = Rule("Refunds", When(any_of=("refund*", "devolución")), Then(Category.COMPLAINT, 1, (3,)))


def goes_on(*_told: object) -> bool:
    return True


@asynccontextmanager
async def month(folder: Path, clock: FakeClock, count: int = 12) -> AsyncIterator[SmallShop]:
    """Every third message of the last days asks for a refund; the oldest is older than a month."""
    async with shop_in(folder, clock) as shop:
        now = to_ms(clock.now())
        said = [
            Said(
                account_key(NETWORK, REMOTE_ID), f"m{n}", MessageKind.MENTION, Speaker(NETWORK, f"p{n}", f"@c{n}@musica.example", f"C {n}", "es"),
                f"refunds, por favor {n}" if n % 3 == 0 else f"hola {n}", now - (40 if n == 0 else 1) * 86_400_000 + n, f"t{n}",
            )
            for n in range(count)
        ]  # fmt: skip
        shop.server.stock(said=said)
        await shop.services.sync.look_now()
        yield shop


async def names(shop: SmallShop) -> list[str]:
    return [rule.name for rule in await shop.ask(lambda queries: queries.rules())]


async def test_rules_stand_in_their_order_and_undo_brings_the_old_one(tmp_path: Path, clock: FakeClock):
    async with shop_in(tmp_path, clock) as shop:
        rules = shop.services.rules
        a, b, c = [await rules.save(REFUND._replace(name=name)) for name in "abc"]
        await rules.order([c, a, b])
        assert await names(shop) == ["c", "a", "b"]
        assert await shop.undo() == "undone.rule_order"
        assert await names(shop) == ["a", "b", "c"]
        await rules.remove(b)
        assert await names(shop) == ["a", "c"]
        assert await shop.undo() == "undone.rule_removed"
        assert await names(shop) == ["a", "b", "c"]
        await rules.switch(a, active=False)
        assert await shop.undo() == "undone.rule_switched"
        assert [rule.active for rule in await shop.ask(lambda queries: queries.rules())] == [True] * 3


async def test_keeping_a_rule_is_undone_to_what_it_was(tmp_path: Path, clock: FakeClock):
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.services.rules.save(REFUND)
        await shop.services.rules.save(REFUND._replace(id=number, name="  Money\n back "))
        assert await names(shop) == ["Money back"]
        assert await shop.undo() == "undone.rule"
        assert await names(shop) == ["Refunds"]
        await shop.undo()
        assert await names(shop) == []
        await shop.services.undo.redo()
        assert await names(shop) == ["Refunds"]
        kept = await shop.ask(lambda queries: queries.rule(number))
        assert kept == REFUND._replace(id=number)


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (REFUND._replace(name=" "), "name"),
        (REFUND._replace(when=When()), "when"),
        (REFUND._replace(then=Then()), "then"),
    ],
)
async def test_a_rule_needs_a_name_a_condition_and_an_act(tmp_path: Path, clock: FakeClock, rule: Rule, field: str):
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake) as refused:
            await shop.services.rules.save(rule)
        assert refused.value.field == field


async def test_a_preview_finds_the_messages_of_the_last_month_and_changes_nothing(tmp_path: Path, clock: FakeClock):
    async with month(tmp_path, clock) as shop:
        told: list[Preview] = []
        preview = await shop.services.rules.preview(REFUND, lambda so_far: told.append(so_far) is None)
        assert (preview.looked, preview.found, preview.conversations, preview.complete) == (11, 3, 3, True)
        assert [match.text for match in preview.matches] == [f"refunds, por favor {n}" for n in (9, 6, 3)]
        assert told == [preview]
        assert {row.category for row in await shop.conversations()} == {Category.OTHER}


async def test_a_long_past_is_gone_through_page_by_page_and_can_be_stopped(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(services_rules, "PAGE", 4)
    async with month(tmp_path, clock) as shop:
        told: list[int] = []
        preview = await shop.services.rules.preview(REFUND, lambda so_far: told.append(so_far.looked) is None)
        assert (told, preview.found) == ([4, 8, 11], 3)
        stopped = await shop.services.rules.preview(REFUND, lambda _so_far: False)
        assert (stopped.looked, stopped.complete, stopped.found) == (4, False, 1)


async def test_a_rule_is_done_to_the_last_month_and_undone(tmp_path: Path, clock: FakeClock):
    async with month(tmp_path, clock) as shop:
        rows = {row.snippet: row.id for row in await shop.conversations()}
        done = rows["refunds, por favor 6"]
        await shop.database.write(conversations.set_state, done, S.DONE, to_ms(clock.now()))
        rule_id = await shop.services.rules.save(REFUND._replace(then=REFUND.then._replace(move=S.ESCALATED)))
        told: list[tuple[int, int]] = []
        assert await shop.services.rules.apply(rule_id, lambda so_far, of: told.append((so_far, of)) is None) == 3
        assert told[-1] == (3, 3)
        found = {row.snippet: row for row in await shop.conversations() if row.category is Category.COMPLAINT}
        assert sorted((row.state, row.priority) for row in found.values()) == [
            (S.DONE, 0),
            (S.ESCALATED, 1),
            (S.ESCALATED, 1),
        ]
        assert await shop.services.rules.apply(rule_id, goes_on) == 0  # nothing is done twice
        assert await shop.undo() == "undone.rule_applied"
        assert {(row.state, row.category, row.priority) for row in await shop.conversations() if row.id != done} == {
            (S.NEEDS_ANSWER, Category.OTHER, 0)
        }
        assert all(row.answer_by is not None for row in await shop.conversations() if row.id != done)
        assert (await shop.ask(lambda queries: queries.tag_counts(None, clock.now())))[2].many == 0
        await shop.services.undo.redo()
        assert sum(row.category is Category.COMPLAINT for row in await shop.conversations()) == 3


async def test_stopping_keeps_what_was_sorted_so_far(tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(services_rules, "AT_ONCE", 2)
    async with month(tmp_path, clock) as shop:
        rule_id = await shop.services.rules.save(REFUND)
        assert await shop.services.rules.apply(rule_id, lambda done, _of: done == 0) == 2
        assert sum(row.category is Category.COMPLAINT for row in await shop.conversations()) == 2
        await shop.undo()
        assert sum(row.category is Category.COMPLAINT for row in await shop.conversations()) == 0


async def test_what_two_rules_wait_for_may_hold_on_one_message(tmp_path: Path, clock: FakeClock):
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.rules.save(Rule("a", When(any_of=("disco",)), Then(Category.ORDER), goes_on=True))
        await shop.services.rules.save(Rule("b", When(categories=(Category.ORDER,)), Then(priority=1)))
        number = await shop.heard("mi disco")
        row = await shop.conversation(number)
        assert (row.category, row.priority) == (Category.ORDER, 1)
        notes = (await shop.detail(number)).messages[0].rules
        assert [note.name for note in notes] == ["a", "b"]


async def test_priority_by_hand_goes_on_and_off_for_many_at_once(tmp_path: Path, clock: FakeClock):
    async with month(tmp_path, clock, 3) as shop:
        ids = [row.id for row in await shop.conversations()]
        assert await shop.services.rules.put_first(ids[:1])
        assert await shop.services.rules.put_first(ids)
        assert {row.priority for row in await shop.conversations()} == {1}
        assert not await shop.services.rules.put_first(ids)
        assert {row.priority for row in await shop.conversations()} == {0}
        await shop.undo()
        await shop.undo()
        assert sorted(row.priority for row in await shop.conversations()) == [0, 1]


async def test_a_rule_of_another_version_is_off_and_stays(tmp_path: Path, clock: FakeClock):
    async with shop_in(tmp_path, clock) as shop:
        rule_id = await shop.services.rules.save(REFUND)

        def foreign(session: Session) -> None:
            session.get_one(RuleTable, rule_id).conditions = '{"moon": "full"}'

        await shop.database.write(foreign)
        [rule] = await shop.ask(lambda queries: queries.rules())
        assert not rule.active
        clock.advance(timedelta(minutes=1))
        number = await shop.heard("refund")
        assert (await shop.conversation(number)).priority == 0
