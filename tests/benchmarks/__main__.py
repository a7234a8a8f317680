"""Runs every benchmark and prints one JSON line a figure: name, value, baseline, ratio. The machine's speed cancels out in the ratios."""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.benchmarks import big_profile, faq, punctual, searching, starting, suggesting
from tests.benchmarks.figure import Figure

CONVERSATIONS = 300_000
MESSAGES = 1_000_000


def prepare(folder: Path, conversations: int, messages: int) -> Path:
    """A profile of a size, past its first run."""
    folder.mkdir(parents=True)
    big_profile.make(folder / "tertulia.db", conversations, messages)
    shop = json.dumps(
        {"version": 1, "values": {"name": "Discos Aurora", "country": "MX", "zone": "America/Mexico_City"}}
    )
    with closing(sqlite3.connect(folder / "tertulia.db")) as connection, connection:
        connection.execute("INSERT OR REPLACE INTO setting VALUES ('shop', ?)", (shop,))
    return folder


def in_window(profile: Path) -> Iterator[Figure]:
    """Benchmarks inside the real window, in this process."""
    from tests.benchmarks.shown import with_inbox

    yield from with_inbox(profile)


def while_storing(profile: Path, scratch: Path) -> Iterator[Figure]:
    """Qt is loaded here as late: a process that has it beside the starts that are measured would share their memory."""
    from tests.benchmarks.storing import figures

    yield from figures(profile, scratch)


def of_frozen(scratch: Path) -> Iterator[Figure]:
    """The packaged program beside the checkout. Imported as late as Qt, which comes with it."""
    from tests.benchmarks.frozen import figures

    yield from figures(prepare(scratch / "frozen", 300, 1000), scratch)


def of_calendar(scratch: Path) -> Iterator[Figure]:
    """The calendar in the real window, on a profile of its own."""
    from tests.benchmarks.calendar import figures

    yield from figures(prepare(scratch / "calendar", 300, 1000))


def of_insights(scratch: Path) -> Iterator[Figure]:
    """Insights on a profile of its own, with ten million samples."""
    from tests.benchmarks.insights import answered, figures
    from tests.benchmarks.reporting import figures as of_report

    profile = prepare(scratch / "insights", 300, 1000)
    yield from figures(profile)
    yield from of_report(profile)
    yield from answered(prepare(scratch / "talked", 100_000, 300_000))


def after_acts(profile: Path) -> Iterator[Figure]:
    """Acts in the real window under its loop; they change the profile, so they come last."""
    from tests.benchmarks.acting import figures

    yield from figures(profile)


def main() -> int:
    """All figures, or those whose group is named."""
    parser = argparse.ArgumentParser(prog="run.py bench")
    parser.add_argument("groups", nargs="*", help="only these")
    parser.add_argument("--conversations", type=int, default=CONVERSATIONS)
    parser.add_argument("--messages", type=int, default=0, help="three a conversation unless told")
    arguments = parser.parse_args()
    groups = arguments.groups or ["start", "inbox", "search", "storing", "acts", "punctual"]
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="tertulia-bench-") as folder:
        scratch = Path(folder)
        if set(groups) & {"start", "search", "storing", "inbox", "acts"}:
            messages = arguments.messages or arguments.conversations * MESSAGES // CONVERSATIONS
            large = prepare(scratch / "large", arguments.conversations, messages)
        # Starts come first: once Qt is in this process, those that are measured would share its memory.
        if "start" in groups:
            for figure in starting.figures(prepare(scratch / "small", 300, 1000), large, scratch):
                figure.print()
        if "punctual" in groups:
            for figure in punctual.figures(scratch):
                figure.print()
        if "suggest" in groups:
            for figure in suggesting.figures():
                figure.print()
        if "faq" in groups:
            for figure in faq.figures(scratch):
                figure.print()
        if "calendar" in groups:
            for figure in of_calendar(scratch):
                figure.print()
        if "insights" in groups:
            for figure in of_insights(scratch):
                figure.print()
        if "frozen" in groups:
            for figure in of_frozen(scratch):
                figure.print()
        if "search" in groups:
            for figure in searching.figures(large):
                figure.print()
        if "storing" in groups:
            for figure in while_storing(large, scratch):
                figure.print()
        if "inbox" in groups:
            for figure in in_window(large):
                figure.print()
        if "acts" in groups:
            for figure in after_acts(large):
                figure.print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
