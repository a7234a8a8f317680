"""Checks that everything the program is shipped with may be shipped: each package of requirements.lock against a list of licences.

Tools for tests and packaging are not shipped and not looked at. Qt comes under the LGPL: its modules that are GPL alone
(QtCharts, QtGraphs) are in PySide6-Addons, which must therefore never appear in the lock file.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

ALLOWED = {
    "0BSD",
    "Apache Software License",
    "Apache-2.0",
    "BSD License",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "CNRI-Python",
    "ISC",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "MIT",
    "MIT License",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)",
    "PSF-2.0",
    "Unlicense",
    "Zlib",
}


def main() -> int:
    shipped = shipped_packages((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    found = installed_licences(shipped)
    refused = {name: licence for name, licence in found.items() if not is_allowed(licence)}
    for name, licence in sorted(refused.items()):
        print(f"{name}: {licence} is not in the list of licences we may ship (installer/licences.py)")
    if not refused:
        print(f"{len(found)} packages, all under a licence we may ship")
    return 1 if refused else 0


def shipped_packages(lock: str) -> list[str]:
    """Names in a lock file, markers for other platforms included."""
    return re.findall(r"^([A-Za-z0-9._-]+)==", lock, flags=re.MULTILINE)


def installed_licences(names: list[str]) -> dict[str, str]:
    """What the installed packages among `names` say of themselves."""
    command = [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json", "--with-system"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    wanted = {_normal(name) for name in names}
    return {entry["Name"]: entry["License"] for entry in json.loads(answer.stdout) if _normal(entry["Name"]) in wanted}


def is_allowed(licence: str) -> bool:
    """An expression is allowed where each part joined by AND (or a list of classifiers) offers an allowed alternative."""
    parts = re.split(r"\bAND\b|;", licence)
    return all(any(choice.strip(" ()") in ALLOWED or choice.strip() in ALLOWED for choice in part.split(" OR ")) for part in parts)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
