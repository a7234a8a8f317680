"""A published question's address is found in a reply, however it is written; and the reply counts it in its own transaction."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.faq import FaqState, FaqWords
from app.models.message import Visibility
from app.models.reply import Written
from app.services.faq_links import address_of, linked
from app.store.reading.faq import Published
from app.store.writing import faq as writing
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

SHIPPING = Published(1, "https://shop.example/faq#shipping")
REFUND = Published(2, "https://shop.example/faq#refund")
HOURS = Published(3, "shop.example/hours?city=mx")
ALL = (SHIPPING, REFUND, HOURS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://shop.example/faq#shipping.", [1]),
        ("(http://www.Shop.example/faq/?utm_source=x&utm_medium=social#refund)", [2]),
        ("shop.example/faq#shipping and shop.example/faq#refund", [1, 2]),
        ("shop.example/hours?city=mx&fbclid=abc", [3]),
        ("shop.example/hours?city=es", []),
        ("shop.example/faq#elsewhere", []),
        ("https://shop.example/", []),
        ("https://evil.example/?u=shop.example/faq#shipping", []),
        ("mail@shop.example", []),
        ("no address at all", []),
    ],
)
def test_an_address_is_known_with_and_without_what_measures_it(text: str, found: list[int]) -> None:
    assert linked(text, ALL) == found


def test_a_page_of_several_questions_means_the_one_that_was_asked() -> None:
    assert linked("shop.example/faq", ALL) == []
    assert linked("shop.example/faq", ALL, {2}) == [2]
    assert linked("shop.example/faq", (SHIPPING,)) == [1]


def test_addresses_that_lead_to_the_same_are_alike() -> None:
    assert address_of("HTTPS://WWW.shop.example/a/?utm_campaign=c&b=1#x") == ("shop.example/a?b=1", "x")


async def publish(shop: SmallShop) -> int:
    def write(session: writing.Session) -> int:
        group = writing.NewGroup(FaqWords({"es": "¿Abren?"}), "question", [])
        (number,) = writing.add_groups(session, [group], 0)
        stands = writing.stands(session, number)
        writing.restore(
            session, number, stands._replace(state=FaqState.PUBLISHED, url="https://shop.example/faq#open"), 0
        )
        return number

    return await shop.database.write(write)


async def uses(shop: SmallShop) -> list[tuple[int, int]]:
    return await shop.database.read(
        lambda connection: connection.execute("SELECT entry_id, conversation_id FROM faq_use").fetchall()
    )


async def test_a_reply_with_the_link_counts_and_taking_it_back_takes_that_back(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        entry = await publish(shop)
        conversation = await shop.heard()
        await shop.services.inbox.reply(
            conversation, ("Mira: shop.example/faq?utm_source=mastodon#open",), Visibility.PUBLIC
        )
        assert await uses(shop) == [(entry, conversation)]
        await shop.undo()
        assert await uses(shop) == []


async def test_a_reply_without_it_counts_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await publish(shop)
        conversation = await shop.heard()
        said = Written("Abrimos a las diez. Saludos.")
        await shop.services.inbox.reply(conversation, (said.text,), Visibility.PUBLIC, written=said)
        assert await uses(shop) == []
