"""A window with an inbox over stand-ins, over which sheets open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.inbox.page import InboxPage
from app.ui.page import PageFace
from app.ui.shell import Shell
from tests.ui.inbox.fake_services import FakeServices
from tests.ui.inbox.window import close_window, make_look, new_clock, open_window


@pytest.fixture
def services() -> FakeServices:
    return FakeServices(new_clock())


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path, services: FakeServices) -> Iterator[Shell]:
    shell, _ = open_window(qapp, tmp_path, services, make_look(services.clock, "en", "Inter"))
    yield shell
    close_window(qapp, shell)


@pytest.fixture
def face(shell: Shell) -> PageFace:
    page = shell.window.page()
    assert isinstance(page, InboxPage)
    return page._face
