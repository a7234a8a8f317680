"""What comes in is judged in the transaction that stores it: thanks, mood, muted customers, rules."""

from __future__ import annotations

from datetime import UTC, timedelta
from pathlib import Path

import pytest

from app.models.arrival import Arrival
from app.models.conversation import Category, ConversationState
from app.models.judgement import Heard
from app.models.message import MessageKind
from app.models.rule import Rule, Then, When
from app.models.tables.conversation import Customer
from app.runtime.clock import to_ms
from app.services.judging import Judging
from app.store.database import Session
from app.store.writing import conversations
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in
from tests.store.making import arrival

S = ConversationState


async def hears(shop: SmallShop, text: str, *, number: int, thread: str = "t1") -> int:
    shop.clock.advance(timedelta(minutes=1))
    return await shop.heard(text, number=number, thread=thread)


def muted(session: Session) -> None:
    session.get_one(Customer, 1).muted_at = 1


def flagged(session: Session) -> None:
    session.get_one(Customer, 1).flags = '["vip"]'


async def move(shop: SmallShop, number: int, to: ConversationState) -> None:
    await shop.database.write(conversations.set_state, number, to, to_ms(shop.clock.now()))


async def test_a_bare_thanks_is_marked_and_leaves_the_conversation_where_it_is(tmp_path: Path, clock: FakeClock):
    async with shop_in(tmp_path, clock) as shop:
        number = await hears(shop, "¿A qué hora abren?", number=1)
        await move(shop, number, S.DONE)
        await shop.services.inbox.mark_read(number)
        await hears(shop, "¡Muchas gracias!", number=2)
        row = await shop.conversation(number)
        assert (row.state, row.unread, row.snippet) == (S.DONE, False, "¡Muchas gracias!")
        assert [message.thanks for message in (await shop.detail(number)).messages] == [False, True]
        await hears(shop, "Gracias, ¿y el domingo?", number=3)
        assert (await shop.conversation(number)).state is S.NEEDS_ANSWER


async def test_a_conversation_that_begins_with_thanks_is_seen(tmp_path: Path, clock: FakeClock):
    async with shop_in(tmp_path, clock) as shop:
        number = await hears(shop, "Gracias", number=1)
        assert (await shop.conversation(number)).state is S.NEEDS_ANSWER


async def test_the_mood_is_kept_with_the_message(tmp_path: Path, clock: FakeClock):
    async with shop_in(tmp_path, clock) as shop:
        await hears(shop, "Me encanta, excelente servicio", number=1)
        await hears(shop, "Pésimo servicio, qué horror", number=2)
        await hears(shop, "¿A qué hora abren?", number=3)
        found = await shop.database.read(lambda c: c.execute("SELECT mood FROM message ORDER BY id").fetchall())
        assert [mood for (mood,) in found] == [1, -1, 0]


@pytest.mark.parametrize("state", [S.NEEDS_ANSWER, S.DONE, S.WAITING])
async def test_who_is_ignored_goes_to_trolls_and_spam(tmp_path: Path, clock: FakeClock, state: ConversationState):
    async with shop_in(tmp_path, clock) as shop:
        number = await hears(shop, "jajaja", number=1)
        await shop.database.write(muted)
        if state is not S.NEEDS_ANSWER:
            await move(shop, number, state)
        await hears(shop, "qué feo todo", number=2)
        other = await hears(shop, "otra vez yo", number=3, thread="t2")
        expected = S.NEEDS_ANSWER if state is S.NEEDS_ANSWER else S.IGNORED  # what somebody has in hand stays there
        assert (await shop.conversation(number)).state is expected
        row = await shop.conversation(other)
        assert (row.state, row.answer_by, row.unread) == (S.IGNORED, None, False)


async def test_who_is_ignored_comes_back_with_an_order_or_a_complaint(tmp_path: Path, clock: FakeClock):
    async with shop_in(tmp_path, clock) as shop:
        number = await hears(shop, "jajaja", number=1)
        await shop.services.inbox.ignore([number], Category.TROLL)
        await shop.database.write(muted)
        await hears(shop, "qué feo todo", number=2)
        assert (await shop.conversation(number)).state is S.IGNORED
        await hears(shop, "En serio, mi pedido nunca llegó", number=3)
        row = await shop.conversation(number)
        assert (row.state, row.category) == (S.NEEDS_ANSWER, Category.OTHER)


