"""The desktop of the system tests, made once, and the program started on it for one test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system import desktop as desktops
from tests.system.desktop import Desktop, Program


@pytest.fixture(scope="session")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with desktops.desktop(tmp_path_factory.mktemp("desktop")) as made:
        yield made


@pytest.fixture
def program(desktop: Desktop, tmp_path: Path) -> Iterator[Program]:
    desktop.use_layout("us")
    with desktops.program(desktop, tmp_path) as started:
        yield started
