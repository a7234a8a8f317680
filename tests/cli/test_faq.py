"""`tertulia export faq FILE`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.program import Program


def test_published_questions_go_out_as_a_page(sample: Program, tmp_path: Path) -> None:
    file = tmp_path / "faq.md"
    assert sample.run("export", "faq", file, "--page-language", "en").item == {"questions": 1, "file": str(file)}
    assert "## When will you have the record I am looking for?" in file.read_text("utf-8")


def test_without_any_it_says_so(empty: Program, tmp_path: Path) -> None:
    ran = empty.run("export", "faq", tmp_path / "faq.html")
    assert ran.code != 0
    assert "None of these questions has an answer" in ran.err
