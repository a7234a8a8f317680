"""An empty data file for each test, copied from one that was migrated once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.database import Database
from tests.fakes.clock import FakeClock
from tests.store import making


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "tertulia.db"
    Database.open(path, backups=path.parent, clock=FakeClock()).close_now()
    return path


@pytest.fixture
def data_file(migrated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "tertulia.db"))


@pytest.fixture
def database(data_file: Path, clock: FakeClock) -> Iterator[Database]:
    opened = Database.open(data_file, backups=data_file.parent / "backups", clock=clock, process_id="this")
    yield opened
    opened.close_now()


@pytest.fixture
def account_id(database: Database) -> int:
    return making.add_account(database)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder whose parents everyone may enter: those of tmp_path are closed to others."""
    with tempfile.TemporaryDirectory(prefix="tertulia-") as name:
        Path(name).chmod(0o755)
        yield Path(name)
