"""Campaigns, launches and patterns as they are kept, changed and shifted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import select

from app.models.campaign import CampaignPhase, CampaignPlan, LaunchPlan, Pattern, PhaseKind, Step
from app.models.post import PostDraft
from app.models.tables.post import Mark
from app.store.database import Database, Session
from app.store.reading import campaigns as reading
from app.store.reading import posts as posts_reading
from app.store.writing import calendar, campaigns, posts
from tests.store.making import NOW_MS

DAY = timedelta(days=1)
FIRST = date(2026, 12, 28)
PLAN = CampaignPlan(
    "Marea",
    phases=(
        CampaignPhase(PhaseKind.TEASER, FIRST, FIRST + 2 * DAY),
        CampaignPhase(PhaseKind.STORY, FIRST + 3 * DAY, FIRST + 3 * DAY),
    ),
)


def save(database: Database, plan: CampaignPlan = PLAN) -> CampaignPlan:
    number = database.write_now(lambda session: campaigns.save(session, plan, NOW_MS))
    found = database.reader.now(reading.campaign, number)
    assert found is not None
    return found


def test_phases_keep_their_ids_are_added_and_go(database: Database) -> None:
    kept = save(database)
    later = CampaignPhase(PhaseKind.PROMO, FIRST + 5 * DAY, FIRST + 6 * DAY)
    changed = save(database, replace(kept, phases=(replace(kept.phases[1], title="Gracias"), later)))
    assert changed.phases[0].id == kept.phases[1].id
    assert [(phase.kind, phase.title) for phase in changed.phases] == [("story", "Gracias"), ("promo", "")]
    assert save(database, kept) == kept


def test_shifted_with_all_days_that_belong_to_it_and_no_others(database: Database) -> None:
    kept = save(database)
    assert kept.id is not None
    own = database.write_now(
        lambda session: campaigns.save_launch(session, LaunchPlan("Marea", FIRST, campaign_id=kept.id))
    )
    other = database.write_now(lambda session: calendar.add_mark(session, "holiday", "Año nuevo", "2027-01-01"))
    database.write_now(lambda session: campaigns.shift(session, kept.id or 0, 5))
    shifted = database.reader.now(reading.campaign, kept.id)
    assert shifted is not None
    assert [phase.starts_on for phase in shifted.phases] == [phase.starts_on + 5 * DAY for phase in kept.phases]

    def days(session: Session) -> dict[int | None, str]:
        return {mark.id: mark.on_day for mark in session.exec(select(Mark)).all()}

    assert database.write_now(days) == {own: "2027-01-02", other: "2027-01-01"}


def test_the_posts_of_a_launch_go_to_its_campaign(database: Database) -> None:
    kept = save(database)
    launch = database.write_now(lambda session: campaigns.save_launch(session, LaunchPlan("Marea", FIRST)))
    draft = PostDraft(parts=("x",), mark_id=launch)
    post = database.write_now(lambda session: posts.save(session, draft, NOW_MS))
    database.write_now(lambda session: campaigns.join_campaign(session, launch, kept.id, NOW_MS + 1))
    found = database.reader.now(posts_reading.post, post)
    assert found is not None
    assert found.campaign_id == kept.id


def test_patterns_are_kept_changed_and_brought_back(database: Database) -> None:
    number = database.write_now(lambda session: campaigns.save_pattern(session, Pattern("Uno", (Step(0, 1, "x"),))))
    database.write_now(lambda session: campaigns.save_pattern(session, Pattern("Dos", (Step(1, 1, "y"),), number)))
    assert [each.name for each in database.reader.now(reading.patterns)] == ["Dos"]
    database.write_now(lambda session: campaigns.remove_pattern(session, number, NOW_MS))
    assert database.reader.now(reading.patterns) == []
    database.write_now(lambda session: campaigns.remove_pattern(session, number, None))
    assert len(database.reader.now(reading.patterns)) == 1
