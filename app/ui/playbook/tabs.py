"""The head of the Playbook's two pages: its answers, and the FAQ that is made of what customers ask."""

from __future__ import annotations

from app.ui.page import PageFace
from app.ui.widgets.segmented import Segmented

PAGES = ("playbook", "faq")


def playbook_tabs(face: PageFace, page: str) -> Segmented:
    """Leads from the one page to the other; `page` is the one it stands on."""
    look = face.look
    choices = [(look.text("faq.tab_answers"), None), (look.text("faq.tab"), None)]
    tabs = Segmented(look, look.text("page.playbook"), choices)
    here = PAGES.index(page)
    tabs.choose(here)

    def go(index: int) -> None:
        tabs.choose(here)
        face.window.show_page(PAGES[index])

    tabs.chosen.connect(go)
    return tabs
