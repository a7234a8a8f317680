"""The real program with its log at its most talkative and its patience shortened; `search` stumbles over a secret that it holds.

Several acts, parted by `--then`, run one after the other as so many calls would; the last one's exit code counts.
"""

from __future__ import annotations

import logging
import sys
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.__main__ import main
from app.cli import acts
from app.runtime import crash_report
from app.services import settling


async def stumble(desk: acts.Desk) -> int:
    """A bug whose error holds what no error should."""
    link = await desk.services.connections.get(1)
    error = ValueError(f"a bug with {link.keeper.secrets}")
    try:
        raise error
    except ValueError:
        crash_report.write(desk.paths.logs, crash_report.report(error, "0"), desk.clock.now())
        raise


def in_turn(profile: list[str], words: list[str]) -> int:
    """`profile` goes before each act."""
    code = 0
    while True:
        end = words.index("--then") if "--then" in words else len(words)
        try:
            code = main([*profile, *words[:end]])
        except ValueError as error:
            sys.excepthook(type(error), error, error.__traceback__)
            code = 1
        if end == len(words):
            return code
        words = words[end + 1 :]


if __name__ == "__main__":
    logging.getLogger().setLevel(logging.DEBUG)
    logging.Logger.setLevel = lambda _logger, _level: None  # type: ignore[method-assign,assignment]
    settling.FIRST_LOOK = timedelta(milliseconds=100)
    settling.SECOND_LOOK = timedelta(milliseconds=100)
    acts.ACTS["search"] = stumble
    sys.exit(in_turn(sys.argv[1:3], sys.argv[3:]))
