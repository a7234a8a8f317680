"""What ideas can be made of, as the store tells it; what becomes of it is in tests/services/test_ideas.py."""

from __future__ import annotations

from datetime import timedelta

from app.models.archive import ArchivedPost
from app.models.idea import Origin, OriginKind
from app.models.post import PostDraft, PostState
from app.store.database import Database
from app.store.reading import ideas
from app.store.reading.queries import StoreQueries
from app.store.writing import archives, posts
from app.store.writing.archives import Thread
from tests.fakes.clock import FakeClock
from tests.store.making import NOW, NOW_MS

DAY = timedelta(days=1)


def out(database: Database, account_id: int, number: int, days: int, **figures: int) -> int:
    post = ArchivedPost(str(number), f"Post {number}", NOW - days * DAY, figures=figures)
    (made,) = database.write_now(lambda s: archives.keep(s, account_id, "UTC", [Thread((post,))], NOW_MS))
    return int(made)


def test_older_posts_come_by_season_then_by_what_they_brought(database: Database, account_id: int) -> None:
    loud = out(database, account_id, 1, 200, replies=400)
    season = out(database, account_id, 2, 366, likes=4)
    quiet = out(database, account_id, 3, 200, likes=2)
    out(database, account_id, 4, 200, likes=0)
    out(database, account_id, 5, 10, replies=900)
    found = database.reader.now(ideas.older_posts, NOW, 10)
    assert [post.post_id for post in found] == [season, loud, quiet]
    assert (found[1].title, found[1].replies, found[1].networks) == ("Post 1", 400, ("mastodon",))
    assert len(database.reader.now(ideas.older_posts, NOW, 1)) == 1
    origin = Origin(OriginKind.REPEAT, season).to_text()
    database.write_now(lambda s: posts.save(s, PostDraft(origin=origin), NOW_MS, state=PostState.IDEA))
    assert [post.post_id for post in database.reader.now(ideas.older_posts, NOW, 10)] == [loud, quiet, season]


def test_what_was_never_out_is_no_older_post(database: Database, account_id: int) -> None:
    draft = database.write_now(lambda s: posts.save(s, PostDraft(accounts=(account_id,)), NOW_MS))
    assert database.reader.now(ideas.older_post, draft) is None
    assert database.reader.now(ideas.last_message, 1) is None
    assert database.reader.now(ideas.messages, [1, 2]) == []
    assert database.reader.now(ideas.question, 1) is None
    assert database.reader.now(ideas.kind_words, 10) == []


def test_screens_ask_through_one_object(database: Database, account_id: int, clock: FakeClock) -> None:
    out(database, account_id, 1, 200, replies=1)

    def ask(connection: object) -> tuple[int, int, int, int]:
        queries = StoreQueries(connection, clock)  # type: ignore[arg-type]
        return len(queries.older_posts()), len(queries.kind_words()), len(queries.feeds()), len(queries.products("x"))

    assert database.reader.now(ask) == (1, 0, 0, 0)
