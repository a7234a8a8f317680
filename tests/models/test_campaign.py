"""Campaigns, phases and patterns: the rules, and how they are kept."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.calendar import PhaseRow
from app.models.campaign import (
    CampaignPhase,
    CampaignPlan,
    Goal,
    PhaseKind,
    Step,
    a_day,
    breaks_rule,
    filled,
    overlapping,
    phase_at,
    posts_within,
    rule_of,
    steps_from_text,
    steps_to_text,
    stretched,
)
from app.models.post import PostFormat

TEASER = CampaignPhase(PhaseKind.TEASER, date(2026, 11, 2), date(2026, 11, 12))
PROMO = CampaignPhase(PhaseKind.PROMO, date(2026, 11, 13), date(2026, 11, 16))


def test_a_teaser_alone_forbids_selling() -> None:
    assert [kind for kind in PhaseKind if rule_of(kind).forbids_selling] == [PhaseKind.TEASER]
    assert not rule_of("anything else").forbids_selling
    assert breaks_rule("teaser", PostFormat.PROMO)
    assert not breaks_rule("teaser", PostFormat.ANNOUNCES)
    assert not breaks_rule("promo", PostFormat.PROMO)


def test_the_phase_of_a_day_is_found_both_days_included() -> None:
    assert phase_at([TEASER, PROMO], date(2026, 11, 12)) is TEASER
    assert phase_at([TEASER, PROMO], date(2026, 11, 13)) is PROMO
    assert phase_at([TEASER, PROMO], date(2026, 11, 17)) is None
    row = PhaseRow(1, 1, "Marea", "blue", "teaser", date(2026, 11, 1), date(2026, 11, 30))
    later = PhaseRow(2, 2, "Buen Fin", "rose", "promo", date(2026, 11, 13), date(2026, 11, 16))
    assert phase_at([row, later], date(2026, 11, 14)) is later


def test_posts_of_a_phase_are_counted_on_its_days_and_by_the_day() -> None:
    by_day = {date(2026, 11, 12): "ab", date(2026, 11, 13): "cde", date(2026, 11, 16): "f", date(2026, 11, 17): "ghij"}
    assert posts_within(PROMO, by_day) == 4
    assert a_day(posts_within(PROMO, by_day), PROMO) == 1.0
    assert a_day(0, TEASER) == 0


def test_phases_are_stretched_unless_they_meet_others_or_end_before_they_begin() -> None:
    phases = (TEASER, PROMO)
    assert overlapping(phases) is None
    later = stretched(phases, 1, 1, 1)
    assert later is not None
    assert (later[1].starts_on, later[1].ends_on) == (date(2026, 11, 14), date(2026, 11, 17))
    assert stretched(phases, 0, 0, 1) is None
    assert stretched(phases, 1, 4, 0) is None
    assert overlapping((TEASER, PROMO.shifted(-1))) == date(2026, 11, 12)


def test_a_campaign_lasts_from_its_first_phase_to_its_last() -> None:
    plan = CampaignPlan("Buen Fin", phases=(TEASER, PROMO))
    assert (plan.starts_on, plan.ends_on) == (date(2026, 11, 2), date(2026, 11, 16))
    assert (CampaignPlan().starts_on, CampaignPlan().ends_on) == (None, None)
    assert PROMO.days == 4


@pytest.mark.parametrize(
    "goal", [Goal(), Goal("Vender la primera edición"), Goal("", 4000, 300, 20), Goal("“Marea”", 1)]
)
def test_goals_are_read_as_they_were_written(goal: Goal) -> None:
    assert Goal.from_text(goal.to_text()) == goal


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("Vender más", Goal("Vender más")),
        ("[1]", Goal("[1]")),
        ('{"clicks": 10, "stars": 5, "replies": "x"}', Goal("", 10)),
        ("", Goal()),
    ],
)
def test_other_goals_are_understood(text: str, goal: Goal) -> None:
    assert Goal.from_text(text) == goal


def test_steps_are_kept_in_the_order_of_their_times() -> None:
    steps = (Step(2, 600, "después"), Step(-7, 600, "antes", PostFormat.MEDIA, "scene"), Step(-7, 60, "madrugada"))
    assert [each.text for each in steps_from_text(steps_to_text(steps))] == ["madrugada", "antes", "después"]
    assert steps_from_text(steps_to_text(steps))[1] == steps[1]
    assert steps_from_text("") == ()


def test_blanks_are_filled_and_a_missing_link_stays_to_be_seen() -> None:
    assert filled("«{product}»: {link}", "Marea", "https://discosaurora.mx") == "«Marea»: https://discosaurora.mx"
    assert filled("«{product}»: {link}", "Marea", "") == "«Marea»: {link}"
    assert filled("{nombre} {", "Marea", "") == "{nombre} {"
