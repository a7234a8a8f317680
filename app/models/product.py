"""Products of the shop as its feeds tell them, and what an idea made of one begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.models.order import WrongRow

BLANKS = ("title", "maker", "price", "url", "kind")
"""What a template may hold in braces."""
TEMPLATE = "{title} · {maker}\n{url}"
LONGEST_TEMPLATE = 2000


class FeedKind(StrEnum):
    """How a feed is written."""

    CSV = "csv"
    RSS = "rss"
    MERCHANT = "merchant"
    """Google Merchant, as XML or as tab-separated text."""


class ProductColumn(StrEnum):
    """What a column, or an element, of a feed may be."""

    KEY = "key"
    TITLE = "title"
    MAKER = "maker"
    KIND = "kind"
    PRICE = "price"
    URL = "url"
    PICTURE = "picture"
    DESCRIPTION = "description"
    AVAILABLE = "available"


class ReadProduct(NamedTuple):
    """One product as a feed tells it. `key` is the shop's own number for it, unique within the feed."""

    key: str
    title: str
    maker: str = ""
    kind: str = ""
    description: str = ""
    url: str = ""
    picture: str = ""
    price: str = ""
    available: bool = True


class FeedRow(NamedTuple):
    """A feed as it is listed. `source` is a path or an https address; `read_at` aware UTC, None before the first reading."""

    id: int
    name: str
    kind: FeedKind
    source: str
    template: str
    read_at: datetime | None
    trouble: str = ""
    products: int = 0
    columns: Mapping[ProductColumn, str] = {}
    """What the user said a column of this title is."""

    @property
    def is_remote(self) -> bool:
        return "://" in self.source


class ProductRow(NamedTuple):
    """A product as it is listed."""

    id: int
    feed_id: int
    title: str
    maker: str
    kind: str
    url: str
    picture: str
    price: str
    available: bool
    gone: bool
    """The last whole reading of its feed no longer had it."""
    used_at: datetime | None
    """When an idea was made of it last, aware UTC."""
    description: str = ""


class FeedResult(NamedTuple):
    """What a reading did, so far or in the end. `wrong` names the first of the rows that were left out, `wrong_count` counts them all."""

    read: int = 0
    new: int = 0
    gone: int = 0
    wrong_count: int = 0
    wrong: tuple[WrongRow, ...] = ()
    stopped: bool = False


def filled(template: str, product: ProductRow) -> str:
    """The template with the product's own words; what the product does not have leaves neither braces nor a mark that held it."""
    values = {name: str(getattr(product, name)).strip() for name in BLANKS}
    lines = []
    for line in (template or TEMPLATE).splitlines():
        named = re.findall(r"\{(\w+)\}", line)
        known = [name for name in named if name in values]
        if known and not any(values[name] for name in known):
            continue
        text = re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), line)
        if any(not values[name] for name in known):
            text = re.sub(r"^\s*[·|/:,–—-]\s*|\s*[·|/:,–—-]\s*$|(?<=\s)[·|/–—-]\s+(?=[·|/–—-])|\(\s*\)", "", text)
            text = re.sub(r" {2,}", " ", text)
        lines.append(text.rstrip())
    return "\n".join(lines).strip()
