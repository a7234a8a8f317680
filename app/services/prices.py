"""The price lists of networks that charge: data shipped with the program, of which the user may keep a changed copy in the profile."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)

FOLDER = "prices"


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of one network's items, in millionths of `currency`."""

    currency: str
    items: Mapping[str, int]
    as_of: str = ""

    def of(self, item: str) -> int:
        """An item that no list knows is a bug: nothing may be called that has no price."""
        return self.items[item]


class PriceLists:
    """The shipped lists with what the profile's own copies say instead. A copy that cannot be read changes nothing."""

    def __init__(self, shipped: Path, own: Path) -> None:
        """Two folders; a changed copy in `own` holds from the next call on."""
        self._shipped = shipped
        self._own = own
        self._known: dict[str, tuple[int, Prices]] = {}

    def __call__(self, network: str) -> Prices:
        changed = self._own / f"{network}.json"
        try:
            at = changed.stat().st_mtime_ns
        except OSError:
            at = 0
        known = self._known.get(network)
        if known is None or known[0] != at:
            known = self._known[network] = at, self._read(network, changed if at else None)
        return known[1]

    def _read(self, network: str, changed: Path | None) -> Prices:
        prices = _read(self._shipped / f"{network}.json")
        if changed is None:
            return prices
        try:
            theirs = _read(changed)
        except (OSError, ValueError) as error:
            _log.warning("the price list %s cannot be read, using the shipped one: %s", changed, error)
            return prices
        return Prices(theirs.currency or prices.currency, {**prices.items, **theirs.items}, theirs.as_of)


def _read(file: Path) -> Prices:
    data: Any = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or not isinstance(data.get("items"), dict):
        raise ValueError("not a price list")
    items = {}
    for name, entry in data["items"].items():
        price = entry.get("price") if isinstance(entry, dict) else entry
        if not isinstance(price, int) or isinstance(price, bool) or price < 0:
            raise ValueError(f"{name}: a price is a whole number of millionths")
        items[str(name)] = price
    return Prices(str(data.get("currency") or ""), items, str(data.get("as_of") or ""))
