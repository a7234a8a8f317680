"""Battery and paid data: less is read and no picture fetched, unless the user minds not."""

from __future__ import annotations

from datetime import timedelta

from app.runtime.settings import Desktop, Settings
from app.services.sparing import FACTOR, Sparing, fetch_sparingly

FIVE = timedelta(minutes=5)


async def test_on_battery_it_reads_less_often_and_fetches_no_pictures() -> None:
    settings = Settings(dict, lambda *_kept: None)
    sparing = Sparing(settings)
    heard: list[bool] = []
    sparing.changed.connect(lambda: heard.append(True))

    async def fetch(url: str, most: int) -> bytes | None:
        return f"{url} {most}".encode()

    assert (sparing.interval(FIVE), await fetch_sparingly(sparing, fetch, "a", 1)) == (FIVE, b"a 1")
    sparing.note(on_battery=True, metered=False)
    sparing.note(on_battery=True, metered=False)
    assert heard == [True]
    assert (sparing.interval(FIVE), await fetch_sparingly(sparing, fetch, "a", 1)) == (FIVE * FACTOR, None)
    settings.change(Desktop, sparing=False)
    assert (sparing.interval(FIVE), await fetch_sparingly(sparing, fetch, "a", 1)) == (FIVE, b"a 1")
