"""What the checks say of the plan around the post: a full day, two posts close together, a teaser that sells nothing, the mix of the week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.models.calendar import CalendarPost
from app.models.campaign import PhaseKind
from app.models.mix import Mix, goal_of, mix_of, teaser_against
from app.models.rhythm import CLOSE
from app.runtime.words import message
from app.ui.composer.composition import Composition
from app.ui.composer.drafting import is_blank
from app.ui.composer.findings import Check, Level, Mend

WEEK = timedelta(days=6)


def check_plan(composition: Composition) -> Iterator[Check]:
    """Nothing is said of a plan that is not known yet, nor of a post in which nothing is written."""
    if composition.around.first is None or not composition.open or is_blank(composition.draft):
        return
    yield from _teaser(composition)
    yield from _flood(composition)
    yield from _mix(composition)


def week_mix(composition: Composition) -> Mix | None:
    """Of the week the post stands in, this one included; None until it is known."""
    facts = composition.around
    if facts.first is None:
        return None
    last = facts.first + WEEK
    posts = [post for post in facts.posts if facts.first <= _day(composition, post) <= last]
    return mix_of(posts, goal_of(facts.phases, facts.first, last, facts.goal)).with_one(composition.draft.format)


def _day(composition: Composition, post: CalendarPost) -> date:
    assert post.planned_at is not None
    return post.planned_at.astimezone(composition.zone).date()


def _teaser(composition: Composition) -> Iterator[Check]:
    draft = composition.draft
    teaser = teaser_against(composition.around.phases, draft.format, draft.campaign_id, composition.day)
    if teaser is not None:
        detail = message("composer.check.teaser.detail", campaign=teaser.campaign)
        yield Check(Level.FIX, message("composer.check.teaser"), detail, Mend("announce", "composer.mend.announce"))


def _flood(composition: Composition) -> Iterator[Check]:
    at, facts, day = composition.at or composition.now, composition.around, composition.day
    of_day = [post for post in facts.posts if _day(composition, post) == day]
    counts = {place: sum(place.id in post.accounts for post in of_day) for place in composition.open}
    full = [place for place, many in counts.items() if many >= facts.paces.day_limit(place.id)]
    mend = Mend("next_good", "composer.mend.next_good")
    if full:
        many, limit = max(counts[place] for place in full), facts.paces.day_limit(full[0].id)
        detail = message("composer.check.flood.detail", limit=limit, networks=[place.name for place in full])
        yield Check(Level.LOOK, message("composer.check.flood", day=day, n=many), detail, mend)
        return
    open_ids = {place.id for place in composition.open}
    near = [
        abs(post.planned_at - at)
        for post in facts.posts
        if at is not None and post.planned_at is not None and open_ids.intersection(post.accounts) and abs(post.planned_at - at) < CLOSE
    ]
    if near:
        yield Check(Level.LOOK, message("composer.check.close", n=round(min(near) / timedelta(minutes=1))), message("composer.check.close.detail"), mend)


def _mix(composition: Composition) -> Iterator[Check]:
    mix, facts = week_mix(composition), composition.around
    promoted = any(phase.kind == PhaseKind.PROMO and facts.first is not None and phase.starts_on <= facts.first + WEEK and phase.ends_on >= facts.first for phase in facts.phases)
    if mix is not None and mix.is_off and (promoted or facts.goal_is_own):
        said = message("composer.check.mix", informs=mix.informing, sells=mix.selling)
        yield Check(Level.LOOK, said, message("composer.check.mix.detail", informs=100 - mix.goal, sells=mix.goal))
