"""Brings playbooks in from files, CSV or JSON, and writes them out with all that belongs to them; pictures go along in a folder beside the file.

Nothing is changed before `import_file`; `preview` says what it would do. Bringing in is one act that can be taken back.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

from app.media.pictures import take_in
from app.models.answer_content import content_of
from app.models.playbook import FactRow, PlaybookAnswer
from app.models.playbook_file import FilePlan, Fixed, Imported, WrongRow
from app.models.post import Picture
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.order_files import guess_encoding
from app.services.playbook_document import document, read_document
from app.services.playbook_draft import Book, Draft, FactDraft
from app.services.playbook_sheet import read_sheet, sheet, wrong_sheet
from app.services.undo import Act, Undo
from app.services.whole_files import write_whole
from app.store.database import Database
from app.store.reading import playbook as reading
from app.store.reading import suggesting as suggesting_reading
from app.store.writing import playbook_import as writing

MOST_BYTES = 50_000_000
NOTHING_FIXED: Fixed = {}


class PlaybookFiles:
    """Used on the loop; files are read and written on threads."""

    def __init__(self, database: Database, undo: Undo, clock: Clock, media: Path) -> None:
        """`media`: the profile's media folder."""
        self._database = database
        self._undo = undo
        self._clock = clock
        self._media = media

    async def preview(self, path: Path, fixed: Fixed = NOTHING_FIXED) -> FilePlan:
        """What bringing a file in would do; `fixed`: rows as the user mended them. Raises UserMistake where there is nothing to read."""
        with tempfile.TemporaryDirectory() as folder:
            book, wrong = await asyncio.to_thread(_read_whole, path, fixed, self._media, Path(folder))
        answers = {each.key: each for each in await self._database.read(reading.answers)}
        examples = await self._database.read(suggesting_reading.examples)
        facts = {each.key: each for each in await self._database.read(reading.facts)}
        new, changed, same = [], [], 0
        for draft in book.drafts.values():
            answer = answers.get(draft.key)
            content = draft.onto(content_of(answer) if answer is not None else None)
            title = content.title.get(content.main_language) or next(iter(content.title.values()), draft.key)
            if answer is None:
                new.append(title)
            elif content != content_of(answer).tidied():
                changed.append(title)
            else:
                same += 1
        more = sum(
            text not in examples.get(draft.key, {}).get(language, ())
            for draft in book.drafts.values()
            for language, texts in draft.examples.items()
            for text in texts
        )
        told = [fact.title or fact.key for fact in book.facts.values() if _says_more(fact, facts.get(fact.key))]
        return FilePlan(tuple(new), tuple(changed), same, more, tuple(told), tuple(wrong))

    async def import_file(self, path: Path, fixed: Fixed = NOTHING_FIXED, *, leave: bool = False) -> Imported:
        """Right rows are kept, wrong ones named. `leave`: answers that are here stay as they are. Raises UserMistake where there is nothing to read."""
        book, wrong = await asyncio.to_thread(_read_whole, path, fixed, self._media, self._media)
        answers = [writing.Incoming(draft.key, draft.onto, draft.examples) for draft in book.drafts.values()]
        facts = [writing.IncomingFact(fact.key, fact.title, fact.text, fact.until) for fact in book.facts.values()]

        async def take() -> writing.Taken:
            now = to_ms(self._clock.now())
            return await self._database.write(
                lambda session: writing.take_in(session, answers, facts, now, leave=leave)
            )

        taken = [await take()]
        found = taken[0]

        async def back() -> None:
            await self._database.write(writing.put_back, taken[0], to_ms(self._clock.now()))

        async def forth() -> None:
            taken[0] = await take()

        if found.anything:
            self._undo.did(Act(message("undone.playbook_imported"), back, forth))
        fact_count = len(found.facts_added) + len(found.facts_changed)
        return Imported(found.new, len(found.examples), found.known, len(found.changed), fact_count, tuple(wrong))

    async def export_file(self, path: Path) -> int:
        """All answers and facts; JSON where the name ends so, else CSV. Answers how many answers."""
        examples = await self._database.read(suggesting_reading.examples)
        answers = [
            replace(each, examples=examples.get(each.key, {})) for each in await self._database.read(reading.answers)
        ]
        facts = await self._database.read(reading.facts)
        await asyncio.to_thread(_write_whole, path, answers, facts, self._media)
        return len(answers)

    async def save_left_out(self, path: Path, wrong: Sequence[WrongRow], reasons: Sequence[str]) -> None:
        """The rows that were left out, as a CSV that can be mended and brought in; `reasons` as the user reads them."""
        await asyncio.to_thread(write_whole, path, wrong_sheet(wrong, reasons).encode("utf-8-sig"))


