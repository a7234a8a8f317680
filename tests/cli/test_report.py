"""`tertulia report`: a file, everything in a folder, letters, what is due."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.cli.report import wanted_of
from app.models.insight import Period
from app.runtime.errors import UserMistake
from tests.cli.program import Program


def test_a_report_is_written_as_its_name_ends(sample: Program, tmp_path: Path) -> None:
    pdf = sample.run("report", tmp_path / "uno.pdf", "--report-language", "ru")
    assert pdf.code == 0
    words = "".join("".join(page.extract_text() for page in PdfReader(tmp_path / "uno.pdf", strict=True).pages).split())
    for said in ("DiscosAurora", "Отчётза28дней", "Подписчики", "Сводка", "Кампании"):
        assert said in words, said
    page = sample.run("report", tmp_path / "dos.html", "--days", 7)
    assert page.code == 0
    assert "7-day report" in (tmp_path / "dos.html").read_text("utf-8")


def test_a_folder_gets_everything(sample: Program, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    ran = sample.run("report", folder, "--report-language", "zh")
    endings = [path.suffix for path in folder.iterdir()]
    assert len(ran.item["files"]) == len(endings)
    assert {".pdf", ".html", ".png", ".svg", ".csv"} == set(endings)


def test_nothing_is_due_until_it_is_set(sample: Program) -> None:
    ran = sample.run("report", "--due")
    assert (ran.code, ran.item["made"]) == (0, False)


@pytest.mark.parametrize(
    "words", [[], ["x.pdf", "--from", "2026-02-01", "--to", "2026-01-01"], ["x.pdf", "--to", "2999-01-01"]]
)
def test_what_cannot_be_is_said(sample: Program, tmp_path: Path, words: list[str]) -> None:
    ran = sample.run("report", *[tmp_path / each if each == "x.pdf" else each for each in words])
    assert ran.code == 1
    assert ran.err
    assert not (tmp_path / "x.pdf").exists()


def test_days_are_those_before_today_unless_told() -> None:
    today = date(2026, 11, 22)

    def of(**how: object) -> Period:
        return wanted_of(
            Namespace(**{"first": None, "last": None, "days": 28, "account": [], "report_language": "", **how}), today
        ).period

    assert of() == Period(date(2026, 10, 25), date(2026, 11, 21))
    assert of(days=7) == Period(date(2026, 11, 15), date(2026, 11, 21))
    assert of(first=date(2026, 11, 1)) == Period(date(2026, 11, 1), date(2026, 11, 21))
    with pytest.raises(UserMistake):
        of(last=today)
