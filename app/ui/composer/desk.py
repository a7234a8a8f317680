"""The post in hand and everything known about it: draft, accounts, deliveries, and its keeper. No widgets.

A planned post that is edited keeps its planned time in the data file until it is planned anew, so that lists never show a time at
which nothing would leave.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from app.commands.composer import Plan
from app.commands.services import undo_seconds
from app.models.account import POSTS_NOTHING, AccountState
from app.models.outbox import OutboxRow
from app.models.post import PostDraft, PostRow, PostState, QuotedPost
from app.runtime.words import message
from app.ui.composer.around import Around
from app.ui.composer.composition import Composition, Place, named, shown_deliveries
from app.ui.composer.drafting import first_line, is_blank, with_parts
from app.ui.composer.films import Films
from app.ui.composer.keeping import Keeper
from app.ui.composer.languages import heard_in
from app.ui.composer.quoting import agreed
from app.ui.page import PageFace

Answer = tuple[PostRow | None, tuple[OutboxRow, ...]]


class Desk(QObject):
    """`changed` says that what is known besides the draft is new; `kept` when the draft was kept."""

    changed = Signal()
    kept = Signal(object)

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self._draft = PostDraft()
        self._planned: PostDraft | None = None
        """The draft as it was planned: what goes out unless it is planned anew."""
        self._row: PostRow | None = None
        self._rows: tuple[OutboxRow, ...] = ()
        self._places: tuple[Place, ...] = ()
        self._parting: list[Keeper] = []
        self._cancel: Callable[[], None] | None = None
        self._keeper = self._new_keeper(None)
        self.usual: tuple[int, ...] = ()
        """The accounts chosen last: a new post begins with them."""
        self.left_out: set[str] = set()
        """Links that go without a card."""
        self.films = Films(face, self.changed.emit)
        self.around = Around(face)
        self.around.changed.connect(self.changed)

    # ---- what is known

    @property
    def draft(self) -> PostDraft:
        return self._draft

    @property
    def kept_at(self) -> datetime | None:
        return self._row.saved_at if self._row is not None else None

    def composition(self) -> Composition:
        """All of it, without what only the page knows (which text is shown)."""
        scheduled = self._planned is not None
        return Composition(
            self._draft,
            self._places,
            None,
            self._row,
            shown_deliveries(self._rows, scheduled),
            self._face.clock.now(),
            undo_time=timedelta(seconds=undo_seconds(self._face.services)),
            films=self.films.known,
            encoder=self.films.encoder,
            around=self.around.facts,
            zone=self._face.words.zone,
            leaves=self._face.services.tracked_links.leaves,
        )

    # ---- another post

    def open(self, post_id: int) -> None:
        """Bring a post to the desk; one that is gone is said to be, and a new one begins."""
        if post_id == self._draft.id:
            self._read_now(post_id)
            self.changed.emit()
            return
        draft = self._face.services.reads.now(lambda queries: queries.post(post_id))
        if draft is None:
            self._face.notices.say(message("composer.said.gone"), level="warn")
            self.begin("")
            return
        self._part()
        self.around.begin()
        self._draft = draft
        self._read_now(post_id)
        self._keeper = self._new_keeper(post_id)

    def begin(self, text: str, quote: QuotedPost | None = None) -> None:
        """Begin a post for the accounts chosen last, else for all that are signed in; one that quotes, for those that may quote it."""
        self._part()
        self.around.begin()
        self._row, self._rows, self._planned = None, (), None
        self._read_accounts()
        known = [place.id for place in self._places]
        ready = tuple(place.id for place in self._places if place.account.state is AccountState.READY)
        chosen = tuple(each for each in known if each in self.usual) or ready or tuple(known[:1])
        if quote is not None:
            chosen = tuple(number for number, _ in quote.known)
        draft = with_parts(PostDraft(accounts=chosen, quote=quote), None, (text,))
        self._draft = replace(draft, language=heard_in(draft) or self._face.words.language)
        self._keeper = self._new_keeper(None)
        if text or quote is not None:
            self._keeper.touch()

    def read_again(self, *, accounts: bool) -> None:
        """Something was committed: look where the post stands now, on a worker thread."""
        if accounts:
            self._read_accounts()
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        post_id = self._draft.id
        if post_id is None:
            if accounts:
                self.changed.emit()
            return

        def read(queries: object) -> Answer:
            return queries.post_row(post_id), tuple(queries.outbox(post_id=post_id, unfinished=False))  # type: ignore[attr-defined]

        def deliver(answer: Answer) -> None:
            if self._draft.id == post_id:
                self._take_in(answer)
                self.changed.emit()

        self._cancel = self._face.services.reads.later(read, deliver)

    # ---- writing

    def edit(self, change: Callable[[PostDraft], PostDraft]) -> bool:
        """Whether it changed anything; what changed is kept soon."""
        after = change(self._draft)
        if after == self._draft:
            return False
        self._draft = after
        if after.id is not None or not is_blank(after):
            self._keeper.touch()
        return True

    def agree(self) -> None:
        """The user has seen what the networks leave out, and sends it."""
        self.edit(lambda _draft: agreed(self.composition()))

    def remember_usual(self) -> None:
        if self._draft.accounts:
            self.usual = self._draft.accounts

    def leave(self, *, fit: bool) -> None:
        """The page goes: keep everything now. A planned post with changes is planned anew, if it is fit to go."""
        self._keeper.keep_now()
        for keeper in self._parting:
            keeper.keep_now()
        planned = self._planned
        if planned is None or self.composition().finished:
            return
        at = self._draft.planned_at or planned.planned_at
        if _content(planned) == replace(_content(self._draft), planned_at=at):
            return
        if fit and at is not None and at > self._face.clock.now():
            self.agree()
            self._face.actions.start("plan anew", self._plan_anew(self._draft, at))
        else:
            self._face.notices.say(message("composer.said.not_planned_anew", title=_title(self._draft)), level="warn")

    async def _plan_anew(self, draft: PostDraft, at: datetime) -> None:
        await self._face.services.posts.schedule(draft, at)
        if self._draft.id == draft.id:
            self._planned = draft
        self._face.notices.say(message("composer.said.planned_anew", title=_title(draft), when=at), undo=True, seconds=10)

    # ---- handing over

    def hand_over(self, again: Callable[[], None], settled: Callable[[int | None, str | None], None]) -> Plan | None:
        """The draft for sending; while a new post is on its first way to the data file, None, and `again` is called afterwards."""
        if not self._keeper.when_named(again):
            return None
        keeper, draft = self._keeper, replace(self._draft, id=self._keeper.post_id)
        keeper.hold()

        def done(post_id: int | None, field: str | None) -> None:
            keeper.release(post_id, kept=post_id is not None)
            if post_id is not None and keeper is self._keeper:
                self._read_now(post_id)
                self.changed.emit()
            if keeper is self._keeper:
                settled(post_id, field)

        at = draft.planned_at
        return Plan(draft, at if at is not None and at > self._face.clock.now() else None, done)

    def give_away(self, again: Callable[[], None], settled: Callable[[int | None, str | None], None]) -> Plan | None:
        """The draft for deleting; None as with `hand_over`."""
        if not self._keeper.when_named(again):
            return None
        draft = replace(self._draft, id=self._keeper.post_id)

        def done(post_id: int | None, field: str | None) -> None:
            self.forget()
            settled(post_id, field)

        return Plan(draft, None, done)

    def forget(self) -> None:
        """Nothing of this post is to be kept any more."""
        self._keeper.hold()
        self._draft = PostDraft()
        self._row, self._rows, self._planned = None, (), None

    # ---- inside

    def _new_keeper(self, post_id: int | None) -> Keeper:
        keeper = Keeper(self._face.services.posts, self._face.actions.start, self._face.clock, self._to_keep)
        keeper.begin(post_id)
        keeper.kept.connect(self.kept)
        keeper.named.connect(self._named)
        return keeper

    def _to_keep(self) -> PostDraft:
        """What is saved: the planned time of a planned post changes only with its planning."""
        planned = self._planned
        return self._draft if planned is None else replace(self._draft, planned_at=planned.planned_at, zone=planned.zone)

    def _part(self) -> None:
        """The post before goes on being kept by its own keeper until it is through."""
        self._parting = [keeper for keeper in self._parting if keeper.busy]
        if self._keeper.busy:
            self._keeper.let_go()
            self._parting.append(self._keeper)

    def _named(self, post_id: int) -> None:
        self._draft = replace(self._draft, id=post_id)
        self.changed.emit()

    def _read_now(self, post_id: int) -> None:
        self._read_accounts()
        reads = self._face.services.reads
        self._planned = None
        self._take_in(
            reads.now(lambda queries: (queries.post_row(post_id), tuple(queries.outbox(post_id=post_id, unfinished=False))))
        )

    def _read_accounts(self) -> None:
        rows = self._face.services.reads.now(lambda queries: queries.accounts())
        accounts = [row for row in rows if row.network not in POSTS_NOTHING]
        posts = self._face.services.posts
        self._places = named(accounts, posts.limits, posts.quote_refusal)

    def _take_in(self, answer: Answer) -> None:
        self._row, self._rows = answer
        planned = self._row is not None and self._row.state is PostState.SCHEDULED
        if not planned:
            self._planned = None
        elif self._planned is None and self._row is not None:
            self._planned = replace(self._draft, planned_at=self._draft.planned_at or self._row.planned_at)


def _content(draft: PostDraft) -> PostDraft:
    """What readers would see, and when: without what only we see."""
    shown = ("parts", "variants", "accounts", "pictures", "poll", "visibility", "warning", "language", "planned_at", "quote", "link_card")
    sent = ("no_card_of", "public_at", "lateness", "set_account_id", "track_clicks", "spacing")
    return PostDraft(**{name: getattr(draft, name) for name in (*shown, *sent)})


def _title(draft: PostDraft) -> str:
    return draft.title or first_line(draft)
