"""What became of a trial: every delivery counted against what the servers really have."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import connect

from app.models.outbox import DeliveryState
from tests.faults.owing import Debt
from tests.faults.served import Served, Stored


@dataclass
class Verdict:
    """Figures of one trial. `twice` and `lost` name what went wrong; so do `failed` and `wrong`."""

    deliveries: int = 0
    parts: int = 0
    out: int = 0
    found: int = 0
    """Unsure parts that a look at the network found."""
    not_there: int = 0
    """Unsure parts that two looks did not find, which therefore left again."""
    asked: int = 0
    """Unsure or late ones that were put before the user."""
    failed: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Threads whose parts do not hang together, ids that are not the post's."""

    @property
    def sound(self) -> bool:
        return not (self.twice or self.lost or self.wrong or self.failed)


def judge(database: Path, debts: Sequence[Debt], served: Sequence[Served]) -> Verdict:
    """Once every program has ended."""
    verdict = Verdict(deliveries=len(debts), parts=sum(len(debt.owed.parts) for debt in debts))
    with closing(connect(database)) as connection:
        rows = {
            row[0]: row[1:]
            for row in connection.execute("SELECT key, state, next_try_at, reason, progress FROM outbox")
        }
        moves = connection.execute("SELECT was, became, parts_before, parts_after FROM trial_move").fetchall()
    verdict.found = sum(was == "unsure" and after > before for was, _, before, after in moves)
    verdict.not_there = sum(
        was == "unsure" and became == "waiting" for was, became, *_ in moves
    ) - _threads_that_went_on(moves)
    stored = [each.stored() for each in served]
    ids = Counter((debt.account, part["id"]) for debt in debts for part in json.loads(rows[debt.owed.key][3]))
    verdict.wrong += [
        f"{served[account].name}: {number} is said to be {count} posts"
        for (account, number), count in ids.items()
        if count > 1
    ]
    owed: Counter[tuple[int, str]] = Counter()
    surely: Counter[tuple[int, str]] = Counter()
    for debt in debts:
        state, next_try, reason, progress = rows[debt.owed.key]
        done = len(json.loads(progress))
        name = f"{debt.owed.key} at {served[debt.account].name} ({state}, {reason})"
        if state == DeliveryState.OUT:
            verdict.out += 1
            _check_ids(verdict, name, debt, json.loads(progress), stored[debt.account])
        elif state == DeliveryState.UNSURE and next_try is None and reason:
            verdict.asked += 1
        elif state == DeliveryState.FAILED:
            verdict.failed.append(name)
        else:
            verdict.lost.append(name)
        for number, text in enumerate(debt.owed.parts):
            owed[debt.account, text] += 1
            surely[debt.account, text] += state == DeliveryState.OUT or number < done
    there = Counter((account, each.text) for account, posts in enumerate(stored) for each in posts)
    verdict.twice += [
        f"{served[account].name}: {text}" for (account, text), count in there.items() if count > owed[account, text]
    ]
    verdict.lost += [
        f"{served[account].name}: {text}" for (account, text), count in surely.items() if there[account, text] < count
    ]
    return verdict


def _threads_that_went_on(moves: Sequence[tuple[str, str, int, int]]) -> int:
    """An unsure part that was found may leave its thread waiting for the next part: that is no "not there"."""
    found = sum(was == "unsure" and after > before for was, _, before, after in moves)
    out = sum(was == "unsure" and became == "out" for was, became, *_ in moves)
    return max(0, found - out)


def _check_ids(
    verdict: Verdict, name: str, debt: Debt, progress: Sequence[dict[str, str]], stored: Sequence[Stored]
) -> None:
    """What we believe is out there is this very text, in its place."""
    by_id = {post.id: post for post in stored}
    above = debt.owed.target
    if len(progress) != len(debt.owed.parts):
        verdict.wrong.append(f"{name}: out, with {len(progress)} of {len(debt.owed.parts)} parts")
    for part, text in zip(progress, debt.owed.parts, strict=False):
        post = by_id.get(part["id"])
        if post is None or post.text != text or post.reply_to != above:
            verdict.wrong.append(f"{name}: {part['id']} is {post}, not {text} under {above}")
        above = part["id"]
