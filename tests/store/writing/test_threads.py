"""What a judgement makes of a message: where its conversation goes, and what is asked about it."""

from __future__ import annotations

import pytest

from app.models.arrival import Arrival
from app.models.conversation import Category, ConversationState, Standing
from app.models.judgement import Heard, Judgement
from app.models.tables.conversation import Customer
from app.store.database import Database, Session
from app.store.writing import conversations, messages
from app.store.writing.messages import CATCHING_UP
from tests.store.making import NOW_MS, arrival, rows, within_an_hour

S = ConversationState


def keep(database: Database, account_id: int, judgement: Judgement, *arrivals: Arrival) -> list[Heard]:
    """Answers what the judge heard."""
    heard: list[Heard] = []

    def judge(one: Heard) -> Judgement:
        heard.append(one)
        return judgement

    database.write_now(
        messages.keep,
        account_id,
        arrivals,
        "m",
        str(len(arrivals)),
        NOW_MS,
        lambda asked: within_an_hour(asked),
        judge,
        bulk=True,
    )
    return heard


def state(database: Database) -> tuple[object, ...]:
    return rows(database, "SELECT state, unread, priority FROM conversation WHERE id = 1")[0]


def put(database: Database, to: ConversationState) -> None:
    database.write_now(conversations.restore, 1, Standing(to, Category.OTHER, None, None, unread=False))


def test_the_judge_hears_what_is_known(database: Database, account_id: int):
    [first] = keep(database, account_id, Judgement(), arrival(author_followers=3))
    assert (first.begins, first.first_time, first.followers, first.muted, first.catching_up) == (
        True,
        True,
        3,
        False,
        False,
    )
    assert (first.network, first.account_id, first.category) == ("mastodon", account_id, Category.OTHER)

    def change(session: Session) -> None:
        customer = session.get_one(Customer, 1)
        customer.flags, customer.muted_at = '["vip", "press"]', 1

    database.write_now(change)
    database.write_now(conversations.categorize, 1, Category.ORDER)
    [second] = keep(database, account_id, Judgement(), arrival("m2"), arrival("m3", ours=True))
    assert (second.begins, second.muted, second.flags) == (False, True, frozenset({"vip", "press"}))
    assert (second.category, second.followers) == (Category.ORDER, 3)


def test_many_at_once_are_no_live_news(database: Database, account_id: int):
    heard = keep(database, account_id, Judgement(), *(arrival(f"m{n}", thread_key=f"t{n}") for n in range(CATCHING_UP)))
    assert all(one.catching_up for one in heard)
    assert [one.first_time for one in heard] == [True] * CATCHING_UP  # all at the same moment


def test_language_thanks_and_mood_are_kept(database: Database, account_id: int):
    keep(database, account_id, Judgement(language="fr", thanks=True, mood=-1), arrival(language=""))
    assert rows(database, "SELECT language, thanks, mood FROM message") == [("fr", 1, -1)]
    assert rows(database, "SELECT language FROM conversation") == [("fr",)]


@pytest.mark.parametrize("where", [S.WAITING, S.DONE, S.KEPT, S.SNOOZED, S.ESCALATED])
def test_thanks_leave_a_conversation_where_it_is(database: Database, account_id: int, where: ConversationState):
    keep(database, account_id, Judgement(), arrival())
    put(database, where)
    keep(database, account_id, Judgement(thanks=True), arrival("m2", "gracias"))
    assert state(database) == (where, 0, 0)
    keep(database, account_id, Judgement(), arrival("m3", "¿y mi disco?"))
    assert state(database) == ("needs_answer", 1, 0)


@pytest.mark.parametrize("where", [S.NEEDS_ANSWER, S.SNOOZED, S.ESCALATED])
def test_what_somebody_has_in_hand_is_not_put_away(database: Database, account_id: int, where: ConversationState):
    keep(database, account_id, Judgement(), arrival())
    put(database, where)
    keep(database, account_id, Judgement(ignored=True), arrival("m2"))
    assert state(database)[0] == "needs_answer"


def test_a_new_one_of_somebody_ignored_is_put_away_unseen(database: Database, account_id: int):
    keep(database, account_id, Judgement(ignored=True), arrival())
    assert rows(database, "SELECT state, unread, answer_by FROM conversation") == [("ignored", 0, None)]
    assert rows(database, "SELECT state, count FROM counter WHERE state = 'ignored'") == [("ignored", 1)]
