"""run.py: a clear sentence for an old Python, an environment that is made once, and the window only where there is a display."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import run
from installer import environment, system_libraries

ROOT = Path(run.ROOT)

Starts = list[tuple[str, list[str], dict[str, str | None]]]
"""Module, arguments and changed environment of what run.py would have become."""


def test_run_py_can_be_read_by_an_old_python() -> None:
    assert ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 8)).body


def test_run_py_needs_the_standard_library_alone() -> None:
    files = [ROOT / "run.py", ROOT / "installer" / "environment.py", ROOT / "installer" / "system_libraries.py"]
    files += [ROOT / "installer" / "system_tests.py", ROOT / "installer" / "file_table.py"]
    imported = {
        name.partition(".")[0]
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""] if isinstance(node, ast.ImportFrom) else [])
    }
    assert imported - set(sys.stdlib_module_names) == {"installer"}


def test_an_unfit_python_without_a_fitting_one_gets_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 10, "final", 0))
    monkeypatch.setenv("PATH", os.devnull)

    assert run.main([]) == 1

    said = capsys.readouterr().err
    assert said.startswith("Tertulia needs Python 3.11, 3.12 or 3.13; this is Python 3.8")
    assert said.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows asks the py launcher")
def test_an_unfit_python_hands_over_to_a_fitting_one_and_passes_its_exit_code_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fails, works = tmp_path / "shims" / "python3.13", tmp_path / "bin" / "python3.12"
    for script, text in ((fails, "exit 127\n"), (works, '[ "$1" = -c ] && echo 3.12 || { echo "$@" >"$0.said"; exit 7; }\n')):
        script.parent.mkdir()
        script.write_text("#!/bin/sh\n" + text, encoding="utf-8")
        script.chmod(0o755)
    monkeypatch.setattr(sys, "version_info", (3, 10, 1, "final", 0))
    monkeypatch.setenv("PATH", os.pathsep.join([str(fails.parent), str(works.parent)]))

    assert run.main(["sync", "--once"]) == 7

    assert (tmp_path / "bin" / "python3.12.said").read_text(encoding="utf-8").split()[-2:] == ["sync", "--once"]


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], None),
        (["--sample"], None),
        (["--profile", "tour"], None),
        (["--profile", "here", "--sample", "picture", "inbox", "inbox.png"], "picture"),
        (["--json", "inbox", "list"], "inbox"),
    ],
)
def test_the_window_is_meant_where_no_command_is_named(arguments: list[str], command: str | None) -> None:
    assert run.subcommand(arguments) == command


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Starts:
    """What run.py would have become; nothing is set up and nothing is started."""
    calls: Starts = []
    monkeypatch.setattr(environment, "ensure", lambda group: None)
    monkeypatch.setattr(system_libraries, "ensure", lambda **_: None)

    def become(module: str, arguments: list[str], extra: dict[str, str | None] | None = None) -> int:
        calls.append((module, arguments, extra or {}))
        return 0

    monkeypatch.setattr(environment, "become_module", become)
    return calls


def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("arguments", [[], ["--sample"]])
def test_without_a_display_the_morning_is_painted_and_one_sentence_says_so(
    arguments: list[str],
    started: Starts,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    no_display(monkeypatch)

    run.main(arguments)

    ((module, given, extra),) = started
    assert (module, given[:2], extra) == ("app", ["--sample", "tour"], {"QT_QPA_PLATFORM": "offscreen"})
    said = capsys.readouterr().out
    assert said.startswith("There is no display here")
    assert given[2] in said
    assert said.count("\n") == 1
    Path(given[2]).parent.rmdir()


def test_with_a_display_the_window_opens(started: Starts, monkeypatch: pytest.MonkeyPatch) -> None:
    no_display(monkeypatch)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    run.main(["--sample"])
    assert started == [("app", ["--sample"], {})]


def test_a_command_of_the_program_is_passed_on(started: Starts, monkeypatch: pytest.MonkeyPatch) -> None:
    no_display(monkeypatch)
    run.main(["--json", "inbox", "list"])
    assert started == [("app", ["--json", "inbox", "list"], {"QT_QPA_PLATFORM": "offscreen"})]


def test_arguments_of_test_go_to_pytest(started: Starts) -> None:
    run.main(["test"])
    run.main(["test", "tests/store", "-x"])
    assert [arguments for _, arguments, _ in started] == [["-n", "auto"], ["tests/store", "-x"]]


def test_compiled_files_are_kept_and_the_checkout_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPATH", "mine")
    given = environment.child_environment({"QT_QPA_PLATFORM": None})
    assert "PYTHONDONTWRITEBYTECODE" not in given
    assert "QT_QPA_PLATFORM" not in given
    assert given["PYTHONPATH"] == os.pathsep.join([str(ROOT), "mine"])


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment that looks ready for this Python, with every attempt to install written down instead of done."""
    folder = tmp_path / ".venv"
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    monkeypatch.setattr(environment, "VENV", folder)
    monkeypatch.setattr(environment, "PYTHON", python)
    monkeypatch.setattr(environment, "LOCKS", {"runtime": tmp_path / "a.lock", "dev": tmp_path / "b.lock"})
    monkeypatch.setattr(environment, "_install", lambda lock: note(tmp_path / "installed", lock.name))
    (tmp_path / "a.lock").write_text("one==1\n", encoding="utf-8")
    (tmp_path / "b.lock").write_text("one==1\ntwo==2\n", encoding="utf-8")
    return tmp_path


