"""Reading the shop's orders from a file, without a window."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from app.cli.output import Output
from app.models.order import Column, DayOrder, FilePreview, Mapped
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.orders import Orders


async def import_orders(orders: Orders, args: Namespace, out: Output) -> int:
    """Exit code 1 where rows were left out; each is told with its line and the reason."""
    preview = await orders.preview(args.file, args.encoding)
    columns = {**preview.guessed.columns, **named_columns(preview, args.column)}
    days = DayOrder(args.days) if args.days else preview.guessed.days
    if Column.NUMBER not in columns:
        raise UserMistake(message("cli.no_number_column"))
    if preview.ambiguous_days and days is None and Column.DATE in columns:
        raise UserMistake(message("cli.days_unclear"))
    result = await orders.import_file(
        args.file, Mapped(columns, days, args.currency[:3].upper()), encoding=args.encoding
    )
    for row in result.wrong:
        out.complain(message("orders.wrong_row", line=row.line, reason=row.reason))
    counts = {"new": result.new, "changed": result.changed, "matched": result.matched, "wrong": result.wrong_count}
    out.item({"read": result.read, **counts}, message("cli.orders_imported", n=result.read, **counts))
    return 1 if result.wrong_count else 0


def named_columns(preview: FilePreview, named: Sequence[str]) -> dict[Column, int]:
    """`number=Folio`, as the user wrote them."""
    found: dict[Column, int] = {}
    for each in named:
        what, _, title = each.partition("=")
        places = [
            place for place, cell in enumerate(preview.header) if cell.strip().casefold() == title.strip().casefold()
        ]
        if what not in list(Column) or not places:
            raise UserMistake(message("cli.no_such_column", title=title or what))
        found[Column(what)] = places[0]
    return found
