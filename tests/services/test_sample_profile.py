"""What may be asked of a sample profile before anything is loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from app.runtime.clock import from_ms
from app.runtime.paths import Paths
from app.services import sample_profile

ROOT = Path(__file__).resolve().parents[2]


def test_an_empty_or_unfinished_or_older_shop_is_stale() -> None:
    now = from_ms(1_795_000_000_000)
    assert sample_profile.stale(None, now)
    assert sample_profile.stale("", now)
    assert sample_profile.stale("{}", now)
    assert sample_profile.stale("[1]", now)
    zone = "America/Mexico_City"
    made = {"version": sample_profile.VERSION, "day": "2026-11-18", "zone": zone}
    assert sample_profile.stale(json.dumps({**made, "version": 0}), now)
    assert not sample_profile.stale(json.dumps(made), now)
    assert not sample_profile.stale(sample_profile.made_on(now, zone), now)


def test_an_emptied_profile_keeps_its_folders_and_nothing_of_the_shop(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path)
    paths.create()
    for file in (
        paths.database,
        sample_profile.server_file(paths),
        paths.media / "a.png",
        tmp_path / "tertulia.db-wal",
    ):
        file.write_bytes(b"x")
    paths.window_ini.write_text("[window]", encoding="utf-8")
    sample_profile.make_room(paths)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [paths.window_ini]
    assert paths.media.is_dir()
    sample_profile.make_room(paths)


def test_asking_loads_nothing_but_the_standard_library() -> None:
    asked = "import sys, app.services.sample_profile; print(sorted({'asyncio', 'sqlmodel', 'sqlalchemy', 'httpx'} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
