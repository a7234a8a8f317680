"""Days as nobody would plan them: commands, answers, crashes and clock jumps in any order, and what must hold at their end."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from PIL import Image

from app.models.account import AccountState
from app.models.delivery import Delivery
from app.models.image_set import PLACE
from app.models.message import Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import PostDraft
from app.networks.sample.failures import FailureKind, Verb
from app.runtime.errors import UserMistake
from app.services.image_sets import ImageSets
from app.store.reading import outbox as reading
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, REMOTE_ID, SmallShop

LATENCY = 1.0
S = DeliveryState


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens. `which` picks an item or an answer, `amount` a time."""

    verb: str
    which: int
    amount: int


ANSWERS = (
    (FailureKind.ANSWER_LOST, Verb.PUBLISH),
    (FailureKind.TIME_OUT, Verb.PUBLISH),
    (FailureKind.SERVER_ERROR, Verb.PUBLISH),
    (FailureKind.RATE_LIMITED, Verb.PUBLISH),
    (FailureKind.SIGNED_OUT, Verb.PUBLISH),
    (FailureKind.PAYMENT, Verb.PUBLISH),
    (FailureKind.REFUSED, Verb.PUBLISH),
    (FailureKind.OFFLINE, Verb.PUBLISH),
    (FailureKind.OFFLINE, Verb.FIND),
    (FailureKind.ANSWER_LOST, Verb.HOLD),
    (FailureKind.TIME_OUT, Verb.HOLD),
    (FailureKind.REFUSED, Verb.HOLD),
    (FailureKind.OFFLINE, Verb.HELD),
    (FailureKind.ANSWER_LOST, Verb.HELD),
)
LATER_MINUTES = (0, 0, 1, 7, 20, 90)
JUMPS = (timedelta(seconds=70), timedelta(minutes=6), timedelta(minutes=40), timedelta(hours=9), -timedelta(minutes=3))


