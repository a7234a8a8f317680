"""What is measured is the program's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import starting

IMPORT = "import sys, tests.benchmarks.__main__; sys.exit('PySide6' in sys.modules)"


def test_starts_are_measured_from_a_process_without_qt() -> None:
    """Two processes share the memory of a library: the bare window would be told smaller, and the program's ratio larger."""
    assert subprocess.run([sys.executable, "-c", IMPORT], cwd=Path(__file__).parents[2]).returncode == 0


def test_where_qt_is_there_nothing_is_measured(qapp: object, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="share its memory"):
        next(starting.figures(tmp_path, tmp_path, tmp_path))
