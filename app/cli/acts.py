"""What each subcommand does: the same services as the window's, one function an act."""

from __future__ import annotations

import asyncio
import json
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.cli import campaigns, locking, safekeeping
from app.cli.agreements import export_agreement, list_agreements
from app.cli.doctor import doctor
from app.cli.faq import export_faq
from app.cli.imports import bring_in
from app.cli.links import list_links
from app.cli.mail import add_mailbox
from app.cli.orders import import_orders
from app.cli.output import Output
from app.cli.plan import export_plan
from app.cli.playbook import export_playbook, import_playbook, suggest
from app.cli.report import make_report
from app.cli.rows import account_values, conversation_values, outbox_values
from app.cli.searching import found
from app.cli.spending import spending_values
from app.cli.tour import tour
from app.commands.find_words import vocabulary
from app.commands.painter import PageImage, Painter
from app.language.measure import measure
from app.models.account import AccountState
from app.models.conversation import View
from app.models.find import parse
from app.models.lateness import Lateness, lateness_of
from app.models.mailbox import EMAIL
from app.models.message import Visibility
from app.models.outbox import DeleteReason, DeliveryState, OutboxRow
from app.models.post import LinkPreview, Picture, Poll, PostDraft
from app.networks.network import Card, Limits
from app.runtime.clock import Clock, from_wall
from app.runtime.errors import UserMistake
from app.runtime.paths import Paths
from app.runtime.settings import Settings, Shop, first_weekday
from app.runtime.words import Words, message
from app.services.assembly import Assembly
from app.store.reading import accounts as accounts_reading
from app.store.reading import outbox as outbox_reading
from app.store.reading.queries import StoreQueries

SEND_SECONDS = 60
"""How long `post` and `inbox reply` wait for what they sent."""
LOOK_AGAIN = timedelta(milliseconds=200)
"""How long to wait at least before the items are looked at again."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All an act works with."""

    args: Namespace
    out: Output
    services: Assembly
    words: Words
    settings: Settings
    paths: Paths
    clock: Clock
    cards: Mapping[str, Card]
    painter: Callable[[], Painter]
    sample: bool

    async def ask(self, query: Callable[[StoreQueries], Any]) -> Any:
        """A screen's query."""
        return await self.services.database.read(lambda connection: query(StoreQueries(connection, self.clock)))


async def accounts_add(desk: Desk) -> int:
    """Sign in with a secret from standard input, or through the browser without `--secret-stdin`."""
    args = desk.args
    card = desk.cards.get(args.network)
    if args.network == EMAIL:
        return await _added(desk, await add_mailbox(desk.services.mailboxes, args.handle, args.server, sys.stdin.read() if args.secret_stdin else ""))
    if card is None or not card.ways:
        offered = ", ".join(each.id for each in desk.services.accounts.networks())
        raise UserMistake(message("cli.unknown_network", network=args.network, networks=offered))
    if args.secret_stdin:
        secret = secret_of(sys.stdin.read(), card.secret_fields)
        account_id = await desk.services.accounts.sign_in_token(args.network, args.server, secret, handle=args.handle)
    elif card.sign_in_browser is None:
        account_id = await desk.services.accounts.add_by_hand(args.network, args.handle)
    else:
        account_id = await desk.services.accounts.sign_in_browser(args.network, args.server, client_id=args.client_id)
    return await _added(desk, account_id)


async def _added(desk: Desk, account_id: int) -> int:
    row = await desk.services.database.read(accounts_reading.account, account_id)
    assert row is not None  # it was just written
    desk.out.item(account_values(row), message("cli.account_added", id=str(account_id), handle=row.handle))
    return 0


async def accounts_list(desk: Desk) -> int:
    """An account of a network that charges comes with this month's meter, which all accounts of that network share."""
    money = desk.services.money
    for row in await desk.ask(StoreQueries.accounts):
        spending = spending_values(await money.meter(row.network)) if row.network in money.networks else {}
        desk.out.item({**account_values(row), **spending})
    return 0


async def accounts_remove(desk: Desk) -> int:
    await desk.services.accounts.remove(desk.args.id)
    desk.out.item({"id": desk.args.id, "state": "removed"}, message("cli.account_removed", id=str(desk.args.id)))
    return 0


