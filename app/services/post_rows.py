"""Rows of a file of posts: whose layout it is, what its columns are called, and what each row says; nothing is stored here.

Layouts: Buffer's bulk upload has the columns Text, Image URL, Tags, Posting Time; Hootsuite's has Date, Message, Link and mostly no header.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo
from functools import lru_cache
from pathlib import Path

from app.models.order import DayOrder, WrongRow
from app.models.post_import import Layout, PostColumn, PostMapped, PostPreview, ReadPost
from app.runtime.errors import UserMistake
from app.runtime.paths import resources
from app.runtime.rhythm import giving_way
from app.runtime.words import Message, message
from app.services.order_columns import day_orders, moment, plain_title
from app.services.order_files import SHOWN_ROWS, OrderFile

MOST_BYTES = 50_000_000
MOST_ROWS = 20_000
LONGEST_TEXT = 10_000
LONGEST_TITLE = 200

TITLES = "language/post_titles.json"
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?\s*([ap]\.?\s?m\.?)?", re.IGNORECASE)


def open_file(path: Path, encoding: str = "") -> OrderFile:
    """Raises UserMistake where there is nothing to read."""
    return OrderFile(path, encoding, MOST_BYTES)


def preview(path: Path, encoding: str = "") -> PostPreview:
    """The beginning of the file and what it seems to be; reads all of it once, for its days."""
    file = open_file(path, encoding)
    try:
        layout, mapped = recognise(file.header)
        shown: list[tuple[str, ...]] = [file.header] if mapped.no_header else []
        fits: frozenset[DayOrder] | None = _fits(file.header, mapped) if mapped.no_header else None
        count = len(shown)
        for _, cells in giving_way(file.records()):
            count += 1
            if isinstance(cells, Message):
                continue
            if len(shown) < SHOWN_ROWS:
                shown.append(cells)
            found = _fits(cells, mapped)
            if found:
                fits = found if fits is None else (fits & found or fits)
    finally:
        file.close()
    days = next(iter(fits)) if fits is not None and len(fits) == 1 else None
    header = tuple("" for _ in file.header) if mapped.no_header else file.header
    return PostPreview(
        file.form, layout, header, tuple(shown), mapped._replace(days=days), bool(fits and len(fits) > 1), count
    )


def recognise(header: Sequence[str]) -> tuple[Layout, PostMapped]:
    """Whose layout it is and which column is what, by the titles; or, without titles, by what Hootsuite puts where."""
    if len(header) in (2, 3, 4) and _is_moment(header[0]):
        columns = (PostColumn.WHEN, PostColumn.TEXT, PostColumn.LINK, PostColumn.PICTURE)
        return Layout.HOOTSUITE, PostMapped(
            {each: place for place, each in enumerate(columns[: len(header)])}, None, True
        )
    titles = [plain_title(title) for title in header]
    found: dict[PostColumn, int] = {}
    for column, names in _names().items():
        for name in names:
            if column not in found and name in titles and titles.index(name) not in found.values():
                found[column] = titles.index(name)
    if "text" in titles and "posting time" in titles:
        return Layout.BUFFER, PostMapped(
            {each: place for each, place in found.items() if each is not PostColumn.PILLAR}
        )
    if titles[1:2] == ["message"] and found.get(PostColumn.WHEN) == 0:
        return Layout.HOOTSUITE, PostMapped(found)
    return Layout.OWN, PostMapped(found)


@lru_cache(maxsize=1)
def _names() -> dict[PostColumn, list[str]]:
    found = json.loads((resources() / TITLES).read_text("utf-8"))["titles"]
    return {PostColumn(column): names for column, names in found.items()}


def read_posts(file: OrderFile, mapped: PostMapped, zone: tzinfo) -> Iterator[ReadPost | WrongRow]:
    """Row by row. `zone` is the shop's: times of the file are its wall time."""
    if PostColumn.TEXT not in mapped.columns and PostColumn.TITLE not in mapped.columns:
        raise UserMistake(message("import.no_text_column"))
    if mapped.no_header:
        yield _read(1, file.header, mapped, zone)
    for number, (line, cells) in enumerate(giving_way(file.records()), 1):
        if number > MOST_ROWS:
            yield WrongRow(line, message("import.wrong.too_many", most=MOST_ROWS))
            return
        yield WrongRow(line, cells) if isinstance(cells, Message) else _read(line, cells, mapped, zone)


def _read(line: int, cells: Sequence[str], mapped: PostMapped, zone: tzinfo) -> ReadPost | WrongRow:
    def cell(column: PostColumn) -> str:
        place = mapped.columns.get(column)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    text, title = cell(PostColumn.TEXT), " ".join(cell(PostColumn.TITLE).split())
    if not text and not title:
        return WrongRow(line, message("import.wrong.no_text"))
    if len(text) > LONGEST_TEXT:
        return WrongRow(line, message("import.wrong.too_long", n=len(text), limit=LONGEST_TEXT))
    when, clock = " ".join(cell(PostColumn.WHEN).split()), " ".join(cell(PostColumn.TIME).split())
    at = None
    if when:
        if clock and not _CLOCK.fullmatch(clock):
            return WrongRow(line, message("import.wrong.time", text=clock[:40]))
        at = moment(f"{when} {clock}".strip(), mapped.days, zone)
        if at is None:
            return WrongRow(line, message("import.wrong.day", text=when[:40]))
    elif clock:
        return WrongRow(line, message("import.wrong.no_day", text=clock[:40]))
    link, picture = cell(PostColumn.LINK), cell(PostColumn.PICTURE)
    for each in (link, picture):
        if each and not _is_address(each):
            return WrongRow(line, message("import.wrong.address", text=each[:60]))
    return ReadPost(
        line,
        _sound(text or title),
        at,
        link,
        picture,
        _sound(title[:LONGEST_TITLE]) if text else "",
        " ".join(cell(PostColumn.PILLAR).split())[:60],
        " ".join(cell(PostColumn.ACCOUNT).split())[:200],
    )


def _fits(cells: Sequence[str], mapped: PostMapped) -> frozenset[DayOrder] | None:
    place = mapped.columns.get(PostColumn.WHEN)
    return day_orders(cells[place]) if place is not None and place < len(cells) else None


def _is_moment(text: str) -> bool:
    return any(moment(text, order, UTC) is not None for order in DayOrder)


def _is_address(text: str) -> bool:
    return (
        len(text) <= 2000
        and text.lower().startswith(("http://", "https://"))
        and not re.search(r"[\s\x00-\x1f\x7f]", text)
    )


def _sound(text: str) -> str:
    """Without halves of characters, which no database takes."""
    return text.encode("utf-8", "replace").decode()
