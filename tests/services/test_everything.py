"""Everything in files that people read: JSON, tables, media, a README; no secrets, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest

from app.models.safekeeping import Progress, Stopped, tell_nobody
from app.runtime.errors import UserMistake
from app.runtime.paths import resources
from app.runtime.words import Words
from app.services.everything import DESCRIBED, export_everything
from app.store.exporting import one_moment
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

RUNS = '=HYPERLINK("http://mal.example")'


@pytest.fixture
def words() -> Words:
    return Words(resources() / "translations", "es")


async def filled(folder: Path, clock: FakeClock) -> SmallShop:
    async with shop_in(folder, clock) as shop:
        await shop.heard(RUNS)
        (shop.paths.media / "a.jpg").write_bytes(b"picture")
        return shop


async def test_all_of_it_is_there_and_can_be_read(tmp_path: Path, clock: FakeClock, words: Words) -> None:
    shop = await filled(tmp_path / "shop", clock)
    target = tmp_path / "todo"
    export_everything(shop.paths.database, shop.paths.root, target, words, tell_nobody)
    [conversation] = json.loads((target / "json" / "conversations.json").read_text())
    assert conversation["messages"][0]["text"] == RUNS
    [said] = json.loads((target / "json" / "message.json").read_text())
    assert said["at"].endswith("Z")
    with (target / "csv" / "message.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = list(csv.DictReader(file))
    assert row["text"] == f"'{RUNS}"
    assert (target / "media" / "a.jpg").read_bytes() == b"picture"
    readme = (target / "README.txt").read_text()
    assert "Cada mensaje de clientes" in readme
    assert "export." not in readme
    names = {path.stem for path in (target / "json").iterdir()}
    assert names == {path.stem for path in (target / "csv").iterdir()} | {"conversations"}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


async def test_a_name_that_ends_in_zip_makes_one_file(tmp_path: Path, clock: FakeClock, words: Words) -> None:
    shop = await filled(tmp_path / "shop", clock)
    target = tmp_path / "todo.zip"
    export_everything(shop.paths.database, shop.paths.root, target, words, tell_nobody)
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert {"todo/README.txt", "todo/media/a.jpg", "todo/json/message.json"} <= set(archive.namelist())


async def test_nothing_that_is_there_is_written_over(tmp_path: Path, clock: FakeClock, words: Words) -> None:
    shop = await filled(tmp_path / "shop", clock)
    (tmp_path / "todo").mkdir()
    (tmp_path / "todo" / "mine.txt").write_text("mine")
    with pytest.raises(UserMistake):
        export_everything(shop.paths.database, shop.paths.root, tmp_path / "todo", words, tell_nobody)
    assert [path.name for path in (tmp_path / "todo").iterdir()] == ["mine.txt"]


async def test_stopping_leaves_nothing(tmp_path: Path, clock: FakeClock, words: Words) -> None:
    shop = await filled(tmp_path / "shop", clock)

    def stop(progress: Progress) -> None:
        if progress.done > 5:
            raise Stopped

    with pytest.raises(Stopped):
        export_everything(shop.paths.database, shop.paths.root, tmp_path / "todo", words, stop)
    assert [path.name for path in tmp_path.iterdir()] == ["shop"]


async def test_tables_that_are_told_of_are_there(tmp_path: Path, clock: FakeClock, words: Words) -> None:
    shop = await filled(tmp_path / "shop", clock)
    with one_moment(shop.paths.database) as snapshot:
        names = {table.name for table in snapshot.tables()}
    assert set(DESCRIBED) <= names
    assert not names & {"change", "lease", "counter", "message_search", "message_search_data"}
    assert all(words.knows(f"export.table.{name}") for name in DESCRIBED)