async def post(desk: Desk) -> int:
    """Owe a post, then send what is due and wait for it, unless `--queue` or `--at`."""
    args = desk.args
    desk.services.tracked_links.said.connect(desk.out.say)
    pictures: list[Picture] = []
    for file, alt in args.media:
        picture = await desk.services.posts.add_picture(file)
        pictures.append(Picture(picture.path, alt))
    draft = PostDraft(
        parts=tuple(args.text) or ("",),
        accounts=tuple(args.account),
        pictures=tuple(pictures),
        poll=Poll(tuple(args.poll), args.poll_hours) if args.poll else None,
        visibility=Visibility(args.visibility),
        warning=args.warning,
        language=args.post_language,
        zone=desk.settings.get(Shop).zone,
        quote=await desk.services.posts.quoted(args.quote, args.account) if args.quote else None,
        lateness=late_rule(args.late),
        link_card=None if pictures or args.no_card else await link_card(desk, args.account, args.text),
    )
    at = wall_moment(desk, args.at) if args.at is not None else desk.clock.now()
    post_id = await desk.services.posts.schedule(draft, at, wait_undo=False)
    rows = await desk.ask(lambda queries: queries.outbox(post_id=post_id, unfinished=False))
    wait = not args.queue and at <= desk.clock.now()
    return await report(desk, [row.id for row in rows], wait=wait)


async def link_card(desk: Desk, accounts: Sequence[int], texts: Sequence[str]) -> LinkPreview | None:
    """The card of the first link, where one of the networks leaves it to us; None without one, or where its page gives none."""
    if not texts or not any(desk.services.posts.limits(each).link_card for each in accounts):
        return None
    url = desk.services.links.link_of(texts[0])
    return await desk.services.links.preview(url) if url else None


def late_rule(text: str) -> Lateness | None:
    """`fine_until:90`, `next_slot`, `ask`, `drop`; empty: the setting."""
    try:
        return lateness_of(text)
    except ValueError as error:
        raise UserMistake(message("cli.no_such_rule", rule=text, rules="fine_until:60, next_slot, ask, drop")) from error


def wall_moment(desk: Desk, moment: datetime) -> datetime:
    """A time without an offset is wall time in the shop's zone."""
    if moment.tzinfo is not None:
        return moment
    wall = from_wall(moment, desk.words.zone)
    if wall.moved:
        desk.out.say(message("cli.hour_skipped", when=wall.at))
    return wall.at


async def report(desk: Desk, ids: list[int], *, wait: bool) -> int:
    """Send what is due (`wait`), then one object an item; exit code 1 when one of them did not go out."""
    if wait:
        await send_until_settled(desk, ids)
    failed = False
    for each in ids:
        row = await outbox_row(desk, each)
        desk.out.item(outbox_values(desk.out, row))
        failed = failed or (wait and row.state not in (DeliveryState.OUT, DeliveryState.BY_HAND))
    return 1 if failed else 0


async def send_until_settled(desk: Desk, ids: list[int]) -> None:
    """Run the engine until the items are settled, or for a minute. What waits for a sign-in, or for the user's word, is not waited for."""
    end = desk.clock.now() + timedelta(seconds=SEND_SECONDS)
    while True:
        await desk.services.publishing.send_due()
        rows = [await outbox_row(desk, each) for each in ids]
        ready = {row.id for row in await desk.ask(StoreQueries.accounts) if row.state is AccountState.READY}
        now = desk.clock.now()
        moments = [row.next_try_at or row.due_at for row in rows if row.state is DeliveryState.WAITING and row.account_id in ready]
        moments += [row.next_try_at for row in rows if row.state is DeliveryState.UNSURE and row.next_try_at is not None]
        moments += [now for row in rows if row.state is DeliveryState.CLAIMED]  # by another process of this profile
        if not moments or min(moments) > end or now > end:
            return
        await desk.clock.sleep_until(max(min(moments), now + LOOK_AGAIN))


async def outbox_row(desk: Desk, outbox_id: int) -> OutboxRow:
    row: OutboxRow | None = await desk.services.database.read(outbox_reading.item, outbox_id)
    if row is None:
        raise UserMistake(message("cli.no_such_item", id=str(outbox_id)))
    return row


