"""What became of three simulated days: everything owed, heard, promised and told, counted against what the servers really have."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from datetime import timedelta
from typing import Any

from app.models.outbox import DeliveryState
from app.models.safekeeping import SUFFIX
from app.runtime.clock import to_ms
from app.runtime.words import Message
from tests.end_to_end.three_days_networks import NETWORKS
from tests.end_to_end.three_days_shop import MARTA, ThreeDays

VISIBLE = (DeliveryState.FAILED, DeliveryState.UNSURE, DeliveryState.BY_HAND, DeliveryState.LET_GO)
"""What did not leave and says why."""

JUST_NOW_MS = 10 * 60_000
"""What fell due since then may be under way."""
MEANT = ("app.networks.x.wire: reservation",)
"""What the log may warn of: on a full disk the price of a call stays reserved, which is the safe side."""


async def verdict(shop: ThreeDays) -> tuple[list[str], dict[str, Any]]:
    """What is wrong, and how much there was."""
    judge = Judge(shop)
    await judge.read()
    for look in (
        judge.outbox,
        judge.servers,
        judge.messages,
        judge.letters,
        judge.promises,
        judge.by_themselves,
        judge.told,
    ):
        look()
    judge.wrong += [f"bug: {each}" for each in shop.bugs]
    judge.wrong += [f"in the log: {each}" for each in shop.warnings if not any(meant in each for meant in MEANT)]
    return judge.wrong, judge.figures


class Judge:
    """Reads the data file once."""

    def __init__(self, shop: ThreeDays) -> None:
        self.shop = shop
        self.wrong: list[str] = []
        self.figures: dict[str, Any] = {}

    async def read(self) -> None:
        async def all_of(sql: str) -> list[Any]:
            return await self.shop.database.read(lambda c: c.execute(sql).fetchall())

        self.items = await all_of(
            "SELECT id, account_id, kind, state, reason, parts, progress, post_id, due_at, next_try_at, sent_at FROM outbox"
        )
        self.stored = await all_of("SELECT account_id, remote_id, kind, conversation_id, text FROM message")
        self.letters_in = await all_of("SELECT remote_id, is_ours, kind FROM letter")
        self.escalations = await all_of("SELECT id FROM escalation")
        self.forgotten = await all_of(
            "SELECT e.id, e.remind_at FROM escalation e JOIN conversation c ON c.id = e.conversation_id"
            " WHERE e.state = 'waiting' AND e.closed_at IS NULL AND c.state = 'escalated'"
        )
        self.snoozed = await all_of("SELECT id, snoozed_until FROM conversation WHERE state = 'snoozed'")
        self.without_promise = await all_of(
            "SELECT id FROM conversation WHERE state = 'needs_answer' AND answer_by IS NULL"
        )

    # ---- what left

    def outbox(self) -> None:
        states: Counter[str] = Counter()
        now = to_ms(self.shop.clock.now())
        for number, account, kind, state, reason, parts, progress, _, due, next_try, _ in self.items:
            states[state] += 1
            name = f"outbox {number} ({kind} of account {account}, {json.loads(parts)[0][:40]!r}, {state}, {reason})"
            if state == DeliveryState.OUT:
                if len(json.loads(progress)) != len(json.loads(parts)):
                    self.wrong.append(f"{name} is out without all of its parts: {progress}")
            elif state in VISIBLE:
                if not reason and state != DeliveryState.LET_GO:
                    self.wrong.append(f"{name} says not why")
                if state == DeliveryState.UNSURE and next_try is not None:
                    self.wrong.append(f"{name} is still being looked for")
            elif due <= now - JUST_NOW_MS:
                self.wrong.append(f"{name} was due {(now - due) / 60_000:.0f} minutes ago and is not settled")
        self.figures["outbox"] = dict(states)
        by_post = {row[7] for row in self.items}
        self.wrong += [f"post {each} is gone" for each in self.shop.posts - by_post]
        self.wrong += [
            f"reply {each} is gone: {text}"
            for each, text in self.shop.replies.items()
            if each not in {row[0] for row in self.items}
        ]
        reasons = Counter(Message.from_json(row[4]).id for row in self.items if row[3] != DeliveryState.OUT and row[4])
        self.figures["not_out"] = dict(reasons)
        late = [(row[10] - row[8]) / 60_000 for row in self.items if row[10] is not None]
        self.figures["late_minutes"] = (
            {"median": sorted(late)[len(late) // 2], "most": round(max(late), 1)} if late else {}
        )

    def servers(self) -> None:
        for number, served in enumerate(self.shop.served):
            there = Counter(post.text.strip() for post in served.stored())
            here: Counter[str] = Counter()
            certain: Counter[str] = Counter()
            for row in self.items:
                if row[1] != self.shop.ids[number]:
                    continue
                parts, progress = json.loads(row[5]), json.loads(row[6])
                here.update(part.strip() for part in parts[: len(progress)])
                may_be = 1 if row[3] == DeliveryState.UNSURE else len(parts) if row[3] == DeliveryState.CLAIMED else 0
                certain.update(
                    part.strip() for part in parts[: len(progress) + may_be]
                )  # unsure: the user is asked whether it is there
            self.wrong += [f"{served.name}: lost {text!r}" for text in here - there]
            self.wrong += [f"{served.name}: there more often than it left: {text!r}" for text in there - certain]
            texts = " | ".join(there)
            self.wrong += [
                f"{served.name}: taken back and there: {text}" for text in self.shop.taken_back if text in texts
            ]
            self.figures[f"at {served.name}"] = sum(there.values())
            ids = {each.id for each in served.stored()}
            known = {
                part["id"]
                for row in self.items
                if row[1] == self.shop.ids[number] and row[2] in ("post", "reply")
                for part in json.loads(row[6])
            }
            self.wrong += [f"{served.name}: {each} is none of its posts" for each in known - ids]

    # ---- what came

    def messages(self) -> None:
        times = Counter((account, remote_id) for account, remote_id, *_ in self.stored)
        place = {(account, remote_id): conversation for account, remote_id, _, conversation, _ in self.stored}
        for heard in self.shop.heard:
            key = (self.shop.ids[heard.account], heard.remote_id)
            name = f"{NETWORKS[heard.account]} {heard.remote_id}"
            if times[key] != 1:
                self.wrong.append(f"{name} is stored {times[key]} times")
            elif heard.follows and place[key] != place.get((key[0], heard.follows)):
                self.wrong.append(f"{name} stands in another thread than {heard.follows}")
        known = {(self.shop.ids[heard.account], heard.remote_id) for heard in self.shop.heard}
        others = [row for row in self.stored if row[2] != "ours" and (row[0], row[1]) not in known]
        self.wrong += [f"nobody wrote {row}" for row in others]
        self.figures["messages"] = len(self.shop.heard)
        ours = Counter((row[0], row[4]) for row in self.stored if row[2] == "ours" and "respuesta" in row[4])
        self.wrong += [
            f"our reply stands {count} times in the inbox: {text}" for (_, text), count in ours.items() if count > 1
        ]

    def letters(self) -> None:
        sent = Counter(
            each.content.partition(b"Message-ID: ")[2].partition(b"\n")[0].strip()
            for each in self.shop.mail.accepted
            if MARTA in each.recipients
        )
        self.wrong += [f"letter {name!r} was sent {count} times" for name, count in sent.items() if count > 1]
        out = [row for row in self.items if row[2] == "mail" and row[3] == DeliveryState.OUT]
        unsure = [row for row in self.items if row[2] == "mail" and row[3] == DeliveryState.UNSURE]
        if not len(out) <= len(sent) <= len(out) + len(unsure):
            self.wrong.append(f"{len(sent)} letters were taken, {len(out)} are out, {len(unsure)} in doubt")
        answers = Counter(remote_id for remote_id, ours, _ in self.letters_in if not ours)
        self.wrong += [
            f"the manager's {each} is stored {answers[each]} times" for each in self.shop.answers if answers[each] != 1
        ]
        there = {row[0] for row in self.escalations}
        self.wrong += [f"escalation {each} is gone" for each in self.shop.asked - there]
        self.figures["letters"] = {"asked": len(self.shop.asked), "sent": len(sent), "answers": len(self.shop.answers)}

    def promises(self) -> None:
        now = to_ms(self.shop.clock.now())
        self.wrong += [
            f"conversation {number} still sleeps, {(now - until) / 60_000:.0f} minutes late"
            for number, until in self.snoozed
            if until <= now
        ]
        self.wrong += [
            f"nobody was reminded of escalation {number}"
            for number, at in self.forgotten
            if at is not None and at <= now - JUST_NOW_MS
        ]
        self.figures["reminded"] = sum(said.what == "reminded" for said in self.shop.said)
        self.figures["snoozed"] = len(self.shop.snoozed)
        if len(self.without_promise) > len(self.shop.heard) // 4:
            self.wrong.append(f"{len(self.without_promise)} conversations need an answer and have no time for it")

    # ---- what the program does by itself

    def by_themselves(self) -> None:
        shop = self.shop
        days = (shop.clock.now() - shop.begun).days
        backups = list(shop.paths.backups.glob(f"*{SUFFIX}"))
        if len(backups) < days:
            self.wrong.append(f"{len(backups)} backups of {days} days")
        reports = [path.name for path in shop.reports.iterdir()]
        if len(reports) != 1:
            self.wrong.append(f"reports of the one Monday: {reports}")
        series = Counter(row[7] for row in self.items if "novedad" in row[5])
        if len(series) < days:
            self.wrong.append(f"the recurring post stands on {len(series)} days")
        self.figures |= {"backups": len(backups), "series_days": len(series)}

    def told(self) -> None:
        """The same is not said again while nothing has changed in between."""
        said = self.shop.said
        self.figures["told"] = dict(Counter(each.what for each in said))
        self.figures["refused"] = dict(self.shop.refused)
        standing: dict[str, str] = {}
        for each in said:
            if each.what.startswith("account "):
                account, _, what = each.what.partition(":")
                if standing.get(account) == what:
                    self.wrong.append(f"{each.at:%a %H:%M} said again: {each.what}")
                standing[account] = what
        for what in ("backup: backup.not_made", "trouble: error.disk_full"):
            times = [each.at for each in said if each.what == what]
            again = [at for before, at in itertools.pairwise(times) if at - before < timedelta(minutes=90)]
            if len(again) > self.shop.most_again:
                self.wrong.append(f"{what} was said {len(times)} times: {[f'{at:%a %H:%M}' for at in times]}")
