"""The line on Today that says what of the playbook wants looking at: facts that end, answers to review."""

from __future__ import annotations

from html import escape

from app.models.playbook import PlaybookCare
from app.ui.page import PageFace
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.strip import Strip

MOST_NAMED = 3


def playbook_strip(face: PageFace, care: PlaybookCare) -> Strip | None:
    """None where all is well; the gravest thing comes first, one line for all."""
    said = []
    for text_id, titles in (("today.facts_expired", care.expired), ("today.facts_expiring", care.expiring)):
        if titles:
            named = [isolated(one_line(title)) for title in titles[:MOST_NAMED]]
            said.append(face.text(text_id, n=len(titles), titles=named))
    if care.to_review:
        said.append(face.text("today.to_review", n=care.to_review))
    if not said:
        return None
    strip = Strip(face.look, "warn" if care.expired or care.expiring else "info", escape(" ".join(said)))
    strip.setObjectName("playbook")
    strip.add_button(face.text("today.open_playbook")).clicked.connect(lambda: face.window.show_page("playbook"))
    return strip
