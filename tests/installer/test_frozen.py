"""The door of the frozen program gives the environment back before anything else is started."""

from __future__ import annotations

import os
import subprocess
import sys

from installer.identity import ROOT


def started(**surroundings: str) -> str:
    """What a program that ours starts would find."""
    code = "import os, sys; sys.argv[1:] = ['--version']\ntry:\n    import installer.frozen\nexcept SystemExit:\n    print(os.environ.get('LD_LIBRARY_PATH'))"
    plain = {name: value for name, value in os.environ.items() if not name.startswith("LD_LIBRARY_PATH")}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**plain, **surroundings}, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


def test_where_the_loader_made_a_path_of_its_own_none_is_left() -> None:
    assert started(LD_LIBRARY_PATH="/opt/ours/_internal") == "None"


def test_a_path_of_the_users_own_is_put_back() -> None:
    assert started(LD_LIBRARY_PATH="/opt/ours/_internal:/usr/local/lib", LD_LIBRARY_PATH_ORIG="/usr/local/lib") == "/usr/local/lib"


def test_a_program_without_any_output_does_not_end_by_saying_something() -> None:
    code = "import sys; sys.argv[1:] = ['--version']; sys.stdout = sys.stderr = None\nimport installer.frozen"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
