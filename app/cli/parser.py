"""The grammar of the command line. Help texts come from the catalogues; a mistake of usage ends with exit code 2."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.cli.grammar import Grammar
from app.models.message import Visibility
from app.models.order import DayOrder
from app.models.outbox import DeleteReason
from app.models.post_import import ImportAs
from app.models.report import LANGUAGES
from app.runtime.words import Words

ADD_ARGUMENT = Callable[..., argparse.Action]


def parser(words: Words, version: str) -> argparse.ArgumentParser:
    """The whole grammar: global options first, then one subcommand, or none for the window."""
    top = Grammar(words, prog="tertulia", description=words.text("cli.about"))
    top.add_argument("--version", action="version", version=f"tertulia {version}")
    top.add_argument("--profile", type=Path, metavar="DIR", help=words.text("cli.help.profile"))
    top.add_argument("--sample", action="store_true", help=words.text("cli.help.sample"))
    top.add_argument("--json", action="store_true", help=words.text("cli.help.json"))
    top.add_argument("--passphrase-stdin", action="store_true", help=words.text("cli.help.passphrase_stdin"))
    top.add_argument("--language", metavar="LANG", help=words.text("cli.help.language"))
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(name, help=words.text(f"cli.help.{name}"))
        return made

    _accounts(add("accounts"), words)
    _post(add("post"), words)
    sync = add("sync")
    sync.add_argument("--once", action="store_true", help=words.text("cli.help.once"))
    publish = add("publish")
    publish.add_argument("--once", action="store_true", help=words.text("cli.help.once"))
    _service(add("service"), words)
    _outbox(add("outbox"), words)
    _inbox(add("inbox"), words)
    _orders(add("orders"), words)
    _import(add("import"), words)
    _agreements(add("agreements"), words)
    _playbook(add("playbook"), words)
    _export(add("export"), words)
    _plan(add("plan"), words)
    _report(add("report"), words)
    _campaign(add("campaign"), words)
    links = add("links")
    links.add_argument("--count", action="store_true", help=words.text("cli.help.links.count"))
    links.add_argument("--days", type=int, default=0, metavar="DAYS", help=words.text("cli.help.links.days"))
    links.add_argument("--limit", type=int, default=50)
    suggest = add("suggest")
    suggest.add_argument("text", nargs="*", metavar="TEXT")
    suggest.add_argument("--reply-language", default="", metavar="LANG", help=words.text("cli.help.reply_language"))
    suggest.add_argument("--quick", action="store_true", help=words.text("cli.help.quick"))
    search = add("search")
    search.add_argument("text", metavar="TEXT")
    search.add_argument("--limit", type=int, default=50)
    measure = add("measure")
    measure.add_argument("--network", required=True)
    backup = add("backup")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.add_argument("--check", action="store_true", help=words.text("cli.help.backup.check"))
    restore = add("restore")
    restore.add_argument("file", type=Path, nargs="?", metavar="FILE")
    restore.add_argument("--latest", action="store_true", help=words.text("cli.help.restore.latest"))
    restore.add_argument("--undo", action="store_true", help=words.text("cli.help.restore.undo"))
    add("salvage")
    add("move").add_argument("file", type=Path, metavar="FILE")
    add("erase").add_argument("--yes", metavar="WORD")
    add("doctor")
    add("vault")
    locks = add("lock").add_subparsers(dest="act", required=True, metavar="ACT")
    for name in ("status", "remove"):
        locks.add_parser(name, help=words.text(f"cli.help.lock.{name}"))
    tour = add("tour")
    tour.add_argument("folder", type=Path, metavar="DIR")
    picture = add("picture")
    picture.add_argument("page", metavar="PAGE")
    picture.add_argument("file", type=Path, metavar="FILE.png")
    picture.add_argument("--theme", choices=("light", "dark"), default="light")
    picture.add_argument("--size", type=size, default=(1440, 900), metavar="1440x900")
    picture.add_argument("--language", dest="picture_language", metavar="LANG")
    return top


def _accounts(accounts: argparse.ArgumentParser, words: Words) -> None:
    acts = accounts.add_subparsers(dest="act", required=True, metavar="ACT")
    add = acts.add_parser("add", help=words.text("cli.help.accounts.add"))
    add.add_argument("network", metavar="NETWORK")
    add.add_argument("--server", default="", metavar="URL", help=words.text("cli.help.server"))
    add.add_argument("--handle", default="", metavar="H")
    add.add_argument("--client-id", default="", metavar="ID", help=words.text("cli.help.client_id"))
    add.add_argument("--secret-stdin", action="store_true", help=words.text("cli.help.secret_stdin"))
    acts.add_parser("list", help=words.text("cli.help.accounts.list"))
    remove = acts.add_parser("remove", help=words.text("cli.help.accounts.remove"))
    remove.add_argument("id", type=int)


def _post(post: argparse.ArgumentParser, words: Words) -> None:
    post.add_argument("--account", type=int, nargs="+", action="extend", required=True, metavar="ID")
    post.add_argument("--text", action="append", default=[], metavar="T", help=words.text("cli.help.text"))
    post.add_argument("--at", type=moment, metavar="ISO8601", help=words.text("cli.help.at"))
    post.add_argument("--media", type=Path, action=AddPicture, default=(), metavar="FILE")
    post.add_argument("--alt", action=describe_picture(words), dest="media", metavar="T", help=words.text("cli.help.alt"))
    post.add_argument("--poll", nargs="+", action="extend", default=[], metavar="OPTION")
    post.add_argument("--poll-hours", type=int, default=24)
    post.add_argument("--visibility", choices=[each.value for each in Visibility], default=Visibility.PUBLIC.value)
    post.add_argument("--warning", default="", metavar="T")
    post.add_argument("--language", dest="post_language", default="", metavar="L")
    post.add_argument("--quote", default="", metavar="URL", help=words.text("cli.help.quote"))
    post.add_argument("--late", default="", metavar="RULE", help=words.text("cli.help.late"))
    post.add_argument("--no-card", action="store_true", help=words.text("cli.help.no_card"))
    post.add_argument("--queue", action="store_true", help=words.text("cli.help.queue"))


def _outbox(outbox: argparse.ArgumentParser, words: Words) -> None:
    acts = outbox.add_subparsers(dest="act", required=True, metavar="ACT")
    listed = acts.add_parser("list", help=words.text("cli.help.outbox.list"))
    listed.add_argument("--all", action="store_true", help=words.text("cli.help.outbox.all"))
    for name in ("retry", "cancel"):
        act = acts.add_parser(name, help=words.text(f"cli.help.outbox.{name}"))
        act.add_argument("id", type=int)
    settle = acts.add_parser("settle", help=words.text("cli.help.outbox.settle"))
    settle.add_argument("id", type=int)
    move = acts.add_parser("move", help=words.text("cli.help.outbox.move"))
    move.add_argument("id", type=int)
    move.add_argument("at", type=moment, metavar="ISO8601", help=words.text("cli.help.at"))
    delete = acts.add_parser("delete", help=words.text("cli.help.outbox.delete"))
    delete.add_argument("id", type=int)
    delete.add_argument("--reason", choices=[each.value for each in DeleteReason], required=True)
    delete.add_argument("--confirm", required=True, metavar="@HANDLE", help=words.text("cli.help.outbox.confirm"))
    delete.add_argument("--again", action="store_true", help=words.text("cli.help.outbox.again"))
    word = settle.add_mutually_exclusive_group(required=True)
    word.add_argument("--out", metavar="URL", nargs="?", const="")
    word.add_argument("--not-out", action="store_true")


def _orders(orders: argparse.ArgumentParser, words: Words) -> None:
    acts = orders.add_subparsers(dest="act", required=True, metavar="ACT")
    read = acts.add_parser("import", help=words.text("cli.help.orders.import"))
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument("--days", choices=[str(order) for order in DayOrder], default="", help=words.text("cli.help.days"))
    read.add_argument("--encoding", default="", metavar="NAME", help=words.text("cli.help.encoding"))
    read.add_argument("--currency", default="", metavar="XXX", help=words.text("cli.help.currency"))
    read.add_argument("--column", action="append", default=[], metavar="WHAT=TITLE", help=words.text("cli.help.column"))


def _import(brought: argparse.ArgumentParser, words: Words) -> None:
    acts = brought.add_subparsers(dest="brought", required=True, metavar="WHAT")
    posts = acts.add_parser("posts", help=words.text("cli.help.import.posts"))
    posts.add_argument("file", type=Path, metavar="FILE.csv")
    become = [str(each) for each in ImportAs]
    posts.add_argument("--as", dest="become", choices=become, default=become[0], help=words.text("cli.help.import.as"))
    posts.add_argument("--account", type=int, nargs="+", action="extend", default=[], metavar="ID")
    posts.add_argument("--days", choices=[str(order) for order in DayOrder], default="", help=words.text("cli.help.days"))
    posts.add_argument("--encoding", default="", metavar="NAME", help=words.text("cli.help.encoding"))
    posts.add_argument("--column", action="append", default=[], metavar="WHAT=TITLE", help=words.text("cli.help.import.column"))
    products = acts.add_parser("products", help=words.text("cli.help.import.products"))
    products.add_argument("source", metavar="FILE|URL")
    products.add_argument("--name", default="")
    archive = acts.add_parser("archive", help=words.text("cli.help.import.archive"))
    archive.add_argument("file", type=Path, metavar="FILE")
    archive.add_argument("--account", type=int, metavar="ID", help=words.text("cli.help.import.account"))
    figures = acts.add_parser("figures", help=words.text("cli.help.import.figures"))
    figures.add_argument("file", type=Path, metavar="FILE.csv")
    figures.add_argument("--account", type=int, required=True, metavar="ID", help=words.text("cli.help.import.account"))
    figures.add_argument("--days", choices=[str(order) for order in DayOrder], default="", help=words.text("cli.help.days"))
    for act in (posts, archive):
        act.add_argument("--media", action="store_true", help=words.text("cli.help.import.media"))
        act.add_argument("--preview", action="store_true", help=words.text("cli.help.import.preview"))


def _agreements(agreements: argparse.ArgumentParser, words: Words) -> None:
    acts = agreements.add_subparsers(dest="act", required=True, metavar="ACT")
    listed = acts.add_parser("list", help=words.text("cli.help.agreements.list"))
    listed.add_argument("--limit", type=int, default=50)
    export = acts.add_parser("export", help=words.text("cli.help.agreements.export"))
    export.add_argument("id", type=int)
    export.add_argument("file", type=Path, metavar="FILE.pdf")


def _playbook(playbook: argparse.ArgumentParser, words: Words) -> None:
    acts = playbook.add_subparsers(dest="act", required=True, metavar="ACT")
    for name in ("import", "export"):
        act = acts.add_parser(name, help=words.text(f"cli.help.playbook.{name}"))
        act.add_argument("file", type=Path, metavar="FILE")
        if name == "import":
            act.add_argument("--leave", action="store_true", help=words.text("cli.help.playbook.leave"))
            act.add_argument("--preview", action="store_true", help=words.text("cli.help.playbook.preview"))


def _plan(plan: argparse.ArgumentParser, words: Words) -> None:
    acts = plan.add_subparsers(dest="act", required=True, metavar="ACT")
    export = acts.add_parser("export", help=words.text("cli.help.plan.export"))
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--from", dest="first", type=date.fromisoformat, metavar="YYYY-MM-DD", help=words.text("cli.help.plan.from"))
    export.add_argument("--to", dest="last", type=date.fromisoformat, metavar="YYYY-MM-DD", help=words.text("cli.help.plan.to"))
    export.add_argument("--layout", choices=("month", "list"), default="list", help=words.text("cli.help.plan.layout"))


def _campaign(campaign: argparse.ArgumentParser, words: Words) -> None:
    acts = campaign.add_subparsers(dest="act", required=True, metavar="ACT")

    def add(name: str) -> argparse.ArgumentParser:
        return acts.add_parser(name, help=words.text(f"cli.help.campaign.{name}"))

    add("list")
    report, costs, cost, coupons = add("report"), add("costs"), add("cost"), add("coupons")
    for each in (report, costs, cost, coupons):
        each.add_argument("id", type=int, metavar="ID")
    report.add_argument("--account", type=int, nargs="+", action="extend", default=[], metavar="ID")
    cost.add_argument("title", metavar="TEXT")
    cost.add_argument("amount", metavar="AMOUNT")
    cost.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD")
    add("uncost").add_argument("id", type=int, metavar="COST")
    coupons.add_argument("codes", nargs="*", metavar="CODE")
    coupons.add_argument("--none", action="store_true", help=words.text("cli.help.campaign.none"))


def _report(report: argparse.ArgumentParser, words: Words) -> None:
    report.add_argument("target", type=Path, nargs="?", metavar="FILE|DIR")
    report.add_argument("--from", dest="first", type=date.fromisoformat, metavar="YYYY-MM-DD", help=words.text("cli.help.report.from"))
    report.add_argument("--to", dest="last", type=date.fromisoformat, metavar="YYYY-MM-DD", help=words.text("cli.help.report.to"))
    report.add_argument("--days", type=int, default=28)
    report.add_argument("--account", type=int, nargs="+", action="extend", default=[], metavar="ID")
    report.add_argument("--report-language", choices=LANGUAGES, default="", help=words.text("cli.help.report.language"))
    report.add_argument("--mail", action="append", default=[], metavar="ADDRESS", help=words.text("cli.help.report.mail"))
    report.add_argument("--due", action="store_true", help=words.text("cli.help.report.due"))


def _export(export: argparse.ArgumentParser, words: Words) -> None:
    kinds = export.add_subparsers(dest="act", required=True, metavar="KIND")
    faq = kinds.add_parser("faq", help=words.text("cli.help.export.faq"))
    faq.add_argument("file", type=Path, metavar="FILE")
    language = words.text("cli.help.export.language")
    everything = kinds.add_parser("everything", help=words.text("cli.help.export.everything"))
    everything.add_argument("file", type=Path, metavar="FOLDER")
    faq.add_argument("--page-language", default=words.language, metavar="LANG", help=language)


def _service(service: argparse.ArgumentParser, words: Words) -> None:
    acts = service.add_subparsers(dest="act", required=True, metavar="ACT")
    for name in ("install", "remove", "status"):
        acts.add_parser(name, help=words.text(f"cli.help.service.{name}"))


def _inbox(inbox: argparse.ArgumentParser, words: Words) -> None:
    acts = inbox.add_subparsers(dest="act", required=True, metavar="ACT")
    listed = acts.add_parser("list", help=words.text("cli.help.inbox.list"))
    listed.add_argument("--view", default="needs_answer")
    listed.add_argument("--account", type=int)
    listed.add_argument("--limit", type=int, default=50)
    show = acts.add_parser("show", help=words.text("cli.help.inbox.show"))
    show.add_argument("id", type=int)
    reply = acts.add_parser("reply", help=words.text("cli.help.inbox.reply"))
    reply.add_argument("id", type=int)
    reply.add_argument("--text", action="append", required=True, metavar="T")
    reply.add_argument("--visibility", choices=[each.value for each in Visibility])
    reply.add_argument("--queue", action="store_true", help=words.text("cli.help.queue"))
    done = acts.add_parser("done", help=words.text("cli.help.inbox.done"))
    done.add_argument("id", type=int)


class AddPicture(argparse.Action):
    """`--media FILE`: one more picture, without a description so far. They are kept as (file, description)."""

    def __call__(
        self, _parser: argparse.ArgumentParser, namespace: argparse.Namespace, file: Any, _option: str | None = None
    ) -> None:
        namespace.media = (*namespace.media, (file, ""))


def describe_picture(words: Words) -> type[argparse.Action]:
    """`--alt T` describes the picture named last before it; without one, or a second time, it is a mistake of usage."""

    class DescribePicture(argparse.Action):
        def __call__(
            self,
            parser: argparse.ArgumentParser,
            namespace: argparse.Namespace,
            alt: str | Sequence[Any] | None,
            _option: str | None = None,
        ) -> None:
            if not namespace.media or namespace.media[-1][1]:
                parser.error(words.text("cli.alt_without_media"))
            *others, (file, _) = namespace.media
            namespace.media = (*others, (file, alt))

    return DescribePicture


def size(text: str) -> tuple[int, int]:
    """`1440x900`."""
    width, _, height = text.partition("x")
    return int(width), int(height)


def moment(text: str) -> datetime:
    """An ISO 8601 time; without an offset it is wall time of the shop's zone (resolved later)."""
    return datetime.fromisoformat(text)
