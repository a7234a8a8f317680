"""Posts, products, figures and an account's history brought in from files, without a window."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from app.cli.output import Output
from app.models.order import DayOrder, WrongRow
from app.models.post_import import ImportAs, PostColumn, PostPreview
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.archive_import import ArchiveImport
from app.services.figure_import import FigureImport
from app.services.idea_sources import IdeaSources
from app.services.post_import import PostImport
from app.services.product_feeds import ProductFeeds


async def bring_in(sources: IdeaSources, figures: FigureImport, args: Namespace, out: Output) -> int:
    """What the command line names: posts, products, figures of the past or an archive."""
    if args.brought == "figures":
        return await import_figures(figures, args, out)
    if args.brought == "posts":
        return await import_posts(sources.post_import, args, out)
    if args.brought == "products":
        return await import_products(sources.product_feeds, args, out)
    return await import_archive(sources.archive_import, args, out)


async def import_posts(posts: PostImport, args: Namespace, out: Output) -> int:
    """Exit code 1 where rows were left out or could not be planned; each is told with its line and the reason."""
    preview = await posts.preview(args.file, args.encoding)
    columns = {**preview.guessed.columns, **_named(preview, args.column)}
    days = DayOrder(args.days) if args.days else preview.guessed.days
    if args.preview:
        said = message("cli.posts_preview", n=preview.data_lines, layout=str(preview.layout))
        named = {str(column): place for column, place in columns.items()}
        out.item(
            {"rows": preview.data_lines, "layout": str(preview.layout), "columns": named, "days": days and str(days)},
            said,
        )
        return 0
    if PostColumn.TEXT not in columns and PostColumn.TITLE not in columns:
        raise UserMistake(message("cli.import_no_text"))
    if preview.ambiguous_days and days is None and PostColumn.WHEN in columns:
        raise UserMistake(message("cli.days_unclear"))
    mapped = preview.guessed._replace(columns=columns, days=days)
    result = await posts.import_file(
        args.file, mapped, ImportAs(args.become), args.account, pictures=args.media, encoding=args.encoding
    )
    _complain(result.wrong, out)
    counts = {"scheduled": result.scheduled, "past": result.past, "wrong": result.wrong_count}
    out.item({"made": result.made, **counts}, message("cli.posts_imported", n=result.made, **counts))
    return 1 if result.wrong_count else 0


def _named(preview: PostPreview, named: Sequence[str]) -> dict[PostColumn, int]:
    """`text=Caption`, as the user wrote them."""
    found: dict[PostColumn, int] = {}
    for each in named:
        what, _, title = each.partition("=")
        wanted = title.strip().casefold()
        places = [place for place, cell in enumerate(preview.header) if cell.strip().casefold() == wanted]
        if what not in list(PostColumn) or not places:
            raise UserMistake(message("cli.no_such_column", title=title or what))
        found[PostColumn(what)] = places[0]
    return found


async def import_products(feeds: ProductFeeds, args: Namespace, out: Output) -> int:
    """Exit code 1 where rows were left out. The same source again brings its products up to date."""
    result = await feeds.read(await feeds.add(args.source, args.name))
    _complain(result.wrong, out)
    counts = {"new": result.new, "gone": result.gone, "wrong": result.wrong_count}
    out.item({"read": result.read, **counts}, message("cli.products_imported", n=result.read, **counts))
    return 1 if result.wrong_count else 0


async def import_archive(archives: ArchiveImport, args: Namespace, out: Output) -> int:
    """Exit code 1 where posts could not be read."""
    preview = await archives.preview(args.file, args.account)
    account = preview.account_id
    if args.preview:
        new = preview.posts - preview.known
        values = {"known": preview.known, "left_out": preview.left_out}
        said = message("cli.archive_preview", n=new, handle=preview.handle, **values)
        out.item(
            {"new": new, "account": account, "handle": preview.handle, "wrong": len(preview.wrong), **values}, said
        )
        return 0
    if account is None:
        raise UserMistake(message("cli.import_no_account", handle=preview.handle))
    result = await archives.import_file(args.file, account, media=args.media)
    values = {"known": result.known, "wrong": result.wrong_count}
    said = message("cli.archive_imported", n=result.posts, **values)
    out.item({"posts": result.posts, "media": result.media, "account": account, **values}, said)
    return 1 if result.wrong_count else 0


async def import_figures(figures: FigureImport, args: Namespace, out: Output) -> int:
    """Figures of days before we measured. Exit code 1 where rows could not be read."""
    result = await figures.import_file(args.file, args.account, days=DayOrder(args.days) if args.days else None)
    _complain(result.wrong, out)
    values = {"figures": result.figures, "known": result.known, "wrong": len(result.wrong)}
    out.item({"days": result.days, **values}, message("cli.figures_imported", n=result.days, **values))
    return 1 if result.wrong else 0


def _complain(wrong: Sequence[WrongRow], out: Output) -> None:
    for row in wrong:
        out.complain(message("orders.wrong_row", line=row.line, reason=row.reason))
