"""One window a profile writes: a second start finds out, and can bring the first to the front."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.ui.instance import Instance, Standing


def test_the_first_start_may_write_and_lets_others_in_when_it_leaves(qapp: QApplication, tmp_path: Path) -> None:
    name = str(tmp_path / "s")
    for _ in range(2):
        instance = Instance(tmp_path / "window.lock", name)
        assert instance.enter() is Standing.FIRST
        instance.leave()


def test_a_second_start_that_reaches_nobody_only_reads(qapp: QApplication, tmp_path: Path) -> None:
    first = Instance(tmp_path / "window.lock", str(tmp_path / "s"))
    assert first.enter() is Standing.FIRST
    assert Instance(tmp_path / "window.lock", str(tmp_path / "s")).enter() is Standing.ELSEWHERE
    first.leave()


def test_a_second_start_raises_the_first(qapp: QApplication, tmp_path: Path) -> None:
    name = str(tmp_path / "s")
    first = Instance(tmp_path / "window.lock", name)
    first.enter()
    raised: list[str] = []
    first.listen(raised.append)
    assert Instance(tmp_path / "window.lock", name).enter("/a  b/ñ \udcff.tertulia-playbook\nx") is Standing.RAISED_ANOTHER
    for _ in range(50):
        qapp.processEvents()
    assert raised == ["/a  b/ñ \udcff.tertulia-playbook x"]
    first.leave()


def test_a_start_after_one_that_was_killed_knows_of_it(qapp: QApplication, tmp_path: Path) -> None:
    dies = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; from app.ui.instance import Instance;"
        " kept = QCoreApplication([]); first = Instance(Path(sys.argv[1]), 'n'); first.enter(); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", dies, str(tmp_path / "window.lock")], check=False)
    second = Instance(tmp_path / "window.lock", str(tmp_path / "s"))
    assert second.enter() is Standing.FIRST
    assert second.was_cut
    second.leave()
    third = Instance(tmp_path / "window.lock", str(tmp_path / "s"))
    third.enter()
    assert not third.was_cut
    third.leave()
