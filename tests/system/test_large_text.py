"""Text half as large again: every page, section and sheet at both sizes, and nothing is out of reach or cut between its lines."""

from __future__ import annotations

from collections.abc import Iterator
from logging import LogRecord
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.runtime.settings import Appearance
from app.ui.insights.tabs import TABS
from app.ui.settings.sections import SECTIONS
from app.ui.widgets.overlay import Overlay
from tests.ui.catalogues import LANGUAGES
from tests.ui.losing import lost_parts
from tests.ui.scenes import SCENES
from tests.ui.stage import Stage, stage_in

pytestmark = [
    pytest.mark.system,
    pytest.mark.timeout(900),
    pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True),
]
SIZES = ((1440, 900), (1024, 640))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with stage_in(tmp_path) as made:
        made.face.services.settings.change(Appearance, zoom=150)
        yield made


def lost(size: tuple[int, int], name: str, root: QWidget) -> list[str]:
    return [f"{name}, {size[0]}: {fault}" for fault in dict.fromkeys(lost_parts(root))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_every_page_everything_can_be_seen(stage: Stage, language: str) -> None:
    stage.speak(language)
    wait = stage.loop.run_until_complete
    found: list[str] = []
    for size in SIZES:
        stage.resize(size)
        for page in stage.painter.pages():
            wait(stage.page(page))
            found += lost(size, page, stage.window)
        for tab in TABS:
            wait(stage.page("insights", tab=tab.id))
            found += lost(size, f"insights, {tab.id}", stage.window)
        shown = wait(stage.page("settings"))
        for section in SECTIONS:
            shown.show_section(section.id)
            wait(stage.settle())
            found += lost(size, f"settings, {section.id}", stage.window)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_sheet_everything_can_be_seen(stage: Stage, language: str, expected_log: list[LogRecord]) -> None:
    assert expected_log == []  # one of the sheets is that of a bug, which logs it
    stage.speak(language)
    found: list[str] = []
    for name, opened in SCENES.items():
        stage.resize(SIZES[0])
        stage.loop.run_until_complete(opened(stage))
        for size in SIZES:
            stage.resize(size)
            stage.loop.run_until_complete(stage.settle())
            found += [
                fault
                for part in stage.parts()[-1:]
                if isinstance(part, Overlay)
                for fault in lost(size, name, part.panel)
            ]
        stage.clear()
    assert not found, "\n".join(found)
