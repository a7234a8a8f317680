"""The checkout's own virtual environment: made, filled from the lock files, and entered. Standard library only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
# A second environment beside the first, to try another Python without rebuilding: TERTULIA_VENV=.venv-3.13 python3.13 run.py test
VENV = ROOT / os.environ.get("TERTULIA_VENV", ".venv")
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"runtime": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}


def stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


def ensure(group: str) -> None:
    """Make sure that everything in the group's lock file is installed. The second time this costs a few milliseconds."""
    wanted = {name: _stamp(name) for name in (("runtime",) if group == "runtime" else ("runtime", "dev"))}
    if PYTHON.exists() and all(_read(_stamp_file(name)) == stamp for name, stamp in wanted.items()):
        return
    if not _fits():
        _make()
    size = "about 170 MB" if group == "runtime" else "about 230 MB"
    print(f"Setting up Tertulia in {VENV} (once; {size} to download, a minute or so) ...", flush=True)
    _install(LOCKS[group])
    for name, stamp in wanted.items():
        _stamp_file(name).write_text(stamp, encoding="utf-8")


def child_environment(extra: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """This process's environment for a child: the checkout can be imported; a value of None in `extra` removes the name."""
    environment = dict(os.environ)
    # Compiled files make every later start faster; where this is set, each start would compile all modules again.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.pop("PYTHONHOME", None)
    environment["PYTHONPATH"] = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH")) if part)
    for name, value in (extra or {}).items():
        if value is None:
            environment.pop(name, None)
        else:
            environment[name] = value
    return environment


def run_python(arguments: list[str], extra: Mapping[str, str | None] | None = None, cwd: Path = ROOT) -> int:
    """Run the environment's Python, wait, and return its exit code as a shell would (130 after Ctrl+C)."""
    process = subprocess.Popen([str(PYTHON), "-P", *arguments], env=child_environment(extra), cwd=cwd)
    interrupted = False
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:  # the terminal has sent it to the child as well: let it end in order
            interrupted = True
            continue
        return 130 if interrupted else code if code >= 0 else 128 - code


def become_module(module: str, arguments: list[str], extra: Mapping[str, str | None] | None = None) -> int:
    """Run a module in the environment in place of this process where the platform can, in the caller's folder.

    pytest and the project's own tools run in the checkout; `app` gets paths relative to where the user stands.
    """
    cwd = Path.cwd() if module == "app" else ROOT
    if os.name == "nt":
        return run_python(["-m", module, *arguments], extra, cwd)
    os.chdir(cwd)
    sys.stdout.flush()
    return os.execve(PYTHON, [str(PYTHON), "-P", "-m", module, *arguments], child_environment(extra))


def lock(arguments: list[str]) -> int:
    """Resolve pyproject.toml into both lock files, for all platforms and Pythons, with hashes and without any address."""
    uv = shutil.which("uv")
    if not uv:
        stop("Pinning needs uv on PATH: pipx install uv")
    common = ["--universal", "--python-version", "3.11", "--no-emit-index-url", "--generate-hashes", "--quiet"]
    common += ["--custom-compile-command", "python3 run.py lock", *arguments]
    runtime, dev = LOCKS["runtime"].name, LOCKS["dev"].name
    for extra in (["-o", runtime], ["--group", "dev", "-c", runtime, "-o", dev]):
        code = subprocess.call([uv, "pip", "compile", "pyproject.toml", *common, *extra], cwd=ROOT)
        if code:
            return code
    return 0


def _stamp(group: str) -> str:
    import hashlib

    if not LOCKS[group].exists():
        stop(f"{LOCKS[group].name} is missing from this checkout.")
    digest = hashlib.sha256(LOCKS[group].read_bytes()).hexdigest()
    return f"{digest} {sys.version_info[0]}.{sys.version_info[1]} {VENV}"


def _stamp_file(group: str) -> Path:
    return VENV / f".set-up-{group}"


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return None


def _fits() -> bool:
    """Is there an environment that starts and has this Python's version?"""
    if not PYTHON.exists():
        return False
    probe = [str(PYTHON), "-c", "import sys; print(*sys.version_info[:2])"]
    found = subprocess.run(probe, capture_output=True, text=True, check=False)
    return found.returncode == 0 and found.stdout.split() == [str(part) for part in sys.version_info[:2]]


def _make() -> None:
    if Path(sys.prefix).resolve() == VENV.resolve():
        stop(f"{VENV} has to be made anew, and this Python is inside it: start run.py with the system's Python.")
    if VENV.exists():
        shutil.rmtree(VENV)
    uv = shutil.which("uv")
    if uv and subprocess.call([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)]) == 0:
        return
    _ensure_venv_module()
    if subprocess.call([sys.executable, "-m", "venv", str(VENV)]):
        shutil.rmtree(VENV, ignore_errors=True)
        stop(f"The virtual environment could not be made in {VENV}; the reason stands above.")


def _ensure_venv_module() -> None:
    """Debian and Ubuntu ship Python without ensurepip, and `venv` then leaves a broken folder behind."""
    from installer import system_libraries

    if subprocess.run([sys.executable, "-c", "import venv, ensurepip"], capture_output=True, check=False).returncode == 0:
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if not system_libraries.can_install():
        stop(f"This Python cannot make virtual environments. Install the missing part and start again: sudo apt install {package}")
    system_libraries.install([package])


def _install(lock_file: Path) -> None:
    uv = shutil.which("uv")
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--compile-bytecode"]
    else:
        if subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False).returncode:
            subprocess.call([str(PYTHON), "-m", "ensurepip"], stdout=subprocess.DEVNULL)
        command = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    command += ["--require-hashes", "--requirement", str(lock_file)]
    if subprocess.call(command, env=child_environment(), stdin=subprocess.DEVNULL):
        stop("Tertulia's parts could not be installed; the reason stands above. Is this computer online?")
