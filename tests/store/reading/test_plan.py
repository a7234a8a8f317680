"""The plan with its whole texts."""

from __future__ import annotations

from datetime import date

from app.models.plan import Place
from app.models.post import PostDraft
from app.runtime.clock import from_ms, to_ms
from app.store.database import Database
from app.store.reading import plan as reading
from app.store.writing import posts
from tests.store import making
from tests.store.making import HOUR_MS, NOW, NOW_MS


def test_texts_come_whole_with_what_each_account_says(database: Database, account_id: int) -> None:
    other = making.add_account(database, "@discos", "x")
    draft = PostDraft(
        parts=("Uno\n", "Dos: https://aurora.example/marea."),
        variants=((other, ("Otro",)),),
        accounts=(account_id, other),
        planned_at=from_ms(NOW_MS + HOUR_MS),
        zone="UTC",
    )
    database.write_now(posts.save, draft, NOW_MS)
    (post,) = database.reader.now(
        reading.plan, NOW_MS, NOW_MS + 10 * HOUR_MS, date(2026, 11, 18), date(2026, 11, 18)
    ).posts
    assert post.text == "Uno\n\nDos: https://aurora.example/marea."
    assert post.places == (Place("mastodon", "@aurora"), Place("x", "@discos", "Otro"))
    assert post.link == "https://aurora.example/marea"
    assert (post.at, post.changed_at) == (from_ms(NOW_MS + HOUR_MS), NOW)


def test_what_has_no_time_or_another_is_left_out(database: Database, account_id: int) -> None:
    for at in (None, NOW_MS - HOUR_MS, NOW_MS + 11 * HOUR_MS):
        draft = PostDraft(
            parts=("x",), accounts=(account_id,), planned_at=None if at is None else from_ms(at), zone="UTC"
        )
        database.write_now(posts.save, draft, to_ms(NOW))
    found = database.reader.now(reading.plan, NOW_MS, NOW_MS + 10 * HOUR_MS, date(2026, 11, 18), date(2026, 11, 18))
    assert found.posts == ()


def test_hundreds_are_asked_for_at_a_time(database: Database, account_id: int) -> None:
    def many(session: object) -> None:
        for number in range(620):
            draft = PostDraft(
                parts=(f"n{number}",), accounts=(account_id,), planned_at=from_ms(NOW_MS + number), zone="UTC"
            )
            posts.save(session, draft, NOW_MS)  # type: ignore[arg-type]

    database.write_now(many)
    found = database.reader.now(reading.plan, NOW_MS, NOW_MS + HOUR_MS, date(2026, 11, 18), date(2026, 11, 18))
    assert [post.text for post in found.posts] == [f"n{number}" for number in range(620)]
    assert all(post.places for post in found.posts)
