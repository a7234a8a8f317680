"""Reports on a period: made by hand or by themselves, as files in a folder or as letters to colleagues.

What a report shows is painted by whoever has a screen or can do without one: `paint_with` says who.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.mail.composing import check_address
from app.media.pictures import Roomy, read
from app.models.delivery import Owed
from app.models.letter import Attached, Mail
from app.models.message import Visibility
from app.models.outbox import OutboxKind
from app.models.report import (
    WEEKDAYS,
    Form,
    ReportFiles,
    ReportFrame,
    ReportState,
    ReportWanted,
    Rhythm,
    Schedule,
    addresses,
    last_due,
    next_due,
    wanted_on,
)
from app.runtime.clock import Clock, from_wall, to_ms
from app.runtime.errors import AppError, DiskTrouble, UserMistake
from app.runtime.settings import Reports as ReportSettings
from app.runtime.settings import Settings, Shop
from app.runtime.signals import Signal
from app.runtime.tasks import Tasks
from app.runtime.words import Message, Words, message
from app.services.alarm import Alarm
from app.services.figure_sheets import file_name, save
from app.services.reactions import new_key
from app.services.report_html import report_html
from app.services.surroundings import Wishes
from app.services.whole_files import write_whole
from app.store.database import Database, Session
from app.store.reading import mailboxes as mailboxes_reading
from app.store.reading import settings as settings_reading
from app.store.reading.queries import StoreQueries
from app.store.writing import leases, outbox
from app.store.writing import settings as settings_writing

_log = logging.getLogger(__name__)

MADE = "reports.made"
"""The setting that holds the day for which the last report was made by itself."""
LEASE = "reports"
LEASE_SECONDS = 600.0
AGAIN = timedelta(hours=1)
"""What went wrong is tried again after so long."""
FOLDER = "reports"
"""In the profile: the logo, and what letters carry."""
LOGO = "logo.png"
LOGO_ROOM = Roomy(image_bytes=1_048_576, image_pixels=640_000, image_types=("image/png",))
KEPT = timedelta(days=60)
"""What letters carried is removed after so long."""
TYPES = {Form.PDF: "application/pdf", Form.HTML: "text/html"}

Ask = Callable[[Callable[[Any], Any]], Awaitable[Any]]
Paint = Callable[[ReportWanted, Words, ReportFrame, Ask], Awaitable[ReportFiles]]
"""Reads through `Ask`, and paints."""


class Reports:
    """`run` makes those that are due until cancelled. `changed` tells that `state` is another, `said` what the user must hear."""

    def __init__(
        self, database: Database, settings: Settings, tasks: Tasks, clock: Clock, wishes: Wishes, root: Path
    ) -> None:
        """`root` is the profile's folder."""
        self.changed: Signal[[]] = Signal("reports.changed")
        self.said: Signal[[Message]] = Signal("reports.said")
        self._database = database
        self._settings = settings
        self._clock = clock
        self._wishes = wishes
        self._folder = root / FOLDER
        self._alarm = Alarm(tasks, clock, "reports: due")
        self._paint: Paint | None = None
        self._state = ReportState()

    @property
    def state(self) -> ReportState:
        return self._state

    def paint_with(self, paint: Paint) -> None:
        """Who paints, from now on."""
        self._paint = paint
        self._alarm.ring()

    # ---- by hand

    async def make(self, wanted: ReportWanted) -> ReportFiles:
        """All of one, painted. Raises `UserMistake` where nobody can paint."""
        if self._paint is None:
            raise UserMistake(message("report.no_painter"))
        words = self._wishes.words_for(wanted.language)
        shop = self._settings.get(Shop)
        frame = ReportFrame(shop.name, shop.country, await asyncio.to_thread(self.logo), self._clock.now())
        return await self._paint(wanted, words, frame, self._ask)

    async def save(self, path: Path, wanted: ReportWanted) -> Path:
        """As PDF or HTML by the ending of the name; another ending gets `.pdf`. Whole or not at all. Raises `UserMistake`."""
        ending = path.suffix.casefold().lstrip(".")
        form = Form.HTML if ending in ("html", "htm") else Form.PDF
        target = path if ending in ("html", "htm", "pdf") else path.with_name(f"{path.name}.pdf")
        files = await self.make(wanted)
        await asyncio.to_thread(write_whole, target, content_of(files, form))
        return target

    async def save_all(self, folder: Path, wanted: ReportWanted) -> list[Path]:
        """Report in both forms, every chart as PNG and SVG, every table as CSV, in a folder. Raises `UserMistake`."""
        files = await self.make(wanted._replace(pictures=True))
        made = [folder / f"{name_of(files)}.{form}" for form in Form]
        for path, form in zip(made, Form, strict=True):
            await asyncio.to_thread(write_whole, path, content_of(files, form))
        return made + await self._save_pictures(folder, files) + await save(folder, files.sheets)

    async def save_pictures(self, folder: Path, wanted: ReportWanted) -> list[Path]:
        """Every chart as PNG and SVG. Raises `UserMistake`."""
        return await self._save_pictures(folder, await self.make(wanted._replace(pictures=True)))

    async def _save_pictures(self, folder: Path, files: ReportFiles) -> list[Path]:
        taken: dict[str, int] = {}
        made = []
        for picture in files.pictures:
            name = f"{file_name(picture.title)}.{picture.kind}"
            taken[name] = taken.get(name, 0) + 1
            path = folder / (name if taken[name] == 1 else f"{file_name(picture.title)}-{taken[name]}.{picture.kind}")
            await asyncio.to_thread(write_whole, path, picture.content)
            made.append(path)
        return made

    async def send(self, wanted: ReportWanted, to: Sequence[str], forms: Sequence[Form] = (Form.PDF,)) -> int:
        """A letter to each, through the outbox; answers how many. Raises `UserMistake`."""
        letters = await self._letters(await self.make(wanted), to, forms)
        await self._database.write(_owe, letters, to_ms(self._clock.now()))
        return len(letters)

    # ---- the logo

    def logo(self) -> bytes:
        """PNG; empty: none. Reads a file."""
        try:
            return (self._folder / LOGO).read_bytes()
        except OSError:
            return b""

    async def take_logo(self, source: Path) -> None:
        """Copy a picture of any usual kind. Raises `UserMistake` with what is wrong with it."""

        def take() -> None:
            made = read(source, LOGO_ROOM)
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._folder / LOGO, made.data)

        await asyncio.to_thread(take)
        self.changed.emit()

    async def drop_logo(self) -> None:
        await asyncio.to_thread((self._folder / LOGO).unlink, missing_ok=True)
        self.changed.emit()

    # ---- by themselves

    def check(self, mail: str) -> None:
        """Raises `UserMistake` for what is no list of addresses."""
        for each in addresses(mail):
            check_address(each, field="mail")

    def schedule(self) -> Schedule:
        """As it is set; never, while there is nowhere to put a report."""
        chosen = self._settings.get(ReportSettings)
        rhythm = Rhythm(chosen.rhythm) if chosen.folder.strip() or addresses(chosen.mail) else Rhythm.NEVER
        return Schedule(rhythm, WEEKDAYS.index(chosen.weekday), chosen.hour)

    async def run(self) -> None:
        """Make what is due, again and again."""
        disconnect = self._settings.changed.connect(self._hear)
        try:
            while True:
                try:
                    await self.make_due()
                    next_look = self._next_look()
                except DiskTrouble as trouble:  # the engine's to tell
                    _log.info("reports: %s", trouble)
                    next_look = self._clock.now() + AGAIN
                await self._alarm.wait(next_look)
        finally:
            disconnect()

    async def make_due(self) -> bool:
        """Make the report that is due, once whatever the number of programs; whether there was one. A trouble is in the state, and said once."""
        schedule, zone = self.schedule(), self._wishes.shops_zone()
        local = self._clock.now().astimezone(zone)
        due, made = last_due(schedule, local), await self._made_on()
        self._become(self._state._replace(next_on=next_due(schedule, local), made_on=made))
        if due is None or self._paint is None or (made is not None and made >= due):
            return False
        if made is None:  # switched on just now: it begins with the next one
            await self._database.write(settings_writing.save, MADE, due.isoformat())
            return False
        if not await self._database.write(
            leases.take, LEASE, self._database.process_id, to_ms(self._clock.now()), LEASE_SECONDS
        ):
            return False
        try:
            made = await self._made_on()  # another program may have been faster
            if made is not None and made >= due:
                return False
            names = await self._make_due(schedule, due)
        except AppError as trouble:
            _log.info("report of %s: %s", due, trouble)
            if self._state.trouble != trouble.message:
                self.said.emit(trouble.message)
            self._become(self._state._replace(trouble=trouble.message))
            return False
        finally:
            await self._database.write(leases.release, LEASE, self._database.process_id)
        self._become(self._state._replace(made_on=due, files=names, trouble=None))
        self.said.emit(message("report.made_itself", n=len(names)))
        return True

    async def _make_due(self, schedule: Schedule, due: date) -> tuple[str, ...]:
        chosen = self._settings.get(ReportSettings)
        language = "" if chosen.language == "shop" else chosen.language
        forms = tuple(Form) if chosen.form == "both" else (Form(chosen.form),)
        files = await self.make(wanted_on(schedule, due, language))
        letters = await self._letters(files, addresses(chosen.mail), forms)
        names = []
        if chosen.folder.strip():
            folder = Path(chosen.folder.strip())
            if not await asyncio.to_thread(folder.is_dir):
                raise UserMistake(message("report.folder_missing", folder=str(folder)))
            for form in forms:
                path = folder / f"{name_of(files)}.{form}"
                await asyncio.to_thread(write_whole, path, content_of(files, form))
                names.append(path.name)
        await self._database.write(_keep, letters, due, to_ms(self._clock.now()))
        return (*names, *(letter.mail.to for letter in letters if letter.mail is not None))

    def _next_look(self) -> datetime | None:
        if self._state.trouble is not None:
            return self._clock.now() + AGAIN
        day = self._state.next_on
        if day is None:
            return None
        return from_wall(datetime.combine(day, time(self.schedule().hour)), self._wishes.shops_zone()).at.astimezone(
            UTC
        )

    def _hear(self, keys: frozenset[str]) -> None:
        if any(key.startswith((f"{ReportSettings.GROUP}.", f"{Shop.GROUP}.zone")) for key in keys):
            self._become(self._state._replace(trouble=None))
            self._alarm.ring()

    def _become(self, state: ReportState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()

    async def _made_on(self) -> date | None:
        found = await self._database.read(settings_reading.value, MADE)
        with suppress(ValueError, TypeError):
            return date.fromisoformat(found or "")
        return None

    async def _ask(self, query: Callable[[Any], Any]) -> Any:
        return await self._database.read(lambda connection: query(StoreQueries(connection, self._clock)))

    # ---- letters

    async def _letters(self, files: ReportFiles, to: Sequence[str], forms: Sequence[Form]) -> list[Owed]:
        if not to:
            return []
        checked = [check_address(each, field="mail") for each in to]
        boxes = await self._database.read(mailboxes_reading.mailboxes)
        if not boxes:
            raise UserMistake(message("report.no_mailbox"), field="mail")
        key = new_key()
        attached = await asyncio.to_thread(self._carried, files, forms, key)
        document = files.document
        words = self._wishes.words_for(document.language)
        values = {"title": document.title, "days": document.days, "shop": document.shop or boxes[0].address}
        subject, text = words.text("report.mail_subject", **values), words.text("report.mail_text", **values)
        return [
            Owed(
                account_id=boxes[0].account_id,
                kind=OutboxKind.MAIL,
                key=new_key(),
                due_at=self._clock.now() + timedelta(seconds=self._wishes.undo_seconds()),
                parts=(text,),
                visibility=Visibility.DIRECT,
                language=document.language,
                mail=Mail(address, subject, attached=attached),
            )
            for address in checked
        ]

    def _carried(self, files: ReportFiles, forms: Sequence[Form], key: str) -> tuple[Attached, ...]:
        """Written where the letters find them until they have left."""
        self._sweep()
        folder = self._folder / key[:12]
        folder.mkdir(parents=True, exist_ok=True)
        carried = []
        for form in forms:
            path = folder / f"{name_of(files)}.{form}"
            write_whole(path, content_of(files, form))
            carried.append(Attached(str(path), path.name, TYPES[form]))
        return tuple(carried)

    def _sweep(self) -> None:
        """What letters carried long ago goes."""
        before = self._clock.now().timestamp() - KEPT.total_seconds()
        with suppress(OSError):
            for folder in self._folder.iterdir() if self._folder.is_dir() else ():
                if folder.is_dir() and folder.stat().st_mtime < before:
                    for path in folder.iterdir():
                        path.unlink(missing_ok=True)
                    folder.rmdir()


def content_of(files: ReportFiles, form: Form) -> bytes:
    """The whole file."""
    return files.pdf if form is Form.PDF else report_html(files.document)


def name_of(files: ReportFiles) -> str:
    """A name for the file, without an ending: what it is, and its last day."""
    document = files.document
    return (
        f"{file_name(' '.join(each for each in (document.shop, document.title) if each))}-{document.last.isoformat()}"
    )


def _owe(session: Session, letters: Sequence[Owed], now_ms: int) -> None:
    for letter in letters:
        outbox.add(session, letter, now_ms)


def _keep(session: Session, letters: Sequence[Owed], due: date, now_ms: int) -> None:
    """Letters, and that it was made, or neither."""
    _owe(session, letters, now_ms)
    settings_writing.save(session, MADE, due.isoformat())
