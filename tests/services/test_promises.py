"""Promises: found, remembered, kept, let go; each of it undone; due ones in the brief."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.models.message import MessageKind, MessageRow, Visibility
from app.models.promise import Suggested
from app.models.reply import Written
from app.models.today import Brief
from app.runtime.errors import UserMistake
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in


async def brief(shop: SmallShop) -> Brief:
    now = shop.clock.now()
    return await shop.ask(lambda queries: queries.brief(now, now - timedelta(hours=9), now + timedelta(hours=15)))


async def test_a_promise_is_due_today_until_it_is_kept(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        due = clock.now() + timedelta(hours=3)
        promise_id = await shop.services.promises.remember(number, "  Mandar el\nenlace ", due)
        (promise,) = (await brief(shop)).promises
        assert (promise.id, promise.text, promise.due_at, promise.name) == (
            promise_id,
            "Mandar el enlace",
            due,
            "Ximena Robles",
        )
        await shop.services.promises.keep(promise_id)
        assert (await brief(shop)).promises == ()
        assert await shop.undo() == "undone.promise_kept"
        assert len((await brief(shop)).promises) == 1
        await shop.services.promises.let_go(promise_id)
        assert await shop.undo() == "undone.promise_let_go"
        assert await shop.undo() == "undone.promise"
        assert (await brief(shop)).promises == ()
        await shop.services.undo.redo()
        assert len((await brief(shop)).promises) == 1


async def test_what_is_over_is_told_before_what_is_promised_for_later(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        await shop.services.promises.remember(number, "later", clock.now() + timedelta(days=2))
        await shop.services.promises.remember(number, "soon", clock.now() + timedelta(minutes=1))
        clock.advance(3600)
        assert [promise.text for promise in (await brief(shop)).promises] == ["soon", "later"]


async def test_a_promise_needs_words_and_a_time_to_come(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        for text, due in ((" ", clock.now() + timedelta(1)), ("x", clock.now())):
            with pytest.raises(UserMistake):
                await shop.services.promises.remember(number, text, due)
        with pytest.raises(UserMistake):
            await shop.services.promises.keep(99)


def said(text: str, *, ours: bool, number: int = 1) -> MessageRow:
    kind = MessageKind.OURS if ours else MessageKind.MENTION
    return MessageRow(number, 1, kind, "", "", text, datetime(2026, 11, 18, 10, tzinfo=UTC), Visibility.PUBLIC)


async def test_our_own_promise_goes_before_a_time_of_the_customer(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        find = shop.services.promises.find
        theirs = said("Courier says it arrives in 3 days. Could you look with me then?", ours=False)
        found = find([theirs])
        assert found is not None
        assert (found.text, found.message_id) == ("Courier says it arrives in 3 days.", 1)
        assert found.due_at == theirs.at + timedelta(days=3)
        found = find([said("We will write tomorrow at 10:00.", ours=True, number=2), theirs])
        assert found is not None
        assert (found.text, found.message_id) == ("We will write tomorrow at 10:00.", 2)
        assert find([said("Gracias", ours=False), said("¡De nada!", ours=True)]) is None


async def test_a_time_is_typed_in_the_zone_of_the_shop(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        assert shop.services.promises.typed("asap").problem == "unreadable"
        meant = shop.services.promises.typed("mañana 9", "es").at
        assert meant is not None
        assert (meant.hour, meant.date()) == (9, (clock.now() + timedelta(days=1)).date())
        assert shop.services.promises.usual_due().hour == 18


async def test_a_span_counts_from_when_it_was_written_and_what_has_passed_is_not_offered(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        find = shop.services.promises.find
        written = said("Te lo mandamos en 3 días.", ours=True)
        before = replace(written, at=clock.now() - timedelta(days=2))
        found = find([before], "es")
        assert found is not None
        assert found.due_at is not None
        assert abs(found.due_at - (before.at + timedelta(days=3))) < timedelta(days=1)
        assert find([replace(written, at=clock.now() - timedelta(days=9))], "es") is None


# ---- in a reply that is being written


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("es", "¡Hola! Tienes 48 horas y 3 descargas.", "48 horas"),
        ("en", "We'll write within 48 hours.", "within 48 hours"),
        ("fr", "Vous aurez la réponse dans 48 heures.", "dans 48 heures"),
        ("ru", "Мы ответим через 48 часов.", "через 48 часов"),
        ("zh", "我们会在48小时内答复。", "48小时"),
    ],
)
async def test_a_time_in_a_reply_is_a_promise(
    tmp_path: Path, clock: FakeClock, language: str, text: str, said: str
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        found = shop.services.promises.in_reply(text, language)
        assert found is not None
        assert said in found.said
        assert (found.due_at, found.timed) == (clock.now() + timedelta(hours=48), True)
        assert shop.services.promises.in_reply("Gracias", language) is None


@pytest.mark.parametrize(
    "text", ["Te avisamos.", "We will look into it.", "Nous vous répondrons.", "Мы проверим.", "我们会尽快处理"]
)
async def test_a_we_will_without_a_time_gets_the_usual_one(tmp_path: Path, clock: FakeClock, text: str) -> None:
    async with shop_in(tmp_path, clock) as shop:
        found = shop.services.promises.in_reply(text)
        assert found == (text, text, shop.services.promises.usual_due(), False)


async def test_it_is_remembered_with_the_reply_and_goes_with_it(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        due = clock.now() + timedelta(hours=3)
        written = Written("Te escribimos hoy", promise=Suggested("Te escribimos hoy", due))
        await shop.services.inbox.reply(number, ("Te escribimos hoy",), Visibility.PUBLIC, written=written)
        (promise,) = (await brief(shop)).promises
        assert (promise.text, promise.due_at, promise.conversation_id) == ("Te escribimos hoy", due, number)
        assert await shop.undo() == "undone.reply"
        assert (await brief(shop)).promises == ()
