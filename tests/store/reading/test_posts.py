"""Posts as the composer opens them and as lists show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.models.message import Visibility
from app.models.outbox import DeliveryState
from app.models.post import LinkPreview, Picture, Poll, PostDraft, PostFormat, PostRow, PostState, QuotedPost
from app.store.database import Database
from app.store.reading import posts
from app.store.writing import calendar, outbox, samples
from app.store.writing import posts as acts
from tests.store.making import NOW, NOW_MS, add_account, owe


def save(database: Database, state: PostState | None = None, **fields: object) -> int:
    draft = PostDraft(**{"parts": ("\n  Nuevo disco \nen la tienda",), **fields})  # type: ignore[arg-type]
    return database.write_now(lambda session: acts.save(session, draft, NOW_MS, state=state))


def test_a_post_comes_back_as_it_was_saved(database: Database, account_id: int):
    other = add_account(database, "@discos", "x")
    campaign = database.write_now(calendar.add_campaign, "Marea")
    launch = database.write_now(calendar.add_mark, "launch", "Marea", "2026-11-20")
    draft = PostDraft(
        parts=("uno", "dos"),
        variants=((other, ("para X",)),),
        accounts=(account_id, other),
        pictures=(Picture("b.png", "tapa"), Picture("a.png")),
        poll=Poll(("sí", "no")),
        visibility=Visibility.UNLISTED,
        warning="ruido",
        language="es",
        pillar="releases",
        format=PostFormat.POLL,
        planned_at=NOW,
        zone="America/Mexico_City",
        title="Marea",
        quote=QuotedPost("https://musica.example/@ana/1", "@ana", "¿Hay?", ((account_id, "1"),), ((other, "{}"),), (other,)),
        link_card=LinkPreview("https://a.mx", "A", picture="a.png"),
        public_at=(other,),
        campaign_id=campaign,
        announcement="remind",
        mark_id=launch,
        evergreen=True,
        question=True,
        set_account_id=other,
        track_clicks=False,
        spacing=10,
        origin='{"kind": "message"}',
    )
    number = database.write_now(acts.save, draft, NOW_MS)
    stored = database.reader.now(posts.post, number)
    assert stored == PostDraft(**{**{name: getattr(draft, name) for name in PostDraft.__slots__}, "id": number})
    database.write_now(acts.save, replace(stored, public_at=(account_id,)), NOW_MS)
    again = database.reader.now(posts.post, number)
    assert again is not None
    assert again.public_at == (account_id,)


def test_the_link_that_goes_without_a_card_is_kept(database: Database):
    number = save(database, no_card_of="https://a.mx")
    stored = database.reader.now(posts.post, number)
    assert stored is not None
    assert (stored.link_card, stored.no_card_of) == (None, "https://a.mx")
    card = LinkPreview("https://b.mx", "B")
    number = save(database, no_card_of="https://a.mx", link_card=card)
    stored = database.reader.now(posts.post, number)
    assert stored is not None
    assert (stored.link_card, stored.no_card_of) == (card, "")


def test_a_deleted_post_is_gone(database: Database):
    number = save(database)
    database.write_now(acts.delete, number, NOW_MS)
    assert database.reader.now(posts.post, number) is None
    assert database.reader.now(posts.state, number) is None
    assert database.reader.now(posts.posts, None, None) == []


def test_drafts_newest_first_and_planned_ones_in_their_span(database: Database):
    first, second = save(database), save(database, PostState.IDEA, title="Idea")
    planned = save(database, PostState.SCHEDULED, planned_at=NOW)
    later = save(database, planned_at=NOW + timedelta(days=1))
    assert [row.id for row in database.reader.now(posts.posts, None, None)] == [later, second, first]
    assert [row.id for row in database.reader.now(posts.posts, NOW, NOW + timedelta(hours=1))] == [planned]
    assert [row.id for row in database.reader.now(posts.posts, NOW, None)] == [planned, later]
    assert [row.id for row in database.reader.now(posts.posts, None, NOW)] == []
    assert database.reader.now(posts.state, planned) is PostState.SCHEDULED
    assert [row.id for row in database.reader.now(posts.scheduled, NOW, None, 5)] == [planned]


def test_a_row_tells_what_lists_show(database: Database, account_id: int):
    number = save(database, accounts=(account_id,), pillar="releases")
    [row] = database.reader.now(posts.posts, None, None)
    assert row == PostRow(
        id=number,
        title="Nuevo disco",
        state=PostState.DRAFT,
        shown=None,
        deliveries=0,
        out=0,
        planned_at=None,
        pillar="releases",
        format=PostFormat.INFORMS,
        networks=("mastodon",),
        saved_at=NOW,
    )


def test_a_post_shows_the_worst_of_its_deliveries(database: Database, account_id: int):
    other = add_account(database, "@discos", "x")
    number = save(database, PostState.SCHEDULED, accounts=(account_id, other), planned_at=NOW)
    out, failed = owe(database, account_id, post_id=number), owe(database, other, post_id=number)
    database.write_now(outbox.claim, NOW_MS, "this", 60, 5)
    database.write_now(outbox.record_progress, out, "p1", "u", NOW_MS)
    database.write_now(outbox.settle_out, out, NOW_MS)
    database.write_now(lambda session: outbox.move(session, failed, DeliveryState.FAILED, NOW_MS, reason="why"))
    database.write_now(samples.add, [("clicks", "post", out, NOW_MS, 43)])
    [row] = database.reader.now(posts.posts, NOW, None)
    assert (row.shown, row.deliveries, row.out, row.reason, row.clicks) == (DeliveryState.FAILED, 2, 1, "why", 43)
    assert row.networks == ("mastodon", "x")


def test_what_was_let_go_counts_no_more_once_planned_again(database: Database, account_id: int):
    number = save(database, PostState.SCHEDULED, planned_at=NOW)
    owe(database, account_id, post_id=number)
    database.write_now(outbox.withdraw_post, number, NOW_MS)
    assert database.reader.now(posts.posts, NOW, None)[0].shown is DeliveryState.LET_GO
    owe(database, account_id, post_id=number)
    [row] = database.reader.now(posts.posts, NOW, None)
    assert (row.shown, row.deliveries) == (DeliveryState.WAITING, 1)
