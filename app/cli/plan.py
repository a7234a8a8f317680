"""The plan without a window: as iCalendar, CSV or PDF, by the ending of the file's name."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import datetime, timedelta

from app.cli.output import Output
from app.commands.painter import Painter
from app.models.plan import PlanRequest
from app.runtime.words import message
from app.services.plan_export import PlanExport

DAYS = 28
"""What is exported where no days are told."""


async def export_plan(
    export: PlanExport, painter: Callable[[], Painter], args: Namespace, out: Output, now: datetime, first_weekday: int
) -> int:
    """The file is there whole or not at all."""
    first = args.first or now.astimezone(export.zone).date()
    wanted = PlanRequest(first, args.last or first + timedelta(days=DAYS - 1))
    if args.file.suffix.casefold() == ".pdf":
        paper = await export.paper(wanted, args.layout, first_weekday)
        painted = painter()
        try:
            content = painted.plan(paper)
        finally:
            painted.close()
        await export.save(args.file, content)
        many = len(paper.plan.posts)
    else:
        _, many = await export.export(args.file, wanted)
    values = {"posts": many, "file": str(args.file), "from": first.isoformat(), "to": wanted.last.isoformat()}
    out.item(values, message("plan.exported", n=many, file=args.file.name))
    return 0
