"""Campaigns with their figures, launches and patterns; removed ones are left out everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.models.campaign import CampaignPhase, CampaignPlan, Goal, LaunchPlan, Pattern, PhaseKind, Step
from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostFormat, PostState
from app.runtime.clock import to_ms
from app.store.database import Database
from app.store.reading import calendar, campaigns
from app.store.writing import campaigns as writing
from app.store.writing import outbox, posts, samples
from tests.store.making import NOW, NOW_MS, owe

DAY = timedelta(days=1)
FIRST = date(2026, 11, 10)
PHASES = (
    CampaignPhase(PhaseKind.PROMO, FIRST + 6 * DAY, FIRST + 9 * DAY),
    CampaignPhase(PhaseKind.TEASER, FIRST, FIRST + 5 * DAY, "Nada aún", 2),
)


def save(database: Database, name: str = "Marea", **fields: object) -> int:
    plan = replace(CampaignPlan(name, Goal("", 10), "blue", (1,), ("Marea",), "marea", PHASES), **fields)  # type: ignore[arg-type]
    return database.write_now(lambda session: writing.save(session, plan, NOW_MS))


def post(database: Database, campaign_id: int | None, state: PostState = PostState.SCHEDULED, **fields: object) -> int:
    draft = PostDraft(**{"parts": ("Hola",), "planned_at": NOW + DAY, "campaign_id": campaign_id, **fields})  # type: ignore[arg-type]
    return database.write_now(lambda session: posts.save(session, draft, NOW_MS, state=state))


def test_a_campaign_is_read_as_it_was_kept_with_phases_in_order(database: Database, account_id: int) -> None:
    number = save(database)
    found = database.reader.now(campaigns.campaign, number)
    assert found is not None
    assert (found.name, found.goal, found.hue, found.accounts, found.tags, found.slug) == (
        "Marea",
        Goal("", 10),
        "blue",
        (1,),
        ("Marea",),
        "marea",
    )
    assert [(phase.kind, phase.title, phase.posts_a_day) for phase in found.phases] == [
        ("teaser", "Nada aún", 2),
        ("promo", "", 0),
    ]
    assert database.reader.now(campaigns.campaign, 99) is None


def test_the_list_begins_with_the_newest(database: Database) -> None:
    old = save(database, "Vieja")
    new = save(database, "Nueva", phases=tuple(phase.shifted(30) for phase in PHASES))
    bare = save(database, "Sin fases", phases=())
    assert [row.plan.id for row in database.reader.now(campaigns.rows)] == [bare, new, old]


def test_figures_count_what_is_planned_and_out_and_say_nothing_of_what_was_not_measured(
    database: Database, account_id: int
) -> None:
    number = save(database)
    plan = database.reader.now(campaigns.campaign, number)
    assert plan is not None
    out = post(database, number, accounts=(account_id,))
    post(database, number, format=PostFormat.PROMO)
    post(database, number, PostState.DRAFT)
    post(database, number, PostState.DRAFT, planned_at=None)
    post(database, number, PostState.IDEA, planned_at=None)
    post(database, None)
    found = database.reader.now(campaigns.figures, plan, None, None)
    assert (found.posts, found.informs, found.sells, found.out) == (3, 2, 1, 0)
    assert (found.clicks, found.followers, found.replies) == (None, None, None)
    delivery = owe(database, account_id, post_id=out)
    database.write_now(lambda session: outbox.claim(session, NOW_MS, "this", 60))
    database.write_now(lambda session: outbox.settle_out(session, delivery, NOW_MS))
    measured = [
        ("clicks", "post", delivery, NOW_MS, 40), ("clicks", "post", delivery, NOW_MS + 1, 43), ("replies", "post", delivery, NOW_MS, 7),
        ("followers", "account", 1, to_ms(NOW - 3 * DAY), 100), ("followers", "account", 1, NOW_MS, 138),
    ]  # fmt: skip
    database.write_now(lambda session: samples.add(session, measured))
    found = database.reader.now(campaigns.figures, plan, NOW - 2 * DAY, NOW + DAY)
    assert (found.out, found.clicks, found.replies, found.followers, found.until) == (1, 43, 7, 38, NOW + DAY)
    row = database.reader.now(campaigns.rows)[0]
    assert (row.posts, row.out, row.clicks) == (3, 1, 43)
    assert DeliveryState.OUT in {item.shown for item in database.reader.now(calendar.of_campaign, number)}


def test_removed_campaigns_and_launches_are_nowhere(database: Database) -> None:
    number = save(database)
    launch = database.write_now(
        lambda session: writing.save_launch(session, LaunchPlan("Marea", FIRST, 600, campaign_id=number))
    )
    span = (FIRST - DAY, FIRST + 30 * DAY)
    assert [phase.title for phase in database.reader.now(calendar.phases, *span)] == ["Nada aún", ""]
    assert [(mark.title, mark.minute, mark.campaign_id) for mark in database.reader.now(calendar.marks, *span)] == [
        ("Marea", 600, number)
    ]
    assert database.reader.now(calendar.campaigns) == {number: "Marea"}
    database.write_now(lambda session: writing.remove(session, number, NOW_MS))
    database.write_now(lambda session: writing.remove_launch(session, launch, NOW_MS))
    assert database.reader.now(campaigns.rows) == []
    assert database.reader.now(campaigns.launches) == []
    assert database.reader.now(calendar.phases, *span) == ()
    assert database.reader.now(calendar.marks, *span) == ()
    assert database.reader.now(calendar.campaigns) == {}


def test_a_launch_knows_its_campaign_and_its_posts(database: Database) -> None:
    number = save(database)
    plans = (LaunchPlan("Marea", FIRST, 600, "https://a.mx", number), LaunchPlan("Casete", FIRST + DAY))
    one, two = [database.write_now(lambda session, plan=plan: writing.save_launch(session, plan)) for plan in plans]
    post(database, number, PostState.DRAFT, mark_id=one)
    post(database, number, PostState.IDEA, mark_id=one, planned_at=None)
    found = database.reader.now(campaigns.launches)
    assert [(row.plan.title, row.posts, row.campaign) for row in found] == [("Casete", 0, ""), ("Marea", 1, "Marea")]
    assert [row.plan.id for row in database.reader.now(campaigns.launches, number)] == [one]
    row = database.reader.now(campaigns.launch, two)
    assert row is not None
    assert row.plan == replace(plans[1], id=two)
    assert database.reader.now(campaigns.launch, 99) is None


def test_posts_of_a_campaign_say_which_announcement_they_are(database: Database) -> None:
    number = save(database)
    first = post(database, number, announcement="remind")
    second = post(database, number, PostState.DRAFT, planned_at=None)
    assert [each.id for each in database.reader.now(calendar.of_campaign, number)] == [first, second]
    assert database.reader.now(campaigns.announced, number) == {first: ("remind", None), second: ("", None)}


def test_patterns_are_listed_by_name(database: Database) -> None:
    for name in ("b", "a"):
        database.write_now(lambda session, name=name: writing.save_pattern(session, Pattern(name, (Step(0, 1, "x"),))))
    assert [(each.name, each.steps) for each in database.reader.now(campaigns.patterns)] == [
        ("a", (Step(0, 1, "x"),)),
        ("b", (Step(0, 1, "x"),)),
    ]
