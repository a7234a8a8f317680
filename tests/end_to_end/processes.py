"""Real processes of the program on one profile, and what can be seen of them from outside: the data file and the network's journal."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60.0


class Shop:
    """A sample shop's folder with processes that work in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder.with_name(f"{folder.name}-sample")
        self.database = self.root / "tertulia.db"
        self.journal = self.root / "network.jsonl"
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *words: object, latency: float = 0.05) -> subprocess.Popen[str]:
        """A process of its own, with little patience."""
        command = [sys.executable, str(ROOT / "tests" / "end_to_end" / "hurried.py"), "--profile", str(self.folder), "--sample", "--json"]
        environment = {**os.environ, "LATENCY": str(latency), "PYTHONUTF8": "1"}
        process = subprocess.Popen(
            [*command, *map(str, words)], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        self.started.append(process)
        return process

    def close(self) -> None:
        """Nothing of a failed test runs on."""
        for process in self.started:
            if process.poll() is None:
                kill(process)
            for pipe in (process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()

    def run(self, *words: object, code: int = 0) -> list[dict[str, Any]]:
        """To its end; answers the objects it printed."""
        process = self.start(*words)
        out, err = process.communicate(timeout=PATIENCE_SECONDS)
        assert process.returncode == code, err
        return [json.loads(line) for line in out.splitlines()]

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.database, timeout=5)) as connection:
            return connection.execute(sql, values).fetchall()

    def state(self, text: str) -> str:
        """Of the newest outbox item that begins with this text; empty while there is none."""
        found = self.rows("SELECT state FROM outbox WHERE json_extract(parts, '$[0]') LIKE ? ORDER BY id DESC LIMIT 1", f"%{text}%")
        return str(found[0][0]) if found else ""

    def parts_out(self, text: str) -> int:
        found = self.rows("SELECT json_array_length(progress) FROM outbox WHERE json_extract(parts, '$[0]') LIKE ? ORDER BY id DESC", f"%{text}%")
        return int(found[0][0]) if found else 0

    def claim_ends(self, text: str) -> tuple[int, int]:
        """(when it was claimed, when the claim ends) in milliseconds; zeros while it is not."""
        sql = "SELECT claimed_at, claim_ends_at FROM outbox WHERE state = 'claimed' AND json_extract(parts, '$[0]') LIKE ?"
        found = self.rows(sql, f"%{text}%")
        return (found[0][0], found[0][1]) if found else (0, 0)

    def stored(self, *texts: str) -> list[str]:
        """Which of these texts the simulated network has stored, in its order and as often as it has them."""
        lines = self.journal.read_bytes().splitlines()
        entries = [json.loads(line) for line in lines if line.startswith(b'{"op":"post"')]
        said = [re.sub(r"^@\S+ ", "", entry["text"]) for entry in entries]  # a reply names its addressee first
        return [each for each in said if any(text in each for text in texts)]

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody can write to the data file meanwhile: whoever wants to note an answer down waits."""
        with closing(sqlite3.connect(self.database, timeout=5, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                connection.execute("ROLLBACK")


def wait_for(holds: Callable[[], object], what: str, process: subprocess.Popen[str] | None = None) -> None:
    """Looks again and again; a process that ends meanwhile is a failure with its last words."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if process is not None and process.poll() is not None:
            out, err = process.communicate()
            raise AssertionError(f"the process ended with {process.returncode} before {what}: {out}{err}")
        assert time.monotonic() < end, f"{what}: it never came to that"
        time.sleep(0.005)  # another process works meanwhile


def kill(process: subprocess.Popen[str]) -> None:
    """Like a power cut for this process, and no trace of it left in the table of processes."""
    process.kill()
    process.communicate()
