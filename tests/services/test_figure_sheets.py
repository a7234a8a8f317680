"""Tables as CSV files: read back as they were, nothing run, nothing replaced."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.runtime.errors import UserMistake
from app.services.figure_sheets import FigureSheets, file_name


async def test_a_table_is_read_back_as_it_was(tmp_path: Path) -> None:
    rows = [("1 nov", "12"), ('«Marea», "ya"', "—")]
    (path,) = await FigureSheets().save(tmp_path, [("Clics en enlaces", ("Día", "Clics"), rows)])
    assert path.name == "clics-en-enlaces.csv"
    assert list(csv.reader(path.read_text("utf-8-sig").splitlines())) == [["Día", "Clics"], *map(list, rows)]


async def test_no_cell_is_run_by_a_spreadsheet(tmp_path: Path) -> None:
    (path,) = await FigureSheets().save(tmp_path, [("x", ("a",), [('=HYPERLINK("http://x")',)])])
    assert not list(csv.reader(path.read_text("utf-8-sig").splitlines()))[1][0].startswith("=")


async def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("mine")
    (path,) = await FigureSheets().save(tmp_path, [("x", ("a",), [])])
    assert path.name == "x-2.csv"
    assert (tmp_path / "x.csv").read_text() == "mine"


async def test_a_folder_that_takes_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserMistake):
        await FigureSheets().save(tmp_path / "gone", [("x", ("a",), [])])


@pytest.mark.parametrize(("title", "name"), [("../../etc", "etc"), ("Clics: «nuestros»", "clics-nuestros"), ("/", "figures"), ("唱片 点击", "唱片-点击")])
def test_titles_make_harmless_file_names(title: str, name: str) -> None:
    assert file_name(title) == name
