"""Limits and facts of a server as the account's row keeps them (JSON), and back."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from app.models.message import Visibility
from app.networks.network import HOLDS_NOTHING, Counting, Facts, Limits


def limits_text(limits: Limits) -> str:
    """For the account's row."""
    return json.dumps(dataclasses.asdict(limits))


def limits_from(text: str, default: Limits) -> Limits:
    """What the row holds; `default` (the card's) where it holds nothing. Fields of another version are left out."""
    stored: dict[str, Any] = json.loads(text or "{}")
    if not stored:
        return default
    known = {field.name for field in dataclasses.fields(Limits)}
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items() if name in known}
    if "counting" in values:
        values["counting"] = Counting(values["counting"])
    if "visibilities" in values:
        values["visibilities"] = tuple(Visibility(value) for value in values["visibilities"])
    return dataclasses.replace(default, **values)


def facts_text(facts: Facts) -> str:
    """For the account's row."""
    return json.dumps({"software": facts.software, "version": facts.version, "values": dict(facts.values)})


def with_experience(facts: Facts, before: Facts) -> Facts:
    """What the server tells now, and what we learned of it ourselves while it was the same program."""
    learned = before.values.get(HOLDS_NOTHING)
    if not learned or (facts.software, facts.version) != (before.software, before.version):
        return facts
    return dataclasses.replace(facts, values={**facts.values, HOLDS_NOTHING: learned})


def facts_from(text: str) -> Facts:
    """What the row holds."""
    stored = json.loads(text or "{}")
    return Facts(stored.get("software", ""), stored.get("version", ""), stored.get("values", {}))
