"""Checks that everything the program is shipped with may be shipped: each package of requirements.lock against a list of licences.

    python -m installer.licences [--write]      check, or write the list that Help > About shows (resources/licences.json)

Tools for tests and packaging are not shipped and not looked at. Qt comes under the LGPL: its modules that are GPL alone
(QtCharts, QtGraphs) are in PySide6-Addons, which must therefore never appear in the lock file.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHOWN = ROOT / "resources" / "licences.json"
TEXT_NAMES = re.compile(r"(?:licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)

BESIDES = (
    ("Python", "PSF-2.0"),
    ("Qt", "LGPL-3.0-only"),
    ("OpenBLAS, in numpy", "BSD-3-Clause"),
    ("libgfortran, in numpy", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    ("SQLite", "Public domain"),
    ("Hunspell", "LGPL-2.1-or-later OR MPL-1.1"),
    ("Phosphor Icons", "MIT"),
    ("Font Awesome Free, brand icons", "CC-BY-4.0"),
    ("Emoji pattern of twemoji-parser", "MIT"),
    ("English dictionary (SCOWL)", "BSD-like, see LICENSE-en.txt"),
    ("Spanish dictionary (RLA-ES)", "MPL-1.1"),
    ("French dictionary (Dicollecte)", "MPL-2.0"),
    ("Russian dictionary (Lebedev)", "BSD-3-Clause"),
)
"""What goes along and is no package of the lock file."""

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

TEXTS = ROOT / "installer" / "licence_texts"
OF_QT = ("LGPL-3.0.txt", "GPL-3.0.txt")
WITHOUT_TEXT = {"pyside6-essentials": OF_QT, "shiboken6": OF_QT}
"""The LGPL is written as additions to the GPL."""

ELSEWHERE = {"pywin32-ctypes": "BSD-3-Clause", "colorama": "BSD-3-Clause"}
"""What packages say that only another system installs."""


def main(arguments: list[str]) -> int:
    shipped = shipped_packages((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    found = installed_licences(shipped)
    refused = {name: licence for name, licence in found.items() if not is_allowed(licence)}
    for name, licence in sorted(refused.items()):
        print(f"{name}: {licence} is not in the list of licences we may ship (installer/licences.py)")
    if arguments == ["--write"]:
        SHOWN.write_text(shown_text(found, shipped), encoding="utf-8")
    if not refused:
        print(f"{len(found)} packages, all under a licence we may ship")
    return 1 if refused else 0


def shown_text(found: dict[str, str], shipped: list[str]) -> str:
    """The list of Help > About: packages that only other platforms install are named with what is known of them here, nothing."""
    here = {_normal(name): (name, licence) for name, licence in found.items()}
    rows = [here.get(_normal(name), (name, ELSEWHERE.get(_normal(name), ""))) for name in dict.fromkeys(shipped)]
    rows += BESIDES
    lines = [json.dumps({"name": name, "licence": licence}, ensure_ascii=False) for name, licence in sorted(rows, key=lambda row: row[0].casefold())]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def texts(name: str) -> list[tuple[str, str]]:
    """(file, text) of the licences that an installed package brings, or that are kept here for those that bring none."""
    found = []
    for file in metadata.files(name) or []:
        path = Path(str(file.locate()))
        inside = file.parts[0].endswith(".dist-info") or len(file.parts) <= 2
        if inside and TEXT_NAMES.search(file.as_posix()) and path.suffix not in (".py", ".pyc") and path.is_file():
            found.append((file.name, path.read_text(encoding="utf-8", errors="replace")))
    own = () if found else WITHOUT_TEXT.get(_normal(name), ())
    return found or [(file, (TEXTS / file).read_text(encoding="utf-8")) for file in own]


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
    sys.exit(main(sys.argv[1:]))
