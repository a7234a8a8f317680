"""A playbook as a file, CSV or JSON: read with what is wrong named by line, and written so that it can be read again.

A CSV file has the columns `key`, `category`, `tags`, `language`, `title`, `text` and `example`, in any order; each row tells one or several
of title, text and example in one language, and rows of one key make one answer. A JSON file is `{"answers": [...]}` with `title`, `texts`
and `examples` by language, as the playbook that comes with the program.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from app.models.conversation import Category
from app.models.playbook import PlaybookAnswer
from app.runtime.errors import UserMistake
from app.runtime.words import Message, message
from app.store.database import Database, Session
from app.store.reading import playbook as playbook_reading
from app.store.reading import suggesting as reading
from app.store.writing import playbook as playbook_writing
from app.store.writing import suggesting as writing

COLUMNS = ("key", "category", "tags", "language", "title", "text", "example")
SAID = ("title", "text", "example")
MOST_BYTES = 50_000_000
LONGEST_TEXT = 20_000
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet would run at the beginning of a cell; an apostrophe before it keeps it a text."""


class WrongRow(NamedTuple):
    """A row that was left out. In a JSON file `line` is the number of the answer."""

    line: int
    reason: Message


class Imported(NamedTuple):
    """What came of a file."""

    answers: int
    """New ones."""
    examples: int
    known: int
    """Answers that were there before; they stay as they are, but take the examples."""
    wrong: tuple[WrongRow, ...]


@dataclass(slots=True)
class Draft:
    """An answer as it is put together from rows."""

    key: str
    category: Category = Category.OTHER
    tags: tuple[str, ...] = ()
    title: dict[str, str] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def answer(self) -> PlaybookAnswer:
        return PlaybookAnswer(
            key=self.key,
            category=self.category,
            title=self.title or {next(iter(self.texts), ""): self.key},
            wordings={language: tuple(texts) for language, texts in self.texts.items()},
            tags=self.tags,
        )


class PlaybookFiles:
    """Brings playbooks in and out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def import_file(self, path: Path) -> Imported:
        """Right rows are kept, wrong ones named. Raises UserMistake where there is nothing to read."""
        drafts, wrong = await asyncio.to_thread(read, path)
        added, examples = await self._database.write(_take_in, drafts)
        return Imported(added, examples, len(drafts) - added, tuple(wrong))

    async def export_file(self, path: Path) -> int:
        """All answers with their examples; JSON where the name ends so, else CSV. Answers how many."""
        answers = await self._database.read(playbook_reading.answers)
        examples = await self._database.read(reading.examples)
        as_json = path.suffix.casefold() == ".json"
        text = written_json(answers, examples) if as_json else written_csv(answers, examples)
        await asyncio.to_thread(_write, path, text, "utf-8" if as_json else "utf-8-sig")
        return len(answers)


def _write(path: Path, text: str, encoding: str) -> None:
    try:
        path.write_text(text, encoding=encoding, newline="")
    except OSError as error:
        raise UserMistake(message("playbook_file.not_written", file=path.name), technical=str(error)) from error


def _take_in(session: Session, drafts: Sequence[Draft]) -> tuple[int, int]:
    added = playbook_writing.import_answers(session, [draft.answer() for draft in drafts])
    return added, sum(writing.add_examples(session, draft.key, draft.examples) for draft in drafts)


# ---- reading


def read(path: Path) -> tuple[list[Draft], list[WrongRow]]:
    """The answers of a file, in its order, and what could not be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserMistake(message("playbook_file.too_large", file=path.name))
        content = path.read_bytes()
    except OSError as error:
        raise UserMistake(message("playbook_file.not_read", file=path.name), technical=str(error)) from error
    text = _decoded(content)
    if path.suffix.casefold() == ".json" or text.lstrip().startswith(("{", "[")):
        return _from_json(text, path.name)
    return _from_csv(text, path.name)


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS if content[:2] in (b"\xff\xfe", b"\xfe\xff") else (ENCODINGS[0], ENCODINGS[2]):
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    return content.decode("utf-8", "replace")


