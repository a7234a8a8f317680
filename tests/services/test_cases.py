"""Figures of cases: medians in working time, and how many posts a solution takes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from app.models.case import CaseRow
from app.models.conversation import Category
from app.services.cases import CaseFigures, figures_of
from tests.fakes.clock import WEDNESDAY_MORNING, FakeClock
from tests.services.shop import shop_in

MINUTE = timedelta(minutes=1)


def case(answered: int | None, solved: int, replies: int, *, reopened: bool = False) -> CaseRow:
    """A case whose durations are given in minutes."""
    opened = WEDNESDAY_MORNING
    answered_in = None if answered is None else answered * MINUTE
    return CaseRow(
        1, 1, Category.OTHER, opened, None, answered_in, opened + solved * MINUTE, solved * MINUTE, 1, replies, reopened
    )


def test_figures_are_medians_and_posts_an_average() -> None:
    found = figures_of([case(10, 60, 1), case(30, 80, 4, reopened=True), case(20, 400, 1), case(None, 5, 0)])
    assert found == CaseFigures(4, 20 * MINUTE, 70 * MINUTE, 2.0, 1)


def test_without_cases_nothing_is_said() -> None:
    assert figures_of([]) == CaseFigures(0, None, None, None, 0)


async def test_they_are_read_for_a_span(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        clock.advance(600)
        await shop.services.inbox.close([number])
        found = await shop.services.cases.figures(clock.now() - timedelta(days=1), clock.now())
        assert (found.solved, found.posts) == (1, None)
        assert found.solution is not None
