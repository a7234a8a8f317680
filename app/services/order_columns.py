"""What the columns of an export of orders are called by shops in five languages, and how its days and amounts are written."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from app.models.order import Column, DayOrder, folded_mark
from app.runtime.clock import from_wall, to_ms
from app.runtime.paths import resources

TITLES = "language/order_titles.json"

_TIME = r"(?:[T,\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?\s?m\.?)?\s*(?P<offset>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
_NUMERIC = re.compile(
    rf"(?P<a>\d{{1,4}})(?P<mark>[-/.])(?P<b>\d{{1,2}})(?P=mark)(?P<c>\d{{1,4}})\.?{_TIME}", re.IGNORECASE
)
_CHINESE = re.compile(r"(?P<a>\d{4})年(?P<b>\d{1,2})月(?P<c>\d{1,2})[日号]" + _TIME, re.IGNORECASE)
_DAY_NAMED = re.compile(
    rf"(?:\D{{0,14}}\s)?(?P<a>\d{{1,2}})\.?(?:\s+de)?[\s-]+(?P<m>[^\W\d_]+)\.?,?(?:\s+de[l]?)?[\s-]+(?P<c>\d{{4}})(?:\s*г\.?)?{_TIME}",
    re.IGNORECASE,
)
_MONTH_NAMED = re.compile(
    rf"(?:\D{{0,14}}\s)?(?P<m>[^\W\d_]+)\.?\s+(?P<a>\d{{1,2}}),?\s+(?P<c>\d{{4}}){_TIME}", re.IGNORECASE
)
LONGEST_DAY = 60

_CURRENCIES = {
    "€": "EUR",
    "£": "GBP",
    "₽": "RUB",
    "руб": "RUB",
    "元": "CNY",
    "₩": "KRW",
    "R$": "BRL",
    "zł": "PLN",
    "US$": "USD",
    "MX$": "MXN",
}
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_DIGITS = re.compile(r"-?\d[\d.,'’\s]*")
MOST_MONEY = 10**13
LONGEST_LANDING = 4_000
LONGEST_CODES = 300


def guess_columns(header: Sequence[str]) -> dict[Column, int]:
    """Which column is what, by its title; each at most once, the surest first."""
    titles = [plain_title(title) for title in header]
    known = {Column(column): names for column, names in _titles()["titles"].items()}
    marks: list[tuple[int, int, Column, int]] = []
    for column, names in known.items():
        for place, title in enumerate(titles):
            if title in names:
                marks.append((0, names.index(title), column, place))
            elif title:
                inside = [
                    name for name in names if len(name) > 3 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title)
                ]
                if inside:
                    marks.append((1, -max(map(len, inside)), column, place))
    guessed: dict[Column, int] = {}
    for _, _, column, place in sorted(marks):
        if column not in guessed and place not in guessed.values():
            guessed[column] = place
    return guessed


@lru_cache(maxsize=1)
def _titles() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((resources() / TITLES).read_text("utf-8"))
    return found


@lru_cache(maxsize=256)
def _month(name: str) -> int | None:
    return next((number for number, names in enumerate(_titles()["months"], 1) if name in names), None)


def plain_title(title: str) -> str:
    """Small letters without accents, marks or double spaces."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign) or sign == "\u0306")
    kept = unicodedata.normalize("NFC", kept)
    return " ".join(re.sub(r"[_\-/'’:.()*]+", " ", kept).split())


# --- what became of an order, and where it came from


def is_sold(state: str) -> bool:
    """Whether the shop's own word leaves an order a sale; only what was cancelled, paid back or never paid is none."""
    plain = plain_title(state)
    return not any(plain == word or plain.startswith(f"{word} ") for word in _titles()["not_sold"])


def folded_codes(text: str) -> str:
    """The coupons of one order, folded, a comma between them."""
    codes = (folded_mark(each.strip("\"'` ")) for each in re.split(r"[,;|\n]", text[:LONGEST_LANDING]))
    return ",".join(dict.fromkeys(filter(None, codes)))[:LONGEST_CODES]


def landing_marks(address: str) -> dict[str, str]:
    """utm_source, utm_campaign and utm_content in the query of a page's address, by the names of columns."""
    query = address[:LONGEST_LANDING].partition("?")[2].partition("#")[0]
    try:
        said = {name.lower(): value for name, value in parse_qsl(query, max_num_fields=100)}
    except ValueError:
        return {}
    return {name: folded_mark(said.get(f"utm_{name}", "")) for name in ("source", "campaign", "content")}


