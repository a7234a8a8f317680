#!/usr/bin/env python3
"""Starts Tertulia from a checkout: makes its own environment where needed, then runs the program, its tests or its checks.

    python3 run.py                     open the window (no display: the sample shop's morning, painted to files)
    python3 run.py ARGUMENTS...        the `tertulia` command: accounts, post, sync, inbox, picture, doctor ...
    python3 run.py test [ARGUMENTS]    every test that needs no system packages; ARGUMENTS go to pytest
    python3 run.py test --system       the tests on a real desktop, keyring, mail and Bluesky server, a minimal Debian
    python3 run.py check               ruff, mypy, import rules, licences, translations
    python3 run.py bench | faults      figures against their baselines | what happens when the cable is pulled
    python3 run.py package             the program for this platform, its packages and its list of parts, in dist/
    python3 run.py words | table       compile the translations | write ARCHITECTURE.md's file table
    python3 run.py guide [--html]      paint the guide's pictures anew, write the guide as HTML to dist/ | HTML alone
    python3 run.py lock                pin the dependencies anew (needs uv)

On Windows: py run.py. Needs Python 3.11, 3.12 or 3.13 and nothing else. This file must stay readable for Python 3.8,
so that an older Python gets a sentence and not a syntax error.
"""

from __future__ import annotations

import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
SUPPORTED = ((3, 13), (3, 12), (3, 11))
# Commands of `tertulia` that paint, and therefore need the system libraries of Qt.
PAINTING = ("tour", "picture", "report")
OPTIONS_WITH_VALUE = ("--profile",)


