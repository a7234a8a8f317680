"""A process that sends what a profile owes by e-mail and is killed meanwhile: python -m tests.end_to_end.mailing FOLDER."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from app.networks import registry
from app.runtime.errors import AppError
from app.runtime.paths import Paths
from app.runtime.settings import Settings, Shop
from app.runtime.tasks import Tasks
from app.services.assembly import Assembly, assemble
from app.services.surroundings import Surroundings
from app.services.undo import Undo
from app.store.database import Database
from tests.fakes.clock import FakeClock
from tests.fakes.mail_server import PASSWORD
from tests.services.mail_shop import Secrets


def services_in(folder: Path, clock: FakeClock, process: str) -> Assembly:
    """The services over the profile of a `MailShop` that is closed; its first account is the mailbox."""
    paths = Paths.of(folder)
    database = Database.open(paths.database, backups=paths.backups, clock=clock, process_id=process)
    secrets = Secrets()
    secrets.kept["test.1"] = {"password": PASSWORD}
    settings = Settings(dict, lambda _name, _value: None)
    settings.change(Shop, zone="UTC")

    async def open_browser(_url: str) -> None:
        raise AssertionError("no browser is needed")

    def tell(error: AppError | Exception) -> None:
        sys.stderr.write(f"{error!r}\n")

    around = Surroundings(
        paths=paths,
        settings=settings,
        clock=clock,
        tasks=Tasks(tell, tell),
        credentials=secrets,
        cards=registry.by_id(),
        open_browser=open_browser,
        profile_id="test",
        undo=Undo(),
    )
    return assemble(database, around)


async def send(folder: Path) -> None:
    """Everything that is due; the process may die at any moment of it."""
    services = services_in(folder, FakeClock(), "test:1:killed")
    await services.publishing.send_due()
    await services.close()


if __name__ == "__main__":
    asyncio.run(send(Path(sys.argv[1])))
