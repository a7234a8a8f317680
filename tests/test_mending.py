"""Damage that nothing looked for: an error is looked into once, and only what the whole file confirms is told as damage."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from app.mending import DamageWatch
from app.runtime.errors import Damaged, DiskFull
from app.runtime.words import message
from tests.services.shop import empty_data_file


class Heard:
    def __init__(self, database: Path) -> None:
        self.found: list[Damaged] = []
        self.other: list[BaseException] = []
        self.posted: list[Callable[[], None]] = []
        self.came = threading.Event()
        self.watch = DamageWatch(database, self._post, self.found.append)

    def _post(self, act: Callable[[], None]) -> None:
        self.posted.append(act)
        self.came.set()

    def hear(self, error: BaseException) -> None:
        self.watch.hear(error, lambda: self.other.append(error))

    def go_on(self) -> None:
        assert self.came.wait(30)
        self.came.clear()
        posted, self.posted = self.posted, []
        for act in posted:
            act()


def test_a_damaged_file_is_found_once(tmp_path: Path) -> None:
    file = tmp_path / "tertulia.db"
    file.write_bytes(empty_data_file()[:8192] + b"\x55" * 40_000)
    heard = Heard(file)
    trouble = Damaged(technical="SQLITE_CORRUPT")
    heard.hear(trouble)
    heard.hear(Damaged())
    heard.go_on()
    heard.hear(Damaged())
    assert heard.found == [trouble]
    assert heard.watch.trouble is trouble
    assert heard.other == []
    assert heard.posted == []


def test_an_error_about_another_file_is_told_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "tertulia.db"
    file.write_bytes(empty_data_file())
    heard = Heard(file)
    trouble = Damaged(technical="a backup")
    heard.hear(trouble)
    heard.go_on()
    assert heard.other == [trouble]
    assert heard.watch.trouble is None
    for other in (DiskFull(), ValueError("a bug"), Damaged(message("sample.content_missing", file="shop.json"))):
        heard.hear(other)
        assert heard.other[-1] is other, "nothing is looked into"
