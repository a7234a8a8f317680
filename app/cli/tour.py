"""The sample shop's morning without a window: collect, a planned post goes out, a mention is answered, each page is painted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.cli.output import Output
from app.commands.painter import PageImage, Painter
from app.models.conversation import ConversationRow, View
from app.models.message import Visibility
from app.models.outbox import DeliveryState, OutboxRow
from app.models.post import PostDraft
from app.networks.network import Card
from app.networks.sample.server import SampleServer
from app.runtime.clock import Clock
from app.runtime.errors import UserMistake, disk_trouble
from app.runtime.paths import Paths
from app.runtime.words import message
from app.services.assembly import Assembly
from app.services.playbook import wording
from app.services.sample_profile import server_file
from app.store.reading import outbox as outbox_reading
from app.store.reading import playbook
from app.store.reading.queries import StoreQueries

Ask = Callable[[Callable[[StoreQueries], Any]], Awaitable[Any]]
SHOWN = ("inbox", "today", "playbook", "composer", "settings", "first_run")
SEND_SECONDS = 30
BEGAN_MINUTES = 20
"""So long the sample shop's customers have been writing when the tour collects."""
HELP_PAGE = "https://discosaurora.example/ayuda"
"""Where the sample shop's answers send people for help."""


async def tour(services: Assembly, ask: Ask, out: Output, painter: Painter, clock: Clock, paths: Paths, folder: Path, cards: Mapping[str, Card]) -> int:
    """Do the main job once and say what was done; answers 1 when something did not go out."""
    make_folder(folder)
    await asyncio.to_thread(SampleServer(server_file(paths), clock).open_earlier, BEGAN_MINUTES)
    new = await services.sync.look_now()
    out.item({"did": "sync", "new": new}, message("tour.collected", n=new))
    posted = await _planned_post(services, ask, clock)
    answered, customer = await _answer(services, ask, clock)
    for what, row in (("post", posted), ("reply", answered)):
        state = message(f"delivery.{row.state}")
        sentence = message(f"tour.{what}", network=cards[row.network].name, handle=row.handle, state=state, text=row.text, name=customer.author)
        out.item({"did": what, "state": row.state, "account": row.account_id, "text": row.text, "url": row.url}, sentence)
    for page in SHOWN:
        if page in painter.pages():
            file = folder / f"{page}.png"
            await painter.paint(PageImage(page), file)
            out.item({"did": "picture", "page": page, "file": file}, message("tour.painted", page=page, file=str(file)))
            await asyncio.sleep(0)
    painter.close()
    return 0 if posted.state is DeliveryState.OUT and answered.state is DeliveryState.OUT else 1


def make_folder(folder: Path) -> None:
    """For the pictures. Raises `DiskTrouble`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_trouble(error) from error


async def _planned_post(services: Assembly, ask: Ask, clock: Clock) -> OutboxRow:
    """Plan the first draft of the shop for two seconds from now, and wait until it is out."""
    account = next(row for row in await ask(StoreQueries.accounts) if row.network == "mastodon")
    drafts = await ask(lambda queries: queries.posts(None, None))
    draft: PostDraft | None = await ask(lambda queries: queries.post(drafts[0].id)) if drafts else None
    text = draft.parts[0] if draft is not None else account.name
    planned = PostDraft(parts=(text,), accounts=(account.id,), pillar="community", zone="UTC")
    post_id = await services.posts.schedule(planned, clock.now() + timedelta(seconds=2))
    rows = await ask(lambda queries: queries.outbox(post_id=post_id))
    return await _sent(services, clock, rows[0].id)


async def _answer(services: Assembly, ask: Ask, clock: Clock) -> tuple[OutboxRow, ConversationRow]:
    """Answer the most urgent conversation that the starter playbook has an answer for, in the customer's language."""
    answers = await services.database.read(playbook.answers)
    for row in await ask(lambda queries: queries.conversations(View.NEEDS_ANSWER, None, None, 50)):
        values = {"name": row.author.split()[0], "link": HELP_PAGE}
        text = wording(answers, row.category, row.language, values)
        if text is not None:
            visibility = Visibility.DIRECT if row.private else Visibility.PUBLIC
            outbox_id = await services.inbox.reply(row.id, [text], visibility)
            await services.outbox.send_now(outbox_id)
            return await _sent(services, clock, outbox_id), row
    raise UserMistake(message("tour.nothing_to_answer"))


async def _sent(services: Assembly, clock: Clock, outbox_id: int) -> OutboxRow:
    """Run the engine until the item is settled, at most half a minute."""
    end = clock.now() + timedelta(seconds=SEND_SECONDS)
    while True:
        await services.publishing.send_due()
        row = await services.database.read(outbox_reading.item, outbox_id)
        assert row is not None  # items are never deleted
        unsettled = row.state in (DeliveryState.WAITING, DeliveryState.CLAIMED, DeliveryState.UNSURE)
        if not unsettled or clock.now() > end:
            return row
        await clock.sleep_until(max(row.next_try_at or row.due_at, clock.now() + timedelta(milliseconds=100)))
