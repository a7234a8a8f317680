"""What is made of a question: written, published, hidden, merged, moved, made an answer of the playbook; each taken back and done again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.models.faq import FaqFilter, FaqReply, FaqRow, FaqState, FaqWords
from app.runtime.errors import UserMistake
from app.services.faq import best_reply
from tests.fakes.clock import WEDNESDAY_MORNING, FakeClock
from tests.services.shop import SmallShop, shop_in
from tests.services.test_faq_gathering import CASH, SHIPPING, gathering, hear
from tests.store.making import arrival, keep

WORDS = FaqWords({"es": "¿Cuánto tarda el envío a Lima?"}, {"es": "Seis días."})
URL = "https://shop.example/faq#lima"


async def rows(shop: SmallShop) -> list[FaqRow]:
    return list((await shop.ask(lambda queries: queries.faq(FaqFilter()))).rows)


async def row(shop: SmallShop, number: int) -> FaqRow:
    return next(each for each in await rows(shop) if each.id == number)


async def two_entries(shop: SmallShop) -> tuple[int, int]:
    hear(shop, SHIPPING)
    hear(shop, CASH, name="n")
    await gathering(shop).gather(28)
    first, second = await rows(shop)
    return first.id, second.id


async def test_words_are_written_and_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number, _ = await two_entries(shop)
        before = await row(shop, number)
        await shop.services.faq.keep(number, FaqWords({"es": "a medias"}))
        await shop.services.faq.write(number, WORDS, (before.state, before.words))
        assert ((await row(shop, number)).state, (await row(shop, number)).words) == (FaqState.DRAFT, WORDS)
        assert await shop.undo() == "undone.faq_written"
        assert await row(shop, number) == before
        await shop.services.undo.redo()
        assert (await row(shop, number)).words == WORDS
        await shop.services.faq.write(number, WORDS)
        assert await shop.undo() == "undone.faq_written", "the same words again are no act"
        assert await row(shop, number) == before


async def test_it_is_published_with_question_answer_and_address_only(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number, _ = await two_entries(shop)
        for url in ("nowhere", "", "https://", "a b.example"):
            with pytest.raises(UserMistake) as mistake:
                await shop.services.faq.publish(number, url)
            assert mistake.value.field == "url"
        with pytest.raises(UserMistake) as mistake:
            await shop.services.faq.publish(number, URL)
        assert mistake.value.field == "answer"
        await shop.services.faq.write(number, WORDS)
        await shop.services.faq.publish(number, f" {URL} ")
        now = await row(shop, number)
        assert (now.state, now.url, now.published_at) == (FaqState.PUBLISHED, URL, clock.now())
        (link,) = await shop.ask(lambda queries: queries.faq_links("es"))
        assert (link.url, link.answer) == (URL, "Seis días.")
        await shop.services.faq.withdraw(number)
        assert (await row(shop, number)).state is FaqState.DRAFT
        assert [await shop.undo(), await shop.undo()] == ["undone.faq_withdrawn", "undone.faq_published"]
        assert (await row(shop, number)).state is FaqState.DRAFT


async def test_hidden_and_shown_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number, _ = await two_entries(shop)
        await shop.services.faq.hide(number)
        assert (await row(shop, number)).state is FaqState.HIDDEN
        assert await shop.undo() == "undone.faq_hidden"
        assert (await row(shop, number)).state is FaqState.ASKED
        await shop.services.faq.hide(number)
        await shop.services.faq.hide(number, hidden=False)
        assert (await row(shop, number)).state is FaqState.ASKED


async def test_two_are_merged_and_separated(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        first, second = await two_entries(shop)
        await shop.services.faq.merge(first, [first])
        await shop.services.faq.merge(first, [second])
        assert [(each.id, each.count) for each in await rows(shop)] == [(first, 6)]
        assert await shop.undo() == "undone.faq_merged"
        assert {each.id: each.count for each in await rows(shop)} == {first: 3, second: 3}
        await shop.services.undo.redo()
        assert [each.count for each in await rows(shop)] == [6]


async def test_a_message_is_moved_out_or_to_another(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        first, second = await two_entries(shop)
        (message, *_) = await shop.ask(lambda queries: queries.faq_messages(first, FaqFilter()))
        await shop.services.faq.move_out([message.id])
        assert {each.id: each.count for each in await rows(shop)} == {first: 2, second: 3}
        assert await shop.undo() == "undone.faq_moved"
        await shop.services.faq.move_out([message.id], second)
        assert {each.id: each.count for each in await rows(shop)} == {first: 2, second: 4}
        await shop.services.faq.move_out([999_999])
        assert await shop.undo() == "undone.faq_moved"
        assert {each.id: each.count for each in await rows(shop)} == {first: 3, second: 3}


async def test_it_becomes_an_answer_of_the_playbook_with_its_messages_as_examples(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number, _ = await two_entries(shop)
        with pytest.raises(UserMistake) as mistake:
            await shop.services.faq.make_answer(number)
        assert mistake.value.field == "answer"
        await shop.services.faq.write(number, WORDS)
        made = await shop.services.faq.make_answer(number)
        (answer,) = await shop.ask(lambda queries: queries.answers())
        assert (answer.id, answer.title, answer.wordings) == (made, WORDS.question, {"es": ("Seis días.",)})
        examples = await shop.ask(lambda queries: queries.examples_of(made))
        assert len(examples) == 3
        assert (await row(shop, number)).answer_id == made
        assert await shop.undo() == "undone.faq_answer_made"
        assert await shop.ask(lambda queries: queries.answers()) == []
        assert (await row(shop, number)).answer_id is None
        await shop.services.undo.redo()
        assert [each.id for each in await shop.ask(lambda queries: queries.answers())] == [made]


async def test_what_stands_behind_an_entry(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number, _ = await two_entries(shop)
        said = "El envío a Lima tarda seis días."
        at = clock.now() - timedelta(hours=12)
        keep(shop.database, shop.account_id, arrival("r", said, thread_key="m0", at=at, ours=True))
        behind = await shop.services.faq.behind(number, FaqFilter())
        assert len(behind.messages) == 3
        assert "envío" in behind.words
        assert behind.best is not None
        assert (behind.best.text, behind.replies) == (said, 1)


def reply(text: str, *, held: bool = True, title: str = "", language: str = "es") -> FaqReply:
    return FaqReply(text, language, 1, WEDNESDAY_MORNING, held, title)


def test_the_best_answer_held_and_is_like_the_others() -> None:
    odd = reply("Escríbenos a la tienda, con gusto vemos el caso.")
    often = [reply("El envío tarda seis días hábiles."), reply("El envío a Lima tarda seis días."), odd]
    assert best_reply(often) in often[:2]
    assert best_reply([reply("El envío tarda seis días hábiles.", held=False)]) is None
    assert best_reply([reply("Sí.")]) is None
    assert best_reply([]) is None


def test_the_playbooks_answer_goes_before_what_was_written_by_hand() -> None:
    own = [reply("El envío tarda seis días hábiles.") for _ in range(3)]
    from_playbook = reply("Tarda seis días, Ana. Aquí lo sigues.", title="Envíos")
    assert best_reply([*own, from_playbook]) == from_playbook


async def test_a_reply_for_everybody_names_nobody(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        text = "@ana@musica.example ¡Hola!\nTu pedido A-20418 va en camino."
        assert shop.services.faq.impersonal(text) == "¡Hola!\nTu … va en camino."
