"""A reply that a network takes from no program: the user sends it, and says so; the clock of the conversation goes on until then."""

from __future__ import annotations

from pathlib import Path

from app.models.conversation import ConversationState
from app.models.message import Visibility
from app.models.outbox import DeliveryState
from app.models.tables.conversation import Message as MessageTable
from app.store.database import Session
from app.store.reading import messages as messages_reading
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in


async def answered(shop: SmallShop) -> tuple[int, int]:
    """A reply to somebody whom no program may answer; ids of the conversation and of the outbox item."""
    number = await shop.heard()
    last = await shop.database.read(messages_reading.last_of_customer, number)
    assert last is not None

    def refuse(session: Session) -> None:
        row = session.get_one(MessageTable, last.id)
        row.answerable, row.url = False, "https://musica.example/@ximena/1"

    await shop.database.write(refuse)
    return number, await shop.services.inbox.reply(number, ("A las diez.",), Visibility.PUBLIC)


async def test_it_is_owed_by_hand_and_the_conversation_still_needs_an_answer(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number, item = await answered(shop)
        assert (await shop.item(item)).state is DeliveryState.BY_HAND
        assert (await shop.standing(number)).state is ConversationState.NEEDS_ANSWER
        await shop.run_for(60)
        assert shop.out_there() == []


async def test_the_user_is_told_what_to_do_of_it(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        _, item = await answered(shop)
        to_do = await shop.services.inbox.by_hand(item)
        assert to_do is not None
        assert (to_do.text, to_do.url, to_do.network) == ("@ximena@musica.example A las diez.", "https://musica.example/@ximena/1", "Mastodon")


async def test_what_the_program_sends_is_nothing_to_do(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        assert await shop.services.inbox.by_hand(await shop.services.inbox.reply(number, ("Hola",), Visibility.PUBLIC)) is None
        assert await shop.services.inbox.by_hand(99) is None


async def test_the_users_word_that_it_is_out_makes_it_the_customers_turn(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number, item = await answered(shop)
        await shop.services.inbox.mark_read(number)
        await shop.services.outbox.settle(item, is_out=True, url="https://musica.example/@aurora/2")
        assert (await shop.standing(number)).state is ConversationState.WAITING
        assert [message.text for message in (await shop.detail(number)).messages][-1] == "@ximena@musica.example A las diez."


async def test_a_customer_who_wrote_again_meanwhile_is_not_hidden(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number, item = await answered(shop)
        await shop.services.inbox.mark_read(number)
        await shop.heard("¿Y los domingos?", number=2)
        await shop.services.outbox.settle(item, is_out=True)
        assert (await shop.standing(number)).state is ConversationState.NEEDS_ANSWER


async def test_undo_brings_the_text_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number, item = await answered(shop)
        assert await shop.undo() == "undone.reply"
        assert (await shop.item(item)).state is DeliveryState.LET_GO
        assert (await shop.detail(number)).draft == "A las diez."
