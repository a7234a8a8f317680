"""What a draft is told before it leaves: to fix, to look at, and well."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.models.account import AccountState
from app.models.message import Visibility
from app.models.outbox import DeliveryState
from app.models.post import Picture, Poll, PostDraft, PostFormat, PostRow, PostState, QuotedPost
from app.runtime.words import message
from app.ui.composer.checks import check
from app.ui.composer.composition import Composition, named
from app.ui.composer.findings import Check, Level
from tests.fakes.clock import WEDNESDAY_MORNING as NOW
from tests.fakes.clock import FakeClock
from tests.ui.composer.fakes import BLUESKY, INSTAGRAM, LIMITS, MASTODON, Posts, Store, X, accounts, delivery

POSTS = Posts(Store(FakeClock()), Path())
PLACES = named(accounts(), POSTS.limits, POSTS.quote_refusal)
GOOD = PostDraft(parts=("Hola",), accounts=(X,))
QUOTED = QuotedPost("https://musica.example/@ana/1", "@ana", "¿Hay vinilos?", known=((MASTODON, "1"),))


def found(draft: PostDraft, **more: object) -> dict[str, Check]:
    composition = replace(Composition(draft, PLACES, now=NOW), **more)  # type: ignore[arg-type]
    return {each.said.id.removeprefix("composer.check."): each for each in check(composition, POSTS.measure, POSTS.split)}


def test_a_good_post_has_nothing_to_fix() -> None:
    assert {each.level for each in found(GOOD).values()} == {Level.OK}


@pytest.mark.parametrize(
    ("draft", "name"),
    [
        (replace(GOOD, accounts=()), "no_account"),
        (replace(GOOD, parts=("  ",)), "empty"),
        (replace(GOOD, parts=("a" * 281,)), "too_long"),
        (replace(GOOD, planned_at=NOW - timedelta(minutes=2)), "past_time"),
        (replace(GOOD, parts=("a", "b"), accounts=(INSTAGRAM,)), "no_threads"),
        (replace(GOOD, poll=Poll(("a", "b")), pictures=(Picture("p", "alt"),)), "poll_and_pictures"),
        (replace(GOOD, poll=Poll(("a", ""))), "poll_empty"),
        (replace(GOOD, poll=Poll(("a",))), "poll_empty"),
        (replace(GOOD, poll=Poll(("a", "a "))), "poll_same"),
        (replace(GOOD, poll=Poll(("a", "b", "c", "d", "e"))), "poll_many"),
        (replace(GOOD, poll=Poll(("a", "b" * 26))), "poll_long"),
        (replace(GOOD, poll=Poll(("a", "b")), accounts=(X, BLUESKY)), "no_poll"),
        (replace(GOOD, poll=Poll(("a", "b")), accounts=(INSTAGRAM,)), "no_poll"),
        (replace(GOOD, pictures=(Picture("p"),)), "no_alt"),
        (replace(GOOD, pictures=(Picture("p", "a" * 1001),)), "long_alt"),
        (replace(GOOD, pictures=tuple(Picture(str(n), "alt") for n in range(5))), "many_pictures"),
        (replace(GOOD, visibility=Visibility.FOLLOWERS), "only_public"),
    ],
)
def test_what_must_be_fixed(draft: PostDraft, name: str) -> None:
    each = found(draft)[name]
    assert each.level is Level.FIX
    assert each.mend is not None
    assert each.field


@pytest.mark.parametrize(
    ("draft", "name"),
    [
        (replace(GOOD, accounts=(X, MASTODON)), "same_text"),
        (replace(GOOD, accounts=(X, BLUESKY), poll=Poll(("a", "b")), variants=((BLUESKY, ("¿A o B?",)),)), "without_poll"),
        (replace(GOOD, warning="ojo"), "without_warning"),
        (replace(GOOD, visibility=Visibility.UNLISTED), "public_there"),
        (replace(GOOD, visibility=Visibility.FOLLOWERS, public_at=(X,)), "public_there"),
        (replace(GOOD, quote=QUOTED), "without_quote"),
        (replace(GOOD, quote=replace(QUOTED, known=()), accounts=(BLUESKY,)), "without_quote"),
    ],
)
def test_what_is_worth_a_look_does_not_stop_it(draft: PostDraft, name: str) -> None:
    all_found = found(draft)
    assert all_found[name].level is Level.LOOK
    assert not any(each.level is Level.FIX for each in all_found.values())


def test_a_missing_poll_is_told_once() -> None:
    all_found = found(replace(GOOD, accounts=(X, BLUESKY), poll=Poll(("a", "b"))))
    assert "no_poll" in all_found
    assert "without_poll" not in all_found
    assert all_found["no_poll"].mend is not None
    assert (all_found["no_poll"].mend.verb, all_found["no_poll"].mend.account) == ("vary", BLUESKY)


def test_the_shortest_limit_counts_for_its_own_network_alone() -> None:
    each = found(replace(GOOD, parts=("a" * 300,), accounts=(X, MASTODON)))["too_long"]
    assert each.said.values == {"network": "X", "n": 20}
    assert each.mend is not None
    assert (each.mend.account, each.mend.verb, each.mend.n) == (X, "split", 2)


def test_own_texts_are_checked_in_place_of_the_base_text() -> None:
    long_base = replace(GOOD, parts=("a" * 300,), variants=((X, ("corto",)),))
    assert "too_long" not in found(long_base)


def test_the_warning_counts_where_the_network_counts_it() -> None:
    draft = replace(GOOD, parts=("a" * 499,), accounts=(MASTODON,), warning="ojo")
    assert found(draft)["too_long"].said.values["n"] == 2


def test_a_time_that_passed_is_no_fault_once_it_is_on_its_way() -> None:
    draft = replace(GOOD, id=1, planned_at=NOW - timedelta(hours=1))
    row = PostRow(1, "", PostState.SCHEDULED, None, 1, 0, draft.planned_at, "", PostFormat.INFORMS, ())
    waits = delivery(1, X, DeliveryState.FAILED, NOW)
    assert "past_time" not in found(draft, row=row, deliveries=(waits,))
    assert "past_time" in found(draft)


def test_a_time_that_cannot_be_read_stops_it() -> None:
    assert found(GOOD, wrong_time=True)["wrong_time"].level is Level.FIX


def test_accounts_that_cannot_send_are_named() -> None:
    rows = [replace(account, state=state) for account, state in zip(accounts()[:2], (AccountState.SIGNED_OUT, AccountState.PAUSED), strict=True)]
    places = named(rows, POSTS.limits, POSTS.quote_refusal)
    all_found = found(replace(GOOD, accounts=(X, MASTODON)), places=places)
    assert all_found["signed_out"].level is Level.FIX
    assert all_found["paused"].level is Level.LOOK


def test_what_is_meant_for_followers_is_public_nowhere_unless_the_user_says_so_there() -> None:
    draft = replace(GOOD, accounts=(X, MASTODON, BLUESKY), visibility=Visibility.FOLLOWERS, public_at=(BLUESKY,))
    each = found(draft)["only_public"]
    assert each.said.values == {"network": "X"}
    assert each.mend is not None
    assert each.other is not None
    assert [(mend.verb, mend.account) for mend in (each.mend, each.other)] == [("leave_out", X), ("public_there", X)]
    assert found(draft)["public_there"].said.values == {"networks": ["Bluesky"]}


def test_a_network_without_the_quote_is_told_with_the_reason_and_its_link_is_the_way_out() -> None:
    draft = replace(GOOD, accounts=(X, MASTODON), quote=QUOTED)
    each = found(draft)["without_quote"]
    assert each.said.values == {"network": "X"}
    assert each.detail == message("quote.refused", reason=message("network.x.no_quotes"))
    assert each.mend is not None
    assert (each.mend.verb, each.mend.account) == ("quote_link", X)
    assert "without_quote" not in found(replace(draft, variants=((X, (f"Hola {QUOTED.url}",)),)))
    unknown = found(replace(draft, accounts=(BLUESKY,)))["without_quote"]
    assert unknown.detail == message("composer.quote_not_known")
    closed = replace(QUOTED, refused=((BLUESKY, message("network.bluesky.quotes_closed").to_json()),))
    told = found(replace(draft, accounts=(BLUESKY,), quote=closed))["without_quote"].detail
    assert told == message("quote.refused", reason=message("network.bluesky.quotes_closed"))


@pytest.mark.parametrize("more", [{"pictures": (Picture("a.png", "Tapa"),)}, {"poll": Poll(("a", "b"))}])
def test_a_quote_that_has_no_room_beside_pictures_or_a_poll_is_told(more: dict[str, object]) -> None:
    draft = replace(GOOD, accounts=(MASTODON,), quote=QUOTED)
    assert "without_quote" not in found(draft)
    each = found(replace(draft, **more))["without_quote"]  # type: ignore[arg-type]
    assert each.detail == message("composer.quotes_alone")
    assert each.mend is not None
    assert each.mend.verb == "quote_link"


def test_where_it_is_out_nothing_is_checked_any_more() -> None:
    long = replace(GOOD, parts=("a" * 300,), accounts=(X, MASTODON))
    out = delivery(1, X, DeliveryState.OUT, NOW)
    assert "too_long" not in found(long, deliveries=(out,))
    assert found(replace(long, accounts=(X,)), deliveries=(out,)) == {}


def test_two_accounts_of_one_network_are_told_apart() -> None:
    twice = [accounts()[0], replace(accounts()[0], id=9, handle="@otra")]
    assert [place.name for place in named(twice, lambda _id: LIMITS[X], POSTS.quote_refusal)] == ["X @discosaurora", "X @otra"]
