"""The Campaigns page and the calendar in a real window, over real services and a real data file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.look import Look
from tests.fakes.clock import FakeClock
from tests.ui.campaign_window import opener


@pytest.fixture
def opens(qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path) -> Callable[..., Any]:
    """A context manager: the window at a page."""
    return opener(qapp, look, clock, tmp_path)
