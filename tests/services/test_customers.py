"""Acts on customers: one transaction and one undo step each."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.models.customer import CustomerDetail, CustomerWords, Flag
from app.runtime.clock import to_ms
from app.runtime.errors import UserMistake
from app.services.customers import MOST_TAGS, tidy_tags
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in
from tests.store.making import arrival, keep

WORDS = CustomerWords(
    "Ximena Robles",
    "Guadalajara",
    "es",
    "X@Correo.example",
    "Colecciona post-rock.",
    ("vinyl", " Vinyl ", "", "post-rock"),
)


def paul_writes(shop: SmallShop, text: str = "Hola", number: int = 1) -> None:
    """Somebody else, in a conversation of his own each time."""
    who = {"author_id": "u2", "author_handle": "@paul@musica.example", "author_name": "Paul Okafor"}
    keep(
        shop.services.database,
        shop.account_id,
        arrival(f"paul-{number}", text, thread_key=f"paul-{number}", at=shop.clock.now(), **who),
    )


async def two(shop: SmallShop) -> tuple[int, int]:
    """Two customers by the conversations they wrote."""
    first = await shop.heard()
    paul_writes(shop)
    kept = (await shop.conversation(first)).customer_id
    return kept, next(row.customer_id for row in await shop.conversations() if row.customer_id != kept)


async def card(shop: SmallShop, customer_id: int) -> CustomerDetail:
    found = await shop.ask(lambda queries: queries.customer(customer_id, None))
    assert found is not None
    return found


async def test_joining_is_undone_and_done_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        kept, joined = await two(shop)
        before = await card(shop, kept), await card(shop, joined)
        await shop.services.customers.join(kept, joined)
        assert len((await card(shop, kept)).profiles) == 2
        assert await shop.undo() == "undone.joined"
        assert (await card(shop, kept), await card(shop, joined)) == before
        await shop.services.undo.redo()
        assert len((await card(shop, kept)).profiles) == 2
        await shop.undo()
        assert (await card(shop, kept), await card(shop, joined)) == before


async def test_separating_is_undone_too(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        kept, joined = await two(shop)
        joining = await shop.services.customers.join(kept, joined)
        await shop.services.customers.separate(joining)
        assert len((await card(shop, kept)).profiles) == 1
        assert await shop.undo() == "undone.separated"
        assert len((await card(shop, kept)).profiles) == 2
        await shop.services.undo.redo()
        assert len((await card(shop, kept)).profiles) == 1


async def test_nobody_is_joined_to_himself(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        kept, _ = await two(shop)
        with pytest.raises(UserMistake):
            await shop.services.customers.join(kept, kept)


async def test_what_is_written_down_is_tidied_and_can_be_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        customer, _ = await two(shop)
        before = await card(shop, customer)
        await shop.services.customers.describe(customer, WORDS)
        now = await card(shop, customer)
        assert (now.name, now.city, now.email, now.about, now.tags) == (
            "Ximena Robles", "Guadalajara", "x@correo.example", "Colecciona post-rock.", ("vinyl", "post-rock"),
        )  # fmt: skip
        await shop.services.customers.describe(customer, WORDS)
        assert await shop.undo() == "undone.described"
        assert await card(shop, customer) == before


async def test_what_is_no_address_is_refused_and_nothing_stored(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        customer, _ = await two(shop)
        with pytest.raises(UserMistake) as said:
            await shop.services.customers.describe(customer, WORDS._replace(email="not one"))
        assert said.value.field == "email"
        assert (await card(shop, customer)).city == ""


async def test_flags_are_set_and_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        customer, _ = await two(shop)
        await shop.services.customers.flag(customer, [Flag.PRESS, Flag.VIP])
        assert (await card(shop, customer)).flags == (Flag.VIP, Flag.PRESS)
        await shop.undo()
        assert (await card(shop, customer)).flags == ()


async def test_notes_are_mended_and_removed_and_come_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        customer = (await shop.conversation(number)).customer_id
        await shop.services.inbox.note(number, "Pagado")
        note = (await card(shop, customer)).notes[0]
        await shop.services.customers.edit_note(note.id, " Pagado el 12 ")
        assert [each.text for each in (await card(shop, customer)).notes] == ["Pagado el 12"]
        await shop.services.customers.edit_note(note.id, "  ")
        assert (await card(shop, customer)).notes == ()
        assert await shop.undo() == "undone.note_removed"
        assert await shop.undo() == "undone.note"
        assert (await card(shop, customer)).notes == (note,)


async def test_a_person_s_word_on_a_mood_stays(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard("Pésimo servicio")
        customer = (await shop.conversation(number)).customer_id
        await shop.services.customers.judge(customer)
        mark = (await card(shop, customer)).moods[-1]
        assert mark.mood == -1
        await shop.services.customers.correct_mood(mark.message_id, 0)
        await shop.services.customers.judge(customer)
        assert (await card(shop, customer)).moods[-1][1:3] == (0, True)
        await shop.undo()
        assert (await card(shop, customer)).moods[-1][1:3] == (-1, False)
        await shop.services.customers.correct_mood(mark.message_id, None)
        await shop.services.customers.judge(customer)
        assert (await card(shop, customer)).moods[-1][1:3] == (-1, False)


async def test_a_joined_customer_who_writes_again_writes_to_the_kept_one(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        kept, joined = await two(shop)
        await shop.services.customers.join(kept, joined)
        clock.advance(timedelta(minutes=5).total_seconds())
        paul_writes(shop, "¿Sigue abierto?", 2)
        assert {row.customer_id for row in await shop.conversations()} == {kept}


def test_tags_are_short_few_and_different() -> None:
    assert tidy_tags(["  a  b ", "A B", "x,y", ""]) == ("a b", "x y")
    assert len(tidy_tags([f"t{n}" for n in range(99)])) == MOST_TAGS
    assert len(tidy_tags(["z" * 500])[0]) == 40


async def test_that_somebody_wants_the_newsletter_is_noted_with_its_day(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        customer = (await shop.conversation(number)).customer_id
        services = shop.services

        def since() -> int | None:
            sql = "SELECT newsletter_at FROM customer WHERE id = ?"
            found: int | None = shop.database.reader.now(lambda c: c.execute(sql, (customer,)).fetchone()[0])
            return found

        said = to_ms(clock.now())
        await services.customers.flag(customer, [Flag.NEWSLETTER])
        assert since() == said
        clock.advance(3600)
        await services.customers.flag(customer, [Flag.VIP, Flag.NEWSLETTER])
        assert since() == said
        await services.customers.flag(customer, [Flag.VIP])
        assert since() is None
        await services.undo.undo()
        assert since() == said
        await services.undo.redo()
        assert since() is None
