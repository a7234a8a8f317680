"""ARCHITECTURE.md's table of files is the one that the modules' docstrings give."""

from __future__ import annotations

from pathlib import Path

from installer import file_table


def test_the_table_of_files_is_up_to_date() -> None:
    assert file_table.render() in file_table.DOCUMENT.read_text(encoding="utf-8"), "python3 run.py table"


def test_a_row_is_the_first_sentence_of_the_docstring(tmp_path: Path) -> None:
    package = tmp_path / "app"
    package.mkdir()
    (package / "__init__.py").write_text('"""All of it."""', encoding="utf-8")
    (package / "clock.py").write_text('"""Time | zones, 0.5 s\napart. The only place.\n\nMore."""', encoding="utf-8")

    rows = file_table.render(package).splitlines()[2:]

    assert rows == ["| **app/** | All of it. |", "| `app/clock.py` | Time \\| zones, 0.5 s apart. |"]


def test_the_table_replaces_what_stood_between_the_markers() -> None:
    text = f"before\n{file_table.OPENING}\nold\n{file_table.CLOSING}\nafter\n"
    assert file_table.with_table(text, "new\n") == f"before\n{file_table.OPENING}\nnew\n{file_table.CLOSING}\nafter\n"
