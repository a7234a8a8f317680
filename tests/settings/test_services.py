"""Settings that services obey: each is changed while they run, and what they do from then on is another thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.models.calendar import CalendarPost
from app.models.outbox import DeliveryState
from app.models.picture_kind import PictureKind
from app.models.post import PostDraft, PostFormat, PostState
from app.models.report import ReportDocument, ReportFiles, ReportPart
from app.models.rhythm import Edges, Rhythm, WarningKind, look
from app.runtime.settings import Answer, Posting, Reading, Reports, Safekeeping, Sending, Spelling, Spending
from app.runtime.zones import ZoneInfo
from app.services.sync import Pace
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in
from tests.services.test_spending import x_shop

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
A_POST = CalendarPost(
    1, "", PostState.SCHEDULED, DeliveryState.WAITING, 1, 0, None, "", PostFormat.INFORMS, ("mastodon",), accounts=(1,)
)


async def planned(shop: SmallShop, at: timedelta, text: str = "hoy") -> int:
    draft = PostDraft(parts=(text,), accounts=(shop.account_id,), zone="UTC")
    post_id = await shop.services.posts.schedule(draft, shop.clock.now() + at)
    return (await shop.deliveries(post_id))[-1].id


async def test_a_rule_for_what_is_late_holds_for_posts_that_wait_already(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Posting, server_holds=False)
        kept, dropped, patient = [await planned(shop, number * HOUR, f"n{number}") for number in (1, 2, 3)]
        clock.advance(HOUR + 30 * MINUTE)
        shop.settings.change(Posting, late_minutes=15)
        await shop.services.publishing.send_due()
        assert (await shop.item(kept)).state is DeliveryState.FAILED
        clock.advance(HOUR)
        shop.settings.change(Posting, late="drop")
        await shop.services.publishing.send_due()
        assert (await shop.item(dropped)).state is DeliveryState.LET_GO
        clock.advance(HOUR)
        shop.settings.change(Posting, late="fine_until", late_minutes=45)
        await shop.services.publishing.send_due()
        assert (await shop.item(patient)).state is DeliveryState.OUT


async def test_messages_are_looked_for_as_often_as_it_is_set(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        pace = shop.services.sync.pace
        shop.settings.change(Reading, minutes=5)
        assert pace(shop.account_id, "mastodon") == Pace(5 * MINUTE, live=False)
        shop.settings.change(Reading, minutes=30)
        assert pace(shop.account_id, "mastodon") == Pace(30 * MINUTE, live=False)


async def test_a_network_that_charges_is_looked_at_as_often_as_it_is_set(tmp_path: Path, clock: FakeClock) -> None:
    async with x_shop(tmp_path, clock) as shop:
        pace = shop.services.sync.pace
        for minutes in (45, 120):
            shop.settings.change(Spending, minutes=minutes)
            assert pace(shop.account_id, "x").every == minutes * MINUTE
            assert pace(shop.account_id + 1, "mastodon").every == 5 * MINUTE


async def test_pictures_are_shown_as_far_as_they_are_wanted(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        pictures = shop.services.pictures
        found = {}
        for wanted in ("all", "avatars", "off"):
            shop.settings.change(Reading, pictures=wanted)
            for kind in PictureKind:
                path = pictures._path("https://example.org/a.png", kind)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(b"")
                found[wanted, kind] = pictures.file("https://example.org/a.png", kind) is not None
        assert [found["all", kind] for kind in PictureKind] == [True, True]
        assert (found["avatars", PictureKind.FACE], found["avatars", PictureKind.PICTURE]) == (True, False)
        assert not any(found["off", kind] for kind in PictureKind)


async def test_an_angry_reply_is_held_only_where_that_is_wanted(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        held = shop.services.replies.anger
        assert held("idiota", "", 9)
        shop.settings.change(Sending, cooling=False)
        assert held("idiota", "", 9) == ()


async def test_words_are_underlined_only_where_that_is_wanted_and_not_ones_own(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        misspelt = shop.services.drafting.misspelt
        assert await misspelt("Tocadiscoss", "es") == [(0, 11)]
        shop.settings.change(Spelling, words="otra tocadiscoss")
        assert await misspelt("Tocadiscoss", "es") == []
        shop.settings.change(Spelling, words="")
        assert await misspelt("Tocadiscoss", "es") == [(0, 11)]
        shop.settings.change(Spelling, on=False)
        assert await misspelt("Tocadiscoss", "es") == []


async def test_no_backup_makes_itself_where_none_is_wanted(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        safe = shop.services.safekeeping
        shop.settings.change(Safekeeping, automatic=False)
        await safe.look_after()
        assert await safe.backups() == []
        shop.settings.change(Safekeeping, automatic=True)
        await safe.look_after()
        assert len(await safe.backups()) == 1


async def test_floods_and_silences_are_told_by_the_limits_that_are_set(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        account, tomorrow = shop.account_id, clock.now() + DAY
        when = [tomorrow, tomorrow + 2 * HOUR, tomorrow + 4 * HOUR, tomorrow + 3 * DAY]
        posts = [replace(A_POST, id=number, planned_at=at, accounts=(account,)) for number, at in enumerate(when)]
        page = [date(2026, 11, day) for day in range(18, 23)]

        def told() -> list[tuple[WarningKind, int]]:
            rhythm = Rhythm(posts, ZoneInfo("UTC"))
            found = look(rhythm, page, (account,), shop.services.slots.paces(), clock.now(), Edges())
            return [(each.kind, each.first.day) for each in found]

        shop.settings.change(Posting, day_limit=3, silence_days=4)
        assert told() == []
        shop.settings.change(Posting, day_limit=2)
        assert told() == [(WarningKind.FLOOD, 19)]
        shop.settings.change(Posting, day_limit=3, silence_days=2)
        assert told() == [(WarningKind.SILENCE, 20)]
        shop.settings.change(Posting, paces=((account, 1, 9),))
        assert told() == [(WarningKind.FLOOD, 19)]


class Painting:
    """Paints nothing much, and notes in which language and for which last day."""

    def __init__(self) -> None:
        self.languages: list[str] = []
        self.days: list[date] = []

    async def paint(self, wanted: Any, words: Any, frame: Any, ask: Any) -> ReportFiles:
        self.languages.append(words.language)
        self.days.append(wanted.period.last)
        part = ReportPart("summary", "Resumen", tables=())
        document = ReportDocument(
            words.language, "Informe", frame.shop, "1", (), (part,), {"as_table": "T"}, wanted.period.last, frame.logo
        )
        return ReportFiles(document, b"%PDF-1.4", ())


@pytest.mark.parametrize(("form", "endings"), [("pdf", [".pdf"]), ("html", [".html"]), ("both", [".html", ".pdf"])])
async def test_reports_make_themselves_on_the_day_in_the_form_and_language_that_are_set(
    tmp_path: Path, clock: FakeClock, form: str, endings: list[str]
) -> None:
    async with shop_in(tmp_path / "p", clock) as shop:
        reports, painting, folder = shop.services.reports, Painting(), tmp_path / "out"
        reports.paint_with(painting.paint)
        folder.mkdir()
        assert not await reports.make_due()
        assert reports.state.next_on is None
        shop.settings.change(
            Reports, rhythm="week", weekday="thursday", hour=17, folder=str(folder), form=form, language="fr"
        )
        assert not await reports.make_due()  # switched on just now: from the next one on
        assert reports.state.next_on == date(2026, 11, 19)
        clock.advance(DAY)  # Thursday, four o'clock in the afternoon: an hour too early
        assert not await reports.make_due()
        clock.advance(HOUR)
        assert await reports.make_due()
        assert sorted(path.suffix for path in folder.iterdir()) == endings
        assert (painting.languages, painting.days) == (["fr"], [date(2026, 11, 18)])
        shop.settings.change(Reports, rhythm="never")
        clock.advance(8 * DAY)
        assert not await reports.make_due()


async def test_reports_go_to_the_addresses_that_are_set(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Reports, rhythm="week")
        assert str(shop.services.reports.schedule().rhythm) == "never", "nowhere to go"
        shop.settings.change(Reports, mail="ana@tienda.example")
        assert str(shop.services.reports.schedule().rhythm) == "week"


async def test_the_promise_of_a_message_follows_opening_hours_that_change(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        around_the_clock = (((0, 1440),),) * 7
        shop.settings.change(Answer, hours=around_the_clock, minutes=60)
        first = await shop.conversation(await shop.heard())
        shop.settings.change(Answer, hours=((), (), (), ((600, 660),), (), (), ()))  # an hour on Thursdays
        second = await shop.conversation(await shop.heard(number=2, thread="t2"))
        assert first.answer_by == clock.now() + HOUR
        assert second.answer_by is not None
        assert second.answer_by.date() == date(2026, 11, 19)