def main(arguments: list[str]) -> int:
    if sys.version_info[:2] not in SUPPORTED:
        return start_with_another_python(arguments)
    if ROOT not in sys.path:
        sys.path.insert(0, ROOT)
    if arguments[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    own = OWN_COMMANDS.get(arguments[0]) if arguments else None
    return own(arguments[1:]) if own else tertulia(arguments)


def start_with_another_python(arguments: list[str]) -> int:
    """Hand over to a fitting Python of this machine, or say in one sentence what is needed."""
    import subprocess

    probe = "import sys; print('%d.%d' % sys.version_info[:2])"
    for version in ["%d.%d" % pair for pair in SUPPORTED]:
        for candidate in pythons(version):
            try:
                found = subprocess.run(candidate + ["-c", probe], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=30)
            except (OSError, subprocess.TimeoutExpired):
                continue
            if found.returncode == 0 and found.stdout.decode().strip() == version:
                try:
                    return subprocess.call(candidate + [os.path.join(ROOT, "run.py")] + arguments)
                except KeyboardInterrupt:
                    return 130
    print(
        "Tertulia needs Python 3.11, 3.12 or 3.13; this is Python %d.%d, and no other was found on this computer. "
        "Install one of them and start again." % sys.version_info[:2],
        file=sys.stderr,
    )
    return 1


def pythons(version: str) -> list[list[str]]:
    """Commands that may start this version. All of PATH is looked at: a version manager's stand-in may come first and fail."""
    if os.name == "nt":
        return [["py", "-" + version]]
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    files = [os.path.join(folder, "python" + version) for folder in folders if folder]
    return [[file] for file in files if os.access(file, os.X_OK)]


def has_display() -> bool:
    if not sys.platform.startswith(("linux", "freebsd")):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def subcommand(arguments: list[str]) -> str | None:
    """The first word that is neither an option nor an option's value; None: the window is meant."""
    words = iter(arguments)
    for word in words:
        if word in OPTIONS_WITH_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None


def tertulia(arguments: list[str]) -> int:
    from installer import environment

    environment.ensure("runtime")
    command = subcommand(arguments)
    opens_window = command is None and not {"-h", "--help", "--version"} & set(arguments)
    if opens_window or command in PAINTING:
        from installer import system_libraries

        system_libraries.ensure(window=opens_window and has_display(), stamps=environment.VENV)
    extra = {} if has_display() else {"QT_QPA_PLATFORM": "offscreen"}
    if opens_window and not has_display():
        import tempfile

        folder = os.path.join(tempfile.mkdtemp(prefix="tertulia-"), "tertulia-tour")
        print("There is no display here, so the sample shop's morning runs without a window; its pictures go to " + folder, flush=True)
        arguments = ["--sample", "tour", folder]
    return environment.become_module("app", arguments, extra)


def test(arguments: list[str]) -> int:
    from installer import environment, system_libraries

    environment.ensure("dev")
    if "--system" in arguments:
        from installer import system_tests

        system_libraries.ensure(window=True, stamps=environment.VENV)
        system_tests.install_what_may_be_installed()
        rest = [argument for argument in arguments if argument != "--system"]
        return environment.become_module("pytest", ["-m", "system", "-n", "0", *rest], {"QT_QPA_PLATFORM": None})
    system_libraries.ensure(window=False, stamps=environment.VENV)
    return environment.become_module("pytest", arguments or ["-n", "auto"], {"QT_QPA_PLATFORM": "offscreen"})


def check(arguments: list[str]) -> int:
    from installer import environment

    environment.ensure("dev")
    steps = {
        "ruff": ["-m", "ruff", "check", "."],
        "mypy": ["-m", "mypy"],
        "imports": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        "licences": ["-m", "installer.licences"],
        "words": ["-m", "installer.compile_words", "--check"],
    }
    failed = []
    for name, command in steps.items():
        print("== " + name, flush=True)
        code = environment.run_python(command)
        if code == 130:
            return code
        if code:
            failed.append(name)
    print("check: " + ("failed: " + ", ".join(failed) if failed else "all of " + ", ".join(steps) + " passed"))
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    return tests_module("tests.benchmarks", arguments)


def faults(arguments: list[str]) -> int:
    if "--full" in arguments:  # thousands of random days as well, with commands, crashes and clock jumps in any order
        from installer import environment

        environment.ensure("dev")
        days = {"TERTULIA_RANDOM_DAYS": os.environ.get("TERTULIA_RANDOM_DAYS", "3000")}
        code = environment.run_python(["-m", "pytest", "tests/services/test_exactly_once.py", "-q", "-n", "0", "--timeout", "0"], days)
        if code:
            return code
    return tests_module("tests.faults", [argument for argument in arguments if argument != "--full"])


def tests_module(module: str, arguments: list[str]) -> int:
    from installer import environment, system_libraries

    environment.ensure("dev")
    system_libraries.ensure(window=False, stamps=environment.VENV)
    extra = {} if os.environ.get("QT_QPA_PLATFORM") else {"QT_QPA_PLATFORM": "offscreen"}
    return environment.become_module(module, arguments, extra)


def package(arguments: list[str]) -> int:
    from installer import environment, system_libraries

    environment.ensure("dev")
    system_libraries.ensure(window=False, stamps=environment.VENV)
    system_libraries.ensure_packaging_tools()
    return environment.become_module("installer.packaging", arguments)


def words(arguments: list[str]) -> int:
    from installer import environment

    environment.ensure("dev")
    return environment.become_module("installer.compile_words", arguments)


def guide(arguments: list[str]) -> int:
    from installer import environment, system_libraries

    environment.ensure("runtime")
    system_libraries.ensure(window=False, stamps=environment.VENV)
    return environment.become_module("installer.guide", arguments, {"QT_QPA_PLATFORM": "offscreen"})


def table(arguments: list[str]) -> int:
    from installer import file_table

    return file_table.main(arguments)


def lock(arguments: list[str]) -> int:
    from installer import environment

    return environment.lock(arguments)


OWN_COMMANDS = {
    "test": test,
    "check": check,
    "bench": bench,
    "faults": faults,
    "package": package,
    "words": words,
    "guide": guide,
    "table": table,
    "lock": lock,
}

if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
