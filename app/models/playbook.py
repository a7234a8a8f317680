"""The playbook's answers as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.models.conversation import Category


@dataclass(frozen=True, slots=True)
class PlaybookAnswer:
    """One prepared answer: title and wordings by language (ISO 639-1)."""

    key: str
    category: Category
    title: Mapping[str, str]
    wordings: Mapping[str, tuple[str, ...]]
    tags: tuple[str, ...] = ()
    uses: int = 0
    id: int | None = field(default=None, compare=False)
    """None until stored."""