async def sync(desk: Desk) -> int:
    """Collect messages and figures; without `--once`, go on until stopped."""
    if desk.args.once:
        new = await desk.services.sync.look_now()
        troubles = [row for row in await desk.ask(StoreQueries.accounts) if row.trouble]
        desk.out.item({"new": new}, message("cli.synced", n=new))
        for row in troubles:
            desk.out.complain(message("cli.account_trouble", handle=row.handle, reason=desk.out.sentence(row.trouble)))
        return 1 if troubles else 0
    desk.services.watch()
    await desk.services.sync.run()
    return 0


async def publish(desk: Desk) -> int:
    """Send what is due and settle what is unsure; without `--once`, keep running as a service."""
    if desk.args.once:
        now = desk.clock.now()
        rows = await desk.ask(lambda queries: queries.outbox())
        code = await report(desk, [row.id for row in rows if moves_by_itself(row) and row.due_at <= now], wait=True)
        await desk.services.publishing.look_ahead()
        return code
    desk.services.watch()
    desk.services.publishing.said.connect(desk.out.say)
    desk.services.tasks.spawn("reports", desk.services.reports.run(), owner=desk.services)
    await desk.services.publishing.run_as_service()
    return 0


def moves_by_itself(row: OutboxRow) -> bool:
    """Whether the engine has something to do with it; of an unsure item that no network can tell about, only the user has."""
    if row.state is DeliveryState.UNSURE:
        return row.next_try_at is not None or not row.reason
    return row.state in (DeliveryState.WAITING, DeliveryState.CLAIMED)


async def outbox_list(desk: Desk) -> int:
    for row in await desk.ask(lambda queries: queries.outbox(unfinished=not desk.args.all)):
        desk.out.item(outbox_values(desk.out, row))
    return 0


async def outbox_retry(desk: Desk) -> int:
    await outbox_row(desk, desk.args.id)
    await desk.services.outbox.retry(desk.args.id)
    return await report(desk, [desk.args.id], wait=True)


async def outbox_cancel(desk: Desk) -> int:
    await outbox_row(desk, desk.args.id)
    await desk.services.outbox.cancel(desk.args.id)
    return await report(desk, [desk.args.id], wait=False)


async def outbox_settle(desk: Desk) -> int:
    """The user's word on an unsure item."""
    await outbox_row(desk, desk.args.id)
    is_out = not desk.args.not_out
    await desk.services.outbox.settle(desk.args.id, is_out=is_out, url=desk.args.out or "")
    return await report(desk, [desk.args.id], wait=False)


async def outbox_move(desk: Desk) -> int:
    """Another time for what has not left."""
    await outbox_row(desk, desk.args.id)
    await desk.services.outbox.reschedule(desk.args.id, wall_moment(desk, desk.args.at))
    return await report(desk, [desk.args.id], wait=False)


async def outbox_delete(desk: Desk) -> int:
    """Take what is out off the network again, behind the guard."""
    args = desk.args
    await outbox_row(desk, args.id)
    draft = await desk.services.deletion.delete(args.id, DeleteReason(args.reason), args.confirm, again=args.again)
    desk.out.item({"id": args.id, "draft": draft}, message("cli.deletion_owed", id=str(args.id)))
    return 0


async def service_install(desk: Desk) -> int:
    """The publishing service starts now and at each login."""
    file = await desk.services.login_service.install()
    desk.out.item({"file": file}, message("cli.service_installed", file=str(file)))
    return 0


async def service_remove(desk: Desk) -> int:
    await desk.services.login_service.remove()
    desk.out.item({"installed": False}, message("cli.service_removed"))
    return 0


async def service_status(desk: Desk) -> int:
    """Exit code 1 where it does not run."""
    status = await desk.services.login_service.status()
    said = "running" if status.running else "stopped" if status.installed else "none" if status.supported else "unsupported"
    values = {"supported": status.supported, "installed": status.installed, "running": status.running, "file": status.file}
    desk.out.item(values, message(f"cli.service_{said}"))
    return 0 if status.running else 1


async def inbox_list(desk: Desk) -> int:
    try:
        view = View(desk.args.view)
    except ValueError as error:
        raise UserMistake(message("cli.unknown_view", views=", ".join(View))) from error
    rows = await desk.ask(lambda queries: queries.conversations(view, desk.args.account, None, desk.args.limit))
    for row in rows:
        desk.out.item(conversation_values(row))
    return 0


