"""The sample shop asks its community, repeats posts, and publishes a set."""

from __future__ import annotations

from pathlib import Path

from app.services.questions import grouped, read_replies
from app.store.reading import questions, series
from tests.fakes.clock import FakeClock
from tests.services.test_sample_shop import Sample


def test_a_question_has_replies_in_groups_and_some_are_kept(tmp_path: Path, clock: FakeClock) -> None:
    shop = Sample(tmp_path, clock)
    first = shop.database.reader.now(questions.questions)[0]
    assert first.replies >= 12
    assert first.kept == 3
    assert len(first.networks) == 3
    groups = grouped(read_replies(shop.database.reader.now(questions.replies, first.id)))
    assert len([group for group in groups if group.name]) >= 4


def test_a_recurring_post_a_set_and_evergreen_posts_are_there(tmp_path: Path, clock: FakeClock) -> None:
    shop = Sample(tmp_path, clock)
    assert [each.name for each in shop.database.reader.now(series.all_of)] == ["Oferta de la semana"]
    assert shop.rows("SELECT count(*) FROM post WHERE evergreen = 1") == [(5,)]
    waiting = shop.rows(
        "SELECT count(*) FROM outbox AS o JOIN outbox AS w ON w.id = o.waits_for WHERE o.parts LIKE '%{set}%' AND w.pictures LIKE '%},%'"
    )
    assert waiting == [(3,)]
