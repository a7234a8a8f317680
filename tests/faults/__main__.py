"""`run.py faults`: thousands of deliveries over three networks while everything fails; prints the figures, exit code 1 on any twice or lost."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests.faults.served import KINDS
from tests.faults.trial import Outcome, Plans, Trial

ACCOUNTS = 12
WORST_SHOWN = 20
LONGEST_COMPLAINT = 1500


def main() -> int:
    """One service alone, then a window and a service on one profile."""
    parser = argparse.ArgumentParser(prog="run.py faults")
    parser.add_argument("--deliveries", type=int, default=2200)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--speed", type=float, default=20.0, help="how many times as fast as real time")
    parser.add_argument("--kinds", nargs="+", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--keep", type=Path, help="leave the profiles in this folder")
    arguments = parser.parse_args()
    kinds = (arguments.kinds * ACCOUNTS)[:ACCOUNTS]
    most, rest = round(arguments.deliveries * 0.85), round(arguments.deliveries * 0.15)
    plans = {
        "service": Plans(
            kinds,
            most,
            arguments.seed,
            arguments.speed,
            span=most / 20,
            kill_every=(4, 10),
            truce=40,
            patience=most + 300,
        ),
        "window and service": Plans(
            kinds,
            rest,
            arguments.seed,
            arguments.speed / 2,
            span=rest / 15,
            programs=(("publish",), ()),
            kill_every=(6, 12),
            truce=15,
            patience=rest + 300,
        ),
    }
    sound = True
    with tempfile.TemporaryDirectory(prefix="tertulia-faults-") as scratch:
        for name, each in plans.items():
            folder = (arguments.keep or Path(scratch)) / name
            folder.mkdir(parents=True)
            outcome = asyncio.run(Trial(folder, each).run())
            report(name, each, outcome)
            sound = sound and outcome.sound
    return 0 if sound else 1


def report(name: str, plans: Plans, outcome: Outcome) -> None:
    """One JSON object a trial, and what went wrong in words."""
    verdict = outcome.verdict
    figures = {
        "trial": name,
        "seed": plans.seed,
        "deliveries": verdict.deliveries,
        "parts": verdict.parts,
        "out": verdict.out,
        "settled_by_evidence": verdict.found + verdict.not_there,
        "found": verdict.found,
        "not_there": verdict.not_there,
        "asked": verdict.asked,
        "failed": len(verdict.failed),
        "twice": len(verdict.twice),
        "lost": len(verdict.lost),
        "wrong": len(verdict.wrong),
        "kills": outcome.kills,
        "signed_in_again": outcome.signed_in_again,
        "requests": sum(outcome.faults.values()),
        "seconds": round(outcome.seconds, 1),
        "faults": {fault.value: count for fault, count in sorted(outcome.faults.items(), key=lambda pair: -pair[1])},
    }
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
    for kind in ("twice", "lost", "wrong", "failed"):
        for each in getattr(verdict, kind)[:WORST_SHOWN]:
            sys.stdout.write(f"{kind}: {each}\n")
    for complaint in outcome.complaints:
        sys.stdout.write(f"complaint: {complaint[-LONGEST_COMPLAINT:]}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
