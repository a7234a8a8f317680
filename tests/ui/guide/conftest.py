"""The guide opened over the window of stand-ins."""

from __future__ import annotations

import pytest

from app.ui.guide.sheet import GuideSheet
from app.ui.shell import Shell


@pytest.fixture
def guide(shell: Shell) -> GuideSheet:
    """Opened by its command, at the page that fits the stand-in inbox."""
    shell.window.resize(1280, 800)
    shell.actions.run("help.guide")
    sheet = shell.window.overlay()
    assert isinstance(sheet, GuideSheet)
    return sheet
