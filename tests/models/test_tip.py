"""A tip is known by its key, which its kind begins."""

from __future__ import annotations

from app.models.tip import Tip, TipKind
from app.runtime.words import message


def test_a_tip_is_plain_and_is_about_nothing_unless_told() -> None:
    tip = Tip(TipKind.HOUR, "hour:4-10", message("tips.hour"), message("tips.posts_evidence"))
    assert (tip.about, tip.text, f"{tip.kind}:4-10") == (0, "", tip.key)
