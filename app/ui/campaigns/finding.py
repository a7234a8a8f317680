"""Campaigns and launches in the palette."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.ui.campaigns.desk import Desk
from app.ui.page import Finder, Found, PageFace
from app.ui.palette import folded
from app.ui.plans.sheets import Sheets

MOST_FOUND = 5


def finder(face: PageFace, desk: Desk, sheets: Sheets) -> Finder:
    """Offers campaigns and launches by name."""

    def opens(number: int | None) -> Callable[[], None]:
        return lambda: face.window.show_page("campaigns", campaign=number)

    def edits(number: int | None) -> Callable[[], None]:
        return lambda: sheets.edit_launch(number) if number is not None else None

    def offer(text: str, prefix: str, deliver: Callable[[Sequence[Found]], None]) -> None:
        wanted = folded(text).split()
        if prefix or not wanted:
            return
        offers = [Found("page.campaigns", row.plan.name, "megaphone-simple", opens(row.plan.id)) for row in desk.rows]
        offers += [
            Found("page.campaigns", row.plan.title, "rocket-launch", edits(row.plan.id)) for row in desk.launches
        ]
        deliver([each for each in offers if all(word in folded(each.title) for word in wanted)][:MOST_FOUND])

    return offer