async def test_a_rule_sorts_what_arrives_and_says_so(tmp_path: Path, clock: FakeClock):
    async with shop_in(tmp_path, clock) as shop:
        when = When(kinds=(MessageKind.MENTION,), any_of=("refund", "devolución", "возврат"), not_flags=("vip",))
        await shop.services.rules.save(Rule("Refunds", when, Then(Category.COMPLAINT, 1, (1, 3))))
        number = await hears(shop, "Quiero una devolucion", number=1)
        row = await shop.conversation(number)
        assert (row.category, row.priority, row.state) == (Category.COMPLAINT, 1, S.NEEDS_ANSWER)
        [message] = (await shop.detail(number)).messages
        assert [tag.key for tag in message.tags] == ["request", "criticism"]
        [note] = message.rules
        assert (note.name, note.category, note.priority, note.undone) == ("Refunds", Category.COMPLAINT, 1, False)
        await shop.database.write(flagged)
        other = await hears(shop, "refund please", number=2, thread="t2")
        assert (await shop.conversation(other)).category is Category.OTHER


async def test_undoing_what_a_rule_did_touches_nothing_else(tmp_path: Path, clock: FakeClock):
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.rules.save(Rule("R", When(any_of=("spam",)), Then(Category.SPAM, 1, (1,), S.IGNORED)))
        number = await hears(shop, "compra spam barato", number=1)
        row = await shop.conversation(number)
        assert (row.state, row.category, row.unread, row.answer_by) == (S.IGNORED, Category.SPAM, False, None)
        [note] = (await shop.detail(number)).messages[0].rules
        await shop.services.rules.take_back(note.mark_id)
        row = await shop.conversation(number)
        assert (row.state, row.category, row.priority, row.unread) == (S.NEEDS_ANSWER, Category.OTHER, 0, True)
        assert row.answer_by is not None
        [message] = (await shop.detail(number)).messages
        assert (message.tags, message.rules[0].undone) == ((), True)
        assert await shop.undo() == "undone.rule_taken_back"
        row = await shop.conversation(number)
        assert (row.state, row.category, row.priority) == (S.IGNORED, Category.SPAM, 1)
        assert len((await shop.detail(number)).messages[0].tags) == 1


async def test_what_somebody_changed_since_stays(tmp_path: Path, clock: FakeClock):
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.rules.save(Rule("R", When(any_of=("disco",)), Then(Category.ORDER, 1)))
        number = await hears(shop, "mi disco", number=1)
        await shop.services.inbox.categorize([number], Category.TECHNICAL)
        [note] = (await shop.detail(number)).messages[0].rules
        await shop.services.rules.take_back(note.mark_id)
        row = await shop.conversation(number)
        assert (row.category, row.priority) == (Category.TECHNICAL, 0)


async def test_the_promise_is_that_of_the_category_a_rule_gave(tmp_path: Path, clock: FakeClock):
    async with shop_in(tmp_path, clock) as shop:
        plain = await hears(shop, "mi disco", number=1)
        usual = (await shop.conversation(plain)).answer_by
        await shop.services.rules.save(Rule("R", When(any_of=("disco",)), Then(Category.ORDER)))
        number = await hears(shop, "otro disco", number=2, thread="t2")
        row = await shop.conversation(number)
        assert usual is not None
        assert row.answer_by is not None
        assert row.category is Category.ORDER


async def test_a_new_case_of_a_done_conversation_has_the_usual_priority_again(tmp_path: Path, clock: FakeClock):
    async with shop_in(tmp_path, clock) as shop:
        number = await hears(shop, "hola", number=1)
        assert await shop.services.rules.put_first([number])
        await hears(shop, "¿hay alguien?", number=2)
        assert (await shop.conversation(number)).priority == 1
        await move(shop, number, S.DONE)
        await hears(shop, "otra cosa", number=3)
        assert (await shop.conversation(number)).priority == 0


async def test_a_rule_that_is_off_or_deleted_does_nothing(tmp_path: Path, clock: FakeClock):
    async with shop_in(tmp_path, clock) as shop:
        rule_id = await shop.services.rules.save(Rule("R", When(any_of=("disco",)), Then(priority=1)))
        await shop.services.rules.switch(rule_id, active=False)
        first = await hears(shop, "mi disco", number=1)
        await shop.services.rules.switch(rule_id, active=True)
        await shop.services.rules.remove(rule_id)
        second = await hears(shop, "mi disco", number=2, thread="t2")
        assert [(await shop.conversation(number)).priority for number in (first, second)] == [0, 0]


async def test_the_language_is_guessed_where_the_network_says_none(tmp_path: Path, clock: FakeClock):
    async with shop_in(tmp_path, clock) as shop:
        judge = Judging(shop.database, lambda: UTC).judge
        heard = Heard(said("où est ma commande, je ne la vois pas"), 1, "mastodon", Category.OTHER, begins=True, first_time=True)
        assert judge(heard).language == "fr"
        assert judge(heard._replace(arrival=said("où est ma commande", language="es"))).language == ""
        assert judge(heard._replace(catching_up=True)).language == ""
        assert judge(heard._replace(arrival=said("😀"))).language == ""


def said(text: str, language: str = "") -> Arrival:
    return arrival(text=text, language=language)
