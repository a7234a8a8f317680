"""Moving posts on the calendar: to another time, back to the ideas, as a copy; and drafts made of what is dropped there.

What is owed for a post moves with it in the same transaction, what a server holds too (services/holding.py takes it back and hands
it over anew). Each act is one entry of the undo list, however many posts it is on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from app.models.calendar import Move
from app.models.delivery import Delivery
from app.models.outbox import DeliveryState
from app.models.post import Picture, PostDraft, PostState
from app.models.spacing import moments
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.settings import Answer, Settings, Shop
from app.runtime.words import Message, message
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading import calendar as reading
from app.store.writing import calendar, outbox, posts
from app.store.writing.calendar import Standing

LEFT = (DeliveryState.OUT, DeliveryState.CLAIMED, DeliveryState.UNSURE)
"""What is out, or may be: it cannot be called back, so its post stays where it is."""
MOVES = (DeliveryState.WAITING, DeliveryState.HELD, DeliveryState.FAILED, DeliveryState.BY_HAND)


class Holidays(Protocol):
    """Public holidays of a year by day. Blocks."""

    def year(self, country: str, region: str, year: int, language: str = "") -> Mapping[date, str]: ...


class TakesPictures(Protocol):
    """Copies a file into the profile."""

    async def add_picture(self, source: Path) -> Picture: ...


@dataclass(frozen=True, slots=True)
class Before:
    """How a post stood before an act."""

    post_id: int
    stood: Standing
    owed: tuple[Delivery, ...]


class Along(NamedTuple):
    """What moves in the same transaction as posts: a campaign's phases, a launch."""

    forth: Callable[[Session], None]
    back: Callable[[Session], None]


class Planning:
    """Each act raises `UserMistake` where it may not be, and then has changed nothing."""

    def __init__(
        self,
        database: Database,
        undo: Undo,
        clock: Clock,
        pictures: TakesPictures,
        holidays: Holidays,
        settings: Settings,
    ) -> None:
        self._database = database
        self._undo = undo
        self._clock = clock
        self._pictures = pictures
        self._holidays = holidays
        self._settings = settings

    def holidays(self, years: Sequence[int], language: str) -> dict[date, str]:
        """Public holidays of the shop's country, named in `language` where the library knows their names in it. Blocks, on any thread."""
        answer = self._settings.get(Answer)
        country, region = answer.holiday_country or self._settings.get(Shop).country, answer.holiday_region
        found: dict[date, str] = {}
        for year in years if country else ():
            found.update(self._holidays.year(country, region, year, language))
        return found

    async def move(self, moves: Sequence[Move], zone: str) -> None:
        """Plan posts for other times, chosen in `zone`. Ideas become drafts with a time; drafts stay drafts."""
        self._refuse_past([move.at for move in moves])
        now = to_ms(self._clock.now())

        def act(session: Session) -> list[Before]:
            before = [_movable(session, move.post_id) for move in moves]
            for move in moves:
                keep_to_phase(session, move.post_id, move.at, zone)
                _plan(session, move, zone, now)
            return before

        before = await self._database.write(act)

        async def back() -> None:
            await self._restore(before, now)

        async def again() -> None:
            self._refuse_past([move.at for move in moves])
            await self._database.write(act)

        self._undo.did(Act(message("undone.post_moved", n=len(moves)), back, again))

    async def move_along(self, moves: Sequence[Move], zone: str, along: Along, said: Message) -> int:
        """Move posts together with what they belong to: one transaction, one entry of the undo list. What has left by then, or would
        lie in the past, stays where it is. Answers how many posts moved.
        """
        now = to_ms(self._clock.now())

        def act(session: Session) -> list[Before]:
            along.forth(session)
            before = []
            for move in moves:
                found = _moves_along(session, move, now)
                if found is not None:
                    _plan(session, move, zone, now)
                    before.append(found)
            return before

        before = await self._database.write(act)

        async def back() -> None:
            await self._restore(before, now, along=along)

        async def again() -> None:
            await self._database.write(act)

        self._undo.did(Act(said, back, again))
        return len(before)

    async def back_to_ideas(self, post_ids: Sequence[int]) -> None:
        """Take posts off the calendar: what was owed is let go of, and they wait among the ideas."""
        now = to_ms(self._clock.now())

        def act(session: Session) -> list[Before]:
            before = [_movable(session, number) for number in post_ids]
            for number in post_ids:
                outbox.withdraw_post(session, number, now)
                posts.set_state(session, number, PostState.IDEA, now)
                posts.plan(session, number, None, None, now)
            return before

        before = await self._database.write(act)

        async def back() -> None:
            await self._restore(before, now, revive=True)

        self._undo.did(Act(message("undone.to_ideas", n=len(post_ids)), back))

    async def duplicate(self, copies: Sequence[Move], zone: str) -> list[int]:
        """Drafts with the texts of posts, at times of their own; answers their ids."""
        now = to_ms(self._clock.now())
        self._refuse_past([copied.at for copied in copies])

        def act(session: Session) -> list[int]:
            for copied in copies:
                if calendar.standing(session, copied.post_id) is None:
                    raise UserMistake(message("calendar.gone"))
            return [calendar.copy_post(session, each.post_id, to_ms(each.at), zone, now) for each in copies]

        made = await self._database.write(act)
        self._undo.did(self.made(made))
        return made

    async def drop_in(self, texts: Sequence[str], files: Sequence[Path], at: datetime | None, zone: str) -> int:
        """A draft of what was dropped from another program: its text and pictures, for the accounts of the last planned post. Without a
        time it is left to be placed. Answers its id.
        """
        if at is not None:
            self._refuse_past([at])
        pictures = [await self._pictures.add_picture(path) for path in files]
        accounts = await self._database.read(reading.last_accounts)
        draft = PostDraft(
            parts=("\n\n".join(texts),),
            pictures=tuple(pictures),
            accounts=accounts,
            planned_at=at,
            zone=zone if at is not None else "",
        )
        number: int = await self._database.write(posts.save, draft, to_ms(self._clock.now()))
        self._undo.did(self.made([number]))
        return number

    def _refuse_past(self, moments: Sequence[datetime]) -> None:
        if any(at < self._clock.now() for at in moments):
            raise UserMistake(message("composer.past_time"), field="time")

    def made(self, numbers: Sequence[int]) -> Act:
        """How drafts that were just made are taken back."""

        async def back() -> None:
            def remove(session: Session) -> None:
                for number in numbers:
                    outbox.withdraw_post(session, number, to_ms(self._clock.now()))
                    posts.delete(session, number, to_ms(self._clock.now()))

            await self._database.write(remove)

        async def again() -> None:
            def bring_back(session: Session) -> None:
                for number in numbers:
                    posts.restore(session, number, to_ms(self._clock.now()))

            await self._database.write(bring_back)

        return Act(message("undone.drafts_made", n=len(numbers)), back, again)

    async def _restore(
        self, before: Sequence[Before], acted_ms: int, *, revive: bool = False, along: Along | None = None
    ) -> None:
        """As it was. Where a time has passed meanwhile nothing leaves by surprise, and what was written since is not undone with it: that
        is said, and all stays as it is. `revive`: what the act let go of is owed again.
        """
        now = to_ms(self._clock.now())

        def act(session: Session) -> None:
            for each in before:
                if _movable(session, each.post_id).stood.saved_at != acted_ms:
                    raise UserMistake(message("calendar.changed_since"))
                waited = [item for item in each.owed if item.state in (DeliveryState.WAITING, DeliveryState.HELD)]
                if any(to_ms(item.due_at) <= now for item in waited):
                    raise UserMistake(message("calendar.undo_past"))
            for each in before:
                _bring_back(session, each, now, revive=revive)
            if along is not None:
                along.back(session)

        await self._database.write(act)


