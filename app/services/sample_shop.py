"""Fills an empty profile with the sample shop, dated relative to now, and stocks the simulated server with the same world.

The sample shop is a throw-away place for training: it is made anew on each day, so that "late" and "today" stay true. Whatever
was tried in it yesterday is gone then; nothing of the user's own ever lives there.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import shutil
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.models.account import AccountState
from app.models.playbook import PlaybookAnswer
from app.networks.sample.server import SampleServer
from app.networks.sample.state import Said, Script, ServedAccount, ServedPost
from app.runtime.clock import from_ms, to_ms
from app.runtime.errors import disk_trouble
from app.runtime.settings import FORMAT_VERSION, MINUTES_A_DAY, Answer, Group, Posting, Reading, Shop
from app.services.sample_agreements import add_agreements
from app.services.sample_campaigns import add_campaigns
from app.services.sample_content import Content, Days, opening_minutes, read_content
from app.services.sample_conversations import ConversationsOfSample
from app.services.sample_escalations import EscalationsOfSample
from app.services.sample_faq import add_faq
from app.services.sample_hashtags import add_hashtags
from app.services.sample_ideas import add_ideas
from app.services.sample_links import add_links
from app.services.sample_orders import add_orders
from app.services.sample_posts import PostsOfSample, Rows, picture_name
from app.services.sample_profile import SETTING, made_on, stale
from app.services.sample_questions import add_questions, with_replies
from app.services.sample_sales import add_sales
from app.services.sample_searches import add_searches, overheard
from app.services.sample_slots import add_slots
from app.services.sample_support import add_support
from app.services.starter_playbook import read_starter
from app.services.sync import STREAM
from app.store.database import Database, Session
from app.store.reading import settings as settings_reading
from app.store.writing import settings as settings_writing
from app.store.writing.filling import fill

LOOK_EVERY_MINUTES = 1
POSTS_A_DAY = 3
"""A full day is a flood: there is something to spread."""
AROUND_THE_CLOCK = (((0, MINUTES_A_DAY),),) * 7


@dataclass(frozen=True, slots=True)
class Sample:
    """The whole of a sample shop before it is stored."""

    tables: Rows
    answers: list[PlaybookAnswer]
    accounts: list[ServedAccount]
    posts: list[ServedPost]
    said: list[Said]
    doubtful: list[str]
    script: Script


async def is_stale(database: Database, now: datetime) -> bool:
    """See `stale`; true for an empty profile."""
    return stale(await database.read(settings_reading.value, SETTING), now)


async def seed(database: Database, server: SampleServer, content: Path, media: Path, now: datetime) -> None:
    """Fills an empty profile from the files in `content` (resources/sample). The same files and moment give the same shop.

    What a killed process left half done counts as stale: the data file says last that it is complete.
    """
    sample = await asyncio.to_thread(_prepare, server, content, media, now)
    await database.write(_fill_once, sample)


def seed_now(database: Database, server: SampleServer, content: Path, media: Path, now: datetime) -> None:
    """Like `seed`, without a loop."""
    sample = _prepare(server, content, media, now)
    database.write_now(_fill_once, sample)


def _fill_once(session: Session, sample: Sample) -> None:
    """Another process that was started at the same moment may have made the shop already."""
    if settings_writing.stored(session, SETTING) is None:
        fill(session, sample.tables, sample.answers)


def build(content: Content, answers: list[PlaybookAnswer], now: datetime) -> Sample:
    """All rows and all that the server knows; touches nothing."""
    days = Days(now, ZoneInfo(content.shop["zone"]), *opening_minutes(content.shop))
    content = with_replies(content)
    tables: Rows = defaultdict(list)
    posts = PostsOfSample(content, days, tables)
    posts.build()
    add_campaigns(content, tables, posts.post_ids, posts.account_ids)
    titles = {answer.key: answer.title for answer in answers}
    conversations = ConversationsOfSample(content, days, tables, posts, titles)
    conversations.build()
    escalations = EscalationsOfSample(content, days, tables, conversations.numbers)
    escalations.build()
    add_agreements(content, days, tables, conversations.numbers, escalations.account_id)
    add_searches(content, days, tables, posts)
    add_links(tables)
    add_orders(content, days, tables)
    add_sales(content, days, tables)
    add_faq(content, days, tables, conversations.numbers)
    add_slots(content, tables)
    add_hashtags(content, tables)
    add_questions(content, days, tables, posts.post_ids, conversations.numbers)
    add_ideas(content, days, tables, posts.post_ids)
    add_support(content, days, tables)
    said = sorted([*conversations.said, *overheard(content, days, posts, conversations.speakers)], key=lambda one: (one.at, one.id))
    _settings(content, days, tables)
    return Sample(
        tables=tables,
        answers=[dataclasses.replace(answer, uses=conversations.uses[answer.key]) for answer in answers],
        accounts=[*posts.served_accounts, escalations.served],
        posts=[*posts.served_posts, *conversations.served_replies],
        said=said,
        doubtful=posts.doubtful,
        script=Script(f"aurora-{days.today}", days.now, tuple(conversations.speakers), content.visitors),
    )


def _settings(content: Content, days: Days, tables: Rows) -> None:
    """The language stays the system's. Answers are due around the clock: there is something to train on at any hour."""
    shop = {"name": content.shop["name"], "country": content.shop["country"], "zone": content.shop["zone"]}
    promise = content.shop["answer_promise"]
    by_category = [(0, category, minutes, minutes, None) for category, minutes in promise["by_category"].items()]
    answer = {
        "minutes": promise["minutes"],
        "next_minutes": promise["minutes"],
        "targets": by_category,
        "hours": AROUND_THE_CLOCK,
    }
    groups: tuple[tuple[type[Group], dict[str, object]], ...] = (
        (Shop, shop),
        (Answer, answer),
        (Reading, {"minutes": LOOK_EVERY_MINUTES}),
        (Posting, {"day_limit": POSTS_A_DAY}),
    )
    for group, values in groups:
        document = {"version": FORMAT_VERSION, "values": values}
        tables["setting"].append({"name": group.GROUP, "value": json.dumps(document, ensure_ascii=False)})
    tables["setting"].append({"name": SETTING, "value": made_on(from_ms(days.now), content.shop["zone"])})


def _prepare(server: SampleServer, folder: Path, media: Path, now: datetime) -> Sample:
    content = read_content(folder)
    sample = build(content, read_starter(folder / "playbook.json"), now)
    try:
        media.mkdir(parents=True, exist_ok=True)
        for picture in sorted((folder / "pictures").glob("*.png")):
            shutil.copyfile(picture, media / picture_name(picture.stem))
        server.begin_anew()
        server.stock(sample.accounts, sample.posts, sample.said, sample.doubtful, sample.script)
        _note_as_read(server, sample, now)
    except OSError as error:
        raise disk_trouble(error) from error
    return sample


def _note_as_read(server: SampleServer, sample: Sample, now: datetime) -> None:
    """What is stored has been read: the next reading begins behind it."""
    for account in sample.tables["account"]:
        if account["state"] == AccountState.READY:
            read_to = server.end_of_messages(str(account["network"]), str(account["remote_id"]))
            row = {"account_id": account["id"], "stream": STREAM, "value": read_to, "moved_at": to_ms(now)}
            sample.tables["cursor"].append(row)
