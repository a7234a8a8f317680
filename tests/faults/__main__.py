"""`run.py faults`: thousands of deliveries over three networks while everything fails; prints the figures, exit code 1 on any twice or lost."""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.faults.served import KEEPERS, KINDS
from tests.faults.trial import Outcome, Plans, Trial
from tests.faults.verdict import Figures, Verdict

ACCOUNTS = 12
WORST_SHOWN = 20
LONGEST_COMPLAINT = 1500


def main() -> int:
    """One service alone, then a window and a service on one profile."""
    parser = argparse.ArgumentParser(prog="run.py faults")
    parser.add_argument("--deliveries", type=int, default=2200)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--speed", type=float, default=20.0, help="how many times as fast as real time")
    parser.add_argument("--kinds", nargs="+", choices=[*KINDS, *KEEPERS], default=[*KINDS, *KEEPERS])
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
    """One JSON object a trial, a table by kind, and what went wrong in words."""
    verdict = outcome.verdict
    whole = verdict.all
    figures = {
        "trial": name,
        "seed": plans.seed,
        "deliveries": whole.deliveries,
        "parts": whole.parts,
        "out": whole.out,
        "settled_by_evidence": whole.found + whole.not_there,
        "found": whole.found,
        "not_there": whole.not_there,
        "asked": whole.asked,
        "failed": len(verdict.failed),
        "twice": len(verdict.twice),
        "lost": len(verdict.lost),
        "wrong": len(verdict.wrong),
        "kills": outcome.kills,
        "held_by_a_server": whole.held,
        "let_go": whole.let_go,
        "too_late_for_the_user": outcome.refused,
        "signed_in_again": outcome.signed_in_again,
        "requests": sum(outcome.faults.values()),
        "seconds": round(outcome.seconds, 1),
        "faults": {fault.value: count for fault, count in sorted(outcome.faults.items(), key=lambda pair: -pair[1])},
    }
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
    sys.stdout.writelines(f"{line}\n" for line in table(verdict))
    for kind in ("twice", "lost", "wrong", "failed"):
        for each in getattr(verdict, kind)[:WORST_SHOWN]:
            sys.stdout.write(f"{kind}: {each}\n")
    for complaint in outcome.complaints:
        sys.stdout.write(f"complaint: {complaint[-LONGEST_COMPLAINT:]}\n")
    sys.stdout.flush()


def table(verdict: Verdict) -> Iterator[str]:
    """The figures by kind of delivery, and of all."""
    names = [each.name for each in dataclasses.fields(Figures)]
    lines = [*sorted(verdict.by_kind.items(), key=lambda pair: -pair[1].deliveries), ("all", verdict.all)]
    yield "".join((f"{'kind':<26}", *(f"{name:>{len(name) + 2}}" for name in names)))
    for kind, figures in lines:
        yield "".join((f"{kind:<26}", *(f"{getattr(figures, name):>{len(name) + 2}}" for name in names)))


if __name__ == "__main__":
    sys.exit(main())
