"""What is decided about a post besides its text: pillar, format, and what becomes of it when it is late."""

from __future__ import annotations

from app.models.lateness import Lateness, LateRule
from app.models.post import PostDraft
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
