"""Checks before sending: what would go wrong at its time is said while there is time to mend it.

Every planned post is looked at when it is scheduled and again half an hour before it leaves; a check that fails turns it amber. A
check never holds a post back: only the user does, also by a setting - no post leaves with a dead short link where no long ones are wanted.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from app.language.measure import measure
from app.media.pictures import prepare
from app.media.videos import facts_of, is_video, trouble_with
from app.models.account import AccountRow, AccountState
from app.models.delivery import Delivery
from app.models.image_set import measured
from app.models.outbox import OutboxKind
from app.models.tracked_link import SHORTENER_NAMES
from app.networks.network import Card, Limits
from app.runtime.clock import Clock, from_ms, to_ms
from app.runtime.errors import AppError, DiskTrouble
from app.runtime.tasks import Tasks
from app.runtime.words import Message, message
from app.services.alarm import Alarm
from app.services.link_mending import Mended, Unfit, waits_for_link
from app.services.server_facts import limits_from
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import accounts as accounts_reading
from app.store.reading import checks as reading
from app.store.reading import links as links_reading
from app.store.reading.outbox import WAITS_FOR_LINK
from app.store.writing import checks

_log = logging.getLogger(__name__)

AHEAD = timedelta(minutes=30)
"""How long before its time a post is looked at again."""
SOON = timedelta(hours=24)
"""What leaves within this time is looked at again when its account changes."""
SAME_TEXT = timedelta(days=30)
"""The same text on the same account within this time is a duplicate; networks refuse it, followers resent it."""
AGAIN = timedelta(minutes=10)
"""What waits for its link is looked at so often."""
KEPT = timedelta(days=7)
"""So long it does not leave by itself, whatever happens to this program meanwhile; what becomes of it when its time is long past is the rule for
late posts."""
AT_A_TIME = 5
BETWEEN_SECONDS = 0.5
"""A long plan is looked through beside the user's work, never before it."""
SHORTEST_REST = timedelta(seconds=1)
DISK_PAUSE = timedelta(minutes=1)

LinkAnswers = Callable[[str], Awaitable[bool | None]]
"""Whether a page answers; None when that cannot be told now."""
TooDear = Callable[[Delivery], Awaitable[Message | None]]
"""Why a post's price does not fit what may be spent; None when it fits or costs nothing."""


