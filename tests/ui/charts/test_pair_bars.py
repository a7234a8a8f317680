"""Two bars a row, in words as well."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QImage

from app.ui.charts.pair_bars import COLOURS, Pair, PairBars
from app.ui.look import Look
from tests.ui.charts.conftest import coloured


def test_the_longer_bar_has_the_higher_figure(look: Look, painted: Callable[..., QImage]) -> None:
    chart = PairBars(look, "Posts that inform, posts that sell", ("informs", "sells"), lambda value: f"{value:.0f}")
    chart.show_pairs([Pair("Clicks", (200.0, 100.0)), Pair("Reposts", (None, 3.0))])
    image = painted(chart)
    informs, sells = (len({x for x, _ in coloured(image, look.theme.color(colour))}) for colour in COLOURS)
    assert informs > sells > 0
    assert chart.said(0) == "Clicks: informs 200, sells 100"
    assert chart.said(1) == "Reposts: informs —, sells 3"
    assert chart.table().rows[1] == ("Reposts", "—", "3")
    assert chart.place_at(0, -1) == -1
