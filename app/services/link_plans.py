"""How links of a draft leave on each account: with which parameters, short or not, and whether there is room; decided without asking anybody.

Asked at each key: the rows of one post and the campaigns' names are kept until the data file says that they changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, tzinfo
from typing import NamedTuple

from app.language.measure import measure
from app.links.utm import DEFAULT_PATTERN, Facts, Pattern, WrongPattern, slug, tagged
from app.models.account import AccountRow
from app.models.image_set import measured
from app.models.post import PostDraft
from app.models.sorting import vocabulary
from app.models.tracked_link import LinkFace, LinkState, Shortener, TrackedLink
from app.networks.network import Limits
from app.runtime.clock import Clock
from app.runtime.settings import Links, Settings
from app.services.calendar import Known
from app.services.link_shortener import LinkShortener
from app.services.link_texts import links_of, put_in
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import links as reading

LONGEST_ADDRESS = 1_500

Rows = Mapping[tuple[int, str], TrackedLink]
"""By account and address."""
KnownAccount = Callable[[int], Known]
"""An account and its limits, without asking the database; raises UserMistake for one that is gone."""


class Plan(NamedTuple):
    """How an account's links leave."""

    instead: Mapping[str, str]
    """What stands in the place of each address that is changed."""
    faces: tuple[LinkFace, ...]


class LinkPlans:
    """One a profile."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        shortener: LinkShortener,
        known: KnownAccount,
        zone: Callable[[], tzinfo],
        clock: Clock,
    ) -> None:
        self._database = database
        self._settings = settings
        self._shortener = shortener
        self._known = known
        self._zone = zone
        self._clock = clock
        self._rows: tuple[int, Rows] = (0, {})
        """Of the post asked about last."""
        self._campaigns: Mapping[int, tuple[str, str]] | None = None
        self.close = database.changed.connect(self._hear)

    def _hear(self, changes: Changes) -> None:
        if changes.touches("tracked_link"):
            self._rows = (0, {})
        if changes.touches("campaign"):
            self._campaigns = None

    def plan(
        self,
        draft: PostDraft,
        account_id: int,
        parts: Sequence[str],
        rows: Rows | None = None,
        *,
        made: bool = False,
    ) -> Plan:
        """`made`: all that could be made is, and nothing is expected any more."""
        known = self._known(account_id)
        account, limits = known.account, known.limits
        rows = self._rows_of(draft.id) if rows is None else rows
        campaign, expected = self._campaign(draft), "" if made else self._shortener.expected
        states: dict[str, tuple[str, LinkState]] = {}
        for url, tracked in self.tagged(draft, account_id, parts).items():
            row = rows.get((account_id, url))
            fits_row = row is not None and row.tracked == tracked
            if not draft.track_clicks or tracked == url:
                states[url] = url, LinkState.PLAIN
            elif row is not None and fits_row and row.short and not row.is_gone:
                states[url] = row.short, LinkState.SHORT
            elif (
                row is not None
                and fits_row
                and row.shortener is not Shortener.NONE
                and self._shortener.chosen is not Shortener.NONE
            ):
                states[url] = tracked, LinkState.UNSHORTENED
            elif expected:
                states[url] = expected, LinkState.EXPECTED
            else:
                states[url] = tracked, LinkState.TAGGED
        instead = {url: text for url, (text, state) in states.items() if state is not LinkState.PLAIN}
        if instead and not self._fit(draft, limits, parts, instead) and self._fit(draft, limits, parts, {}):
            states = {url: (url, LinkState.NO_ROOM if url in instead else state) for url, (_, state) in states.items()}
            instead = {}
        facts = self._facts(draft, account)
        faces = tuple(
            LinkFace(account_id, url, text, state, facts.network, campaign) for url, (text, state) in states.items()
        )
        return Plan(instead, faces)

    def _fit(self, draft: PostDraft, limits: Limits, parts: Sequence[str], instead: Mapping[str, str]) -> bool:
        warning, never = draft.warning if limits.warning else "", self.never()
        return all(
            measure(
                measured(put_in(part, instead, never)),
                limits.counting,
                limits.text,
                link_length=limits.link_length,
                warning=warning,
            ).fits
            for part in parts
        )

    def tagged(self, draft: PostDraft, account_id: int, parts: Sequence[str]) -> dict[str, str]:
        """Its links with their parameters, by their addresses."""
        account = self._known(account_id).account
        pattern, facts = self.pattern(), self._facts(draft, account)
        found = {}
        for part in parts:
            for _, url in links_of(part, self.never()):
                words = tagged(url, pattern, facts)
                found[url] = words if len(words) <= LONGEST_ADDRESS else url
        return found

    def _facts(self, draft: PostDraft, account: AccountRow) -> Facts:
        post = f"p{draft.id or 0}-{account.id}"
        day = draft.planned_at.astimezone(self._zone()).date() if draft.planned_at is not None else self.today()
        return Facts(account.network, account.handle, self._campaign(draft), post, self._pillar(draft), day)

    def _pillar(self, draft: PostDraft) -> str:
        """By its own name where that has letters that a link can bear, else by its id."""
        found = vocabulary(self._settings).pillars.find(draft.pillar)
        return (slug(found.name) if found is not None else "") or draft.pillar

    def _campaign(self, draft: PostDraft) -> str:
        if draft.campaign_id is None:
            return ""
        if self._campaigns is None:
            self._campaigns = self._database.reader.now(reading.campaigns)
        name, own = self._campaigns.get(draft.campaign_id, ("", ""))
        return slug(own) or slug(name) or f"campaign-{draft.campaign_id}"

    def tags(self, draft: PostDraft) -> tuple[str, ...]:
        campaign = self._campaign(draft)
        return (campaign,) if campaign else ()

    def pattern(self) -> Pattern:
        """One that cannot be read (another program wrote it) adds what all begin with."""
        try:
            return Pattern.read(self._settings.get(Links).pattern)
        except WrongPattern:
            return Pattern.read(DEFAULT_PATTERN)

    def never(self) -> frozenset[str]:
        """The hosts of short links: what is short already is not made short again."""
        domain = self._shortener.domain.partition(":")[0].removeprefix("www.")
        return frozenset({"bit.ly", domain} - {""})

    def _rows_of(self, post_id: int | None) -> Rows:
        if post_id is None:
            return {}
        if self._rows[0] != post_id:
            rows = self._database.reader.now(reading.of_post, post_id)
            self._rows = (post_id, {(row.account_id, row.url): row for row in rows})
        return self._rows[1]

    def today(self) -> date:
        return self._clock.now().astimezone(self._zone()).date()

    def parameters_of_reply(self, account_id: int) -> Facts:
        """Where a link in a reply comes from: no post."""
        account = self._known(account_id).account
        return Facts(account.network, account.handle, "", "reply", "", self.today())
