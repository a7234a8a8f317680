"""Ideas for posts out of what is there: a message, kind words, a question that is asked often, a post that went well.

Each act makes ideas that wait in the tray; it is one transaction and one entry of the undo list. Nothing is planned by it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.models.conversation import Category
from app.models.idea import Origin, OriginKind, Seed
from app.models.post import PostDraft, PostState
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import Message, message
from app.services.planning import LEFT
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading import accounts as accounts_reading
from app.store.reading import ideas as reading
from app.store.reading import posts as posts_reading
from app.store.writing import outbox, posts

LONGEST_TITLE = 120
LONGEST_QUOTE = 400
PILLARS = {
    Category.QUESTION: "help",
    Category.ORDER: "help",
    Category.TECHNICAL: "help",
    Category.COMPLAINT: "help",
    Category.REQUEST: "catalogue",
    Category.PRAISE: "community",
    Category.CONTEST: "contest",
}
"""What a post about a message of this category is likely to be about; the user may say otherwise."""


class Ideas:
    """Each act raises UserMistake where there is nothing to make an idea of, and then has changed nothing."""

    def __init__(
        self, database: Database, undo: Undo, clock: Clock, language: Callable[[], str], offered: Callable[[str], str] = str
    ) -> None:
        """`language` is the shop's own: in it questions of the FAQ are told. `offered` answers a pillar, or none where the user does without."""
        self._database = database
        self._undo = undo
        self._clock = clock
        self._language = language
        self.offered = offered

    async def from_message(self, conversation_id: int) -> int:
        """Of what the customer said last; answers the idea's id."""
        seed = await self._database.read(reading.last_message, conversation_id)
        if seed is None:
            raise UserMistake(message("ideas.no_message"))
        pillar = self.offered(PILLARS.get(Category(seed.category), ""))
        origin = Origin(OriginKind.MESSAGE, seed.conversation_id, note=seed.author[:80])
        draft = PostDraft(title=_title(seed.text), parts=(quoted(seed.text),), pillar=pillar, origin=origin.to_text())
        return (await self.keep([draft]))[0]

    async def from_praise(self, message_ids: Sequence[int]) -> int:
        """One idea of all these kind words; answers its id."""
        seeds = await self._database.read(reading.messages, message_ids)
        if not seeds:
            raise UserMistake(message("ideas.no_praise"))
        origin = Origin(OriginKind.PRAISE, seeds[0].message_id, len(seeds))
        text = "\n".join(_with_name(seed) for seed in seeds)
        draft = PostDraft(
            title=quoted(_title(seeds[0].text)), parts=(text,), pillar=self.offered("community"), origin=origin.to_text()
        )
        return (await self.keep([draft]))[0]

    async def from_faq(self, entry_id: int) -> int:
        """Of a question that is asked often, with its answer; answers the idea's id."""
        found = await self._database.read(reading.question, entry_id)
        asked = found.words.asked_in(self._language()) if found is not None else ""
        if found is None or not asked:
            raise UserMistake(message("ideas.no_question"))
        answer = found.words.answer.get(self._language()) or next(iter(found.words.answer.values()), "")
        text = "\n\n".join(part for part in (asked, answer, found.url) if part)
        origin = Origin(OriginKind.FAQ, entry_id, found.asked)
        draft = PostDraft(title=_title(asked), parts=(text,), pillar=self.offered("help"), origin=origin.to_text())
        return (await self.keep([draft]))[0]

    async def repeat(self, post_ids: Sequence[int]) -> list[int]:
        """Of posts that are out: their texts, pictures and accounts, none of their dates. Answers the ideas' ids."""
        kept = {account.id for account in await self._database.read(accounts_reading.accounts)}
        drafts = []
        for number in post_ids:
            older = await self._database.read(reading.older_post, number)
            draft = await self._database.read(posts_reading.post, number)
            if older is None or draft is None:
                raise UserMistake(message("ideas.no_older"))
            day = older.out_at.date().isoformat()
            origin = Origin(OriginKind.REPEAT, number, older.replies, day)
            drafts.append(_anew(draft, kept, origin))
        return await self.keep(drafts)

    async def keep(self, drafts: Sequence[PostDraft], then: Callable[[Session], object] | None = None) -> list[int]:
        """Store drafts as ideas in one transaction, with one way back; `then` runs in the same transaction. Answers their ids."""
        now = to_ms(self._clock.now())

        def act(session: Session) -> list[int]:
            made = [posts.save(session, draft, now, state=PostState.IDEA) for draft in drafts]
            if then is not None:
                then(session)
            return made

        made = await self._database.write(act)
        self._undo.did(take_back(self._database, self._clock, made, message("undone.ideas_made", n=len(made))))
        return made


def take_back(database: Database, clock: Clock, made: Sequence[int], said: Message) -> Act:
    """The way back of ideas or drafts that were just made, all at once."""

    async def back() -> None:
        await database.write(_remove, made, to_ms(clock.now()))

    async def again() -> None:
        await database.write(_bring_back, made, to_ms(clock.now()))

    return Act(said, back, again)


def _remove(session: Session, numbers: Sequence[int], now_ms: int) -> None:
    for number in numbers:
        outbox.withdraw_post(session, number, now_ms)
        if not any(item.state in LEFT for item in outbox.of_post(session, number)):
            posts.delete(session, number, now_ms)


def _bring_back(session: Session, numbers: Sequence[int], now_ms: int) -> None:
    for number in numbers:
        posts.restore(session, number, now_ms)


def _anew(draft: PostDraft, accounts: set[int], origin: Origin) -> PostDraft:
    """A post as the beginning of another: nothing of when it went out, of its campaign or of accounts that are gone."""
    return replace(
        draft,
        id=None,
        planned_at=None,
        zone="",
        accounts=tuple(number for number in draft.accounts if number in accounts),
        variants=tuple(each for each in draft.variants if each[0] in accounts),
        public_at=tuple(number for number in draft.public_at if number in accounts),
        set_account_id=draft.set_account_id if draft.set_account_id in accounts else None,
        campaign_id=None,
        announcement="",
        mark_id=None,
        series_id=None,
        series_day="",
        quote=None,
        origin=origin.to_text(),
    )


def quoted(text: str) -> str:
    """Somebody's words as they were said, cut where they are long."""
    plain = " ".join(text.split())
    return f"“{plain if len(plain) <= LONGEST_QUOTE else plain[: LONGEST_QUOTE - 1].rstrip() + '…'}”"


def _with_name(seed: Seed) -> str:
    return f"{quoted(seed.text)} — {seed.author}" if seed.author else quoted(seed.text)


def _title(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"
