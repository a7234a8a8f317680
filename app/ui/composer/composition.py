"""What the composer shows at one moment, in one frozen bundle: draft, accounts with their limits, where it stands. Cards read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

from app.commands.publishing_services import AccountLimits, VideoFacts
from app.models.account import AccountRow
from app.models.image_set import for_account, measured
from app.models.outbox import DeliveryState, OutboxRow
from app.models.post import PostDraft, PostRow, PostState
from app.runtime.words import Message
from app.ui.composer.around import Facts
from app.ui.composer.drafting import parts_of
from app.ui.names import network_name

Measure = Callable[[int, str, str], tuple[int, int]]
"""(account id, text, content warning) -> (length, limit)."""
Edit = Callable[[Callable[[PostDraft], PostDraft]], None]
"""Hands a change of the draft to the page, which shows, checks and keeps it."""

SERVED = (DeliveryState.OUT, DeliveryState.CLAIMED, DeliveryState.UNSURE)
"""States in which nothing that is written now reaches the account any more."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

TAKING_UP = timedelta(seconds=3)
"""So long after its time something that waits is usually on its way."""


@dataclass(frozen=True, slots=True)
class Place:
    """One account a post may go to."""

    account: AccountRow
    limits: AccountLimits
    name: str
    """The network's name; with the handle where the shop has two accounts there."""
    no_quotes: Message | None = None
    """Why no program may quote there; None where it may."""

    @property
    def id(self) -> int:
        return self.account.id


@dataclass(frozen=True, slots=True)
class Composition:
    """The whole of it. `tab` is the account whose text is shown, None for the base text."""

    draft: PostDraft
    places: tuple[Place, ...]
    tab: int | None = None
    row: PostRow | None = None
    deliveries: tuple[OutboxRow, ...] = ()
    now: datetime | None = None
    wrong_time: bool = False
    """What is typed as a time cannot be read."""
    undo_time: timedelta = timedelta(0)
    """So long what is sent can be taken back before it leaves."""
    films: Mapping[str, VideoFacts | None] = field(default_factory=dict)
    """What the post's videos are, by path, as far as they were read; None for one that cannot be read."""
    encoder: bool = False
    """Whether a video can be made to fit: the user's ffmpeg is there."""
    around: Facts = field(default_factory=Facts)
    zone: tzinfo = UTC
    """The shop's."""
    leaves: Callable[[PostDraft, int, str], str] | None = None
    """A text of the draft as it leaves on an account: with its tracked links."""

    @property
    def chosen(self) -> tuple[Place, ...]:
        """The accounts it goes to, in their order."""
        return tuple(place for place in self.places if place.id in self.draft.accounts)

    @property
    def served(self) -> frozenset[int]:
        """Accounts where it is out, on its way or unsure."""
        return frozenset(row.account_id for row in self.deliveries if row.state in SERVED)

    @property
    def open(self) -> tuple[Place, ...]:
        """The accounts that what is written now would still reach."""
        return tuple(place for place in self.chosen if place.id not in self.served)

    @property
    def finished(self) -> bool:
        """Nothing that is written here could reach anybody any more."""
        return bool(self.served) and not self.open

    @property
    def leaves_at(self) -> datetime | None:
        """When it leaves, while it waits out its undo time or is being taken up."""
        due = [row.due_at for row in self.deliveries if row.state is DeliveryState.WAITING and not row.attempts]
        if self.now is None or not self.scheduled or not due:
            return None
        first = min(due)
        return first if first - self.undo_time <= self.now < first + TAKING_UP else None

    @property
    def locked(self) -> bool:
        """Nothing can be written now: it is out, or on its way and can only be taken back as a whole."""
        return self.finished or self.leaves_at is not None

    @property
    def at(self) -> datetime | None:
        """When it leaves, or left: a post sent "now" has no chosen time, but one at which it was to go."""
        return self.draft.planned_at or (self.row.planned_at if self.row is not None and self.scheduled else None)

    @property
    def day(self) -> date:
        """The shop's day on which it leaves; today where it has no time."""
        moment = self.at or self.now or EPOCH
        return moment.astimezone(self.zone).date()

    @property
    def scheduled(self) -> bool:
        return self.row is not None and self.row.state is PostState.SCHEDULED

    def parts(self, account_id: int | None) -> tuple[str, ...]:
        return parts_of(self.draft, account_id)

    def leaving(self, account_id: int) -> tuple[str, ...]:
        """The parts as they leave there: with tracked links in the place of its own."""
        leaves = self.leaves
        parts = parts_of(for_account(self.draft, account_id), account_id)
        return parts if leaves is None else tuple(leaves(self.draft, account_id, part) for part in parts)

    def place(self, account_id: int | None) -> Place | None:
        return next((place for place in self.places if place.id == account_id), None)


def named(
    accounts: Sequence[AccountRow], limits: Callable[[int], AccountLimits], no_quotes: Callable[[int], Message | None]
) -> tuple[Place, ...]:
    """Accounts with their limits and the names they go by here; `no_quotes` answers why no program may quote there."""
    networks = [account.network for account in accounts]
    places = []
    for account in accounts:
        name = network_name(account.network)
        if networks.count(account.network) > 1:
            name = f"{name} {account.handle}"
        places.append(Place(account, limits(account.id), name, no_quotes(account.id)))
    return tuple(places)


def shown_deliveries(rows: Sequence[OutboxRow], scheduled: bool) -> tuple[OutboxRow, ...]:
    """The delivery that counts for each account: the latest that was not let go, else (while it is scheduled) the latest."""
    latest: dict[int, OutboxRow] = {}
    for row in sorted(rows, key=lambda row: (row.state is not DeliveryState.LET_GO, row.id)):
        latest[row.account_id] = row
    return tuple(row for row in latest.values() if scheduled or row.state is not DeliveryState.LET_GO)


def lengths(composition: Composition, measure: Measure, account_id: int) -> list[tuple[int, int]]:
    """(length, limit) of each part as the account's network counts; the content warning counts in the first part."""
    warning = composition.draft.warning
    return [measure(account_id, measured(part), warning) for part in composition.leaving(account_id)]


def fullest(measured: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The part that fills its limit most."""
    return max(measured, key=lambda pair: pair[0] / pair[1] if pair[1] else 0.0, default=(0, 0))
