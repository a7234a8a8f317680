"""The shop's export of orders as a file: how its bytes are to be understood, its rows, and which of them cannot be read and why.

Nothing in it is run or opened. A row that cannot be read costs itself alone: an unclosed quotation mark does not swallow what follows.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo
from itertools import pairwise
from pathlib import Path

from app.models.customer import folded_email, folded_handle
from app.models.order import MARKS, Column, DayOrder, FileForm, FilePreview, Mapped, ReadOrder, WrongRow, folded_mark
from app.runtime.errors import UserMistake
from app.runtime.rhythm import giving_way
from app.runtime.words import Message, message
from app.services.order_columns import day_orders, folded_codes, guess_columns, is_sold, landing_marks, moment, money

MOST_BYTES = 200_000_000
ENCODINGS = ("utf-8", "utf-16", "cp1252", "cp1251", "gb18030")
SEPARATORS = (",", ";", "\t", "|")
SHOWN_ROWS = 5
SAMPLE = 200_000
"""Bytes by which the encoding is judged."""
SEPARATOR_LINES = 50
LONGEST_LINE = 4_000_000
"""Characters: what is longer is taken for several lines."""
LONGEST_RECORD = 60
"""Lines: no order has more line ends between quotation marks."""
LONGEST_CELL = 20_000
LONGEST_NUMBER = 80
LONGEST_WORDS = 500


class OrderFile:
    """One file, read line by line. `form` says how it was understood."""

    def __init__(self, path: Path, encoding: str = "", most_bytes: int = MOST_BYTES) -> None:
        """`encoding` where the user knows better. Raises UserMistake where there is nothing to read."""
        try:
            self._size = path.stat().st_size
            if self._size > most_bytes:
                raise UserMistake(message("orders.file_too_large"))
            self._file = path.open("rb")
            sample = self._file.read(SAMPLE)
            self._file.seek(0)
        except OSError as error:
            raise UserMistake(message("orders.file_not_read"), technical=str(error)) from error
        encoding = encoding or guess_encoding(sample)
        self._text = io.TextIOWrapper(self._file, encoding, errors="replace", newline="")
        self._lines: list[str] = []
        self._first = 0
        """The place of the first line that is still in memory."""
        self._fill(SEPARATOR_LINES)
        if self._lines and re.fullmatch(r"sep=.\s*", self._lines[0], re.IGNORECASE):
            self._lines[0] = "\n"
        self.form = FileForm(encoding, guess_separator(self._lines))
        self._records = self._all_records()
        _, header = next(self._records, (0, ()))
        if isinstance(header, Message) or not any(cell.strip() for cell in header):
            raise UserMistake(message("orders.file_empty"))
        self.header: tuple[str, ...] = header

    def close(self) -> None:
        """Let go of the file."""
        self._text.close()

    @property
    def line_count(self) -> int:
        """How many lines there are; an estimate until all are read."""
        read = self._first + len(self._lines)
        return read if self._text.closed else round(read * self._size / max(1, self._file.tell()))

    @property
    def share(self) -> float:
        """How much of the file is read, 0 to 1."""
        return 1.0 if self._text.closed else self._file.tell() / max(1, self._size)

    def _fill(self, wanted: int) -> bool:
        """Reads on until there are so many lines; answers whether there are."""
        if self._text.closed:
            return self._first + len(self._lines) >= wanted
        try:
            while self._first + len(self._lines) < wanted:
                line = self._text.readline(LONGEST_LINE)
                if not line:
                    self._text.close()
                    break
                self._lines.append(line.removeprefix("\ufeff").replace("\0", ""))
        except (OSError, UnicodeError) as error:
            self._text.close()
            raise UserMistake(message("orders.file_not_read"), technical=str(error)) from error
        return self._first + len(self._lines) >= wanted

    def line(self, place: int) -> str | None:
        """None behind the end."""
        return self._lines[place - self._first] if self._fill(place + 1) else None

    def _forget(self, place: int) -> None:
        """Lines before `place` are done with: a file of millions takes no more room than a small one."""
        if place - self._first >= SEPARATOR_LINES * 20:
            del self._lines[: place - self._first]
            self._first = place

    def records(self) -> Iterator[tuple[int, tuple[str, ...] | Message]]:
        """(line, cells) of each row below the header, or why it is none. Once through."""
        width = len(self.header)
        for line, cells in self._records:
            if isinstance(cells, Message):
                yield line, cells
            elif any(cell.strip() for cell in cells):
                if any(cell.strip() for cell in cells[width:]):
                    yield line, message("orders.wrong.cells", found=len(cells), expected=width)
                else:
                    yield line, (*cells, *("",) * (width - len(cells)))[:width]

    def _all_records(self) -> Iterator[tuple[int, tuple[str, ...] | Message]]:
        place = 0
        while self._fill(place + 1):
            self._forget(place)
            start = place
            feeder = _Feeder(self.line, start)
            try:
                cells = next(csv.reader(feeder, delimiter=self.form.separator, strict=True))
                place = feeder.place
            except (csv.Error, _TooLong):
                place = start + 1
                yield start + 1, self._alone(start)
                continue
            if any(len(cell) > LONGEST_CELL for cell in cells):
                yield start + 1, message("orders.wrong.cell_too_long")
            elif cells:
                yield start + 1, tuple(cells)

    def _alone(self, place: int) -> tuple[str, ...] | Message:
        """A line whose quotation marks are not as they should be, read by itself."""
        line = self._lines[place - self._first].rstrip("\r\n")
        if len(line) > LONGEST_CELL:
            return message("orders.wrong.cell_too_long")
        if line.count('"') % 2:
            return message("orders.wrong.quote")
        try:
            return tuple(next(csv.reader([line], delimiter=self.form.separator)))
        except (csv.Error, StopIteration):
            return message("orders.wrong.quote")


class _TooLong(Exception):
    """A record goes over more lines than an order has."""


class _Feeder:
    """Hands lines to the reader of one record; knows how far it went."""

    def __init__(self, line: Callable[[int], str | None], place: int) -> None:
        self._line = line
        self._start = place
        self.place = place

    def __iter__(self) -> _Feeder:
        return self

    def __next__(self) -> str:
        line = self._line(self.place)
        if line is None:
            raise StopIteration
        if self.place - self._start >= LONGEST_RECORD:
            raise _TooLong
        self.place += 1
        return line


# --- how the bytes are to be understood


def guess_encoding(content: bytes) -> str:
    """By its mark, else by what its bytes would say."""
    sample = content[:SAMPLE]
    if sample.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    zeros = sample.count(0)
    if zeros > len(sample) // 5:
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    if _decodes(sample, "utf-8"):
        return "utf-8"
    high = [byte for byte in sample if byte >= 0x80]
    paired = sum(1 for one, two in pairwise(sample) if one >= 0x80 and two >= 0x80)
    if paired < len(high) / 3:
        return "cp1252"  # an accented letter here and there
    if _decodes(sample, "gb18030") and _common_chinese(sample) > 0.5:
        return "gb18030"
    return "cp1251"


def _decodes(sample: bytes, encoding: str) -> bool:
    """Whether it is that; the sample may end within a character."""
    try:
        sample.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start > len(sample) - 4 and len(sample) == SAMPLE
    return True


def _common_chinese(sample: bytes) -> float:
    """The share of pairs that begin as common Chinese characters and marks do; Russian letters begin higher."""
    place, pairs, common = 0, 0, 0
    while place < len(sample) - 1:
        if sample[place] < 0x80:
            place += 1
            continue
        pairs += 1
        common += 0xB0 <= sample[place] <= 0xD7 or 0xA1 <= sample[place] <= 0xA3
        place += 2
    # Small Russian letters are 0xE0 to 0xFF: a text of capitals alone would be taken for Chinese, a whole file has none.
    return common / pairs if pairs else 0.0


def guess_separator(lines: Sequence[str]) -> str:
    """The one that makes the most even columns."""
    first = [line for line in lines[:SEPARATOR_LINES] if line.strip()][:20]

    def evenness(separator: str) -> tuple[float, bool, int]:
        counts = [_outside_quotes(line, separator) for line in first]
        if not counts or counts[0] == 0:
            return 0.0, False, 0
        # Commas stand in amounts as well.
        return sum(count == counts[0] for count in counts) / len(counts), separator != ",", counts[0]

    return max(SEPARATORS, key=evenness)


def _outside_quotes(line: str, separator: str) -> int:
    return sum(part.count(separator) for part in line[:5000].split('"')[::2])


# --- what its rows say


def preview(path: Path, encoding: str = "") -> FilePreview:
    """The beginning of the file and what it seems to be; reads all of it once, for its days."""
    file = OrderFile(path, encoding)
    columns = guess_columns(file.header)
    shown: list[tuple[str, ...]] = []
    fits: set[DayOrder] | None = None
    day_place = columns.get(Column.DATE)
    count = 0
    for _, cells in giving_way(file.records()):
        count += 1
        if isinstance(cells, Message):
            continue
        if len(shown) < SHOWN_ROWS:
            shown.append(cells)
        found = day_orders(cells[day_place]) if day_place is not None else None
        if found:
            fits = set(found) if fits is None else (fits & found or fits)
    days = next(iter(fits)) if fits is not None and len(fits) == 1 else None
    guessed = Mapped(columns, days)
    file.close()
    return FilePreview(file.form, file.header, tuple(shown), guessed, bool(fits and len(fits) > 1), count)


def read_orders(file: OrderFile, mapped: Mapped, zone: tzinfo) -> Iterator[ReadOrder | WrongRow]:
    """Row by row; the lines of one order are not yet put together."""
    for line, cells in giving_way(file.records()):
        yield WrongRow(line, cells) if isinstance(cells, Message) else _read(line, cells, mapped, zone)


def _read(line: int, cells: Sequence[str], mapped: Mapped, zone: tzinfo) -> ReadOrder | WrongRow:
    def cell(column: Column) -> str:
        place = mapped.columns.get(column)
        return _plain(cells[place]) if place is not None and place < len(cells) else ""

    number = cell(Column.NUMBER).removeprefix("#").strip()
    if not number:
        return WrongRow(line, message("orders.wrong.no_number"))
    if len(number) > LONGEST_NUMBER:
        return WrongRow(line, message("orders.wrong.number_too_long"))
    day, amount = cell(Column.DATE), cell(Column.AMOUNT)
    ordered_at = moment(day, mapped.days, zone) if day else None
    if day and ordered_at is None:
        return WrongRow(line, message("orders.wrong.date", text=day[:40]))
    paid = money(amount) if amount else None
    if amount and paid is None:
        return WrongRow(line, message("orders.wrong.amount", text=amount[:40]))
    landed = landing_marks(cell(Column.LANDING))
    currency = cell(Column.CURRENCY)[:3].upper() or (paid[1] if paid else "") or (mapped.currency if paid else "")
    return ReadOrder(
        line=line,
        number=number,
        name=cell(Column.NAME)[:LONGEST_WORDS],
        email=folded_email(cell(Column.EMAIL)),
        handle=_handle(cell(Column.HANDLE)),
        products=cell(Column.PRODUCT)[:LONGEST_WORDS],
        amount=paid[0] if paid else None,
        currency=currency,
        state=cell(Column.STATE)[:LONGEST_NUMBER],
        ordered_at=ordered_at,
        source=folded_mark(cell(Column.SOURCE)) or landed.get("source", ""),
        campaign=folded_mark(cell(Column.CAMPAIGN)) or landed.get("campaign", ""),
        content=folded_mark(cell(Column.CONTENT)) or landed.get("content", ""),
        coupon=folded_codes(cell(Column.COUPON)),
        sold=is_sold(cell(Column.STATE)),
    )


def _plain(cell: str) -> str:
    """One line; a number that a spreadsheet was made to keep as text (="123") is that number."""
    text = " ".join(cell.split())
    wrapped = re.fullmatch(r'="(.*)"', text)
    return wrapped.group(1) if wrapped else text


def _handle(text: str) -> str:
    """A handle, also out of the address of its profile."""
    if "://" in text:
        text = text.split("?")[0].rstrip("/").rpartition("/")[2]
    handle = folded_handle(text)
    return handle if handle and " " not in handle and len(handle) <= 200 else ""


def put_together(read: Sequence[ReadOrder]) -> list[ReadOrder]:
    """Each number once: the further lines of an order add what they say of products, and what the first left open."""
    orders: dict[str, ReadOrder] = {}
    for row in giving_way(read, 1000):
        known = orders.get(row.number)
        if known is None:
            orders[row.number] = row
            continue
        products = list(dict.fromkeys(each for each in (*known.products.split("; "), row.products) if each))
        filled = {
            name: getattr(row, name)
            for name in ("name", "email", "handle", "amount", "currency", "state", "ordered_at", *MARKS)
            if getattr(known, name) in ("", None)
        }
        sold = known.sold and row.sold
        orders[row.number] = known._replace(products="; ".join(products)[:LONGEST_WORDS], sold=sold, **filled)
    return list(orders.values())