async def inbox_show(desk: Desk) -> int:
    detail = await desk.ask(lambda queries: queries.conversation(desk.args.id))
    if detail is None:
        raise UserMistake(message("cli.no_such_conversation", id=str(desk.args.id)))
    for row in detail.messages:
        state = row.delivery.value if row.delivery is not None else ""
        desk.out.item(
            {"id": row.id, "at": row.at, "author": row.handle or row.author, "kind": row.kind, "text": row.text, "url": row.url, "state": state}
        )
    return 0


async def inbox_reply(desk: Desk) -> int:
    """Owe a reply to the customer's last message, then send it, unless `--queue`."""
    detail = await desk.ask(lambda queries: queries.conversation(desk.args.id))
    if detail is None:
        raise UserMistake(message("cli.no_such_conversation", id=str(desk.args.id)))
    visibility = Visibility(desk.args.visibility) if desk.args.visibility else detail.reply_visibility
    row = (await desk.ask(lambda queries: queries.conversations_by_id([desk.args.id])))[0]
    for part in desk.args.text:
        length, limit = desk.services.posts.measure(row.account_id, part, reply_to=row.handle)
        if length > limit:
            raise UserMistake(message("composer.too_long", handle=row.handle, over=length - limit, limit=limit))
    outbox_id = await desk.services.inbox.reply(desk.args.id, desk.args.text, visibility)
    await desk.services.outbox.send_now(outbox_id)
    return await report(desk, [outbox_id], wait=not desk.args.queue)


async def inbox_done(desk: Desk) -> int:
    if await desk.ask(lambda queries: queries.conversation(desk.args.id, 1)) is None:
        raise UserMistake(message("cli.no_such_conversation", id=str(desk.args.id)))
    await desk.services.inbox.close([desk.args.id])
    desk.out.item({"id": desk.args.id, "state": "done"})
    return 0


async def search(desk: Desk) -> int:
    wanted = parse(desk.args.text, desk.clock.now(), desk.words.zone, vocabulary(desk.words))
    for trouble in wanted.troubles:
        desk.out.complain(trouble)
    for row in await found(desk.ask, wanted, desk.args.limit):
        desk.out.item(conversation_values(row))
    return 0


async def measure_lines(desk: Desk) -> int:
    """JSON lines {"text": ...} in; length, limit and entities out."""
    card = desk.cards.get(desk.args.network)
    if card is None:
        raise UserMistake(message("cli.unknown_network", network=desk.args.network, networks=", ".join(desk.cards)))
    for line in sys.stdin:
        if line.strip():
            desk.out.record(measured(_text_of(line), card.limits))
    return 0


def _text_of(line: str) -> str:
    try:
        return str(json.loads(line)["text"])
    except (ValueError, KeyError, TypeError) as error:
        raise UserMistake(message("cli.not_a_text_line", line=line[:60].strip())) from error


def measured(text: str, limits: Limits) -> dict[str, object]:
    """The answer of `measure`; positions in code points."""
    result = measure(text, limits.counting, link_length=limits.link_length)
    values: dict[str, object] = {"length": result.length, "limit": limits.text}
    for name in ("links", "mentions", "hashtags"):
        values[name] = [{"start": each.start, "end": each.end, "value": each.value} for each in getattr(result, name)]
    if result.bytes_limit:
        values |= {"bytes": result.bytes, "bytes_limit": result.bytes_limit}
    return values


async def picture(desk: Desk) -> int:
    """Paint a page offscreen."""
    args = desk.args
    painter = desk.painter()
    try:
        await painter.paint(PageImage(args.page, args.theme, args.size, args.picture_language or ""), args.file)
    finally:
        painter.close()
    desk.out.item({"page": args.page, "file": args.file}, message("cli.painted", page=args.page, file=str(args.file)))
    return 0


def secret_of(text: str, names: Sequence[str]) -> str | dict[str, str]:
    """A token or password as read from standard input: plain, or JSON that holds all of `names`, or one secret under a usual name."""
    stripped = text.strip()
    if not stripped.startswith("{"):
        return stripped
    try:
        values = json.loads(stripped)
    except ValueError as error:
        raise UserMistake(message("cli.secret_not_json")) from error
    if len(names) > 1 and all(isinstance(values.get(name), str) for name in names):
        return {name: str(values[name]) for name in names}
    for name in (names[0], "access_token", "token", "secret", "password"):
        if isinstance(values.get(name), str):
            return str(values[name])
    raise UserMistake(message("cli.secret_not_json"))


