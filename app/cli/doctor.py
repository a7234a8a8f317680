"""What is well and what is not, told in plain sentences: the profile, its file, its secrets, its accounts. Changes nothing."""

from __future__ import annotations

import asyncio
import platform
import shutil
from collections.abc import Mapping

from app.cli.output import Output
from app.cli.safekeeping import backups_told
from app.models.account import AccountState
from app.models.outbox import DeliveryState
from app.models.spending import amount
from app.networks.network import Card
from app.runtime.clock import Clock
from app.runtime.errors import AppError
from app.runtime.paths import Paths
from app.runtime.words import Message, message
from app.services.assembly import Assembly
from app.store.backup_file import backups_in
from app.store.checking import SQLITE, find_damage
from app.store.reading import accounts as accounts_reading
from app.store.reading import outbox as outbox_reading
from app.store.schema import is_writable

ROOM_BYTES = 200_000_000
"""Less free space than this is worth a word."""


async def doctor(services: Assembly, paths: Paths, out: Output, clock: Clock, cards: Mapping[str, Card]) -> int:
    """One line a finding; exit code 1 when something needs the user."""
    well = True
    names = {"email": "E-mail", **{network: card.name for network, card in cards.items()}}

    def tell(topic: str, ok: bool, sentence: Message) -> None:
        nonlocal well
        well = well and ok
        out.item({"topic": topic, "ok": ok, "text": sentence}, message("doctor.line", mark="+" if ok else "!", text=sentence))

    tell("program", True, message("doctor.program", python=platform.python_version(), sqlite=SQLITE))
    writable = is_writable(paths.database)
    tell("folder", writable, message("doctor.folder" if writable else "doctor.folder_read_only", folder=str(paths.root)))
    free = shutil.disk_usage(paths.root).free
    tell("room", free > ROOM_BYTES, message("doctor.room", megabytes=free // 1_000_000))
    damage = await services.database.read(find_damage)
    tell("file", not damage, message("doctor.file_whole") if not damage else message("doctor.file_damaged", what=damage))
    kept = await asyncio.to_thread(_backups, paths)
    tell("backup", True, message("doctor.backups", n=kept) if kept else message("doctor.no_backup"))
    well = backups_told(paths, clock, out) and well
    tell(*await _secrets(services))
    for row in await services.database.read(accounts_reading.accounts):
        ok = row.state in (AccountState.READY, AccountState.BY_HAND) and not row.trouble
        sentence = message("doctor.account", handle=row.handle, network=names.get(row.network, row.network), state=message(f"account_state.{row.state}"))
        if row.trouble:
            sentence = message("doctor.account_trouble", handle=row.handle, network=names.get(row.network, row.network), reason=Message.from_json(row.trouble))
        tell("account", ok, sentence)
    for network in {row.network for row in await services.database.read(accounts_reading.accounts)} & set(services.money.networks):
        meter = await services.money.meter(network)
        values = {"network": names[network], "spent": amount(meter.month.spent, meter.currency), "limit": amount(meter.limit, meter.currency)}
        tell("spending", meter.left > 0, message("doctor.spending", n=meter.month.calls, **values))
    unsure = await services.database.read(outbox_reading.in_state, DeliveryState.UNSURE)
    tell("outbox", not unsure, message("doctor.unsure", n=len(unsure)) if unsure else message("doctor.outbox_clear"))
    tell("clock", True, message("doctor.clock", when=clock.now()))
    return 0 if well else 1


def _backups(paths: Paths) -> int:
    """Backups, and plain copies of the data file."""
    return len(backups_in(paths.backups)) + len(list(paths.backups.glob("*.db")))


async def _secrets(services: Assembly) -> tuple[str, bool, Message]:
    """Whether secrets can be kept: asks the keyring for something that is not there."""
    try:
        await asyncio.to_thread(services.connections.probe_secrets)
    except AppError as error:
        return "secrets", False, error.message
    return "secrets", True, message("doctor.vault" if services.accounts.has_vault else "doctor.keyring")
