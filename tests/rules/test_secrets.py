"""No secret is written down in the project: no token, no private key, no password that looks real."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.rules.sources import ROOT

SHAPES = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*[A-Za-z0-9+/=]{40,}"),
    "JSON web token": re.compile(r"\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}"),
    "X bearer token": re.compile(r"\bAAAAAAAAAAAAAAAAAAAAA[A-Za-z0-9%]{40,}"),
    "Meta token": re.compile(r"\bEAA[A-Za-z0-9]{60,}"),
    "GitHub token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50,})"),
    "AWS key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "Slack token": re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{20,}"),
    "long opaque value under a secret's name": re.compile(
        r"(?i)(?:secret|token|password|passwd|api_?key)[\"']?\s*[:=]\s*[\"'](?=[^\"']*[0-9])(?=[^\"']*[A-Z])(?=[^\"']*[a-z])[A-Za-z0-9+/_=-]{32,}[\"']"
    ),
}
TEXT = {".py", ".toml", ".md", ".json", ".po", ".txt", ".yml", ".yaml", ".cfg", ".ini", ".sh", ".html", ".spec", ""}


def test_no_file_holds_a_secret() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {shape}"
        for path in project_files()
        if path.suffix in TEXT
        for shape, pattern in SHAPES.items()
        if pattern.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_the_shapes_find_what_they_are_for() -> None:
    opaque = "aB3" * 12
    examples = {
        "JSON web token": ".".join(["eyJ" + "a" * 24, "eyJ" + "b" * 24, "c" * 24]),
        "AWS key": "AKIA" + "Z" * 16,
        "long opaque value under a secret's name": f'access_token = "{opaque}"',
    }
    assert all(SHAPES[shape].search(example) for shape, example in examples.items())


def project_files() -> list[Path]:
    """What git knows or would add; in a copy without git, everything but what the project itself makes."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        made = {"build", "dist", "__pycache__"}
        paths = [path for path in ROOT.rglob("*") if not any(part in made or part.startswith(".") for part in path.relative_to(ROOT).parts)]
    return [path for path in paths if path.is_file()]
