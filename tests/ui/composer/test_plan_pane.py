"""What is decided about a post besides its text: pillar, format, and what becomes of it when it is late."""

from __future__ import annotations

from app.models.lateness import Lateness, LateRule
from app.models.post import PostDraft
from app.models.sorting import PILLAR, Sorts, Vocabulary
from app.ui.theme import sort_by
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import MASTODON


def test_a_new_post_follows_the_setting_when_it_is_late(window: Window) -> None:
    window.open(new=True)
    assert window.page.bench.plan.part.late.currentText() == "As in the settings"
    assert window.draft.lateness is None


def test_a_rule_of_its_own_is_kept_with_the_post(window: Window) -> None:
    window.open(new=True)
    late = window.page.bench.plan.part.late
    late.setCurrentIndex(late.findData("ask"))
    late.activated.emit(late.currentIndex())
    assert window.draft.lateness == Lateness(LateRule.ASK)


def test_a_patience_chosen_elsewhere_is_shown_as_it_is(window: Window) -> None:
    window.store.drafts[3] = PostDraft(id=3, parts=("Uno",), accounts=(MASTODON,), lateness=Lateness(LateRule.FINE_UNTIL, 90))
    window.open(post=3)
    assert window.page.bench.plan.part.late.currentText() == "Up to 90 minutes late is fine"


def test_the_users_pillars_are_offered_as_soon_as_they_are_changed_and_the_posts_own_stays(window: Window) -> None:
    window.store.drafts[3] = PostDraft(id=3, parts=("Uno",), accounts=(MASTODON,), pillar="offers")
    window.open(post=3)
    pillar = window.page.bench.plan.part.pillar
    assert pillar.currentText() == "Offers"
    sorts, own = Sorts(PILLAR).switched("offers", offered=False).without("help").added("Trips & tours")
    vocabulary = Vocabulary(sorts)
    look = window.page.bench.plan.part._face.look
    look.words.own = vocabulary.texts()
    sort_by(look.theme, vocabulary)
    pillar = window.page.bench.plan.part.pillar
    assert pillar.currentText() == "Offers"
    assert pillar.findData("help") < 0
    pillar.setCurrentIndex(pillar.findData(own))
    assert pillar.currentText() == "Trips & tours"
    pillar.activated.emit(pillar.currentIndex())
    assert window.draft.pillar == own


def test_one_that_was_taken_away_is_still_called_by_its_name(window: Window) -> None:
    sorts, own = Sorts(PILLAR).added("Trips")
    vocabulary = Vocabulary(sorts.without(own))
    window.store.drafts[3] = PostDraft(id=3, parts=("Uno",), accounts=(MASTODON,), pillar=own)
    window.open(post=3)
    look = window.page.bench.plan.part._face.look
    look.words.own = vocabulary.texts()
    sort_by(look.theme, vocabulary)
    assert window.page.bench.plan.part.pillar.currentText() == "Trips"
    sort_by(look.theme, Vocabulary())
    look.words.own = {}
    assert window.page.bench.plan.part.pillar.currentText() == own, "and one that nobody knows by what it is kept as"