# --- days


def day_orders(text: str) -> frozenset[DayOrder] | None:
    """In which orders a day may be read; None where it names its month or is none."""
    found = _NUMERIC.fullmatch(text[:LONGEST_DAY].strip())
    if found is None:
        return None
    a, b = found["a"], found["b"]
    if len(a) == 4:
        return frozenset({DayOrder.YEAR_FIRST})
    if len(a) > 2:
        return frozenset()
    if found["mark"] == ".":
        return frozenset({DayOrder.DAY_FIRST})
    fits = {DayOrder.DAY_FIRST} if int(b) <= 12 and int(a) <= 31 else set()
    if int(a) <= 12 and int(b) <= 31:
        fits.add(DayOrder.MONTH_FIRST)
    return frozenset(fits)


def moment(text: str, order: DayOrder | None, zone: tzinfo) -> int | None:
    """UTC milliseconds; wall time of `zone` where the file names no offset; None for what is no day."""
    text = text[:LONGEST_DAY].strip()
    found = _NUMERIC.fullmatch(text) or _CHINESE.fullmatch(text)
    if found is not None:
        first, second, third = found["a"], found["b"], found["c"]
        if len(first) == 4:
            year, month, day = first, second, third
        elif found.re is _NUMERIC and (order is DayOrder.MONTH_FIRST and found["mark"] != "."):
            month, day, year = first, second, third
        else:
            day, month, year = first, second, third
    else:
        found = _DAY_NAMED.fullmatch(text) or _MONTH_NAMED.fullmatch(text)
        number = _month(plain_title(found["m"])) if found is not None else None
        if found is None or number is None:
            return None
        day, month, year = found["a"], str(number), found["c"]
    if len(year) not in (2, 4) or len(day) > 2:
        return None
    full_year = int(year) + 2000 if len(year) == 2 else int(year)
    hour = int(found["hour"] or 0)
    half = (found["half"] or "").casefold()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        wall = datetime(full_year, int(month), int(day), hour, int(found["minute"] or 0), int(found["second"] or 0))  # noqa: DTZ001
        return _utc(wall, found["offset"] or "", zone)
    except (ValueError, OverflowError):
        return None


def _utc(wall: datetime, offset: str, zone: tzinfo) -> int:
    if not 1990 <= wall.year <= 2100:
        raise ValueError("a year in which no shop of this kind sold anything")
    if not offset:
        return to_ms(from_wall(wall, zone).at)
    if offset[0] not in "+-":
        return to_ms(wall.replace(tzinfo=UTC))
    digits = offset[1:].replace(":", "")
    apart = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return to_ms(wall.replace(tzinfo=timezone(apart if offset[0] == "+" else -apart)))


# --- money


def money(text: str) -> tuple[int, str] | None:
    """(hundredths, currency code or empty); None for what is no amount."""
    plain = text.strip().replace("\u00a0", " ").replace("\u202f", " ").replace("−", "-")
    if len(plain) > 40:
        return None
    currency = next((code for sign, code in _CURRENCIES.items() if sign.casefold() in plain.casefold()), "")
    code = _CODE.search(plain)
    if code is not None:
        currency = code.group()
    found = _DIGITS.findall(plain)
    if len(found) != 1:
        return None
    negative = plain.startswith(("-", "(")) or found[0].startswith("-")
    hundredths = _hundredths(re.sub(r"[\s'’-]", "", found[0]))
    if hundredths is None or hundredths > MOST_MONEY:
        return None
    return (-hundredths if negative else hundredths), currency


def _hundredths(digits: str) -> int | None:
    digits = digits.rstrip(".,")
    last = max(digits.rfind("."), digits.rfind(","))
    behind = len(digits) - last - 1
    other = "." if last >= 0 and digits[last] == "," else ","
    is_decimal = (
        last >= 0
        and digits.count(digits[last]) == 1
        and (behind != 3 or other in digits[:last] or digits[:last] == "0")
    )
    whole, fraction = (digits[:last], digits[last + 1 :]) if is_decimal else (digits, "")
    whole = whole.replace(".", "").replace(",", "")
    if not whole.isdigit() or not whole.isascii() or (fraction and not (fraction.isdigit() and fraction.isascii())):
        return None
    return int(whole) * 100 + (int((fraction + "000")[:3]) + 5) // 10
