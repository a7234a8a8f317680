"""Rules: written, ordered, tried on the past and done to it. What comes in is judged by `judging.py`; both ask the same matchers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from app.models.rule import Match, Preview, Rule
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.rhythm import giving_way, sharing_the_time
from app.runtime.words import message
from app.services.rule_matching import Matcher, Text, Zone
from app.services.undo import Act, Undo
from app.store.database import Database
from app.store.reader import Connection
from app.store.reading import past as past_reading
from app.store.reading import rules as reading
from app.store.writing import rules as writing

PAST = timedelta(days=30)
"""So far back a rule is tried and may be applied."""
PAGE = 1000
SHOWN = 100
AT_ONCE = 200
"""Messages that one transaction sorts: no act of the user waits long for it."""
LONGEST_NAME = 60
LONGEST_TEXT = 600
"""Characters of a message that a preview shows."""

Progress = Callable[[Preview], bool]
"""Hears how far it is; answers whether to go on."""

Applied = Callable[[int, int], bool]
"""Hears (sorted so far, all of them); answers whether to go on."""


class Rules:
    """The list of rules. Each change is one transaction and one entry of the undo list."""

    def __init__(self, database: Database, undo: Undo, clock: Clock, zone: Zone) -> None:
        self._database = database
        self._undo = undo
        self._clock = clock
        self._zone = zone

    async def save(self, rule: Rule) -> int:
        """Keep a rule; a new one is the last of the list. Answers its id."""
        rule = _sound(rule)
        now = to_ms(self._clock.now())
        before = await self._database.read(reading.rule, rule.id) if rule.id is not None else None
        rule_id = await self._database.write(writing.save, rule, now)

        async def back() -> None:
            if before is None:
                await self._order([each for each in await self._ids() if each != rule_id])
            else:
                await self._database.write(writing.save, before, now)

        async def forth() -> None:
            if before is None:
                await self._order([*[each for each in await self._ids() if each != rule_id], rule_id])
            await self._database.write(writing.save, rule._replace(id=rule_id), now)

        self._undo.did(Act(message("undone.rule", name=rule.name), back, forth))
        return rule_id

    async def order(self, rule_ids: Sequence[int]) -> None:
        """Put the rules into another order: the first that matches decides."""
        await self._reorder(rule_ids, "undone.rule_order")

    async def remove(self, rule_id: int) -> None:
        """Delete a rule; what it did stays, and says so."""
        await self._reorder([each for each in await self._ids() if each != rule_id], "undone.rule_removed")

    async def switch(self, rule_id: int, *, active: bool) -> None:
        """On or off."""
        await self._database.write(writing.switch, rule_id, active)

        async def back() -> None:
            await self._database.write(writing.switch, rule_id, not active)

        async def forth() -> None:
            await self._database.write(writing.switch, rule_id, active)

        self._undo.did(Act(message("undone.rule_switched"), back, forth))

    async def preview(self, rule: Rule, progress: Progress) -> Preview:
        """What a rule, kept or not, would have matched within the last month, as if it were the only one. Reads page by page on a
        reader's thread; `progress` hears after each.
        """
        matcher = Matcher(rule._replace(active=True), self._zone)
        return (await self._find(matcher, progress))[0]

    async def apply(self, rule_id: int, progress: Applied) -> int:
        """Do to the last month what a rule says; answers how many messages. What is answered or done is sorted, not moved.

        Stopping keeps what was sorted; undoing takes all of it back that nobody changed since.
        """
        rule = await self._database.read(reading.rule, rule_id)
        if rule is None:
            return 0
        _, found = await self._find(Matcher(rule, self._zone), lambda preview: progress(0, preview.of))
        marks: list[int] = []
        ruled, name = rule.ruled(), rule.name
        with sharing_the_time():
            for start in range(0, len(found), AT_ONCE):
                now = to_ms(self._clock.now())
                marks += await self._database.write(writing.apply, found[start : start + AT_ONCE], ruled, now)
                if not progress(min(start + AT_ONCE, len(found)), len(found)):
                    break
        if marks:
            self._did(marks, "undone.rule_applied", name)
        return len(marks)

    async def take_back(self, mark_id: int) -> None:
        """Undo what a rule did to one message, as far as it still stands; itself an act that can be undone."""
        taken = await self._database.write(writing.take_back, [mark_id], to_ms(self._clock.now()))
        if not taken:
            return

        async def back() -> None:
            await self._database.write(writing.put_back, taken, to_ms(self._clock.now()))

        async def forth() -> None:
            await self._database.write(writing.take_back, [mark_id], to_ms(self._clock.now()))

        self._undo.did(Act(message("undone.rule_taken_back"), back, forth))

    async def put_first(self, conversation_ids: Sequence[int]) -> bool:
        """High priority by hand, or none where all of them have it; answers whether they have it now."""
        ids = list(conversation_ids)
        before = await self._database.write(writing.put_first, ids)
        first = any(priority == 0 for priority in before.values())

        async def back() -> None:
            await self._database.write(writing.prioritize, before)

        async def forth() -> None:
            await self._database.write(writing.prioritize, dict.fromkeys(before, int(first)))

        self._undo.did(Act(message("undone.put_first", n=len(ids)), back, forth))
        return first

    # -- inside

    async def _find(self, matcher: Matcher, progress: Progress) -> tuple[Preview, list[tuple[int, int]]]:
        """What it matches, as a preview and as (message id, conversation id), oldest last."""
        since = to_ms(self._clock.now() - PAST)
        preview = Preview(0, await self._database.read(past_reading.count_past, since))
        found: list[tuple[int, int]] = []
        after: tuple[int, int] | None = None
        while True:
            page, hits = await self._database.read(_look, matcher, since, after)
            found += [(number, conversation_id) for _, number, conversation_id in hits]
            shown = [_match(each) for each in hits[: SHOWN - len(preview.matches)]]
            preview = Preview(
                looked=preview.of if len(page) < PAGE else min(preview.looked + len(page), preview.of),
                of=preview.of,
                found=len(found),
                conversations=len({conversation_id for _, conversation_id in found}),
                matches=(*preview.matches, *shown),
            )
            if not progress(preview) or len(page) < PAGE:
                return preview, found
            heard, number, _ = page[-1]
            after = (to_ms(heard.arrival.at), number)

    async def _ids(self) -> list[int]:
        return [rule.id for rule in await self._database.read(reading.rules) if rule.id is not None]

    async def _order(self, rule_ids: Sequence[int]) -> list[int]:
        return await self._database.write(writing.order, list(rule_ids))

    async def _reorder(self, rule_ids: Sequence[int], said: str) -> None:
        before = await self._order(rule_ids)

        async def back() -> None:
            await self._order(before)

        async def forth() -> None:
            await self._order(rule_ids)

        self._undo.did(Act(message(said), back, forth))

    def _did(self, marks: Sequence[int], said: str, name: str) -> None:
        taken: list[writing.TakenBack] = []

        async def back() -> None:
            taken.clear()
            for start in range(0, len(marks), AT_ONCE):
                chunk = marks[len(marks) - start - AT_ONCE if len(marks) > start + AT_ONCE else 0 : len(marks) - start]
                taken.extend(await self._database.write(writing.take_back, chunk, to_ms(self._clock.now())))

        async def forth() -> None:
            await self._database.write(writing.put_back, list(taken), to_ms(self._clock.now()))

        self._undo.did(Act(message(said, name=name, n=len(marks)), back, forth))


def _look(
    connection: Connection, matcher: Matcher, since_ms: int, after: tuple[int, int] | None
) -> tuple[list[past_reading.Past], list[past_reading.Past]]:
    """A page of the past, and what of it matches."""
    page = past_reading.past(connection, since_ms, PAGE, after)
    return page, [each for each in giving_way(page) if matcher.matches(each[0], Text(each[0].arrival.text))]


def _match(past: past_reading.Past) -> Match:
    heard, number, conversation_id = past
    arrival = heard.arrival
    text = arrival.text[:LONGEST_TEXT]
    return Match(number, conversation_id, arrival.at, heard.network, arrival.author_name, arrival.author_handle, text)


def _sound(rule: Rule) -> Rule:
    """With a name, a condition and something to do."""
    name = " ".join(rule.name.split())[:LONGEST_NAME]
    if not name:
        raise UserMistake(message("rules.no_name"), field="name")
    if rule.when.says_nothing:
        raise UserMistake(message("rules.no_condition"), field="when")
    if rule.then.does_nothing:
        raise UserMistake(message("rules.no_act"), field="then")
    return rule._replace(name=name)
