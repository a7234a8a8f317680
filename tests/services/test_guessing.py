"""What begins live gets the category of the playbook's answer that fits it for sure; people and rules are never overridden."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.models.conversation import Category
from app.models.rule import Rule, Then, When
from app.models.sorting import CATEGORY, Sorts
from app.models.suggestion import Suggestion
from app.runtime.settings import Sorting
from app.services.guessing import sure_of
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

DELAY = "ya pasaron dos semanas y no llega mi paquete"


def suggested(category: str, score: float) -> Suggestion:
    return Suggestion(answer="a", title="A", text="x", language="es", category=category, score=score, words=(), uses=0)


@pytest.mark.parametrize(
    ("found", "sure"),
    [
        ([], None),
        ([("order", 0.9)], Category.ORDER),
        ([("order", 0.9), ("order", 0.89), ("complaint", 0.5)], Category.ORDER),
        ([("order", 0.9), ("complaint", 0.88)], None),
        ([("troll", 0.9)], None),
        ([("other", 0.9)], None),
    ],
)
def test_only_what_is_clear_is_said_and_nobody_is_called_a_troll(
    found: list[tuple[str, float]], sure: Category | None
) -> None:
    assert sure_of([suggested(*each) for each in found]) is sure


async def settled(shop: SmallShop) -> None:
    """The work in the background is done."""
    for _ in range(200):
        await asyncio.sleep(0)
        if not shop.services.guessing._working:
            return
        shop.clock.advance(1)
        await asyncio.sleep(0.01)
    raise AssertionError


async def test_a_conversation_that_begins_is_sorted_explained_and_sorted_once(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.playbook.take_starter()
        shop.services.guessing.watch()
        number = await shop.heard(DELAY, number=1)
        await settled(shop)
        assert (await shop.conversation(number)).category is Category.ORDER
        (message,) = (await shop.detail(number)).messages
        (note,) = message.rules
        assert (note.by_playbook, note.category, note.undone) == (True, Category.ORDER, False)
        assert await shop.ask(lambda queries: queries.rules()) == []
        await shop.services.rules.take_back(note.mark_id)
        assert (await shop.conversation(number)).category is Category.OTHER
        await shop.services.inbox.mark_read(number)
        shop.services.guessing._seen.clear()
        assert await shop.services.guessing.look_at([number]) == 0


async def test_what_a_person_or_a_rule_said_stays(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.playbook.take_starter()
        guessing = shop.services.guessing
        number = await shop.heard(DELAY, number=1)
        await shop.services.inbox.categorize([number], Category.COMPLAINT)
        assert await guessing.look_at([number]) == 0
        await shop.services.rules.save(Rule("Parcels", When(any_of=("paquete",)), Then(Category.TECHNICAL)))
        ruled = await shop.heard(f"otra vez: {DELAY}", number=2, thread="t2")
        assert await guessing.look_at([ruled]) == 0
        assert (await shop.conversation(ruled)).category is Category.TECHNICAL


async def test_what_goes_on_or_is_small_talk_is_left_alone(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.playbook.take_starter()
        number = await shop.heard("qué bonito día hace hoy", number=1)
        assert await shop.services.guessing.look_at([number]) == 0
        await shop.heard(DELAY, number=2)
        assert await shop.services.guessing.look_at([number]) == 0
        assert (await shop.conversation(number)).category is Category.OTHER


async def test_pages_of_old_messages_are_not_news(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.playbook.take_starter()
        shop.services.guessing.watch()
        for number in range(60):
            shop.say(DELAY, number=number, thread=f"t{number}")
        await shop.services.sync.look_now()
        assert not shop.services.guessing._waiting
        assert {row.category for row in await shop.conversations()} == {Category.OTHER}


async def test_a_category_that_the_user_does_without_is_not_guessed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Sorting, categories=Sorts(CATEGORY).switched("order", offered=False).rows)
        await shop.services.playbook.take_starter()
        shop.services.guessing.watch()
        number = await shop.heard(DELAY, number=1)
        await settled(shop)
        assert (await shop.conversation(number)).category is Category.OTHER
