"""The sample shop: seeded fast and alike each time, dated from now, and one world with the simulated server."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from app.models.account import AccountState
from app.models.arrival import Arrival
from app.models.conversation import ConversationState, View
from app.models.find import parse
from app.models.outbox import DeliveryState
from app.networks import registry
from app.networks.network import HearsMessages, Publishes, ReportsMetrics
from app.networks.outgoing import Found, Outgoing, Sent
from app.networks.sample.server import SampleServer
from app.runtime.clock import to_ms
from app.runtime.errors import Damaged
from app.runtime.paths import Paths, resources
from app.runtime.settings import Answer, Settings, Shop
from app.runtime.words import Message
from app.services import sample_profile, sample_shop
from app.services.answer_times import AnswerTimes
from app.services.arriving import arrival
from app.services.public_holidays import PublicHolidays
from app.services.sync import STREAM
from app.store.database import Database
from app.store.reading import accounts, conversations, outbox, samples, saved_searches, today
from app.store.reading import cases as cases_reading
from app.store.reading import settings as settings_reading
from app.store.writing import conversations as conversations_writing
from app.store.writing import messages
from tests.fakes.clock import FakeClock

CONTENT = resources() / "sample"
WEDNESDAY_NIGHT = datetime(2026, 11, 19, 5, 58, tzinfo=UTC)
"""23:58 in Mexico City."""


class Sample:
    """An open sample shop."""

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        self.clock = clock
        self.paths = Paths.of(folder)
        self.paths.create()
        self.server = SampleServer(sample_profile.server_file(self.paths), clock)
        self.database = Database.open(self.paths.database, backups=self.paths.backups, clock=clock)
        sample_shop.seed_now(self.database, self.server, CONTENT, self.paths.media, clock.now())

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        return self.database.reader.now(lambda connection: [tuple(row) for row in connection.execute(sql, values)])


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """For tests that only look."""
    sample = Sample(tmp_path_factory.mktemp("sample"), FakeClock())
    yield sample
    sample.database.close_now()


@pytest.fixture
def own_shop(tmp_path: Path, clock: FakeClock) -> Iterator[Sample]:
    sample = Sample(tmp_path / "sample", clock)
    yield sample
    sample.database.close_now()


def test_accounts_are_those_of_their_networks(shop: Sample) -> None:
    found = shop.database.reader.now(accounts.accounts)
    assert [(row.network, row.handle, row.state) for row in found] == [
        ("x", "@discosaurora", AccountState.READY),
        ("mastodon", "@aurora", AccountState.READY),
        ("bluesky", "@aurora.mx", AccountState.READY),
        ("instagram", "@discosaurora", AccountState.BY_HAND),
        ("email", "lucia@discosaurora.example", AccountState.READY),
    ]
    assert {row.network for row in found} <= registry.by_id().keys()


def test_fourteen_conversations_need_an_answer_and_two_that_came_back_some_late_some_soon_some_later(shop: Sample) -> None:
    now = to_ms(shop.clock.now())
    look = shop.database.reader.now
    assert look(conversations.count, View.NEEDS_ANSWER, None, now) == 16
    page = look(conversations.page, View.NEEDS_ANSWER, None, None, 50, now)
    minutes = [(row.answer_by - shop.clock.now()) / timedelta(minutes=1) for row in page if row.answer_by]
    assert len(minutes) == 16
    assert minutes == sorted(minutes)
    assert minutes[0] < 0 < minutes[1] < 60 < minutes[-1]
    assert {row.language for row in page} == {"es", "en", "fr", "ru", "zh"}
    assert look(conversations.count, View.ALL, None, now) == 317
    assert {row.state for row in look(conversations.page, View.ALL, None, None, 300, now)} == set(ConversationState)


def test_the_open_ones_are_as_late_at_any_hour(tmp_path: Path) -> None:
    late = []
    for number, moment in enumerate((WEDNESDAY_NIGHT, WEDNESDAY_NIGHT + timedelta(minutes=4))):
        sample = Sample(tmp_path / str(number), FakeClock(moment))
        rows = sample.rows(
            "SELECT answer_by - ? FROM conversation WHERE state = 'needs_answer' ORDER BY 1", to_ms(moment)
        )
        late.append(rows)
        sample.database.close_now()
    assert late[0] == late[1]


def test_the_times_are_those_that_its_own_settings_promise(own_shop: Sample) -> None:
    """So that a change of them moves what it should, and nothing else."""
    stored = own_shop.database.reader.now(settings_reading.values)
    times = AnswerTimes(Settings(lambda: stored, lambda _name, _text: None), PublicHolidays())
    own_shop.database.measure_with(times)
    asked = {number for (number,) in own_shop.rows("SELECT conversation_id FROM escalation")}
    waiting = [each for each in own_shop.database.reader.now(cases_reading.waiting_ids) if each not in asked]
    assert len(waiting) == 14
    assert own_shop.database.write_now(conversations_writing.recount, waiting, bulk=True) == []


def test_every_conversation_has_its_case(shop: Sample) -> None:
    assert shop.rows("SELECT count(*) FROM support_case") == [(317,)]
    solved = shop.rows(
        "SELECT c.state, count(s.solved_at) = count(*), count(s.solved_at) FROM support_case AS s"
        " JOIN conversation AS c ON c.id = s.conversation_id GROUP BY c.state"
    )
    states = {str(state): (bool(all_of_them), many) for state, all_of_them, many in solved}
    assert all(states[each][0] for each in ("done", "kept", "ignored"))
    assert [states[each][1] for each in ("needs_answer", "waiting", "snoozed", "escalated")] == [0, 0, 0, 0]
    assert shop.rows("SELECT count(*) FROM support_case WHERE answered_in < 0 OR solved_in < 0 OR answered_at < opened_at") == [(0,)]


def test_nothing_that_was_said_or_sent_lies_in_the_future(shop: Sample) -> None:
    now = to_ms(shop.clock.now())
    assert shop.rows("SELECT count(*) FROM message WHERE at > ?", now) == [(0,)]
    assert shop.rows("SELECT count(*) FROM outbox WHERE sent_at > ? OR created_at > ?", now, now) == [(0,)]
    assert shop.rows("SELECT count(*) FROM sample WHERE at > ?", now) == [(0,)]
    assert shop.rows("SELECT count(*) FROM outbox WHERE state = 'waiting' AND due_at <= ?", now) == [(0,)]
    assert shop.rows("SELECT count(*) FROM conversation WHERE snoozed_until <= ?", now) == [(0,)]


def test_one_delivery_failed_and_one_is_to_decide(shop: Sample) -> None:
    look = shop.database.reader.now
    for state, reason in (
        (DeliveryState.FAILED, "sample.signed_out"),
        (DeliveryState.UNSURE, "outbox.unsure.cannot_tell"),
    ):
        (item,) = look(outbox.in_state, state)
        assert Message.from_json(item.reason).id == reason
        assert item.next_try_at is None
    states = dict(shop.rows("SELECT state, count(*) FROM outbox GROUP BY 1"))
    assert states["out"] > 800
    assert states["waiting"] >= 40
    assert states["by_hand"] >= 5


def test_today_has_something_of_everything(shop: Sample) -> None:
    now = shop.clock.now()
    begins = now.replace(hour=6, minute=0)
    brief = shop.database.reader.now(today.brief, now, begins, begins + timedelta(days=1))
    assert (brief.waiting, brief.late) == (16, 1)
    assert len(brief.to_decide) == 2
    assert len(brief.going_out) >= 3
    assert brief.coming
    figures = {figure.metric: figure for figure in brief.figures}
    assert all(figure.value is not None and figure.before is not None for figure in figures.values()), figures
    assert 0 < (figures["followers"].value or 0) < 100


def test_followers_grew_over_half_a_year_without_a_gap(shop: Sample) -> None:
    series = shop.database.reader.now(samples.series, "followers", "account", 1, 0)
    assert len(series) == 181
    assert series[-1] == (to_ms(shop.clock.now() - timedelta(minutes=1)), 12_846)
    values = [value for _, value in series]
    assert values == sorted(values)
    gains = [after - before for before, after in pairwise(values)]
    assert max(gains) < 40
    assert series[0][0] < to_ms(shop.clock.now() - timedelta(days=179))


def test_everything_out_is_known_to_the_server_and_its_figures_agree(shop: Sample) -> None:
    for row in shop.database.reader.now(accounts.accounts)[:3]:
        stored = shop.rows("SELECT remote_id FROM outbox WHERE account_id = ? AND state = 'out' ORDER BY 1", row.id)
        served = sorted(post.id for post in shop.server.published(row.network, row.remote_id))
        assert [remote_id for (remote_id,) in stored] == served


async def test_figures_at_the_server_are_those_last_noted(shop: Sample) -> None:
    account = shop.database.reader.now(accounts.accounts)[0]
    connection = shop.server.connect("x", account.remote_id, registry.by_id()["x"])
    assert isinstance(connection, ReportsMetrics)
    items = shop.database.reader.now(outbox.out_since, 1, to_ms(shop.clock.now() - timedelta(days=9)))
    posts = [item for item in items if item.post_id is not None]
    assert len(posts) > 5
    for item, figures in zip(posts, await connection.figures([item.remote_id for item in posts]), strict=True):
        assert figures.likes == shop.database.reader.now(samples.latest, "likes", "post", item.id)
    assert (await connection.profile()).followers == 12_846


async def test_what_is_out_is_found_and_what_is_to_decide_cannot_be_told(shop: Sample) -> None:
    cards = registry.by_id()
    (unsure,) = shop.database.reader.now(outbox.in_state, DeliveryState.UNSURE)
    (failed,) = shop.database.reader.now(outbox.in_state, DeliveryState.FAILED)
    (out, *_) = shop.database.reader.now(outbox.in_state, DeliveryState.OUT, 2)
    for item, expected in ((unsure, Found.CANNOT_TELL), (failed, Found.NOT_THERE), (out, Sent)):
        account = shop.database.reader.now(accounts.account, item.account_id)
        assert account is not None
        connection = shop.server.connect(item.network, account.remote_id, cards[item.network])
        found = await connection.find_mine(Outgoing(f"{item.key}-0", item.parts[0]), item.due_at)
        assert found is expected or isinstance(found, Sent) is (expected is Sent)
        if isinstance(found, Sent):
            assert (found.remote_id, found.url) == (out.remote_id, out.url)


async def test_a_reading_right_after_brings_nothing_and_a_first_reading_nothing_twice(own_shop: Sample) -> None:
    for row in own_shop.database.reader.now(accounts.accounts)[:3]:
        connection = own_shop.server.connect(row.network, row.remote_id, registry.by_id()[row.network])
        assert isinstance(connection, HearsMessages)
        cursor = own_shop.database.reader.now(accounts.cursor, row.id, STREAM)
        assert [page async for page in connection.messages(cursor)] == []
        before = own_shop.rows("SELECT id, state, answer_by FROM conversation ORDER BY id")
        async for page in connection.messages(""):
            arrivals = [arrival(item) for item in page.messages]
            assert await _keep(own_shop, row.id, arrivals, page.cursor) == 0
        assert own_shop.rows("SELECT id, state, answer_by FROM conversation ORDER BY id") == before


async def test_customers_answer_a_reply_in_the_conversation_that_was_seeded(own_shop: Sample) -> None:
    waiting = own_shop.rows(
        "SELECT c.id, c.account_id, a.network, a.remote_id, m.remote_id FROM conversation AS c"
        " JOIN account AS a ON a.id = c.account_id JOIN message AS m ON m.conversation_id = c.id"
        " WHERE c.state = 'needs_answer' AND m.at = c.last_at AND c.id NOT IN (SELECT conversation_id FROM escalation)"
    )
    assert len(waiting) == 14
    for conversation_id, _, network, remote_id, target in waiting:
        connection = own_shop.server.connect(str(network), str(remote_id), registry.by_id()[str(network)])
        assert isinstance(connection, Publishes)
        await connection.publish(Outgoing(f"k{conversation_id}", "Gracias por escribir.", reply_to=str(target)))
    own_shop.clock.advance(300)
    thanked = 0
    for row in own_shop.database.reader.now(accounts.accounts)[:3]:
        connection = own_shop.server.connect(row.network, row.remote_id, registry.by_id()[row.network])
        cursor = own_shop.database.reader.now(accounts.cursor, row.id, STREAM)
        async for page in connection.messages(cursor):
            arrivals = [arrival(item) for item in page.messages]
            thanked += sum(item.remote_id.startswith("thanks") for item in arrivals)
            await _keep(own_shop, row.id, arrivals, page.cursor)
    assert thanked >= 2
    theirs = own_shop.rows("SELECT conversation_id FROM message WHERE remote_id LIKE 'thanks%'")
    assert {number for (number,) in theirs} <= {number for number, *_ in waiting}
    assert len(theirs) == thanked


async def _keep(sample: Sample, account_id: int, arrivals: list[Arrival], cursor: str) -> int:
    now = to_ms(sample.clock.now())
    return await sample.database.write(
        messages.keep, account_id, arrivals, STREAM, cursor, now, lambda one: one.at, bulk=True
    )


def test_words_of_all_languages_are_found(shop: Sample) -> None:
    for word in ("vinilo", "warped", "douane", "пластинку", "黑胶", "Ximena"):
        assert shop.database.reader.now(saved_searches.find, parse(word, WEDNESDAY_NIGHT, UTC), to_ms(WEDNESDAY_NIGHT), 20).rows, word


def test_settings_name_the_shop_and_leave_the_language_to_the_user(shop: Sample) -> None:
    settings = Settings(lambda: shop.database.reader.now(settings_reading.values), lambda _name, _value: None)
    assert settings.get(Shop).name == "Discos Aurora"
    assert settings.get(Shop).zone == "America/Mexico_City"
    assert settings.get(Shop).language == "system"
    assert settings.get(Answer).hours == (((0, 1440),),) * 7


def test_pictures_lie_where_the_posts_say(shop: Sample) -> None:
    named = {str(path) for (path,) in shop.rows("SELECT DISTINCT path FROM post_picture")}
    assert named
    assert named <= {file.name for file in shop.paths.media.iterdir()}
    for file in shop.paths.media.iterdir():
        assert file.stat().st_size <= 60_000


def test_a_playbook_is_there_and_was_used(shop: Sample) -> None:
    uses = Counter(dict(shop.rows("SELECT key, uses FROM answer")))
    assert len(uses) >= 12
    assert sum(uses.values()) == len(shop.rows("SELECT id FROM message WHERE answer_title <> ''")) > 50


def test_the_same_moment_gives_the_same_shop(shop: Sample, own_shop: Sample) -> None:
    tables = ("account", "identity", "conversation", "message", "outbox", "post", "sample", "note", "mark", "phase")
    for table in tables:
        sql = f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4"
        assert shop.rows(sql) == own_shop.rows(sql), table
    files = [sample_profile.server_file(sample.paths).read_bytes() for sample in (shop, own_shop)]
    assert files[0] == files[1]


# --- made anew


async def test_two_that_make_the_shop_at_the_same_moment_make_it_once(own_shop: Sample) -> None:
    conversations = own_shop.rows("SELECT count(*) FROM conversation")
    await sample_shop.seed(own_shop.database, own_shop.server, CONTENT, own_shop.paths.media, own_shop.clock.now())
    assert own_shop.rows("SELECT count(*) FROM conversation") == conversations


async def test_a_shop_of_yesterday_is_stale(own_shop: Sample) -> None:
    database, now = own_shop.database, own_shop.clock.now()
    assert not await sample_shop.is_stale(database, now)
    assert not await sample_shop.is_stale(database, now + timedelta(hours=13, minutes=59))
    # Midnight in Mexico City, not in Greenwich.
    assert await sample_shop.is_stale(database, now + timedelta(hours=14))


def test_making_room_leaves_an_empty_profile_that_can_be_filled_again(tmp_path: Path, clock: FakeClock) -> None:
    first = Sample(tmp_path, clock)
    first.database.close_now()
    sample_profile.make_room(first.paths)
    assert not first.paths.database.exists()
    assert list(first.paths.media.iterdir()) == []
    clock.advance(timedelta(days=1))
    second = Sample(tmp_path, clock)
    assert second.rows("SELECT count(*) FROM conversation") == [(317,)]
    second.database.close_now()


async def test_seeding_with_a_loop_gives_the_same(tmp_path: Path, clock: FakeClock) -> None:
    paths = Paths.of(tmp_path / "p")
    paths.create()
    database = Database.open(paths.database, backups=paths.backups, clock=clock)
    server = SampleServer(sample_profile.server_file(paths), clock)
    await sample_shop.seed(database, server, CONTENT, paths.media, clock.now())
    assert not await sample_shop.is_stale(database, clock.now())
    await database.close()


def test_missing_content_is_said_in_one_sentence(tmp_path: Path, clock: FakeClock) -> None:
    database = Database.open(tmp_path / "t.db", backups=tmp_path, clock=clock)
    with pytest.raises(Damaged) as trouble:
        sample_shop.seed_now(database, SampleServer(tmp_path / "n", clock), tmp_path, tmp_path / "media", clock.now())
    assert trouble.value.message.id == "sample.content_missing"
    assert database.reader.now(_conversations) == 0
    database.close_now()


def _conversations(connection: sqlite3.Connection) -> int:
    many: int = connection.execute("SELECT count(*) FROM conversation").fetchone()[0]
    return many


def test_the_shop_posts_only_while_it_is_open(tmp_path: Path) -> None:
    """Also where somebody looks at night."""
    night = Sample(tmp_path / "night", FakeClock(WEDNESDAY_NIGHT))
    found = night.rows("SELECT time(planned_at / 1000, 'unixepoch', '-6 hours') FROM post WHERE planned_at IS NOT NULL")
    night.database.close_now()
    assert len(found) > 200
    assert all("09:00" <= str(at) <= "21:59" for (at,) in found), found
