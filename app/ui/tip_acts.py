"""A tip as screens show it: its sentence, and what may be done about it."""

from __future__ import annotations

from collections.abc import Callable

from app.models.tip import Tip, TipKind
from app.runtime.words import Message
from app.ui.page import PageFace
from app.ui.safe_text import isolated


def tip_said(tip: Tip) -> Message:
    """What it says, with texts from outside kept apart."""
    values = dict(tip.said.values)
    if "question" in values:
        values["question"] = isolated(str(values["question"]))
    return Message(tip.said.id, values)


def tip_acts(face: PageFace, tip: Tip, origin: str = "today") -> list[tuple[str, Callable[[], None]]]:
    """What may be done: (message id, act). `origin` is the page that "back" leads to."""
    show = face.window.show_page
    if tip.kind is TipKind.ASKED:
        return [
            ("tips.write_post", lambda: show("composer", new=True, text=tip.text, origin=origin)),
            ("tips.add_to_faq", lambda: show("faq", entry=tip.about)),
        ]
    if tip.kind is TipKind.AFTER_PROMO:
        return [("tips.see_figures", lambda: show("insights", tab="answers"))]
    if tip.kind is TipKind.SLOW_DAY:
        return [("tips.see_figures", lambda: show("insights"))]
    return [("tips.plan_one", lambda: show("calendar", view="week"))]
