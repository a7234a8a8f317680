"""Sheets of the playbook and the settings, the first run, and what is shown when something went wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from app.models.answer_content import to_json
from app.models.faq import FaqFilter
from app.models.playbook import VersionRow
from app.models.sorting import Uses
from app.runtime.errors import Damaged, NoKeyring
from app.runtime.words import message
from app.ui.crash_panel import CrashPanel
from app.ui.playbook.facts_sheet import FactSheet
from app.ui.playbook.faq_sheets import ExportSheet as FaqExport
from app.ui.playbook.faq_sheets import MergeSheet, PublishSheet
from app.ui.playbook.import_sheet import ImportSheet as PlaybookImport
from app.ui.playbook.import_sheet import RowSheet
from app.ui.playbook.versions_sheet import VersionsSheet
from app.ui.settings.add_account import AddAccountSheet
from app.ui.settings.erase_sheet import EraseSheet
from app.ui.settings.lock_sheet import LockSheet
from app.ui.settings.mailbox_sheet import MailboxSheet
from app.ui.settings.manager_sheet import ManagerSheet
from app.ui.settings.passphrase import PassphraseSheet
from app.ui.settings.slots import SlotSheet
from app.ui.settings.sort_sheets import RemoveSheet
from app.ui.widgets.button import Button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.overlay import Overlay
from tests.ui.catalogues import LONG_NAME
from tests.ui.page_scenes import SCENES, Scene, file_of, scene
from tests.ui.stage import Stage

# ---- playbook


async def _answer(stage: Stage) -> Any:
    answers = stage.read(lambda queries: queries.answers())
    return await stage.page("playbook", answer=answers[0].id)


@scene
async def fact(stage: Stage) -> None:
    await stage.page("playbook")
    facts = stage.read(lambda queries: queries.facts())
    await stage.open(FactSheet(stage.face, stage.window, facts[0] if facts else None, ["es", "en", "zh"]))


@scene
async def versions(stage: Stage) -> None:
    page = await _answer(stage)
    before = [
        VersionRow(number, stage.face.clock.now() - timedelta(days=number), to_json(page.desk.content))
        for number in (1, 2)
    ]
    await stage.open(
        VersionsSheet(stage.look, stage.window, page.desk.content, before, lambda _number: None, may_change=True)
    )


@scene
async def imported_playbook(stage: Stage) -> None:
    await stage.page("playbook")
    path = file_of(stage, "playbook.csv", "key,category,text\na,blue,x\nb,question,Hola\n")
    plan = await stage.services.playbook_files.preview(path)
    await stage.open(PlaybookImport(stage.face, stage.window, path, plan))


@scene
async def row_of_a_playbook(stage: Stage) -> None:
    await stage.page("playbook")
    path = file_of(stage, "playbook.csv", "key,category,text\na,blue,x\nb,question,Hola\n")
    plan = await stage.services.playbook_files.preview(path)
    await stage.open(RowSheet(stage.face, stage.window, plan.wrong[0], lambda *_: None))


def _faq(stage: Stage) -> list[Any]:
    return list(stage.read(lambda queries: queries.faq(FaqFilter())).rows)


@scene
async def published_question(stage: Stage) -> None:
    await stage.page("faq")
    await stage.open(PublishSheet(stage.face, stage.window, _faq(stage)[0], lambda: None))


@scene
async def merged_questions(stage: Stage) -> None:
    await stage.page("faq")
    first, *others = _faq(stage)
    await stage.open(MergeSheet(stage.face, stage.window, first, others, lambda _number: None))


@scene
async def exported_questions(stage: Stage) -> None:
    await stage.page("faq")
    await stage.open(FaqExport(stage.face, stage.window, _faq(stage), "es", lambda *_: None))


# ---- settings


@scene
async def new_account(stage: Stage) -> None:
    await stage.page("settings", section="accounts")
    await stage.open(
        AddAccountSheet(stage.face, stage.window, stage.services.accounts.networks(), lambda _number: None)
    )


def _account(network: str) -> Scene:
    async def opened(stage: Stage) -> None:
        await stage.page("settings", section="accounts")
        sheet = AddAccountSheet(stage.face, stage.window, stage.services.accounts.networks(), lambda _number: None)
        await stage.open(sheet)
        sheet.choose(network)
        await stage.settle()

    return opened


NETWORKS = ("mastodon", "x", "bluesky", "instagram")
SCENES.update({f"new account of {network}": _account(network) for network in NETWORKS})


@scene
async def signed_out_account(stage: Stage) -> None:
    await stage.page("settings", section="accounts")
    networks = stage.services.accounts.networks()
    row = stage.read(lambda queries: queries.accounts())[0]
    await stage.open(AddAccountSheet(stage.face, stage.window, networks, lambda _number: None, row))


@scene
async def new_mailbox(stage: Stage) -> None:
    await stage.page("settings", section="mail")
    await stage.open(MailboxSheet(stage.face, stage.window, None, lambda *_: None))


@scene
async def mailbox(stage: Stage) -> None:
    await stage.page("settings", section="mail")
    rows = stage.read(lambda queries: queries.mailboxes())
    await stage.open(MailboxSheet(stage.face, stage.window, rows[0], lambda *_: None))


@scene
async def manager(stage: Stage) -> None:
    page = await stage.page("settings", section="mail")
    rows = stage.read(lambda queries: queries.managers())
    await stage.open(ManagerSheet(stage.face, page.window(), rows[0]))


@scene
async def made_vault(stage: Stage) -> None:
    await stage.page("settings", section="data")
    await stage.open(PassphraseSheet(stage.face, stage.window, "make", lambda: None, NoKeyring()))


@scene
async def unlocked_vault(stage: Stage) -> None:
    await stage.page("settings", section="data")
    await stage.open(PassphraseSheet(stage.face, stage.window, "unlock", lambda: None))


@scene
async def lock(stage: Stage) -> None:
    await stage.page("settings", section="data")
    await stage.open(LockSheet(stage.face, stage.window, "set", lambda *_: None))


@scene
async def lock_taken_off(stage: Stage) -> None:
    await stage.page("settings", section="data")
    await stage.open(LockSheet(stage.face, stage.window, "off", lambda *_: None))


@scene
async def removed_pillar(stage: Stage) -> None:
    await stage.page("settings", section="sorting")
    others = [("offers", stage.look.pillar_name("offers")), ("community", stage.look.pillar_name("community"))]
    await stage.open(
        RemoveSheet(
            stage.look,
            stage.window,
            LONG_NAME,
            Uses(posts=21, slots=1, patterns=2, series=1),
            others,
            lambda *_: None,
            lambda *_: None,
        )
    )


@scene
async def erase(stage: Stage) -> None:
    await stage.page("settings", section="data")
    await stage.open(EraseSheet(stage.face, stage.window, await stage.services.erasing.word()))


@scene
async def good_time(stage: Stage) -> None:
    await stage.page("settings", section="slots")
    account = stage.read(lambda queries: queries.accounts())[0]
    await stage.open(SlotSheet(stage.face, stage.window, account.id, None, 1))


@scene
async def first_run_ways(stage: Stage) -> None:
    page = await stage.page("first_run")
    page._show_step(1)
    await stage.settle()


@scene
async def first_run_shop(stage: Stage) -> None:
    page = await stage.page("first_run")
    page._show_step(2)
    await stage.settle()


@scene
async def damaged_data(stage: Stage) -> None:
    """What mending.py shows in place of the window."""
    await stage.page("today")
    text, state = stage.look.text, EmptyState(stage.look, icon="warning-circle")
    state.show_words(text("starting.cannot_open"), text(Damaged().message) + "\n\n" + text("starting.damaged_said"))
    when = stage.face.clock.now() - timedelta(days=400)
    for words in (
        message("starting.put_back", when=when),
        message("starting.salvage"),
        message("starting.open_folder"),
        message("starting.quit"),
    ):
        state.add_button(Button(stage.look, text(words)))
    cover = Overlay(stage.look, stage.window)
    QVBoxLayout(cover.panel).addWidget(state)
    cover.panel.setAccessibleName(text("starting.cannot_open"))
    cover.open()
    await stage.settle()


@scene
async def bug(stage: Stage) -> None:
    await stage.page("today")
    panel = CrashPanel(
        stage.look, lambda: stage.window, lambda _text: None, "1.0", keep=lambda _text: stage.folder / "crash.txt"
    )
    panel.show(RuntimeError("of a test"))
    await stage.settle()
