"""A playbook as CSV, for spreadsheets. Each row tells something of one answer or fact, in any order; rows of one key make one answer.

`key category tags language` say what a row is about; then it tells one or several of: `title`; `text` (with `form`: informal or formal, and
`long`: yes for the e-mail form); `example`; `placeholder` (with `label`, `required`, and `fallback` in the row's language); `picture` (a path
beside the file, with `alt`); `main` (language), `after` ("done; promise=48"), `review` (an ISO day). A row with `fact` (its key) tells of a
fact: `title`, `text` in the row's language, `until` (an ISO day). A spreadsheet that was made for something else is read by what its
columns are called.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.models.playbook import FactRow, PlaybookAnswer
from app.models.playbook_file import Fixed, WrongRow
from app.runtime.errors import UserMistake
from app.runtime.words import Message, message
from app.services.order_files import OrderFile
from app.services.playbook_draft import COLUMNS, NO, YES, Book, after_text, guess_columns, key_of, language_columns

FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet would run at the beginning of a cell; an apostrophe before it keeps it a text."""
TELLING = ("title", "text", "example")


def read_sheet(path: Path, fixed: Fixed) -> tuple[Book, list[WrongRow]]:
    """What a file tells, and the rows that tell nothing. `fixed`: rows as the user mended them. Raises UserMistake for no playbook."""
    try:
        file = OrderFile(path)
    except UserMistake as mistake:
        if mistake.message.id == "orders.file_empty":
            raise UserMistake(message("playbook_file.no_columns", file=path.name)) from mistake
        raise
    try:
        return _read(file, path.name, fixed)
    finally:
        file.close()


def _read(file: OrderFile, name: str, fixed: Fixed) -> tuple[Book, list[WrongRow]]:
    columns = guess_columns(file.header)
    languages = {place: code for place, code in language_columns(file.header).items() if place not in columns.values()}
    if not (columns.keys() & {*TELLING, "fact"} or languages) or not columns.keys() & {
        "key",
        "title",
        "example",
        "fact",
    }:
        raise UserMistake(message("playbook_file.no_columns", file=name))
    plain = [title.strip().casefold() for title in file.header]
    foreign = not {"key", "category"} <= set(plain)
    book, wrong = Book(), []
    for line, cells in file.records():
        if isinstance(cells, Message) and line not in fixed:
            wrong.append(WrongRow(line, cells))
            continue
        row = dict(fixed.get(line, ()))
        if not row and not isinstance(cells, Message):
            row = {column: _cell(cells[place]) for column, place in columns.items()}
            texts = {code: _cell(cells[place]) for place, code in languages.items() if cells[place].strip()}
            if texts:
                wrong += _add_by_language(book, row, texts, line, lenient=foreign)
                continue
        trouble = book.add(row, line, lenient=foreign)
        if trouble is not None:
            wrong.append(WrongRow(line, trouble, row))
    return book, wrong


def _add_by_language(
    book: Book, row: Mapping[str, str], texts: Mapping[str, str], line: int, *, lenient: bool
) -> list[WrongRow]:
    """A row with a column for each language. What is wrong with it is not for mending here: it is several rows."""
    main = row.get("language") or next(iter(texts))
    key = row.get("key") or key_of(row.get("title") or row.get("example") or "")
    rows = [{**row, "language": main, "text": texts.get(main, row.get("text", ""))}]
    rows += [{"key": key, "language": code, "text": text} for code, text in texts.items() if code != main]
    found = [book.add(each, line, lenient=lenient) for each in rows]
    return [WrongRow(line, trouble) for trouble in found if trouble is not None]


def _cell(text: str) -> str:
    text = text.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


# ---- writing


def sheet(answers: Sequence[PlaybookAnswer], facts: Sequence[FactRow] = ()) -> str:
    """As `read_sheet` reads it: one row a title, text, example, placeholder and picture, then the facts."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    for answer in answers:
        first = {
            "tags": "|".join(answer.tags),
            "main": answer.main,
            "after": after_text(answer.after),
            "review": answer.review_on.isoformat() if answer.review_on else "",
        }
        for row in _rows(answer):
            _write(writer, {"key": answer.key, "category": str(answer.category), **first, **row})
            first = {}
    for fact in facts:
        until = fact.expires_on.isoformat() if fact.expires_on else ""
        for language, text in fact.text.items() or (("", ""),):
            _write(writer, {"fact": fact.key, "title": fact.title, "language": language, "text": text, "until": until})
    return out.getvalue()


def wrong_sheet(wrong: Sequence[WrongRow], reasons: Sequence[str]) -> str:
    """The rows that were left out with the reason, to be mended in a spreadsheet and brought in once more."""
    out = io.StringIO(newline="")
    used = [column for column in COLUMNS if any(row.cells.get(column) for row in wrong)] or list(COLUMNS[:6])
    writer = csv.writer(out)
    writer.writerow(["line", "reason", *dict.fromkeys(["key", "category", *used])])
    for row, reason in zip(wrong, reasons, strict=True):
        cells = [row.cells.get(column, "") for column in dict.fromkeys(["key", "category", *used])]
        writer.writerow([row.line, _safe(reason), *map(_safe, cells)])
    return out.getvalue()


def _rows(answer: PlaybookAnswer) -> list[dict[str, str]]:
    rows = [{"language": language, "title": text} for language, text in answer.title.items()]
    if answer.texts:
        rows += [
            {
                "language": text.language,
                "text": text.text,
                "form": str(text.address),
                "long": YES if text.is_long else "",
            }
            for text in answer.texts
        ]
    else:
        rows += [{"language": code, "text": text} for code, texts in answer.wordings.items() for text in texts]
    rows += [{"language": code, "example": text} for code, texts in answer.examples.items() for text in texts]
    for blank in answer.blanks:
        told = {"placeholder": blank.name, "label": blank.label, "required": YES if blank.required else NO}
        for language, text in blank.fallback.items() or (("", ""),):
            rows.append({**told, "language": language, "fallback": text})
    rows += [{"picture": picture.path, "alt": picture.alt} for picture in answer.pictures]
    return rows


def _write(writer: csv.DictWriter[str], row: dict[str, str]) -> None:
    writer.writerow({column: _safe(text) for column, text in row.items()})


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
