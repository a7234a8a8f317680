"""The process is killed while a post is written, at any moment: what was typed is in the data file, but for the last second at most."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.end_to_end.morning import Person
from tests.end_to_end.processes import PATIENCE_SECONDS, ROOT
from tests.end_to_end.writing import WORDS

LAST_SECONDS = 1.0
STORING_SECONDS = 0.5
"""What writing to the disk may take beside the other work of a busy computer."""


def typed_until_killed(folder: Path, after: float, between: float) -> tuple[list[float], float]:
    """(the time of each key, the time of death)."""
    command = [sys.executable, "-m", "tests.end_to_end.writing", str(folder), str(between)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, "PYTHONUTF8": "1"})
    assert process.stdout is not None
    keys: list[float] = []
    begun, patience = 0.0, time.time() + PATIENCE_SECONDS
    try:
        for line in process.stdout:
            keys.append(float(line.split()[1]))
            begun = begun or keys[0]
            if time.time() - begun >= after or time.time() > patience:
                break
        died = time.time()
    finally:
        process.kill()
        process.wait()
        rest = process.stdout.read()
        process.stdout.close()
    return keys + [float(line.split()[1]) for line in rest.splitlines() if " " in line], died


def kept(root: Path) -> str:
    """The draft in the data file as the process left it."""
    with closing(sqlite3.connect(root / "tertulia.db", timeout=5)) as connection:
        found = connection.execute("SELECT parts FROM post WHERE state = 'draft' AND parts LIKE ? ORDER BY id DESC LIMIT 1", (f"%{WORDS[:3]}%",)).fetchone()
    return "\n".join(json.loads(found[0])) if found else ""


@pytest.mark.parametrize(("after", "between"), [(3.1, 0.05), (2.4, 0.7)])
def test_at_most_the_last_second_is_missing(me: Person, after: float, between: float) -> None:
    keys, died = typed_until_killed(me.paths.root.parent, after, between)
    text = kept(me.paths.root)
    typed = (WORDS * (len(keys) // len(WORDS) + 1))[: len(keys)]
    assert len(keys) > 2
    assert typed.startswith(text), "what is kept is what was typed"
    missing = [at for at in keys[len(text) :] if at < died]
    assert not missing or died - missing[0] <= LAST_SECONDS + STORING_SECONDS, f"{len(missing)} keys of {len(keys)} are missing"

    async def next_morning() -> None:
        number = me.rows("SELECT max(id) FROM post WHERE state = 'draft'")[0][0]
        await me.outside(lambda: me.shell.window.show_page("composer", post=number))
        await me.until(lambda: me.page.bench.text.editors()[0].toPlainText() == text, "the draft")

    assert me.come_to_work(next_morning) == 0
