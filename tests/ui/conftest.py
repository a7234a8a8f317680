"""What tests of the window share: a look in light colours, and a whole shell on stand-ins."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.ui.application import dress
from app.ui.icons import Icons
from app.ui.look import Look
from app.ui.shell import Shell, build
from app.ui.theme import Theme
from tests.fakes.clock import FakeClock
from tests.ui.closing import close_shell, delete
from tests.ui.stand_ins import LenientWords, entries, make_registry, make_services

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture
def theme(qapp: QApplication) -> Generator[Theme, None, None]:
    """Light, at 100 %, comfortable."""
    theme = Theme.load(RESOURCES)
    theme.choose(mode="light")
    yield theme
    delete(theme)


@pytest.fixture
def look(theme: Theme) -> Look:
    """English, Mexico City."""
    return Look(theme, Icons(theme, RESOURCES), LenientWords(RESOURCES / "translations", "en", "America/Mexico_City"))


@pytest.fixture
def log() -> list[str]:
    """Which commands of the stand-in page ran."""
    return []


@pytest.fixture
def services() -> Any:
    return make_services()


@pytest.fixture
def shell(
    qapp: QApplication, look: Look, log: list[str], services: Any, clock: FakeClock, tmp_path: Path
) -> Generator[Shell, None, None]:
    """A window on stand-ins, shown, its first frame painted, the stand-in inbox in front."""
    dress(qapp, look.theme)
    remembered = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    shell = build(qapp, look, services, make_registry(log), entries(), clock, remembered)
    shell.open("inbox")
    shell.window.activateWindow()
    shell.after_first_frame()
    qapp.processEvents()
    yield shell
    close_shell(qapp, shell)
