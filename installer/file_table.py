"""Writes ARCHITECTURE.md's table of files from the first sentence of each module's docstring, between two markers. Standard library only."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "ARCHITECTURE.md"
OPENING, CLOSING = "<!-- files -->", "<!-- /files -->"


def main(arguments: list[str]) -> int:
    """Writes the table; with `--check` only says whether it is up to date."""
    text = DOCUMENT.read_text(encoding="utf-8")
    wanted = with_table(text, render())
    if wanted == text:
        return 0
    if "--check" in arguments:
        print("ARCHITECTURE.md's file table is out of date: python3 run.py table", file=sys.stderr)
        return 1
    DOCUMENT.write_text(wanted, encoding="utf-8", newline="\n")
    return 0


def with_table(text: str, table: str) -> str:
    if text.count(OPENING) != 1 or text.count(CLOSING) != 1:
        raise SystemExit(f"ARCHITECTURE.md must hold {OPENING} and {CLOSING}, once each")
    before, rest = text.split(OPENING)
    after = rest.split(CLOSING)[1]
    return f"{before}{OPENING}\n{table}{CLOSING}{after}"


def render(folder: Path = ROOT / "app") -> str:
    """One row a file, a package's own row before its files; a package whose `__init__` says nothing has no row."""
    rows = ["| File | What it is |", "|---|---|"]
    for path in sorted(folder.rglob("*.py"), key=lambda path: (path.parent.parts, path.name != "__init__.py", path.name)):
        name = path.relative_to(folder.parent).as_posix()
        if "/versions/" in name and path.name != "__init__.py":
            continue
        sentence = first_sentence(path.read_text(encoding="utf-8"))
        if path.name == "__init__.py":
            if not sentence:
                continue
            name = f"**{name.removesuffix('__init__.py')}**"
        else:
            name = f"`{name}`"
        rows.append(f"| {name} | {sentence} |")
    return "\n".join(rows) + "\n"


def first_sentence(source: str) -> str:
    docstring = ast.get_docstring(ast.parse(source)) or ""
    paragraph = " ".join(docstring.split("\n\n")[0].split())
    # A sentence ends at a stop before a capital letter or a figure: "e.g. this" and "0.5 s" go on.
    sentence = re.split(r"(?<=[.!?:])\s+(?=[A-Z0-9`])", paragraph, maxsplit=1)[0] if paragraph else ""
    return sentence.rstrip(":").replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
