"""Product feeds read row by row: CSV and tab-separated text, RSS, and Google Merchant's XML; keeps their names for things to itself.

A feed is somebody else's file: its XML may hold no entities of its own (none is ever expanded, nothing outside is fetched), texts are cut, depth
is bounded, and a file of millions takes no more room than a small one. Names of elements: Google's product data specification, RSS 2.0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

from app.models.order import WrongRow
from app.models.product import FeedKind, ProductColumn, ReadProduct
from app.runtime.errors import UserMistake
from app.runtime.paths import resources
from app.runtime.words import Message, message
from app.services.order_columns import plain_title
from app.services.order_files import OrderFile

MOST_BYTES = 4_000_000_000
CHUNK = 64 * 1024
DEEPEST = 40
LONGEST_TEXT = 2000
LONGEST_KEY = 200
LONGEST_URL = 2000
TITLES = "language/product_titles.json"
GOOGLE = "http://base.google.com/ns/1.0"

_ITEMS = ("item", "entry", "product")
_TAGS = re.compile(r"<[^<>]{0,2000}>")

Columns = Mapping[ProductColumn, str]


class FeedFile:
    """One feed on this computer. `kind` says how it was understood; `products` goes through it once."""

    def __init__(self, path: Path, columns: Columns | None = None) -> None:
        """`columns`: titles of columns that the user named. Raises UserMistake where there is nothing to read."""
        self.path = path
        self._columns = columns or {}
        try:
            size = path.stat().st_size
            with path.open("rb") as file:
                start = file.read(2048)
        except OSError as error:
            raise UserMistake(message("products.not_read"), technical=str(error)) from error
        if size > MOST_BYTES:
            raise UserMistake(message("products.too_large"))
        self._size = max(1, size)
        self._read = 0
        self._table: OrderFile | None = None
        if _looks_like_xml(start):
            self.kind = FeedKind.MERCHANT if GOOGLE.encode() in start else FeedKind.RSS
            return
        self._table = OrderFile(path, most_bytes=MOST_BYTES)
        self.header = self._table.header
        self.guessed = guess(self.header, self._columns)
        merchant = self._table.form.separator == "\t" and "id" in self.header and "link" in self.header
        self.kind = FeedKind.MERCHANT if merchant else FeedKind.CSV
        if ProductColumn.TITLE not in self.guessed:
            self.close()
            raise UserMistake(message("products.no_title_column"))

    @property
    def share(self) -> float:
        """How much of it is read, 0 to 1."""
        return self._table.share if self._table is not None else min(1.0, self._read / self._size)

    def close(self) -> None:
        """Let go of the file."""
        if self._table is not None:
            self._table.close()

    def products(self) -> Iterator[ReadProduct | WrongRow]:
        """Row by row. Raises UserMistake where the file is broken or hostile: what was read until then was right."""
        if self._table is not None:
            yield from self._of_table(self._table)
            return
        try:
            with self.path.open("rb") as file:
                yield from self._of_xml(file)
        except OSError as error:
            raise UserMistake(message("products.not_read"), technical=str(error)) from error

    def _of_table(self, table: OrderFile) -> Iterator[ReadProduct | WrongRow]:
        places = self.guessed
        for line, cells in table.records():
            if isinstance(cells, Message):
                yield WrongRow(line, cells)
            else:
                yield made(line, {column: cells[place] for column, place in places.items()})

    def _of_xml(self, file: BinaryIO) -> Iterator[ReadProduct | WrongRow]:
        items = _Items()
        try:
            while chunk := file.read(CHUNK):
                self._read += len(chunk)
                items.parser.Parse(chunk, False)
                yield from items.taken()
            items.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise UserMistake(message("products.broken_xml", line=error.lineno)) from error
        except (ValueError, LookupError) as error:  # an encoding that nobody knows
            raise UserMistake(message("products.broken_xml", line=1), technical=str(error)) from error
        yield from items.taken()


class _Items:
    """The items of an XML feed as they end."""

    def __init__(self) -> None:
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._said
        parser.EntityDeclHandler = self._refuse
        parser.UnparsedEntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._by_name = {name.removeprefix("g:"): column for column, names in _names().items() for name in names}
        self._ready: list[ReadProduct | WrongRow] = []
        self._depth = 0
        self._item_depth = 0
        self._line = 0
        self._values: dict[ProductColumn, str] = {}
        self._column: ProductColumn | None = None
        self._text: list[str] = []
        self._length = 0

    def taken(self) -> list[ReadProduct | WrongRow]:
        ready, self._ready = self._ready, []
        return ready

    def _refuse(self, *_told: object) -> int:
        raise UserMistake(message("products.hostile_xml"))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UserMistake(message("products.hostile_xml"))
        local = name.rpartition(" ")[2].lower()
        if not self._item_depth:
            if local in _ITEMS:
                self._item_depth, self._values, self._line = self._depth, {}, self.parser.CurrentLineNumber
            return
        if self._depth == self._item_depth + 1:
            self._column = self._by_name.get(local.replace("_", " ").replace("-", " "))
            self._text, self._length = [], 0
            if (
                self._column is ProductColumn.URL
                and attributes.get("href")
                and attributes.get("rel", "alternate") == "alternate"
            ):
                self._keep(ProductColumn.URL, attributes["href"][:LONGEST_URL], "link")
            if local == "enclosure" and attributes.get("type", "").startswith("image/"):
                self._keep(ProductColumn.PICTURE, attributes.get("url", "")[:LONGEST_URL], "image")

    def _said(self, text: str) -> None:
        if self._column is not None and self._length < LONGEST_TEXT:
            self._text.append(text[: LONGEST_TEXT - self._length])
            self._length += len(text)

    def _end(self, name: str) -> None:
        if self._item_depth and self._depth == self._item_depth:
            self._ready.append(made(self._line, self._values))
            self._item_depth = 0
        elif self._item_depth and self._depth == self._item_depth + 1 and self._column is not None:
            self._keep(self._column, "".join(self._text), name.rpartition(" ")[2].lower())
            self._column = None
        self._depth -= 1

    def _keep(self, column: ProductColumn, text: str, name: str) -> None:
        """The first that says something; a price in a sale goes before the usual one."""
        if text.strip() and (column not in self._values or name == "sale_price"):
            self._values[column] = text


@lru_cache(maxsize=1)
def _names() -> dict[ProductColumn, list[str]]:
    return {ProductColumn(column): names for column, names in _titles()["titles"].items()}


@lru_cache(maxsize=1)
def _titles() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((resources() / TITLES).read_text("utf-8"))
    return found


def guess(header: tuple[str, ...], named: Columns) -> dict[ProductColumn, int]:
    """Which column is what: as the user named it, else by its title; each at most once."""
    titles = [plain_title(title).removeprefix("g ") for title in header]
    titles = [title.removeprefix("g:") for title in titles]
    found: dict[ProductColumn, int] = {}
    for column, title in named.items():
        places = [place for place, each in enumerate(header) if each.strip().casefold() == title.strip().casefold()]
        if places:
            found[column] = places[0]
    for column, names in _names().items():
        for name in names:
            if column not in found and name in titles and titles.index(name) not in found.values():
                found[column] = titles.index(name)
    return found


def made(line: int, values: Mapping[ProductColumn, str]) -> ReadProduct | WrongRow:
    """One product out of what its row says; its address is its key where it has none."""

    def told(column: ProductColumn, most: int = LONGEST_TEXT) -> str:
        text = values.get(column, "")
        if "<" in text or "&" in text:
            text = unescape(_TAGS.sub(" ", text[: most * 2]))
        return " ".join(text.split())[:most].encode("utf-8", "replace").decode()

    title, url = told(ProductColumn.TITLE, 300), _address(values.get(ProductColumn.URL, ""))
    if not title:
        return WrongRow(line, message("products.wrong.no_title"))
    key = told(ProductColumn.KEY, LONGEST_KEY) or url[:LONGEST_KEY] or title[:LONGEST_KEY]
    return ReadProduct(
        key,
        title,
        told(ProductColumn.MAKER, 200),
        told(ProductColumn.KIND, 200),
        told(ProductColumn.DESCRIPTION, 1000),
        url,
        _address(values.get(ProductColumn.PICTURE, "")),
        told(ProductColumn.PRICE, 60),
        told(ProductColumn.AVAILABLE, 40).casefold() not in _titles()["gone"],
    )


def _address(text: str) -> str:
    """A web address, or nothing."""
    address = text.strip()
    plain = len(address) <= LONGEST_URL and not re.search(r"[\s\x00-\x1f\x7f]", address)
    return address if plain and address.lower().startswith(("http://", "https://")) else ""


def _looks_like_xml(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return (
            start[2:]
            .decode("utf-16-le" if start.startswith(b"\xff\xfe") else "utf-16-be", "replace")
            .lstrip()
            .startswith("<")
        )
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