def read(path: Path, fixed: Fixed = NOTHING_FIXED) -> tuple[Book, list[WrongRow]]:
    """What a file tells, in its order, and what could not be read; pictures with the paths that stand in it."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserMistake(message("playbook_file.too_large", file=path.name))
        with path.open("rb") as file:
            begins = file.read(400)
    except OSError as error:
        raise UserMistake(message("playbook_file.not_read", file=path.name), technical=str(error)) from error
    as_text = begins.decode(guess_encoding(begins), "replace").lstrip("\ufeff \r\n\t")
    if path.suffix.casefold() != ".json" and not as_text.startswith(("{", "[")):
        return read_sheet(path, fixed)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserMistake(message("playbook_file.not_read", file=path.name), technical=str(error)) from error
    return read_document(content.decode(guess_encoding(content), "replace").lstrip("\ufeff"), path.name)


def _read_whole(path: Path, fixed: Fixed, media: Path, into: Path) -> tuple[Book, list[WrongRow]]:
    """With the pictures taken into a folder; those that cannot be are left out and named."""
    book, wrong = read(path, fixed)
    for draft in book.drafts.values():
        draft.pictures, troubles = _taken_in(draft, path.parent, media, into)
        wrong += troubles
    return book, wrong


def _taken_in(draft: Draft, beside: Path, media: Path, into: Path) -> tuple[list[Picture], list[WrongRow]]:
    taken: list[Picture] = []
    wrong: list[WrongRow] = []
    for picture in draft.pictures:
        parts = PurePosixPath(picture.path.replace("\\", "/"))
        outside = parts.is_absolute() or ".." in parts.parts or bool(PureWindowsPath(picture.path).drive)
        source = beside / parts
        if outside or beside.resolve() not in source.resolve().parents:
            wrong.append(WrongRow(draft.line, message("playbook_file.picture_elsewhere", file=picture.path)))
            continue
        try:
            taken.append(Picture(_known(source, media) or take_in(source, into), picture.alt))
        except OSError:
            wrong.append(WrongRow(draft.line, message("playbook_file.picture_not_read", file=picture.path)))
        except UserMistake as mistake:
            wrong.append(WrongRow(draft.line, mistake.message))
    return taken, wrong


def _known(source: Path, media: Path) -> str:
    """The path inside the media folder where this very file is there; pictures of the profile are named by their content."""
    digest = hashlib.sha256(source.read_bytes()).hexdigest()[:32]
    inside = f"{digest[:2]}/{digest}{source.suffix.casefold()}"
    return inside if (media / inside).exists() else ""


def _says_more(fact: FactDraft, there: FactRow | None) -> bool:
    if there is None:
        return True
    return (
        (bool(fact.title) and fact.title != there.title)
        or (fact.until is not None and fact.until != there.expires_on)
        or any(there.text.get(language) != text for language, text in fact.text.items())
    )


# ---- writing


def _write_whole(path: Path, answers: Sequence[PlaybookAnswer], facts: Sequence[FactRow], media: Path) -> None:
    folder = path.with_name(f"{path.stem}_pictures")
    named = {
        answer.key: tuple(
            Picture(f"{folder.name}/{_file_name(answer.key, place, picture)}", picture.alt)
            for place, picture in enumerate(answer.pictures, 1)
        )
        for answer in answers
        if answer.pictures
    }
    as_json = path.suffix.casefold() == ".json"
    told = [replace(answer, pictures=named.get(answer.key, ())) for answer in answers]
    write_whole(path, (document if as_json else sheet)(told, facts).encode("utf-8" if as_json else "utf-8-sig"))
    _copy(path, answers, named, media)


def _copy(path: Path, answers: Sequence[PlaybookAnswer], named: Mapping[str, Sequence[Picture]], media: Path) -> None:
    try:
        for answer in answers:
            for picture, to in zip(answer.pictures, named.get(answer.key, ()), strict=True):
                target = path.parent / to.path
                target.parent.mkdir(exist_ok=True)
                shutil.copyfile(media / picture.path, target)
    except OSError as error:
        raise UserMistake(
            message("playbook_file.pictures_not_written", file=path.name), technical=str(error)
        ) from error


def _file_name(key: str, place: int, picture: Picture) -> str:
    name = re.sub(r"[^\w-]+", "_", key)[:60] or "answer"
    return f"{name}-{place}{PurePosixPath(picture.path).suffix}"