class MendsLinks(Protocol):
    """Who asks the shortener after short links (services/links.py)."""

    async def mend(self, item: Delivery, unfit: Unfit) -> Mended:
        """The delivery with links that are there, and what could not be mended; raises `DiskTrouble`."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """How the account of a delivery stands."""

    handle: str
    state: AccountState
    limits: Limits


class Checks:
    """Runs beside the engine; a check that cannot be made now is no warning."""

    def __init__(
        self,
        database: Database,
        cards: Mapping[str, Card],
        tasks: Tasks,
        clock: Clock,
        media: Path,
        zone: Callable[[], str],
        link_answers: LinkAnswers,
        too_dear: TooDear,
        links: Callable[[], MendsLinks | None],
    ) -> None:
        """`media` is the profile's media folder, `zone` the shop's IANA zone, `links` the tracked ones, where posts leave with such."""
        self._database = database
        self._cards = cards
        self._clock = clock
        self._media = media
        self._zone = zone
        self._link_answers = link_answers
        self._too_dear = too_dear
        self._links = links
        self._alarm = Alarm(tasks, clock, "checks: next look")
        self._stood: dict[int, _Standing] = {}
        """How each account stood at the last round: each reading touches its row, and is no reason to check anything."""
        database.changed.connect(self._hear)

    def _hear(self, changes: Changes) -> None:
        if changes.touches("account", "outbox"):
            self._alarm.ring()

    async def run(self) -> None:
        """Check what is to be checked, until cancelled. A disk that cannot be written is the engine's to tell."""
        while True:
            try:
                await self._look_at_accounts()
                while await self._check_some():
                    await self._clock.sleep(BETWEEN_SECONDS)
                now = self._clock.now()
                found = await self._database.read(reading.next_check, to_ms(now), to_ms_span(AHEAD))
                last = await self._database.read(reading.last_look, WAITS_FOR_LINK)
                moments = [each for each in (found, None if last is None else last + to_ms_span(AGAIN)) if each is not None]
                moment = max(from_ms(min(moments)), now + SHORTEST_REST) if moments else None
            except DiskTrouble:
                moment = self._clock.now() + DISK_PAUSE
            await self._alarm.wait(moment)

    async def check_due(self) -> None:
        """One round over all that is to be checked now."""
        await self._look_at_accounts()
        while await self._check_some():
            pass

    async def _check_some(self) -> bool:
        """Those that leave next; whether there were any."""
        now = self._clock.now()
        items = await self._database.read(reading.to_check, to_ms(now), to_ms_span(AHEAD), AT_A_TIME)
        if len(items) < AT_A_TIME:
            kept = await self._database.read(reading.kept_back, WAITS_FOR_LINK, to_ms(now - AGAIN), AT_A_TIME)
            items += [each for each in kept if each.id not in {item.id for item in items}]
        for waiting in items:
            item, unmended, waits = await self._mended(waiting)
            found = [*unmended, *await self.warnings(item)]
            await self._keep_back(waiting, waits)
            noted = await self._database.write(checks.note, item.id, to_ms(item.due_at), found, to_ms(self._clock.now()))
            if found:
                _log.info("outbox %s: %s", item.id, [each.id for each in found] if noted else "moved on meanwhile")
        return bool(items)

    async def _keep_back(self, item: Delivery, waits: Message | None) -> None:
        """Until what it waits for is there."""
        due_ms, now = to_ms(item.due_at), self._clock.now()
        if waits is not None:
            await self._database.write(checks.keep_back, item.id, due_ms, waits, to_ms(now + KEPT), to_ms(now))
        elif waits_for_link(item) is not None:
            await self._database.write(checks.let_leave, item.id, due_ms, to_ms(now))

    async def _mended(self, item: Delivery) -> Mended:
        """Shortly before it leaves, its short links are asked after: one that was deleted meanwhile leads nowhere."""
        links = self._links()
        if links is None or item.due_at - self._clock.now() > AHEAD:
            return Mended(item)
        standing = await self._standing(item)
        if standing is None:
            return Mended(item)
        return await links.mend(item, lambda changed: _length_warning(changed, standing))

    async def warnings(self, item: Delivery) -> list[Message]:
        """All that speaks against it now, the gravest first."""
        standing = await self._standing(item)
        if standing is None:
            return [message("check.account_removed")]
        found = [
            _account_warning(standing),
            _length_warning(item, standing),
            _audience_warning(item, standing),
            *await self._media_warnings(item, standing),
            await self._too_dear(item),
            await self._offer_warning(item),
            await self._duplicate_warning(item),
            *await self._link_warnings(item, standing),
            await self._short_warning(item),
        ]
        return [each for each in found if each is not None]

    async def _look_at_accounts(self) -> None:
        """Signed in or out, paused, or with other limits than before: what it owes soon is to be looked at again."""
        stands = {row.id: await self._stands(row) for row in await self._database.read(accounts_reading.accounts)}
        changed = [number for number, stood in self._stood.items() if stands.get(number) != stood]
        self._stood = stands
        if changed:
            await self._database.write(checks.forget, changed, to_ms(self._clock.now() + SOON))

    async def _standing(self, item: Delivery) -> _Standing | None:
        rows = await self._database.read(accounts_reading.accounts)
        account = next((row for row in rows if row.id == item.account_id), None)
        return None if account is None else await self._stands(account)

    async def _stands(self, account: AccountRow) -> _Standing:
        text, _ = await self._database.read(accounts_reading.limits_and_facts, account.id)
        return _Standing(account.handle, account.state, limits_from(text, self._cards[account.network].limits))

    async def _media_warnings(self, item: Delivery, standing: _Standing) -> list[Message]:
        found = []
        for position, picture in enumerate(item.pictures, start=1):
            path = self._media / picture.path
            if not path.is_file():
                found.append(message("check.picture_missing", position=position))
                continue
            try:
                if is_video(path):
                    facts = await asyncio.to_thread(facts_of, path)
                    trouble = trouble_with(facts, standing.limits, path.name, standing.handle)
                    found += [trouble] if trouble is not None else []
                else:
                    await asyncio.to_thread(prepare, path, standing.limits)
            except AppError as error:
                found.append(error.message)
            if not picture.alt.strip():
                found.append(message("check.alt_missing", position=position))
        return found

    async def _offer_warning(self, item: Delivery) -> Message | None:
        if item.post_id is None:
            return None
        ended = await self._database.read(reading.offer_ended_on, item.post_id)
        if ended and item.due_at.astimezone(ZoneInfo(self._zone() or "UTC")).date() > date.fromisoformat(ended):
            return message("check.offer_expired", day=date.fromisoformat(ended))
        return None

    async def _duplicate_warning(self, item: Delivery) -> Message | None:
        if not any(part.strip() for part in item.parts):
            return None
        parts = json.dumps(list(item.parts), ensure_ascii=False)
        found = await self._database.read(reading.same_parts, item, parts, to_ms(item.due_at - SAME_TEXT))
        return None if found is None else message("check.duplicate", at=from_ms(found))

    async def _link_warnings(self, item: Delivery, standing: _Standing) -> list[Message]:
        counting = standing.limits.counting
        links = {span.value for part in item.parts for span in measure(part, counting).links}
        if links and item.post_id is not None:  # the page itself is asked: a short link would count our question as a click
            made = await self._database.read(links_reading.of_post, item.post_id)
            pages = {link.leaves_as: link.url for link in made if link.account_id == item.account_id}
            links = {pages.get(link, link) for link in links}
        answers = await asyncio.gather(*(self._link_answers(link) for link in sorted(links)))
        return [message("check.link_dead", link=link) for link, answer in zip(sorted(links), answers, strict=True) if answer is False]

    async def _short_warning(self, item: Delivery) -> Message | None:
        """Its link was to be short and is not: the clicks are told by its parameters alone."""
        if item.post_id is None:
            return None
        shortener = await self._database.read(links_reading.unshortened, item.post_id, item.account_id)
        return None if shortener is None else message("check.link_not_short", name=SHORTENER_NAMES.get(shortener, ""))


def _account_warning(standing: _Standing) -> Message | None:
    if standing.state is AccountState.SIGNED_OUT:
        return message("check.signed_out", handle=standing.handle)
    if standing.state is AccountState.PAUSED:
        return message("check.paused", handle=standing.handle)
    return None


def _audience_warning(item: Delivery, standing: _Standing) -> Message | None:
    """Its server offers such posts no longer: what it would make of one is not known."""
    if item.kind is not OutboxKind.POST or item.visibility in standing.limits.visibilities:
        return None
    return message("check.not_so_there", handle=standing.handle)


def _length_warning(item: Delivery, standing: _Standing) -> Message | None:
    limits = standing.limits
    for part in item.parts:
        warning = item.warning if limits.warning else ""
        if not measure(measured(part), limits.counting, limits.text, link_length=limits.link_length, warning=warning).fits:
            return message("check.too_long", handle=standing.handle, limit=limits.text)
    return None


def to_ms_span(span: timedelta) -> int:
    """Whole milliseconds."""
    return round(span.total_seconds() * 1000)


async def cannot_tell(_link: str) -> bool | None:
    """Where nothing may be asked: the sample shop, whose pages are invented."""
    return None
