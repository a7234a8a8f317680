"""The sample shop's morning without a window."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.tour import make_folder
from app.runtime.errors import DiskTrouble
from tests.cli.program import ROOT, Program


def test_it_belongs_to_the_sample_shop_alone(empty: Program, tmp_path: Path) -> None:
    before = sorted(empty.root.rglob("*"))
    ran = empty.run("tour", tmp_path / "fotos")
    assert (ran.code, ran.out) == (2, "")
    assert "--sample" in ran.err
    assert not (tmp_path / "fotos").exists()
    assert sorted(empty.root.rglob("*")) == before


def test_it_does_the_main_job_on_a_copy_and_paints_each_page(sample: Program, tmp_path: Path) -> None:
    before = (sample.root / "network.jsonl").read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "app", *sample.arguments("tour", tmp_path / "fotos")],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=110, check=False,
    )  # fmt: skip
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert {line["did"] for line in told} == {"sync", "post", "reply", "picture"}
    assert next(line for line in told if line["did"] == "sync")["new"] >= 1  # its customers have written
    pictures = sorted((tmp_path / "fotos").glob("*.png"))
    assert "inbox.png" in [file.name for file in pictures]
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in pictures)
    assert (sample.root / "network.jsonl").read_bytes() == before


def test_a_place_that_cannot_hold_pictures_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DiskTrouble):
        make_folder(tmp_path / "file" / "fotos")
