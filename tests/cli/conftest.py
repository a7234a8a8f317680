"""A sample shop and an empty profile for the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import bootstrap
from tests.cli.program import Program, make_sample, sample_copy
from tests.services.shop import empty_data_file


@pytest.fixture(autouse=True)
def _no_latency(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "SAMPLE_LATENCY_SECONDS", 0.0)


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory)


@pytest.fixture
def sample(made_sample: Path, tmp_path: Path) -> Program:
    """The sample shop: account 2 is Mastodon's, 4 is served by hand."""
    return sample_copy(made_sample, tmp_path)


@pytest.fixture
def empty(tmp_path: Path) -> Program:
    """A profile without any account."""
    program = Program(tmp_path / "p")
    program.root.mkdir()
    (program.root / "tertulia.db").write_bytes(empty_data_file())
    return program
