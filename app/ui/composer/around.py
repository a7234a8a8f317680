"""What the plan holds around the post in hand: the posts of its week, campaigns with their phases, good times, and whether it was said before.

Asked for when what it depends on changed, off the screen's thread; until it is there nothing is warned of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.calendar import CalendarPost, PhaseRow, week_start
from app.models.campaign import CampaignRow
from app.models.image_set import for_account
from app.models.post import PostDraft
from app.models.rhythm import Paces
from app.models.said import Said
from app.models.slot import GoodTime, Occupied, Room, good_times
from app.runtime.clock import from_wall
from app.runtime.settings import Posting, Shop, first_weekday
from app.ui.composer.marking import mentions
from app.ui.page import PageFace

DAY = timedelta(days=1)
OFFERED_DAYS = 7
"""So far ahead good times are offered; what is further is found by "Next good time"."""
MOST_OFFERED = 4
SAID_MS = 600
"""After the last change, before it is looked for in what was said."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it. Days are the shop's."""

    first: date | None = None
    """The first day of the week that `posts` are of; None: not known yet."""
    posts: tuple[CalendarPost, ...] = ()
    """Of that week and the days beside it, without the post itself."""
    phases: tuple[PhaseRow, ...] = ()
    campaigns: tuple[CampaignRow, ...] = ()
    times: tuple[GoodTime, ...] = ()
    """The next free good times of the chosen accounts."""
    day_times: tuple[GoodTime, ...] = ()
    """All good times of the day of the post (today without one), free or not."""
    paces: Paces = field(default_factory=Paces)
    hashtag_limit: int = 5
    goal: int = 50
    goal_is_own: bool = False
    """Whether the user chose it: only then, or in a promotion phase, is a week measured by it."""
    said: Said | None = None
    handles: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Known people's handles by network, for each handle in the texts."""


class Around(QObject):
    """`changed` says that `facts` are other ones."""

    changed = Signal()

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.facts = Facts()
        self._asked: tuple[object, ...] | None = None
        self._cancel: Callable[[], None] | None = None
        self._texts: tuple[tuple[str, ...], int | None] = ((), None)
        self._draft = PostDraft()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SAID_MS)
        self._soon.timeout.connect(self._ask_words)

    def begin(self) -> None:
        """Another post: nothing of the one before holds for it."""
        self._asked = None
        self._texts = ((), None)
        self._soon.stop()
        self.facts = replace(self.facts, said=None, first=None, posts=(), times=(), day_times=())

    def forget(self) -> None:
        """Something was planned or changed elsewhere: ask anew, and keep what is known meanwhile."""
        self._asked = None
        self._texts = ((), None)

    def ask(self, draft: PostDraft) -> None:
        """Look where what it depends on changed."""
        self._draft = draft
        zone = self._face.words.zone
        now = self._face.clock.now()
        day = (draft.planned_at or now).astimezone(zone).date()
        posting = self._face.services.settings.get(Posting)
        week = week_start(day, first_weekday(self._face.services.settings.get(Shop), self._face.words.first_weekday))
        asked = (draft.id, draft.accounts, draft.pillar, day, week, now.astimezone(zone).date(), posting)
        if asked != self._asked:
            self._asked = asked
            self._read(draft, day, week, posting)
        texts = (tuple(dict.fromkeys(("\n".join(draft.parts), *("\n".join(parts) for _, parts in draft.variants)))), draft.id)
        if texts != self._texts:
            self._texts = texts
            self._soon.start()

    def _read(self, draft: PostDraft, day: date, week: date, posting: Posting) -> None:
        if self._cancel is not None:
            self._cancel()
        zone, now = self._face.words.zone, self._face.clock.now()
        today = now.astimezone(zone).date()
        last = max(week + 8 * DAY, today + OFFERED_DAYS * DAY)
        begins = from_wall(datetime.combine(min(week - DAY, today), time()), zone).at
        ends = from_wall(datetime.combine(last + DAY, time()), zone).at
        paces = Paces.of_settings(posting)

        def read(queries: Any) -> Facts:
            span = queries.calendar(begins, ends, min(week, today), last)
            others = tuple(post for post in span.posts if post.id != draft.id)
            grid = queries.slots()
            room = Room([Occupied(post.planned_at, post.accounts, post.id) for post in others if post.planned_at is not None], paces, zone)
            free = [
                each
                for each in good_times(grid, today, today + OFFERED_DAYS * DAY, draft.accounts)
                if each.at > now and each.pillar in ("", draft.pillar) and room.is_free(each.at, each.account_ids)
            ]
            of_day = [each for each in good_times(grid, day, day, draft.accounts) if each.pillar in ("", draft.pillar)]
            return Facts(
                week, others, span.phases, tuple(queries.campaign_rows()), tuple(_one_a_moment(free)[:MOST_OFFERED]),
                tuple(_one_a_moment(of_day)), paces, posting.hashtags, posting.selling, posting.selling != Posting().selling,
            )  # fmt: skip

        def deliver(found: Facts) -> None:
            self.facts = replace(found, said=self.facts.said, handles=self.facts.handles)
            self.changed.emit()

        self._cancel = self._face.services.reads.later(read, deliver)

    # ---- words

    def _ask_words(self) -> None:
        texts, post_id = self._texts
        self._face.actions.start("said before", self._said_before(texts, post_id))
        handles = sorted({handle for text in texts for handle in mentions(text)})
        if not handles:
            if self.facts.handles:
                self.facts = replace(self.facts, handles={})
                self.changed.emit()
            return

        def deliver(found: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
            if found != self.facts.handles:
                self.facts = replace(self.facts, handles=found)
                self.changed.emit()

        self._face.services.reads.later(lambda queries: queries.handles_elsewhere(handles), deliver)

    async def _said_before(self, texts: tuple[str, ...], post_id: int | None) -> None:
        said = await self._face.services.drafting.said_before(texts, post_id)
        if (texts, post_id) == self._texts and said != self.facts.said:
            self.facts = replace(self.facts, said=said)
            self.changed.emit()

    def stop(self) -> None:
        """Another bench takes over."""
        self._soon.stop()


def _one_a_moment(times: list[GoodTime]) -> list[GoodTime]:
    found: dict[datetime, GoodTime] = {}
    for each in times:
        before = found.get(each.at)
        found[each.at] = each if before is None else replace(before, account_ids=tuple(sorted({*before.account_ids, *each.account_ids})))
    return list(found.values())


def campaign_of(facts: Facts, campaign_id: int | None) -> CampaignRow | None:
    return next((each for each in facts.campaigns if each.plan.id == campaign_id), None)


def phase_of(facts: Facts, campaign_id: int | None, day: date) -> PhaseRow | None:
    """The phase of a campaign on a day."""
    found = [each for each in facts.phases if each.campaign_id == campaign_id and each.starts_on <= day <= each.ends_on]
    return max(found, key=lambda each: each.starts_on, default=None)


def text_there(draft: PostDraft, account_id: int) -> str:
    """All words that go to an account."""
    whole = for_account(draft, account_id)
    own = dict(whole.variants).get(account_id)
    return "\n".join(own if own is not None else whole.parts)