async def tour_of_sample(desk: Desk) -> int:
    """The main job without a window, on a throw-away copy of the sample shop (made by whoever called)."""
    return await tour(desk.services, desk.ask, desk.out, desk.painter(), desk.clock, desk.paths, desk.args.folder, desk.cards)


async def doctor_of_profile(desk: Desk) -> int:
    return await doctor(desk.services, desk.paths, desk.out, desk.clock, desk.cards)


async def vault(desk: Desk) -> int:
    """Make the encrypted vault file: the passphrase comes from standard input."""
    if desk.sample:
        raise UserMistake(message("cli.vault_sample"))
    passphrase = await asyncio.to_thread(sys.stdin.readline)
    await desk.services.accounts.make_vault(passphrase.rstrip("\n"))
    desk.out.item({"file": desk.paths.vault}, message("cli.vault_made", file=str(desk.paths.vault)))
    return 0


async def campaign_of_shop(desk: Desk) -> int:
    return await campaigns.campaign(desk.services.database, desk.services.sales, desk.args, desk.out, desk.clock.now().astimezone(desk.services.plan_export.zone))


async def agreements_list(desk: Desk) -> int:
    return list_agreements(await desk.ask(lambda queries: queries.newest_agreements(desk.args.limit)), desk.out)


ACTS: dict[str, Callable[[Desk], Awaitable[int]]] = {
    "accounts add": accounts_add,
    "accounts list": accounts_list,
    "accounts remove": accounts_remove,
    "post": post,
    "sync": sync,
    "publish": publish,
    "outbox list": outbox_list,
    "outbox retry": outbox_retry,
    "outbox cancel": outbox_cancel,
    "outbox settle": outbox_settle,
    "outbox move": outbox_move,
    "outbox delete": outbox_delete,
    "service install": service_install,
    "service remove": service_remove,
    "service status": service_status,
    "inbox list": inbox_list,
    "inbox show": inbox_show,
    "inbox reply": inbox_reply,
    "inbox done": inbox_done,
    "agreements list": agreements_list,
    "agreements export": lambda desk: export_agreement(desk.services.agreements, desk.painter, desk.args, desk.out, desk.settings.get(Shop).country),
    "orders import": lambda desk: import_orders(desk.services.orders, desk.args, desk.out),
    "import": lambda desk: bring_in(desk.services.plans.idea_sources, desk.services.figure_import, desk.args, desk.out),
    "playbook import": lambda desk: import_playbook(desk.services.playbook_files, desk.args, desk.out),
    "playbook export": lambda desk: export_playbook(desk.services.playbook_files, desk.args, desk.out),
    "plan export": lambda desk: export_plan(desk.services.plan_export, desk.painter, desk.args, desk.out, desk.clock.now(), first_weekday(desk.settings.get(Shop), desk.words.first_weekday)),
    "report": lambda desk: make_report(desk.services.reports, desk.args, desk.out, desk.clock.now().astimezone(desk.services.plan_export.zone)),
    **dict.fromkeys((f"campaign {act}" for act in campaigns.ACTS), campaign_of_shop),
    "links": lambda desk: list_links(desk.services.database, desk.services.clicks, desk.args, desk.out, desk.clock.now()),
    "export faq": lambda desk: export_faq(desk.services.faq_files, desk.args, desk.out),
    "suggest": lambda desk: suggest(desk.services.suggesting, desk.args, desk.out),
    "search": search,
    "measure": measure_lines,
    "backup": lambda desk: safekeeping.backup(desk.services.safekeeping, desk.args, desk.out),
    "export everything": lambda desk: safekeeping.export(desk.services.safekeeping, desk.args, desk.out),
    "move": lambda desk: safekeeping.move(desk.services.safekeeping, desk.args, desk.out),
    "erase": lambda desk: safekeeping.erase(desk.services.erasing, desk.args, desk.out),
    "doctor": doctor_of_profile,
    "vault": vault,
    **dict.fromkeys(("lock status", "lock remove"), lambda desk: locking.lock(desk.services.locking, desk.args, desk.out)),
    "tour": tour_of_sample,
    "picture": picture,
}


def act_of(args: Namespace) -> Callable[[Desk], Awaitable[int]]:
    """The function of a parsed command line."""
    name = args.command if not getattr(args, "act", None) else f"{args.command} {args.act}"
    return ACTS[name]


