"""`tertulia plan export`: a calendar file, a spreadsheet, pages."""

from __future__ import annotations

import csv
from pathlib import Path

import icalendar
import pytest
from pypdf import PdfReader

from tests.cli.program import Program


def test_the_plan_is_written_as_its_name_ends(sample: Program, tmp_path: Path) -> None:
    for ending in ("ics", "csv", "pdf"):
        ran = sample.run("plan", "export", tmp_path / f"plan.{ending}")
        assert ran.code == 0
        assert ran.item["posts"] > 5
    events = icalendar.Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT")
    rows = list(csv.reader((tmp_path / "plan.csv").read_text("utf-8-sig").splitlines()))
    assert len([each for each in events if str(each["uid"]).startswith("post-")]) == ran.item["posts"]
    assert rows[0][:3] == ["Day", "Time", "From UTC"]
    assert len(PdfReader(tmp_path / "plan.pdf").pages) > 1


def test_days_and_layout_may_be_told(sample: Program, tmp_path: Path) -> None:
    ran = sample.run(
        "plan", "export", tmp_path / "plan.pdf", "--from", "2020-01-01", "--to", "2020-02-15", "--layout", "month"
    )
    assert (ran.code, ran.item["posts"]) == (0, 0)
    assert len(PdfReader(tmp_path / "plan.pdf").pages) == 2


@pytest.mark.parametrize("words", [["plan.docx"], ["plan.ics", "--from", "2026-02-01", "--to", "2026-01-01"]])
def test_what_cannot_be_is_said(sample: Program, tmp_path: Path, words: list[str]) -> None:
    ran = sample.run("plan", "export", tmp_path / words[0], *words[1:])
    assert ran.code == 1
    assert ran.err
    assert list(tmp_path.glob("plan.*")) == []
