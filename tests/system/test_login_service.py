"""The publishing service under the real systemd: installed it sends what falls due without a window, at each login; removed it is gone."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.models.delivery import Owed
from app.models.outbox import OutboxKind
from app.runtime.clock import SystemClock, to_ms
from app.runtime.paths import Paths
from app.store.database import Database
from app.store.writing import outbox
from tests.fakes import file_keyring
from tests.faults import owing
from tests.faults.served import KINDS, Served
from tests.system.parts import need, need_file, need_root
from tests.system.session import MANAGER, Session, session

pytestmark = pytest.mark.system

SOON = timedelta(seconds=1)
PATIENCE_SECONDS = 30.0


@dataclass
class Shop:
    """A profile with an account at a server on this computer."""

    served: Served
    database: Database
    account_id: int
    session: Session

    def owe(self, text: str) -> None:
        now = SystemClock().now()
        owed = Owed(self.account_id, OutboxKind.POST, f"key {text}", now + SOON, parts=(text,))
        self.database.write_now(outbox.add, owed, to_ms(now))

    def said(self) -> list[str]:
        return [post.text for post in self.served.stored()]


@asynccontextmanager
async def shop_in(tmp_path: Path) -> AsyncIterator[Shop]:
    need_root()
    need("systemctl", "systemd")
    need_file(MANAGER, "systemd")
    need("unshare", "util-linux")
    # A name that systemd would take for its own signs.
    root, home, keyring = tmp_path / "mi 100% $tienda", tmp_path / "home", tmp_path / "keyring.json"
    home.mkdir()
    served = KINDS["mastodon"](SystemClock(asyncio.sleep))
    await served.start()
    Paths.of(root).create()
    database = Database.open(Paths.of(root).database, backups=Paths.of(root).backups, clock=SystemClock())
    ids = owing.open_profile(Paths.of(root), database, keyring, [served], [served.server.url], SystemClock().now())
    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": file_keyring.BACKEND, file_keyring.FILE: str(keyring)}
    try:
        with session(home, root, environment) as user:
            yield Shop(served, database, ids[0], user)
    finally:
        database.close_now()
        await served.stop()


async def until(what: Callable[[], Any]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not what():
            await asyncio.sleep(0.05)


async def ask(shop: Shop, word: str) -> Any:
    """While the server on this side goes on answering."""
    return await asyncio.to_thread(shop.session.ask, word)


async def test_the_service_sends_without_a_window_until_it_is_removed(tmp_path: Path) -> None:
    async with shop_in(tmp_path) as shop:
        await live(shop)


async def live(shop: Shop) -> None:
    assert await ask(shop, "login") in ("running", "degraded")
    assert await ask(shop, "status") == {"installed": False, "running": False, "file": ""}
    file = await ask(shop, "install")
    assert await ask(shop, "verify") == "well"
    assert await ask(shop, "status") == {"installed": True, "running": True, "file": file}
    shop.owe("sin ventana")
    await until(lambda: shop.said() == ["sin ventana"])

    await ask(shop, "logout")
    shop.owe("tras volver")
    await asyncio.sleep(2)
    assert shop.said() == ["sin ventana"]
    await ask(shop, "login")
    await until(lambda: shop.said() == ["sin ventana", "tras volver"])

    await ask(shop, "stop")
    assert await ask(shop, "status") == {"installed": True, "running": False, "file": file}
    await ask(shop, "start")
    assert (await ask(shop, "status"))["running"]

    await ask(shop, "remove")
    assert await ask(shop, "status") == {"installed": False, "running": False, "file": ""}
    assert not Path(file).exists()
    shop.owe("ya no")
    await asyncio.sleep(3)
    assert shop.said() == ["sin ventana", "tras volver"]
