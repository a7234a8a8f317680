"""Questions: replies of all accounts on one page, in groups; the best kept, thanked within bounds, and made into a follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.models.arrival import Arrival
from app.models.message import MessageKind
from app.models.outbox import DeliveryState
from app.models.post import PostDraft
from app.models.question import QuestionReply
from app.runtime.errors import UserMistake
from app.services.questions import Near, Questions, by_letters, grouped, read_replies
from app.store.writing import messages
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

REPLIES = (
    "¡Abbey Road, sin duda!",
    "Abbey Road es mi favorito",
    "yo digo Abbey Road",
    "El Re de Café Tacvba",
    "Re, de Café Tacvba, por siempre",
    "=HYPERLINK(1)",
)


def service(shop: SmallShop, near: Near = by_letters) -> Questions:
    return Questions(shop.database, shop.services.inbox, shop.services.courtesies, shop.services.undo, shop.clock, near)


async def asked(shop: SmallShop, replies: tuple[str, ...] = REPLIES) -> int:
    """A question that is out on two accounts, with replies on both; answers the post."""
    other = shop.add_account()
    await shop.clock.settle()
    shop.services.posts.load()
    draft = PostDraft(
        parts=("¿Qué disco te llevas a una isla?",), accounts=(shop.account_id, other), question=True, zone="UTC"
    )
    post_id = await shop.services.posts.schedule(draft, None, wait_undo=False)
    await shop.turn()
    rows = {row.account_id: row for row in await shop.deliveries(post_id)}
    for number, text in enumerate(replies):
        answer_to(shop, rows[shop.account_id if number % 2 else other], number, text)
    await shop.clock.settle()
    return post_id


def answer_to(shop: SmallShop, row: object, number: int, text: str) -> None:
    arrival = Arrival(
        f"r{number}", MessageKind.COMMENT, f"p{number}", f"@p{number}@musica.example", text, shop.clock.now() + timedelta(seconds=number),
        f"t{number}", author_name=f"Persona {number}", language="es", parent_id=row.remote_id, parent_ours=True, in_reply_to=row.remote_id,
    )  # fmt: skip
    shop.database.write_now(
        lambda session: messages.keep(session, row.account_id, [arrival], "mentions", str(number), 0, lambda _: None),
        bulk=True,
    )


async def all_replies(shop: SmallShop, post_id: int) -> list[QuestionReply]:
    return [each for group in (await service(shop).collected(post_id)).groups for each in group.replies]


async def test_replies_of_all_accounts_come_together_in_groups(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await asked(shop)
        [question] = await service(shop).all_of()
        assert (question.id, question.replies, question.people, question.kept) == (post_id, 6, 6, 0)
        found = await service(shop).collected(post_id)
        assert [len(group.replies) for group in found.groups] == [3, 2, 1]
        assert [group.name for group in found.groups[:2]] == ["Abbey Road", "Re de Café Tacvba"]
        assert found.groups[2].name == ""
        assert found.people == 6
        assert {each.account_id for each in found.groups[0].replies} == {1, 2}


async def test_where_meaning_can_be_compared_languages_come_together(tmp_path: Path, clock: FakeClock) -> None:
    """Also what no letters have in common; and what letters would join is judged by meaning alone."""
    replies = ("A mi papá en el coche", "my dad, Sundays in the car", "Llueve y café", "the rain and coffee", "the rain in Spain")

    async def near(texts: Sequence[str], least: float) -> list[tuple[int, int, float]]:
        alike = ({"A mi papá en el coche", "my dad, Sundays in the car"}, {"Llueve y café", "the rain and coffee"})
        assert set(texts) == set(replies)
        return [
            (one, other, least + 0.1)
            for one in range(len(texts))
            for other in range(one, len(texts))
            if one == other or any({texts[one], texts[other]} == each for each in alike)
        ]

    async with shop_in(tmp_path, clock) as shop:
        post_id = await asked(shop, replies)
        groups = (await service(shop, near).collected(post_id)).groups
        assert {frozenset(each.text for each in group.replies) for group in groups[:2]} == {frozenset(replies[:2]), frozenset(replies[2:4])}
        assert [each.text for each in groups[2].replies] == [replies[4]]
        assert all(group.name in replies for group in groups[:2])


async def test_a_group_by_hand_wins_and_can_be_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await asked(shop)
        questions = service(shop)
        lonely = (await questions.collected(post_id)).groups[-1].replies[0]
        await questions.put_into(post_id, [lonely.message_id], "  Raros ")
        groups = (await questions.collected(post_id)).groups
        assert [(group.name, group.by_hand) for group in groups if group.by_hand] == [("Raros", True)]
        assert await shop.undo() == "undone.replies_grouped"
        assert not any(group.by_hand for group in (await questions.collected(post_id)).groups)


async def test_the_best_are_kept_and_made_into_a_follow_up(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await asked(shop)
        questions = service(shop)
        with pytest.raises(UserMistake):
            await questions.follow_up(post_id, "Esto dijeron")
        some = (await all_replies(shop, post_id))[:2]
        await questions.keep(post_id, [each.message_id for each in some])
        assert [each.kept for each in await all_replies(shop, post_id)].count(True) == 2
        draft = (
            await shop.ask(lambda queries: queries.post(number))
            if (number := await questions.follow_up(post_id, "Esto dijeron:"))
            else None
        )
        assert draft is not None
        assert draft.parts[0].startswith("Esto dijeron:\n\n«")
        assert all(each.handle in draft.parts[0] for each in some)
        assert draft.accounts == (1, 2)
        assert not draft.question
        assert await shop.undo() == "undone.follow_up"
        assert await shop.undo() == "undone.replies_kept"
        assert not any(each.kept for each in await all_replies(shop, post_id))
        await shop.services.undo.redo()
        assert [each.kept for each in await all_replies(shop, post_id)].count(True) == 2


async def test_thanks_are_owed_once_and_no_more_than_looks_honest(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await asked(shop, (*REPLIES, "Kind of Blue"))
        questions = service(shop)
        everybody = await all_replies(shop, post_id)
        first = await questions.thank(post_id, everybody)
        assert (first.owed, first.left) == (5, 2)
        again = await questions.thank(post_id, await all_replies(shop, post_id))
        assert (again.owed, again.left) == (0, 2)
        assert (await questions.collected(post_id)).thanked_today == 5
        beyond = await questions.thank(post_id, await all_replies(shop, post_id), beyond=True)
        assert beyond.owed == 2
        assert all(each.thanked_at is not None for each in await all_replies(shop, post_id))
        await shop.undo()  # thanks that were taken back are none
        assert [each.thanked_at is None for each in await all_replies(shop, post_id)].count(True) == 1


async def test_likes_are_owed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await asked(shop)
        found = await all_replies(shop, post_id)
        assert await service(shop).like(found[:3]) == 3
        owed = [row for each in found[:3] for row in await shop.owed(each.conversation_id)]
        assert [(row.kind, row.state) for row in owed] == [("like", DeliveryState.WAITING)] * 3
        assert await service(shop).like([]) == 0


async def test_the_export_holds_no_cell_that_a_spreadsheet_would_run(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await asked(shop)
        path = tmp_path / "replies.csv"
        titles = ["group", "network", "author", "handle", "when", "text", "kept", "link"]
        assert await service(shop).export(post_id, path, titles, lambda at: at.isoformat()) == 6
        text = path.read_text(encoding="utf-8-sig")
        assert text.startswith("group,network")
        assert "'=HYPERLINK(1)" in text
        assert "'@p0@" in text


async def test_marked_as_a_question_afterwards(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await asked(shop)
        await service(shop).mark(post_id, question=False)
        assert await service(shop).all_of() == []
        assert await shop.undo() == "undone.question_unmarked"
        assert len(await service(shop).all_of()) == 1


def test_two_thousand_replies_are_grouped(clock: FakeClock) -> None:
    def reply(number: int) -> QuestionReply:
        text = f"Me llevo el disco {('Abbey Road', 'Kind of Blue', 'Re de Tacvba')[number % 3]}"
        at: datetime = clock.now()
        return QuestionReply(number, number, 1, "x", "a", "@a", number, text, "es", "", at)

    groups = grouped(read_replies([reply(number) for number in range(2000)]))
    assert [len(group.replies) for group in groups[:3]] == [667, 667, 666]
