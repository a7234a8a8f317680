"""How the program is started again: from its source, or as a frozen file."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.services.restart import program


def test_the_program_starts_again_as_it_was_started() -> None:
    done = subprocess.run([*program(), "--version"], capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.startswith("tertulia ")


def test_a_frozen_program_is_its_own_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert program() == [sys.executable]
