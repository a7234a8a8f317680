"""What became of a trial: every delivery counted against what the servers really have."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields
from pathlib import Path
from sqlite3 import Row, connect
from typing import Any

from app.models.outbox import DeliveryState, OutboxKind
from tests.faults.mastodons import Keeping
from tests.faults.owing import Debt
from tests.faults.served import Served
from tests.faults.sorts import Sort
from tests.faults.stored import Acted, Stored

DELETION = "deletion"
"""What the user owes besides, of its own kind in the figures."""
ACTS = (Sort.LIKE, Sort.BOOST)


@dataclass
class Figures:
    """Of one kind of deliveries, or of all."""

    deliveries: int = 0
    parts: int = 0
    out: int = 0
    held: int = 0
    """Were kept by the server for a while."""
    ahead: int = 0
    """Went with media uploaded ahead of their time."""
    found: int = 0
    """Unsure parts that a look at the network found."""
    not_there: int = 0
    """Unsure parts that two looks did not find, which therefore left again; and acts that were simply repeated."""
    asked: int = 0
    """Unsure or late ones that were put before the user."""
    let_go: int = 0
    """Taken back by the user before they left."""
    twice: int = 0
    lost: int = 0
    wrong: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Figures)))


@dataclass
class Verdict:
    """Figures of one trial. `twice` and `lost` name what went wrong; so do `failed` and `wrong`."""

    by_kind: dict[str, Figures] = field(default_factory=lambda: defaultdict(Figures))
    failed: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Threads whose parts do not hang together, ids that are not the post's, what left without its picture or before its time."""

    @property
    def all(self) -> Figures:
        return sum(self.by_kind.values(), Figures())

    @property
    def sound(self) -> bool:
        return not (self.twice or self.lost or self.wrong or self.failed)

    def blame(self, what: str, kind: str, words: str) -> None:
        """`what`: twice, lost or wrong."""
        getattr(self, what).append(f"{kind}: {words}")
        figures = self.by_kind[kind]
        setattr(figures, what, getattr(figures, what) + 1)


def judge(database: Path, debts: Sequence[Debt], served: Sequence[Served]) -> Verdict:
    """Once every program has ended."""
    verdict = Verdict()
    with closing(connect(database)) as connection:
        connection.row_factory = Row
        rows = {row["key"]: row for row in connection.execute("SELECT * FROM outbox")}
        moves = connection.execute("SELECT * FROM trial_move").fetchall()
        liked = dict(connection.execute("SELECT id, liked + 2 * boosted AS shown FROM message").fetchall())
    kinds = {rows[debt.owed.key]["id"]: debt.sort.value for debt in debts}
    _count_moves(verdict, moves, kinds)
    stored = [each.stored() for each in served]
    _no_post_twice_believed(verdict, debts, rows, served)
    words = Words()
    for debt in debts:
        row, kind = rows[debt.owed.key], debt.sort.value
        figures = verdict.by_kind[kind]
        figures.deliveries += 1
        figures.parts += len(debt.owed.parts)
        figures.ahead += bool(row["uploads"])
        name = f"{debt.owed.key} at {served[debt.account].name} ({row['state']}, {row['reason']})"
        out = _count(verdict, figures, kind, name, row)
        if debt.sort in ACTS:
            _check_act(verdict, name, debt, served[debt.account].acted(), out=out, shown=liked[debt.owed.message_id])
            continue
        if out:
            _check_out(verdict, name, debt, row, served[debt.account], stored[debt.account])
        words.note(debt, row, out=out)
    _count_deletions(verdict, rows)
    words.compare(verdict, served, stored)
    return verdict


def _count(verdict: Verdict, figures: Figures, kind: str, name: str, row: Row) -> bool:
    """Whether it is out."""
    state = row["state"]
    if state == DeliveryState.OUT:
        figures.out += 1
    elif state == DeliveryState.UNSURE and row["next_try_at"] is None and row["reason"]:
        figures.asked += 1
    elif state == DeliveryState.LET_GO and not row["held_id"] and kind == Sort.CANCELLED:
        figures.let_go += 1
    elif state == DeliveryState.FAILED:
        verdict.failed.append(name)
    else:
        verdict.blame("lost", kind, name)
    return bool(state == DeliveryState.OUT)


def _count_moves(verdict: Verdict, moves: Sequence[Row], kinds: dict[int, str]) -> None:
    held: set[int] = set()
    went_on: set[int] = set()
    for move in moves:
        number = move["outbox_id"]
        figures = verdict.by_kind[kinds.get(number, DELETION)]
        further = move["parts_after"] > move["parts_before"]
        if move["was"] == DeliveryState.UNSURE:
            figures.found += further
            if move["became"] == DeliveryState.WAITING:
                # A part that was found leaves its thread waiting for the next one: that is no "not there".
                figures.not_there += not further and number not in went_on
            went_on = went_on | {number} if further else went_on - {number}
        if move["became"] == DeliveryState.HELD and number not in held:
            held.add(number)
            figures.held += 1


