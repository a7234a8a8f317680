"""A sample shop for processes of the program."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.program import make_sample
from tests.end_to_end.processes import Shop


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory)


@pytest.fixture
def shop(made_sample: Path, tmp_path: Path) -> Shop:
    shop = Shop(tmp_path / "p")
    shutil.copytree(made_sample, shop.root)
    return shop