def _from_csv(text: str, name: str) -> tuple[list[Draft], list[WrongRow]]:
    head = text.split("\n", 1)[0]
    separator = max((",", ";", "\t"), key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    drafts: dict[str, Draft] = {}
    wrong: list[WrongRow] = []
    columns: dict[str, int] = {}
    begins = 1
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if not columns:
                columns = {
                    cell.strip().casefold(): place
                    for place, cell in enumerate(cells)
                    if cell.strip().casefold() in COLUMNS
                }
                if "key" not in columns or not columns.keys() & set(SAID):
                    raise UserMistake(message("playbook_file.no_columns", file=name))
            elif any(cell.strip() for cell in cells):
                row = {column: _cell(cells, place) for column, place in columns.items()}
                trouble = _add(drafts, row)
                if trouble is not None:
                    wrong.append(WrongRow(line, trouble))
    except csv.Error as error:
        wrong.append(WrongRow(begins, message("playbook_file.row_not_read", reason=str(error))))
    if not columns:
        raise UserMistake(message("playbook_file.no_columns", file=name))
    return list(drafts.values()), wrong


def _cell(cells: Sequence[str], place: int) -> str:
    text = cells[place].strip() if place < len(cells) else ""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def _add(drafts: dict[str, Draft], row: Mapping[str, str]) -> Message | None:
    """One row; answers what is wrong with it."""
    key, language = row.get("key", ""), row.get("language", "").casefold() or "en"
    trouble = _trouble(key, row.get("category", ""), language, [row.get(name, "") for name in SAID])
    if trouble is not None:
        return trouble
    if not any(row.get(name) for name in SAID):
        return message("playbook_file.empty_row")
    draft = drafts.setdefault(key, Draft(key))
    if row.get("category"):
        draft.category = Category(row["category"].casefold())
    if row.get("tags"):
        draft.tags = tuple(dict.fromkeys(tag.strip() for tag in re.split(r"[,;|]", row["tags"]) if tag.strip()))
    if row.get("title"):
        draft.title[language] = row["title"]
    if row.get("text"):
        draft.texts.setdefault(language, []).append(row["text"])
    if row.get("example"):
        draft.examples.setdefault(language, []).append(row["example"])
    return None


def _trouble(key: str, category: str, language: str, texts: Sequence[str]) -> Message | None:
    if not key:
        return message("playbook_file.no_key")
    if category and category.casefold() not in list(Category):
        return message("playbook_file.unknown_category", category=category, categories=", ".join(Category))
    if not LANGUAGE.fullmatch(language):
        return message("playbook_file.unknown_language", language=language)
    if any(len(text) > LONGEST_TEXT for text in texts):
        return message("playbook_file.text_too_long", n=str(LONGEST_TEXT))
    if any(
        unicodedata.category(letter) == "Cc" and letter not in "\n\r\t" for text in (key, *texts) for letter in text
    ):
        return message("playbook_file.control_characters")
    return None


def _from_json(text: str, name: str) -> tuple[list[Draft], list[WrongRow]]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise UserMistake(
            message("playbook_file.no_json", file=name, reason=str(error)), technical=str(error)
        ) from error
    entries = document.get("answers") if isinstance(document, dict) else document
    if not isinstance(entries, list):
        raise UserMistake(message("playbook_file.no_answers", file=name))
    drafts: dict[str, Draft] = {}
    wrong: list[WrongRow] = []
    for number, entry in enumerate(entries, 1):
        trouble: Message | None
        try:
            rows = list(_rows(entry))
            if not rows:
                wrong.append(WrongRow(number, message("playbook_file.empty_row")))
            for row in rows:
                trouble = _add(drafts, row)
                if trouble is not None:
                    wrong.append(WrongRow(number, trouble))
        except (TypeError, AttributeError, KeyError):
            wrong.append(WrongRow(number, message("playbook_file.not_an_answer")))
    return list(drafts.values()), wrong


def _rows(entry: Mapping[str, Any]) -> list[dict[str, str]]:
    """One answer of a JSON file, as rows."""
    shared = {
        "key": str(entry.get("key") or ""),
        "category": str(entry.get("category") or ""),
        "tags": "|".join(map(str, entry.get("tags") or ())),
    }
    rows: list[dict[str, str]] = []
    for language, title in dict(entry.get("title") or {}).items():
        rows.append({**shared, "language": language, "title": str(title)})
    for column, name in (("text", "texts"), ("example", "examples")):
        for language, texts in dict(entry.get(name) or {}).items():
            if not isinstance(texts, list):
                raise TypeError(name)
            rows += [{**shared, "language": language, column: str(text).strip()} for text in texts]
    return rows


# ---- writing


def written_json(answers: Sequence[PlaybookAnswer], examples: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    """As `read` reads it."""
    document = {
        "version": 1,
        "answers": [
            {
                "key": each.key,
                "category": str(each.category),
                "tags": list(each.tags),
                "title": dict(each.title),
                "texts": {language: list(texts) for language, texts in each.wordings.items()},
                "examples": {language: list(texts) for language, texts in examples.get(each.key, {}).items()},
            }
            for each in answers
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def written_csv(answers: Sequence[PlaybookAnswer], examples: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    """One row a title, text and example."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for each in answers:
        shared = [_safe(each.key), str(each.category), _safe("|".join(each.tags))]
        said: list[tuple[int, str, str]] = [(0, language, text) for language, text in each.title.items()]
        said += [(1, language, text) for language, texts in each.wordings.items() for text in texts]
        said += [(2, language, text) for language, texts in examples.get(each.key, {}).items() for text in texts]
        for place, language, text in said:
            cells = ["", "", ""]
            cells[place] = _safe(text)
            writer.writerow([*shared, language, *cells])
    return out.getvalue()


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
