"""Zones are found where Python would look, without what that costs, and without leaving a trace for other programs."""

from __future__ import annotations

import os
import subprocess
import sys
import zoneinfo

import pytest

from app.runtime import zones

SEEN = """
import os, sys
from app.runtime.zones import PATH, ZoneInfo
import zoneinfo
print(any(name.startswith("_sysconfigdata") for name in sys.modules), os.environ.get(PATH), ZoneInfo("America/Mexico_City").key, *zoneinfo.TZPATH, sep="\\n")
"""
posix = pytest.mark.skipif(os.name != "posix", reason="elsewhere zones come from the package tzdata alone")


def seen(**environment: str) -> list[str]:
    environ = {name: value for name, value in os.environ.items() if name != zones.PATH} | environment
    command = [sys.executable, "-S", "-c", SEEN]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout.splitlines()


@posix
def test_the_places_are_those_of_python_itself_and_the_environment_stays_as_it_was() -> None:
    imported, left, key, *places = seen()
    assert imported == "False"
    assert left == "None"
    assert key == "America/Mexico_City"
    assert places == list(zones.PLACES)


@posix
def test_places_that_the_user_named_are_kept() -> None:
    assert seen(PYTHONTZPATH="/usr/share/zoneinfo")[3:] == ["/usr/share/zoneinfo"]


def test_they_are_the_library_s_own_zones() -> None:
    assert zones.ZoneInfo is zoneinfo.ZoneInfo
