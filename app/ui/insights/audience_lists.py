"""Lists that leave the Audience tab: for purchasing without anybody's name, for the newsletter only who wants it."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.interest import Interest, Reader
from app.runtime.clock import from_ms
from app.ui.charts.chart import Table
from app.ui.insights.audience_columns import interest_name
from app.ui.insights.column_list import ColumnList
from app.ui.look import Look


def purchasing(rows: ColumnList, interests: Sequence[Interest], title: str) -> Table:
    """Every interest, not only those that are shown."""
    return rows.table(interests)._replace(title=title)


def newsletter(look: Look, readers: Sequence[Reader]) -> Table:
    """Address, name, language, what they spoke of, and since when they want it (a day of the shop)."""
    text = look.text
    columns = tuple(text(f"audience.list.{name}") for name in ("email", "name", "language", "interests", "since"))
    return Table(text("audience.newsletter_file"), columns, tuple(_row(look, row) for row in readers))


def _row(look: Look, row: Reader) -> tuple[str, ...]:
    spoken = "; ".join(interest_name(look, Interest(kind, "", name, 0, 0, None, 0, 0)) for kind, name in row.interests)
    since = from_ms(row.wanted_since).astimezone(look.words.zone).date()
    return row.email, row.name, row.language, spoken, since.isoformat()
