"""The plan as CSV: every text comes back, and nothing in it runs."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from hypothesis import given

from app.services.plan_sheet import COLUMNS, sheet_of
from app.services.tags import BOM, RUNS
from tests.services.plans import WORDS, plan_of, planned, texts, zone_of


def rows(data: bytes) -> list[list[str]]:
    assert data.startswith(BOM)
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@given(texts(), texts())
def test_any_text_comes_back_and_no_cell_runs(text: str, title: str) -> None:
    _, found = rows(sheet_of(plan_of(planned(text=text, title=title)), WORDS, zone_of("UTC")))
    assert len(found) == len(COLUMNS)
    assert found[COLUMNS.index("text")].removeprefix("'") in (text, text.removeprefix("'"))
    assert not any(cell.lstrip().startswith(RUNS) for cell in found)


def test_a_row_says_when_in_the_shops_zone_and_how_it_stands() -> None:
    post = planned(at=datetime(2026, 11, 20, 16, tzinfo=UTC), own="=HYPERLINK(1)", clicks=12)
    head, found = rows(sheet_of(plan_of(post), WORDS, zone_of("America/Mexico_City")))
    cells = dict(zip(COLUMNS, found, strict=True))
    assert head[0] == "Day"
    assert (cells["day"], cells["time"], cells["offset"]) == ("2026-11-20", "10:00", "UTC-0600")
    assert (cells["state"], cells["pillar"], cells["campaign"], cells["clicks"]) == (
        "is scheduled",
        "New releases",
        "Navidad",
        "12",
    )
    assert cells["own_texts"] == "Mastodon @aurora: =HYPERLINK(1)"


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    found = rows(sheet_of(plan_of(planned(1, at=first), planned(2, at=second)), WORDS, zone_of("Europe/Madrid")))
    assert [row[1:3] for row in found[1:]] == [["02:30", "UTC+0200"], ["02:30", "UTC+0100"]]