class RandomDays:
    """One profile and one server that stores twice what it is sent twice."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FakeClock()
        self.opened = 0
        self.texts = 0
        self.conversation = 0
        self.shop = self._open()
        self.other_id = self.shop.add_account()
        self.picture = self.shop.database.path.with_name("cover.png")
        Image.new("RGB", (8, 6), (90, 120, 60)).save(self.picture)

    def _open(self) -> SmallShop:
        self.opened += 1
        return SmallShop(
            self.folder,
            self.clock,
            stock=self.opened == 1,
            process=f"elsewhere:{self.opened}:x",
            latency=LATENCY,
            knows_keys=False,
        )

    async def live(self, steps: list[Step]) -> list[str]:
        """The steps, then time enough for everything to settle, then the verdict: see `judge`."""
        try:
            self.conversation = await self.soon(self.shop.heard)
            for step in steps:
                await getattr(self, step.verb)(step)
            await self.let_settle()
            return await self.judge()
        finally:
            await self.shop.close()

    async def soon(self, work: Callable[[], Awaitable[int]]) -> int:
        """Work that waits for the server's latency."""
        task = asyncio.get_running_loop().create_task(work())
        while not task.done():
            await self.clock.elapse(LATENCY / 2)
            await asyncio.wait({task}, timeout=0.001)
        return task.result()

    async def turn(self, seconds: float = 30) -> None:
        """The engine works off what there is to do."""
        await self.soon(lambda: self._send())
        await self.clock.elapse(seconds)

    async def _send(self) -> int:
        await self.shop.turn()
        return 0

    # -- what may happen -------------------------------------------------------------------------------------------------------

    async def post(self, step: Step) -> None:
        parts = tuple(self.text() for _ in range(1 + step.which % 3 if step.which % 2 else 1))
        draft = PostDraft(parts=parts, accounts=(self.shop.account_id,), zone="UTC")
        at = self.clock.now() + timedelta(minutes=LATER_MINUTES[step.amount % len(LATER_MINUTES)])
        await self.shop.services.posts.schedule(draft, at)

    async def plan(self, step: Step) -> None:
        """A post that lies long enough for its server to be asked to keep it."""
        draft = PostDraft(parts=(self.text(),), accounts=(self.shop.account_id,), zone="UTC")
        await self.shop.services.posts.schedule(draft, self.clock.now() + timedelta(minutes=12 + step.amount * 5))
        await self.turn(50)
        await self.turn(5)

    async def image_set(self, step: Step) -> None:
        """One account publishes all pictures, the other waits for the link."""
        both = (self.shop.account_id, self.other_id)
        home, other = both if step.which % 2 else both[::-1]
        cover = await self.shop.services.posts.add_picture(self.picture)
        texts = ((home, (self.text(),)), (other, (self.text(),)))
        draft = PostDraft(variants=texts, accounts=both, set_account_id=home, pictures=(cover, cover), zone="UTC")
        at = self.clock.now() + timedelta(minutes=LATER_MINUTES[step.amount % len(LATER_MINUTES)])
        await self.shop.services.posts.schedule(draft, at)

    async def without_link(self, step: Step) -> None:
        item = await self.item(step.which)
        if item is not None and item.waits_for is not None:
            await self.allowed(ImageSets(self.shop.database, self.clock).send_without([item.id]))

    async def reply(self, _step: Step) -> None:
        await self.allowed(self.shop.services.inbox.reply(self.conversation, [self.text()], Visibility.PUBLIC))

    async def edit(self, step: Step) -> None:
        item = await self.item(step.which)
        if item is None or item.post_id is None:
            return
        draft = PostDraft(id=item.post_id, parts=(self.text(),), accounts=(self.shop.account_id,), zone="UTC")
        at = self.clock.now() + timedelta(minutes=LATER_MINUTES[step.amount % len(LATER_MINUTES)])
        await self.shop.services.posts.schedule(draft, at)

    async def cancel(self, step: Step) -> None:
        if (item := await self.item(step.which)) is not None:
            await self.allowed(self.shop.services.outbox.cancel(item.id))

    async def retry(self, step: Step) -> None:
        if (item := await self.item(step.which)) is not None:
            await self.allowed(self.shop.services.outbox.retry(item.id))

    async def send_now(self, step: Step) -> None:
        if (item := await self.item(step.which)) is not None:
            await self.allowed(self.shop.services.outbox.send_now(item.id))

    async def settle(self, step: Step) -> None:
        """The user looks at the network and says what is so."""
        item = await self.item(step.which)
        if item is None or item.state is not S.UNSURE or not item.parts_left:
            return
        is_out = self.there()[item.parts_left[0]] > 0
        held = any(post.text == item.parts_left[0] for post in self.shop.server.holds(NETWORK, REMOTE_ID))
        if not held:  # whoever sees it on the server's list waits
            await self.allowed(self.shop.services.outbox.settle(item.id, is_out=is_out))

    async def pause(self, step: Step) -> None:
        await self.shop.services.accounts.pause(self.shop.account_id, paused=bool(step.which % 2))

    async def answer(self, step: Step) -> None:
        kind, verb = ANSWERS[step.which % len(ANSWERS)]
        self.shop.server.fail(kind, verb=verb, lasting=step.amount % 4 == 0, seconds=90)

    async def mend(self, _step: Step) -> None:
        self.shop.server.mend()

    async def sign_in(self, _step: Step) -> None:
        if await self.shop.state() is AccountState.SIGNED_OUT:
            await self.signed_in()

    async def work(self, step: Step) -> None:
        await self.turn((5, 30, 90)[step.amount % 3])

    async def jump(self, step: Step) -> None:
        """The computer slept, or somebody set its clock."""
        jump = JUMPS[step.amount % len(JUMPS)]
        if jump > timedelta(0) and step.which % 2:
            self.clock.advance(jump)
        else:
            self.clock.set_wall(self.clock.now() + jump)

    async def crash(self, step: Step) -> None:
        """The process is killed while it works: somewhere on the way, or after the server stored and before that was written down."""
        publishing = self.shop.services.publishing
        if step.which % 2:
            ledger, note = publishing._ledger, publishing._ledger.note_part

            async def killed(*_: object) -> None:
                raise asyncio.CancelledError

            ledger.note_part = killed  # type: ignore[method-assign]
            working = asyncio.get_running_loop().create_task(self.shop.turn())
            for _ in range(8):
                await self.clock.elapse(LATENCY / 2)
                await asyncio.wait({working}, timeout=0.001)
            ledger.note_part = note  # type: ignore[method-assign]
        else:
            working = asyncio.get_running_loop().create_task(self.shop.turn())
            for _ in range(step.amount % 7):
                await self.clock.elapse(LATENCY / 3)
                await asyncio.wait({working}, timeout=0.001)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await self.shop.close()
        assert self.shop.bugs == []
        self.shop = self._open()

    # -- the end ---------------------------------------------------------------------------------------------------------------

    async def let_settle(self) -> None:
        self.shop.server.mend()
        for _ in range(12):
            for account in await self.shop.ask(lambda queries: queries.accounts()):
                if account.state is AccountState.PAUSED:
                    await self.shop.services.accounts.pause(account.id, paused=False)
                if account.state is AccountState.SIGNED_OUT:
                    await self.signed_in(account.id, account.handle, account.server)
            await self.turn(60)
        for _ in range(10):  # past every planned time, and every pause between attempts
            self.clock.advance(timedelta(minutes=15))
            await self.turn(31)

    async def judge(self) -> list[str]:
        """What went out twice, was lost or is not told as it is."""
        there, now = self.there(), self.clock.now()
        held = Counter(post.text for post in self.shop.server.holds(NETWORK, REMOTE_ID))
        items = {item.id: item for item in await self.items()}
        wrong = [f"without its link: {text}" for text in there if PLACE in text]
        for item in items.values():
            counts = [there[text] for text in item.parts]
            waits = item.waits_for is not None and items[item.waits_for].state not in (S.OUT, S.LET_GO)
            at_server = any(held[text] for text in item.parts)
            told = sum(counts) == len(item.progress)
            faults = {"twice": any(count > 1 for count in counts)}
            if item.state is S.OUT:
                faults["said to be out"] = any(count != 1 for count in counts)
            elif item.state in (S.WAITING, S.CLAIMED, S.HELD):
                faults["left lying"] = not (waits or item.due_at > now or (item.next_try_at or now) > now)
                faults["waits without a word"] = waits and not item.reason
                faults["a server holds it"] = at_server and item.state is not S.HELD
                faults["out and waiting"] = not told
            elif item.state is S.UNSURE:
                faults["in doubt without a word"] = not item.reason
            else:  # before the user, or let go by their word
                faults["out and not known"] = not told
                faults["still at the server"] = at_server
            story = f"{item.state} {item.parts} {counts} progress {len(item.progress)} held {item.held_id!r} {item.reason}"
            wrong += [f"{fault}: {story}" for fault, there_is in faults.items() if there_is]
        return wrong + [f"a bug: {bug!r}" for bug in self.shop.bugs]

    # -- looking ---------------------------------------------------------------------------------------------------------------

    def text(self) -> str:
        self.texts += 1
        return f"texto {self.texts}."

    def there(self) -> Counter[str]:
        published = [
            *self.shop.server.published(NETWORK, REMOTE_ID),
            *self.shop.server.published(NETWORK, "id of @aurora2"),
        ]
        return Counter(post.text.removeprefix("@ximena@musica.example ") for post in published)

    async def items(self) -> list[Delivery]:
        found = await self.shop.database.read(
            reading.deliveries, "o.kind IN (?, ?)", (OutboxKind.POST, OutboxKind.REPLY)
        )
        return [self._bare(item) for item in found]

    @staticmethod
    def _bare(item: Delivery) -> Delivery:
        from dataclasses import replace

        return replace(item, parts=tuple(text.removeprefix("@ximena@musica.example ") for text in item.parts))

    async def item(self, which: int) -> Delivery | None:
        items = await self.items()
        return items[which % len(items)] if items else None

    async def signed_in(
        self, account_id: int = 1, handle: str = "@aurora", server: str = "https://musica.example"
    ) -> None:
        sign_in = self.shop.services.accounts.sign_in_token
        await self.soon(lambda: sign_in(NETWORK, server, "token", again=account_id, handle=handle))

    @staticmethod
    async def allowed(work: Awaitable[object]) -> None:
        """What the services refuse with a sentence did not happen."""
        try:
            await work
        except UserMistake:
            return
