"""Sheets, questions and menus of the pages, each opened in the sample shop as a user would meet it; those of the settings are beside."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.models.conversation import View
from app.models.customer import CustomerNote
from app.models.find import SavedSearchRow
from app.models.invitation import ToEmail
from app.models.post import Picture
from app.runtime.words import Message, message
from app.ui.calendar.import_archive import ArchiveSheet
from app.ui.calendar.import_posts import PostImportSheet
from app.ui.calendar.products import AddFeedSheet, ProductsSheet
from app.ui.calendar.sheets import TimeSheet
from app.ui.composer.crop_sheet import CropSheet
from app.ui.composer.deletion_sheet import DeletionSheet
from app.ui.inbox.agreement_paper_sheet import AgreementPaperSheet, AgreementsSheet
from app.ui.inbox.customer_lists import OrdersSheet
from app.ui.inbox.customer_sheets import NoteSheet
from app.ui.inbox.invitation_sheet import InvitationSheet
from app.ui.inbox.paste_sheet import PasteSheet
from app.ui.inbox.search_sheet import SearchSheet
from app.ui.inbox.tag_sheet import TagNameSheet
from app.ui.insights.cases_sheet import CasesSheet
from app.ui.orders.figure_sheet import FigureSheet
from app.ui.orders.import_sheet import ImportSheet as OrderImport
from app.ui.plans.move_sheet import move_launch
from tests.ui.catalogues import LONG_NAME, RTL_NAME
from tests.ui.stage import Stage

Scene = Callable[[Stage], Awaitable[object]]
SCENES: dict[str, Scene] = {}

MADE_AT = datetime(2025, 12, 31, 23, 59, tzinfo=UTC)

BY_COMMAND: dict[str, tuple[str, str]] = {
    "answer picker": ("inbox", "inbox.find_answer"),
    "feedback": ("inbox", "inbox.feedback"),
    "promise": ("inbox", "inbox.promise"),
    "customer": ("inbox", "customer.edit"),
    "join": ("inbox", "customer.join"),
    "history": ("inbox", "customer.history"),
    "agreement": ("inbox", "inbox.agreement"),
    "escalation": ("inbox", "inbox.escalate"),
    "snooze menu": ("inbox", "inbox.snooze"),
    "category menu": ("inbox", "inbox.category"),
    "tag menu": ("inbox", "inbox.tag"),
    "flags menu": ("inbox", "customer.flags"),
    "mood menu": ("inbox", "customer.mood"),
    "rule": ("settings", "settings.new_rule"),
    "keys of the inbox": ("inbox", "help.keys"),
    "keys of the calendar": ("calendar", "help.keys"),
    "keys of the composer": ("composer", "help.keys"),
    "what was told": ("today", "help.history"),
    "kept texts": ("today", "help.kept_texts"),
    "news": ("today", "help.news"),
    "about": ("today", "help.about"),
    "guide": ("today", "help.guide"),
    "palette": ("today", "view.palette"),
    "campaign": ("campaigns", "campaigns.new"),
    "launch": ("campaigns", "launches.new"),
    "patterns": ("campaigns", "campaigns.patterns"),
    "deadline": ("calendar", "deadlines.new"),
    "plan export": ("calendar", "calendar.export"),
    "plan on paper": ("calendar", "calendar.print"),
    "evergreen": ("calendar", "calendar.evergreen"),
    "kind words": ("calendar", "ideas.praise"),
    "older posts": ("calendar", "ideas.older"),
    "products": ("calendar", "ideas.products"),
    "quote": ("composer", "composer.quote"),
    "hashtags": ("composer", "composer.hashtags"),
    "link": ("composer", "composer.link"),
    "group": ("questions", "questions.group"),
    "own days": ("insights", "insights.own_days"),
    "report": ("insights", "insights.report"),
    "figures as pictures": ("insights", "insights.pictures"),
    "call centre": ("insights:answers", "insights.call_centre"),
    "interests put away": ("insights:audience", "insights.put_back"),
    "cost": ("insights:campaigns", "sales.add_cost"),
    "coupons": ("insights:campaigns", "sales.coupons"),
    "facts": ("playbook", "playbook.facts"),
}
"""What a command opens, and the page (with its tab) on which it does."""

ASKED: dict[str, tuple[Message, list[Message], Message | None]] = {
    "restore": (
        message("restore.title", when=MADE_AT),
        [message("restore.go"), message("restore.cancel")],
        message("restore.said"),
    ),
    "undo of a restore": (
        message("restore.undo_title"),
        [message("restore.go"), message("restore.cancel")],
        message("restore.said_owed"),
    ),
    "move": (message("move.title"), [message("move.go"), message("restore.cancel")], message("move.said")),
    "thanks": (
        message("questions.staged"),
        [message("questions.thank_all", n=21), message("questions.thank_no_more")],
        message("questions.staged_said", n=21),
    ),
    "unkept": (
        message("shell.unkept.question", n=3),
        [message(f"shell.unkept.{name}", n=3) for name in ("again", "copy", "close")],
        message("shell.unkept.copied"),
    ),
    "parting": (
        message("shell.parting.question"),
        [message("shell.parting.send"), message("shell.parting.keep")],
        message(
            "shell.parting.detail",
            waiting=message("held.waiting", things=(message("held.replies", n=2), message("held.posts", n=21))),
        ),
    ),
    "planned": (
        message("parting.planned", n=21),
        [message("parting.rest"), message("parting.quit"), message("parting.service")],
        message("parting.planned.detail"),
    ),
    "disconnect": (
        message(
            "settings.disconnect_question", handle=f"@{LONG_NAME.replace(' ', '')}@musica.example", network="Mastodon"
        ),
        [message("settings.disconnect_yes"), message("settings.keep")],
        message("settings.disconnect_said", n=1_234_567, handle=RTL_NAME, network="Mastodon"),
    ),
    "disconnect by hand": (
        message("settings.disconnect_question", handle="@discosaurora", network="Instagram"),
        [message("settings.disconnect_yes"), message("settings.keep")],
        message("settings.disconnect_by_hand", n=1, handle="@discosaurora", network="Instagram"),
    ),
}
"""Questions by their words: acts under way lead to them, which a picture need not begin."""


def scene(made: Scene) -> Scene:
    """Enter it under its name."""
    name = made.__name__.replace("_", " ")
    assert name not in SCENES
    SCENES[name] = made
    return made


def _by_command(page: str, command: str) -> Scene:
    async def opened(stage: Stage) -> None:
        name, _, tab = page.partition(":")
        await stage.page(name, **({"tab": tab} if tab else {}))
        await stage.run(command)

    return opened


def _asked(question: Message, choices: list[Message], detail: Message | None) -> Scene:
    async def opened(stage: Stage) -> None:
        await stage.page("today")
        stage.face.window.ask(question, choices, lambda _choice: None, detail)
        await stage.settle()

    return opened


SCENES.update({name: _by_command(*words) for name, words in BY_COMMAND.items()})
SCENES.update({f"question: {name}": _asked(*words) for name, words in ASKED.items()})


# ---- the inbox


async def _conversation(stage: Stage, command: str) -> Any:
    """The inbox with the first conversation in which a command applies."""
    page = await stage.page("inbox", view=str(View.ALL))
    for number in stage.read(lambda queries: queries.conversation_ids(View.ALL, None)):
        await stage.page("inbox", conversation=number)
        stage.shell.actions.refresh_now()
        if stage.shell.actions.applies(command):
            return page
    raise AssertionError(f"in no conversation {command} applies")


@scene
async def escalation_by_hand(stage: Stage) -> None:
    await _conversation(stage, "inbox.escalate_by_hand")
    await stage.run("inbox.escalate_by_hand")


@scene
async def orders_of_a_customer(stage: Stage) -> None:
    page = await stage.page("inbox", view=str(View.ALL))
    orders = [
        row for number in range(1, 40) for row in stage.read(lambda queries, number=number: queries.orders_of(number))
    ]
    await stage.open(
        OrdersSheet(stage.look, page.window(), LONG_NAME, orders, stage.face.clock.now(), lambda _number: None)
    )


@scene
async def agreements(stage: Stage) -> None:
    await stage.page("inbox")
    rows = [
        row
        for number in range(1, 40)
        for row in stage.read(lambda queries, number=number: queries.agreements_of(number))
    ]
    assert rows
    await stage.open(
        AgreementsSheet(stage.look, stage.window, RTL_NAME, rows, stage.face.clock.now(), lambda _number: None)
    )


@scene
async def agreement_on_paper(stage: Stage) -> None:
    await stage.page("inbox")
    rows = [
        row
        for number in range(1, 40)
        for row in stage.read(lambda queries, number=number: queries.agreements_of(number))
    ]
    paper = await stage.services.agreements.paper(rows[0].id)
    deeds: dict[str, Callable[[], None]] = dict.fromkeys(("pdf", "remove", "replace"), lambda: None)
    await stage.open(AgreementPaperSheet(stage.look, stage.window, paper, stage.face.clock.now(), deeds))


@scene
async def note(stage: Stage) -> None:
    await stage.page("inbox")

    async def nothing(_text: str = "") -> None:
        """Nothing is kept."""

    words = CustomerNote(1, 1, "Colecciona ediciones numeradas.", stage.face.clock.now())
    await stage.open(NoteSheet(stage.look, stage.window, words, stage.face.actions, nothing, nothing))


@scene
async def first_letter(stage: Stage) -> None:
    await stage.page("inbox")
    words = ToEmail(
        1,
        1,
        "a1b2",
        "hola@aurora.example",
        "Escríbenos a hola@aurora.example",
        "dana@correo.example",
        "Tu pedido",
        "Hola, Dana:\n\nSaludos",
    )
    await stage.open(InvitationSheet(stage.look, stage.window, LONG_NAME, words, lambda *_: None, lambda: None))


@scene
async def pasted_answer(stage: Stage) -> None:
    await stage.page("inbox")
    await stage.open(
        PasteSheet(stage.look, stage.window, LONG_NAME, "¿Qué hacemos con el paquete A-20377?", lambda _text: None)
    )


@scene
async def saved_search(stage: Stage) -> None:
    await stage.page("inbox")
    service = stage.services.searches
    accounts = [row for row in stage.read(lambda queries: queries.accounts()) if service.can_ask(row.network)]
    search = SavedSearchRow(1, LONG_NAME, "vinilo from:dana", tuple(row.id for row in accounts), asks=True)
    await stage.open(SearchSheet(stage.look, stage.window, search, accounts, service.prices, lambda _search: None))


@scene
async def tag_name(stage: Stage) -> None:
    await stage.page("inbox")
    await stage.open(TagNameSheet(stage.look, stage.window, "tags.new", ""))


# ---- calendar and composer


@scene
async def retime(stage: Stage) -> None:
    await stage.page("calendar")
    await stage.open(
        TimeSheet(stage.face, stage.window, LONG_NAME, stage.face.clock.now() + timedelta(days=1), lambda _when: None)
    )


@scene
async def look(stage: Stage) -> None:
    await stage.page("calendar", view="month", day=stage.face.clock.now().astimezone(stage.look.words.zone).date())
    for _ in range(12):
        await stage.run("calendar.next")
        stage.shell.actions.refresh_now()
        if stage.shell.actions.applies("calendar.look"):
            break
    await stage.run("calendar.look")


@scene
async def imported_posts(stage: Stage) -> None:
    await stage.page("calendar")
    path = file_of(
        stage,
        "posts.csv",
        "Texto,Fecha,Cuenta,Nota\nHola,2027-01-05 10:00,@aurora,x\nSin cuenta,2027-01-06 10:00,@nadie,y\n",
    )
    preview = await stage.services.post_import.preview(path)
    await stage.open(
        PostImportSheet(stage.face, stage.window, path, preview, stage.read(lambda queries: queries.accounts()))
    )


@scene
async def archive(stage: Stage) -> None:
    await stage.page("calendar")
    await stage.open(ArchiveSheet(stage.face, stage.window, _archive(stage)))


@scene
async def new_feed(stage: Stage) -> None:
    await stage.page("calendar")
    products = ProductsSheet(stage.face, stage.window)
    await stage.open(products)
    await stage.open(AddFeedSheet(stage.face, stage.window, products))


@scene
async def series(stage: Stage) -> None:
    await stage.page("composer", new=True, text="Viernes de novedades")
    await stage.run("composer.repeat")


@scene
async def crop(stage: Stage) -> None:
    await stage.page("composer", new=True, text="Con imagen")
    media = stage.media
    picture = Picture(
        next(path for path in sorted(media.rglob("*")) if path.suffix in {".jpg", ".png", ".webp"})
        .relative_to(media)
        .as_posix()
    )
    await stage.open(CropSheet(stage.face, stage.window, picture, lambda *_: None))


@scene
async def deletion(stage: Stage) -> None:
    await stage.page("composer")
    await stage.open(DeletionSheet(stage.face, stage.window, 1, "@aurora@musica.example"))


# ---- campaigns


async def _campaign(stage: Stage) -> Any:
    rows = stage.read(lambda queries: queries.campaign_rows())
    return await stage.page("campaigns", campaign=next(row.plan.id for row in rows if row.plan.phases))


async def _in_campaign(stage: Stage, verb: str) -> None:
    page = await _campaign(stage)
    page.perform(verb)
    await stage.settle()


@scene
async def edited_campaign(stage: Stage) -> None:
    await _in_campaign(stage, "edit")


@scene
async def moved_campaign(stage: Stage) -> None:
    await _in_campaign(stage, "move")


@scene
async def phase(stage: Stage) -> None:
    await _in_campaign(stage, "new_phase")


@scene
async def announcement(stage: Stage) -> None:
    await _in_campaign(stage, "announce")


@scene
async def moved_launch(stage: Stage) -> None:
    await stage.page("campaigns")
    row = next(row for row in stage.read(lambda queries: queries.launches()) if row.plan.on_day is not None)
    await stage.open(move_launch(stage.face, stage.window, row.plan))


# ---- insights


@scene
async def days_of_followers(stage: Stage) -> None:
    page = await stage.page("insights", tab="audience")
    page.tab._open_growth(0)
    await stage.settle()


@scene
async def cases(stage: Stage) -> None:
    await stage.page("insights", tab="answers")
    ids = stage.read(lambda queries: queries.conversation_ids(View.ALL, None))[:12]
    rows = stage.read(lambda queries: queries.conversations_by_id(ids))
    await stage.open(CasesSheet(stage.face, stage.window, LONG_NAME, rows, {}, 1234))


@scene
async def imported_orders(stage: Stage) -> None:
    await stage.page("settings", section="data")
    path = file_of(
        stage,
        "pedidos.csv",
        "Número;Fecha;Cliente;Producto;Total;Otra\nA-1;18/11/2026;Dana;Vinilo;350;x\nA-2;nunca;;;;\n",
    )
    await stage.open(OrderImport(stage.face, stage.window, path, await stage.services.orders.preview(path), "MXN"))


@scene
async def imported_figures(stage: Stage) -> None:
    await stage.page("settings", section="data")
    path = file_of(
        stage, "figures.csv", "Date,Followers,Impressions,Other\n2026-11-16,1200,900,1\n2026-11-17,1210,950,2\n"
    )
    accounts = stage.read(lambda queries: queries.accounts())
    preview = await stage.services.figure_import.preview(path, accounts[0].id)
    await stage.open(FigureSheet(stage.face, stage.window, path, preview, accounts))


def _archive(stage: Stage) -> Path:
    path = stage.folder / "twitter.zip"
    told = {
        "id": "1",
        "id_str": "1",
        "created_at": "Wed Nov 04 10:00:00 +0000 2026",
        "full_text": "Viernes",
        "favorite_count": "3",
        "retweet_count": "1",
    }
    with zipfile.ZipFile(path, "w") as file:
        account = [{"account": {"accountId": "42", "username": "discosaurora"}}]
        file.writestr("data/account.js", f"window.YTD.account.part0 = {json.dumps(account)}")
        file.writestr("data/tweets.js", f"window.YTD.tweets.part0 = {json.dumps([{'tweet': told}])}")
    return path


def file_of(stage: Stage, name: str, text: str) -> Path:
    """A file of the user's with this text."""
    path = stage.folder / name
    path.write_text(text, "utf-8")
    return path
