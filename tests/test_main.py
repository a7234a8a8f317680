"""The `tertulia` command: a window, or one act without it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import main, window_options
from app.runtime.start import Options
from app.version import VERSION

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("", Options()),
        ("--sample", Options(sample=True)),
        ("--profile P", Options(Path("P"))),
        ("--profile=P --sample --language es --page=inbox", Options(Path("P"), True, "es", "inbox")),
    ],
)
def test_without_an_act_the_window_opens(line: str, options: Options) -> None:
    assert window_options(line.split()) == options


def test_a_link_or_a_file_opens_the_window_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = window_options(["tertulia:inbox"])
    assert found is not None
    assert found.target == "tertulia:inbox"
    # A window that is there already was started in another folder; desktops hand over addresses of files.
    file = tmp_path / "mis  respuestas ñ.tertulia-playbook"
    for word in (file.name, str(file), file.as_uri()):
        found = window_options(["--profile", "P", word])
        assert found == Options(Path("P"), target=str(file)), word


@pytest.mark.parametrize("line", ["doctor", "--sample doctor", "--json", "--help", "--version", "--profile", "--profile P accounts list"])
def test_anything_else_is_for_the_command_line(line: str) -> None:
    assert window_options(line.split()) is None


def test_the_exit_code_is_that_of_the_act(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--profile", str(tmp_path / "p"), "accounts", "list"]) == 0
    assert main(["--profile", str(tmp_path / "p"), "outbox", "retry", "7"]) == 1
    with pytest.raises(SystemExit) as end:
        main(["fly"])
    assert end.value.code == 2
    capsys.readouterr()


def test_it_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "app", "--version"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == f"tertulia {VERSION}\n"
