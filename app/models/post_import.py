"""A file of posts as it is brought in: which column is what, what becomes of the rows, and which of them cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from app.models.order import DayOrder, FileForm, WrongRow


class PostColumn(StrEnum):
    """What a column may be."""

    TEXT = "text"
    WHEN = "when"
    """The day, perhaps with the time."""
    TIME = "time"
    LINK = "link"
    PICTURE = "picture"
    TITLE = "title"
    PILLAR = "pillar"
    ACCOUNT = "account"


class Layout(StrEnum):
    """Whose layout a file has."""

    OWN = "own"
    BUFFER = "buffer"
    HOOTSUITE = "hootsuite"


class ImportAs(StrEnum):
    """What the rows become."""

    IDEAS = "ideas"
    DRAFTS = "drafts"
    SCHEDULED = "scheduled"


class PostMapped(NamedTuple):
    """How a file is to be read: which column is what (by its place), and in which order days are written."""

    columns: Mapping[PostColumn, int]
    days: DayOrder | None = None
    """None: the file alone does not say, and nobody was asked yet."""
    no_header: bool = False
    """The first line is a post already."""


class PostPreview(NamedTuple):
    """The beginning of a file, and what it seems to be."""

    form: FileForm
    layout: Layout
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guessed: PostMapped
    ambiguous_days: bool
    data_lines: int


class ReadPost(NamedTuple):
    """One row that could be read."""

    line: int
    text: str
    at: int | None = None
    """UTC milliseconds; None where the row names no time."""
    link: str = ""
    picture: str = ""
    title: str = ""
    pillar: str = ""
    account: str = ""
    """A handle or network, as the file names it; empty: the accounts chosen for all."""


class PostImportResult(NamedTuple):
    """What an import did. `wrong` names the rows that were left out or could not be planned."""

    made: int = 0
    scheduled: int = 0
    past: int = 0
    """Rows whose time has passed: they came in without a time."""
    unplanned: int = 0
    """Of the wrong rows, those that are here as drafts."""
    wrong_count: int = 0
    wrong: tuple[WrongRow, ...] = ()
    stopped: bool = False
