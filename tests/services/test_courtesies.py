"""Thanks that take turns and are counted, one closing answer, people who are ignored politely and heard again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.models.conversation import Category, ConversationState
from app.models.courtesy import Courtesy
from app.models.message import Visibility
from app.models.outbox import DeliveryState
from app.runtime.errors import UserMistake
from app.runtime.paths import resources
from app.services.courtesies import first_name
from app.services.starter_playbook import STARTER, read_starter
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

THANKS = next(answer for answer in read_starter(resources() / STARTER) if answer.category is Category.PRAISE).wordings[
    "es"
]


async def praised(shop: SmallShop, number: int = 1) -> int:
    """Kind words by Ximena in a thread of their own."""
    found = await shop.heard("¡Qué disco tan hermoso!", number=number, thread=f"t{number}")
    await shop.services.inbox.categorize([found], Category.PRAISE)
    return found


async def courtesy(shop: SmallShop, number: int) -> Courtesy:
    found = await shop.ask(lambda queries: queries.courtesy(number, shop.services.courtesies.day_starts_at()))
    assert found is not None
    return found


async def test_a_thanks_is_owed_in_the_language_of_the_customer_and_can_be_taken_back(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await praised(shop)
        thanked = await shop.services.courtesies.thank(number)
        assert thanked.text in {text.replace("{name}", "Ximena") for text in THANKS}
        assert (thanked.name, thanked.today) == ("Ximena Robles", 1)
        item = await shop.item(thanked.outbox_id)
        assert item.due_at == clock.now() + timedelta(seconds=10)
        assert await shop.undo() == "undone.reply"
        assert (await courtesy(shop, number)).thanked_today == 0
        assert (await shop.detail(number)).draft == thanked.text


async def test_wordings_take_turns_and_public_thanks_of_the_day_are_counted(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        texts = [(await shop.services.courtesies.thank(await praised(shop, number))).text for number in range(1, 4)]
        assert len(set(texts[:2])) == 2
        number = await praised(shop, 9)
        assert (await courtesy(shop, number)).thanked_today == 3
        await shop.services.inbox.reply(number, ["¡Gracias, qué lindo!"], Visibility.DIRECT)
        assert (await courtesy(shop, number)).thanked_today == 3
        clock.advance(24 * 3600)
        assert (await courtesy(shop, number)).thanked_today == 0


async def test_without_a_wording_in_their_language_nothing_is_sent(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await praised(shop)
        shop.services.courtesies._starter = list
        with pytest.raises(UserMistake) as trouble:
            await shop.services.courtesies.thank(number)
        assert trouble.value.message.id == "courtesy.no_wording"
        assert await shop.owed(number) == []


async def test_somebody_is_ignored_politely_with_a_record_and_heard_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard("cierren ya, dinosaurios")
        await shop.services.inbox.ignore([number], Category.TROLL, mute=True, why="Ignored politely after: …")
        row = await shop.conversation(number)
        assert (row.state, row.category) == (ConversationState.IGNORED, Category.TROLL)
        assert [note.text for note in (await shop.detail(number)).notes] == ["Ignored politely after: …"]
        record = await courtesy(shop, number)
        assert (record.muted_at, record.written_since) == (clock.now(), 0)
        clock.advance(60)
        await shop.heard("dinosaurios!!", number=2)
        assert (await courtesy(shop, number)).written_since == 1
        assert (await shop.conversation(number)).state is ConversationState.IGNORED
        assert await shop.owed(number) == []  # nothing was sent, nobody was blocked
        assert await shop.services.courtesies.hear([number]) == 1
        assert (await courtesy(shop, number)).muted_at is None
        assert await shop.services.courtesies.hear([number]) == 0
        assert await shop.undo() == "undone.heard"
        assert (await courtesy(shop, number)).muted_at is not None


async def test_taking_it_back_hears_the_person_and_takes_the_note_along(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard("cierren ya")
        before = await shop.standing(number)
        await shop.services.inbox.ignore([number], Category.TROLL, mute=True, why="why")
        assert await shop.undo() == "undone.muted"
        assert await shop.standing(number) == before
        assert (await courtesy(shop, number)).muted_at is None
        assert (await shop.detail(number)).notes == ()


async def test_the_closing_answer_is_given_once_and_is_one_step_with_ignoring(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard("cierren ya, dinosaurios")
        before = await shop.standing(number)
        closed = await shop.services.courtesies.close(number, "why")
        assert (await shop.conversation(number)).state is ConversationState.IGNORED
        assert (await courtesy(shop, number)).closed
        assert await shop.undo() == "undone.muted"
        assert await shop.standing(number) == before
        assert (await shop.item(closed.outbox_id)).state is DeliveryState.LET_GO
        assert not (await courtesy(shop, number)).closed
        await shop.services.courtesies.close(number, "why")
        await shop.run_for(10)
        assert len(shop.out_there()) == 1
        with pytest.raises(UserMistake) as trouble:
            await shop.services.courtesies.close(number, "why")
        assert trouble.value.message.id == "courtesy.closed_before"
        assert (await shop.conversation(number)).state is ConversationState.IGNORED


def test_a_person_is_called_by_the_first_name() -> None:
    assert [first_name(name) for name in ("Ximena Robles", "@ana", "", "周雨桐")] == ["Ximena", "@ana", "", "周雨桐"]
