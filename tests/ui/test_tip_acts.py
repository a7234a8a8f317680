"""What may be done about a tip leads to the right page."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from app.models.tip import Tip, TipKind
from app.runtime.words import message
from app.ui.tip_acts import tip_acts, tip_said


def acts(kind: TipKind) -> list[tuple[str, Any]]:
    heard: list[Any] = []
    face: Any = SimpleNamespace(window=SimpleNamespace(show_page=lambda page, **target: heard.append((page, target))))
    done = []
    for name, act in tip_acts(face, Tip(kind, "k", message("x"), message("y"), 4, "¿Y?"), "insights"):
        act()
        done.append((name, heard.pop()))
    return done


def test_a_question_becomes_a_post_or_a_line_of_the_faq() -> None:
    assert acts(TipKind.ASKED) == [
        ("tips.write_post", ("composer", {"new": True, "text": "¿Y?", "origin": "insights"})),
        ("tips.add_to_faq", ("faq", {"entry": 4})),
    ]


def test_others_lead_to_figures_or_the_plan() -> None:
    assert acts(TipKind.SLOW_DAY) == [("tips.see_figures", ("insights", {}))]
    assert acts(TipKind.PILLAR) == [("tips.plan_one", ("calendar", {"view": "week"}))]


def test_a_question_from_outside_is_kept_apart() -> None:
    said = tip_said(Tip(TipKind.ASKED, "k", message("tips.asked", question="\u202eabc", n=5), message("y")))
    assert str(said.values["question"]).startswith("\u2068")
