"""Ideas out of what is there: they land in the tray with where they came from, and one step takes them back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from app.models.conversation import Category, ConversationState
from app.models.idea import Origin, OriginKind, is_same_season
from app.models.post import PostDraft, PostState
from app.models.tables.conversation import Conversation
from app.models.tables.faq import FaqAsked, FaqEntry
from app.models.tables.outbox import OutboxItem
from app.runtime.clock import to_ms
from app.runtime.errors import UserMistake
from app.store.notes import note
from app.store.reading import posts as reading
from app.store.writing import outbox, samples
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

DAY = timedelta(days=1)


async def idea(shop: SmallShop, number: int) -> tuple[PostDraft, Origin]:
    found = await shop.database.read(reading.post, number)
    assert found is not None
    assert await shop.database.read(reading.state, number) is PostState.IDEA
    assert found.planned_at is None
    return found, Origin.from_text(found.origin)


async def test_a_message_becomes_an_idea_and_the_conversation_stays_as_it_is(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard("¿Cómo se limpia un vinilo?\nLo heredé.")
        before = await shop.standing(number)
        draft, origin = await idea(shop, await shop.services.ideas.from_message(number))
        assert draft.title == "¿Cómo se limpia un vinilo?"
        assert draft.parts == ("“¿Cómo se limpia un vinilo? Lo heredé.”",)
        assert (origin.kind, origin.number) == (OriginKind.MESSAGE, number)
        assert await shop.standing(number) == before
        assert await shop.undo() == "undone.ideas_made"
        assert await shop.ask(lambda q: q.to_place()) == []


async def test_kind_words_that_were_kept_become_one_idea(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        first = await shop.heard("El mejor empaque de México", number=1)
        second = await shop.heard("Los quiero", number=2, thread="t2")
        other = await shop.heard("¿Abren hoy?", number=3, thread="t3")

        def praise(session: Session) -> None:
            for number in (first, second):
                row = session.get_one(Conversation, number)
                row.state, row.category = ConversationState.KEPT, Category.PRAISE

        await shop.database.write(praise)
        seeds = await shop.ask(lambda q: q.kind_words())
        assert {seed.conversation_id for seed in seeds} == {first, second}
        assert other not in {seed.conversation_id for seed in seeds}
        draft, origin = await idea(shop, await shop.services.ideas.from_praise([seed.message_id for seed in seeds]))
        assert (origin.kind, origin.count) == (OriginKind.PRAISE, 2)
        assert "El mejor empaque de México" in draft.parts[0]
        assert "Los quiero" in draft.parts[0]
        with pytest.raises(UserMistake):
            await shop.services.ideas.from_praise([999])


async def test_a_question_of_the_faq_tells_how_often_it_was_asked(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.heard("¿Dónde está mi enlace?")

        def add(session: Session) -> None:
            words = '{"es": "¿Cómo renuevo un enlace?"}', '{"es": "En tres pasos."}'
            at = to_ms(clock.now())
            session.add(
                FaqEntry(
                    id=5,
                    state="asked",
                    category="technical",
                    question=words[0],
                    answer=words[1],
                    created_at=at,
                    changed_at=at,
                )
            )
            session.flush()
            session.add(FaqAsked(entry_id=5, message_id=1, at=at))

        await shop.database.write(add)
        draft, origin = await idea(shop, await shop.services.ideas.from_faq(5))
        assert draft.parts == ("¿Cómo renuevo un enlace?\n\nEn tres pasos.",)
        assert (origin.kind, origin.number, origin.count) == (OriginKind.FAQ, 5, 1)
        with pytest.raises(UserMistake):
            await shop.services.ideas.from_faq(6)


async def test_old_posts_that_went_well_are_offered_this_season_first_and_repeated_without_their_dates(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        great, seasonal, silent = (
            await shop.post("Adivina la canción"),
            await shop.post("Feliz día"),
            await shop.post("Nada"),
        )
        await shop.run_for(60)

        def age(session: Session) -> None:
            connection = session.connection()
            for number, days, likes in ((great, 200, 400), (seasonal, 365, 3), (silent, 200, 0)):
                at = to_ms(clock.now() - days * DAY)
                (item,) = outbox.of_post(session, number)
                connection.exec_driver_sql("UPDATE outbox SET sent_at = ? WHERE id = ?", (at, item.id))
                samples.add(session, [("replies", "post", item.id, to_ms(clock.now()), likes)])
            note(session, OutboxItem, None)

        await shop.database.write(age)
        offered = await shop.ask(lambda q: q.older_posts())
        assert [post.post_id for post in offered] == [seasonal, great]
        assert [post.same_season for post in offered] == [True, False]
        (number,) = await shop.services.ideas.repeat([great])
        draft, origin = await idea(shop, number)
        assert draft.parts == ("Adivina la canción",)
        assert draft.accounts == (shop.account_id,)
        assert (origin.kind, origin.number, origin.count) == (OriginKind.REPEAT, great, 400)
        assert origin.note == (clock.now() - 200 * DAY).date().isoformat()
        again = await shop.ask(lambda q: q.older_posts())
        assert again[-1].repeated_at is not None, "what was repeated comes last"
        with pytest.raises(UserMistake):
            await shop.services.ideas.repeat([number])


async def test_an_idea_that_was_published_meanwhile_is_not_taken_back_with_the_act(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        conversation = await shop.heard("¿Y los casetes?")
        number = await shop.services.ideas.from_message(conversation)
        draft = await shop.database.read(reading.post, number)
        assert draft is not None
        await shop.services.posts.schedule(replace(draft, accounts=(shop.account_id,)), None, undoable=False)
        await shop.run_for(120)
        await shop.undo()
        assert await shop.database.read(reading.state, number) is PostState.SCHEDULED


def test_a_season_comes_round_once_a_year(clock: FakeClock) -> None:
    now = clock.now()
    assert is_same_season(now - 365 * DAY, now)
    assert is_same_season(now - 375 * DAY, now)
    assert is_same_season(now - 3 * 365 * DAY, now)
    assert not is_same_season(now - 180 * DAY, now)
    assert not is_same_season(now - 20 * DAY, now)
