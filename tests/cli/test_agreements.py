"""`tertulia agreements`: listed, and one written as PDF."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from tests.cli.program import Program


def test_one_of_the_list_becomes_a_pdf(sample: Program, tmp_path: Path) -> None:
    listed = sample.run("agreements", "list")
    assert listed.code == 0
    first = listed.items[0]
    assert {"id", "kind", "text", "amount", "currency", "order", "agreed_at"} <= set(first)
    target = tmp_path / "acuerdo.pdf"
    ran = sample.run("agreements", "export", str(first["id"]), target)
    assert (ran.code, ran.item["file"]) == (0, str(target))
    words = " ".join(PdfReader(target).pages[0].extract_text().split())
    assert f"{first['id']}" in words
    assert first["text"][:20] in words


def test_one_that_is_not_there_is_said(sample: Program, tmp_path: Path) -> None:
    ran = sample.run("agreements", "export", "999", tmp_path / "a.pdf")
    assert ran.code == 1
    assert not (tmp_path / "a.pdf").exists()


def test_a_folder_that_is_not_there_is_said(sample: Program, tmp_path: Path) -> None:
    first = sample.run("agreements", "list").items[0]
    ran = sample.run("agreements", "export", str(first["id"]), tmp_path / "nowhere" / "a.pdf")
    assert ran.code == 1
    assert "a.pdf" in ran.err
