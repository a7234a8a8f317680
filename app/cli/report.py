"""Reports without a window: one file, everything in a folder, letters to colleagues, or what is due by the settings."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, datetime, timedelta

from app.cli.output import Output
from app.models.insight import Period
from app.models.report import ReportWanted
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.reports import Reports


async def make_report(reports: Reports, args: Namespace, out: Output, local: datetime) -> int:
    """The days before today unless told; beside as many before them. `local`: now, by the shop's clock."""
    if args.due:
        made = await reports.make_due()
        trouble = reports.state.trouble
        if trouble is not None:
            raise UserMistake(trouble)
        files = list(reports.state.files)
        out.item(
            {"made": made, "files": files},
            message("report.made_itself", n=len(files)) if made else message("report.not_due"),
        )
        return 0
    if args.target is None and not args.mail:
        raise UserMistake(message("report.no_target"), field="target")
    wanted = wanted_of(args, local.date())
    if args.mail:
        many = await reports.send(wanted, args.mail)
        out.item({"letters": many}, message("report.sent", n=many))
    if args.target is not None and args.target.is_dir():
        files = [str(path) for path in await reports.save_all(args.target, wanted)]
        out.item({"files": files}, message("insights.saved", n=len(files), folder=str(args.target)))
    elif args.target is not None:
        path = await reports.save(args.target, wanted)
        out.item({"file": str(path)}, message("report.saved", file=path.name))
    return 0


def wanted_of(args: Namespace, today: date) -> ReportWanted:
    """Raises `UserMistake` for days that are no period."""
    last = args.last or today - timedelta(days=1)
    first = args.first or last - timedelta(days=args.days - 1)
    if last < first or last >= today:
        raise UserMistake(message("report.no_such_days"), field="days")
    period = Period(first, last)
    return ReportWanted(period, period.before, tuple(args.account), args.report_language)