def _no_post_twice_believed(
    verdict: Verdict, debts: Sequence[Debt], rows: dict[str, Row], served: Sequence[Served]
) -> None:
    spoken = [debt for debt in debts if debt.sort not in ACTS]
    ids = Counter((debt.account, part["id"]) for debt in spoken for part in json.loads(rows[debt.owed.key]["progress"]))
    for (account, number), count in ids.items():
        if count > 1:
            verdict.blame("wrong", "", f"{served[account].name}: {number} is said to be {count} posts")


class Words:
    """How often each text should stand at each server, and does."""

    def __init__(self) -> None:
        self._at_most: Counter[tuple[int, str]] = Counter()
        self._at_least: Counter[tuple[int, str]] = Counter()
        self._kinds: dict[tuple[int, str], str] = {}

    def note(self, debt: Debt, row: Row, *, out: bool) -> None:
        """What was taken back or deleted stands nowhere; what nobody knows may."""
        gone = row["deleted_at"] is not None or row["state"] == DeliveryState.LET_GO
        done = 0 if gone else len(debt.owed.parts) if out else len(json.loads(row["progress"]))
        for number, text in enumerate(debt.owed.parts):
            self._at_most[debt.account, text] += not gone
            self._at_least[debt.account, text] += number < done
            self._kinds[debt.account, text] = debt.sort.value

    def compare(self, verdict: Verdict, served: Sequence[Served], stored: Sequence[Sequence[Stored]]) -> None:
        there = Counter((account, each.text) for account, posts in enumerate(stored) for each in posts)
        for (account, text), count in there.items():
            if count > self._at_most[account, text]:
                kind = self._kinds.get((account, text), "")
                verdict.blame("twice", kind, f"{served[account].name}: {text} ({count})")
        for (account, text), least in self._at_least.items():
            if there[account, text] < least:
                verdict.blame("lost", self._kinds[account, text], f"{served[account].name}: {text}")


def _check_act(verdict: Verdict, name: str, debt: Debt, acted: Iterable[Acted], *, out: bool, shown: int) -> None:
    """A like stands once where it is out, and the message shows it."""
    kind = debt.owed.kind.value
    count = Counter(acted)[Acted(kind, debt.owed.target)]
    if count > 1:
        verdict.blame("twice", kind, name)
    if out and not count:
        verdict.blame("lost", kind, name)
    if out and shown != {OutboxKind.LIKE: 1, OutboxKind.BOOST: 2}[debt.owed.kind]:
        verdict.blame("wrong", kind, f"{name}: the message shows {shown}")


def _check_out(verdict: Verdict, name: str, debt: Debt, row: Row, served: Served, stored: Sequence[Stored]) -> None:
    """What we believe is out there is this very text, in its place, with all that belongs to it, and not before its time."""
    progress, owed = json.loads(row["progress"]), debt.owed
    wrong = [f"out, with {len(progress)} of {len(owed.parts)} parts"] if len(progress) != len(owed.parts) else []
    hasty = getattr(served.server, "keeping", None) is Keeping.HASTY
    # What is moved while its server publishes it has left at its old time.
    if row["sent_at"] < row["due_at"] and not hasty and debt.sort is not Sort.MOVED:
        wrong.append("left before its time")
    by_id, above = {post.id: post for post in stored}, owed.target
    for number, (part, text) in enumerate(zip(progress, owed.parts, strict=False)):
        if row["deleted_at"] is None:
            wrong += _differences(by_id.get(part["id"]), part["id"], text, above, debt, first=number == 0)
        above = part["id"]
    for each in wrong:
        verdict.blame("wrong", debt.sort.value, f"{name}: {each}")


def _differences(post: Stored | None, remote_id: str, text: str, above: str, debt: Debt, *, first: bool) -> list[str]:
    private = debt.sort is Sort.PRIVATE
    if post is None or post.text != text or post.private != private:
        return [f"{remote_id} is {post}, not {text}"]
    owed, found = debt.owed, []
    if (post.reply_to not in above) if private else (post.reply_to != above):
        found.append(f"{remote_id} stands under {post.reply_to}, not under {above}")
    if first and post.pictures != len(owed.pictures):
        found.append(f"{remote_id} has {post.pictures} pictures")
    if first and (post.poll is None) != (owed.poll is None):
        found.append(f"{remote_id} has the poll {post.poll}")
    if first and post.poll and owed.poll is not None and post.poll != owed.poll.options:
        found.append(f"{remote_id} has the poll {post.poll}")
    if first and post.quote != owed.quote:
        found.append(f"{remote_id} quotes {post.quote}")
    return found


def _count_deletions(verdict: Verdict, rows: dict[str, Any]) -> None:
    """Each is out, and what it took away says so; that it stands nowhere, `Words` tells."""
    items = [row for row in rows.values() if row["kind"] == OutboxKind.DELETE]
    if not items:
        return
    others = [row for row in rows.values() if row["kind"] != OutboxKind.DELETE]
    gone = {(row["account_id"], row["remote_id"]): row["deleted_at"] for row in others}
    figures = verdict.by_kind[DELETION]
    for row in items:
        targets = row["target"].split()
        figures.deliveries += 1
        figures.parts += len(targets)
        name = f"deletion {row['id']} ({row['state']}, {row['reason']})"
        if _count(verdict, figures, DELETION, name, row) and not gone.get((row["account_id"], targets[-1])):
            verdict.blame("wrong", DELETION, f"{name}: what it deleted does not say so")
