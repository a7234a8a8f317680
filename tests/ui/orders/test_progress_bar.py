"""A bar that fills, with figures that are also said."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.look import Look
from app.ui.orders.progress_bar import ProgressBar


@pytest.mark.parametrize(("told", "shown"), [(-1.0, 0.0), (0.4, 0.4), (7.0, 1.0)])
def test_it_stays_within_its_bounds(qapp: QApplication, look: Look, told: float, shown: float) -> None:
    bar = ProgressBar(look)
    bar.show_share(told, "4 of 10")
    assert (bar.share, bar.accessibleName()) == (shown, "4 of 10")
    bar.resize(200, 20)
    assert not bar.grab().isNull()