def note(file: Path, line: str) -> None:
    with file.open("a", encoding="utf-8") as lines:
        lines.write(line + "\n")


def installed(folder: Path) -> list[str]:
    return (folder / "installed").read_text(encoding="utf-8").split()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_the_second_start_installs_nothing(venv: Path) -> None:
    environment.ensure("runtime")
    environment.ensure("runtime")
    assert installed(venv) == ["a.lock"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_what_the_tests_need_covers_what_the_program_needs(venv: Path) -> None:
    environment.ensure("dev")
    environment.ensure("runtime")
    assert installed(venv) == ["b.lock"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_changed_lock_file_is_installed_again(venv: Path) -> None:
    environment.ensure("runtime")
    (venv / "a.lock").write_text("one==2\n", encoding="utf-8")
    environment.ensure("runtime")
    assert installed(venv) == ["a.lock", "a.lock"]


def test_missing_libraries_are_named_with_the_line_to_type(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    absent = system_libraries.Library("libnowhere.so.9", "libnowhere9", "nowhere")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_libraries, "PAINTING", (absent,))
    monkeypatch.setattr(system_libraries, "can_install", lambda: False)
    monkeypatch.setattr(system_libraries, "_family", lambda: "debian")

    with pytest.raises(SystemExit) as stopped:
        system_libraries.ensure(window=False, stamps=tmp_path)

    assert stopped.value.code == 1
    assert capsys.readouterr().err.splitlines() == [
        "Tertulia needs libraries of this system that are missing: libnowhere.so.9.",
        "Type: sudo apt install libnowhere9",
    ]
    assert not list(tmp_path.iterdir())


def test_root_on_debian_gets_missing_libraries_installed_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[list[str]] = []
    there = tmp_path / "there"

    class Later(system_libraries.Library):
        def is_missing(self) -> bool:
            return not there.exists()

    def install(packages: list[str]) -> None:
        asked.append(packages)
        there.touch()

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_libraries, "PAINTING", (Later("libx.so", "libx1", "x"),))
    monkeypatch.setattr(system_libraries, "can_install", lambda: True)
    monkeypatch.setattr(system_libraries, "install", install)
    monkeypatch.setattr(system_libraries, "scripts_without_font", list)

    system_libraries.ensure(window=False, stamps=tmp_path)
    system_libraries.ensure(window=False, stamps=tmp_path)

    assert asked == [["libx1"]]


def test_the_help_is_shown_without_setting_anything_up() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "run.py"), "--help"], capture_output=True, text=True, check=False, env={**os.environ, "TERTULIA_VENV": "none"})
    assert done.returncode == 0
    assert "python3 run.py test" in done.stdout
    assert not (ROOT / "none").exists()