def _movable(session: Session, post_id: int) -> Before:
    """How it stands; raises where it is gone, or has left already."""
    found = calendar.standing(session, post_id)
    if found is None:
        raise UserMistake(message("calendar.gone"))
    owed = tuple(outbox.of_post(session, post_id))
    if any(item.state in LEFT for item in owed):
        raise UserMistake(_stays(owed))
    return Before(post_id, found, owed)


def _moves_along(session: Session, move: Move, now_ms: int) -> Before | None:
    """How it stands; None where it is gone, has left already, or its new time is over."""
    found = calendar.standing(session, move.post_id)
    if found is None or to_ms(move.at) <= now_ms:
        return None
    owed = tuple(outbox.of_post(session, move.post_id))
    return None if any(item.state in LEFT for item in owed) else Before(move.post_id, found, owed)


def _stays(owed: Sequence[Delivery]) -> Message:
    out = any(item.state is DeliveryState.OUT for item in owed)
    return message("calendar.published_stays" if out else "calendar.going_stays")


def keep_to_phase(session: Session, post_id: int, at: datetime, zone: str) -> None:
    """What sells stays out of the teaser of its campaign, whoever plans it for a time there. Raises `UserMistake`."""
    refused = calendar.teaser_against(session, post_id, at.astimezone(ZoneInfo(zone or "UTC")).date())
    if refused is not None:
        raise UserMistake(message("rhythm.teaser_refuses", campaign=refused), field="time")


def _plan(session: Session, move: Move, zone: str, now_ms: int) -> None:
    due = to_ms(move.at)
    times = moments(move.at, *posts.spacing(session, move.post_id))
    for item in outbox.of_post(session, move.post_id):
        if item.state in MOVES:
            outbox.reschedule(session, item.id, to_ms(times.get(item.account_id, move.at)), now_ms)
            if item.state is DeliveryState.BY_HAND:
                outbox.move(session, item.id, DeliveryState.BY_HAND, now_ms)
    found = calendar.standing(session, move.post_id)
    if found is not None and found.state is PostState.IDEA:
        posts.set_state(session, move.post_id, PostState.DRAFT, now_ms)
    posts.plan(session, move.post_id, due, zone, now_ms)


def _bring_back(session: Session, before: Before, now_ms: int, *, revive: bool) -> None:
    states = {item.id: item.state for item in outbox.of_post(session, before.post_id)}
    for item in before.owed:
        gone = states.get(item.id) is DeliveryState.LET_GO and not revive  # the user let it go meanwhile
        if item.state in MOVES and not gone:
            outbox.reschedule(session, item.id, to_ms(item.due_at), now_ms)
            if item.state in (DeliveryState.FAILED, DeliveryState.BY_HAND):
                outbox.move(session, item.id, item.state, now_ms, reason=item.reason)
    calendar.stand(session, before.post_id, before.stood)
