"""Reports as files, as letters and by themselves: once when they are due, never twice, and what goes wrong is said."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.models.insight import last_days
from app.models.report import (
    Form,
    Picture,
    ReportDocument,
    ReportFiles,
    ReportFrame,
    ReportPart,
    ReportTable,
    ReportWanted,
)
from app.runtime.errors import UserMistake
from app.runtime.settings import Reports as ReportSettings
from app.runtime.settings import Settings, Shop
from app.runtime.words import Message, Words
from app.services.reports import MADE, Reports, content_of, name_of
from app.store.writing import settings as settings_writing
from tests.fakes.clock import FakeClock
from tests.fakes.full_disk import no_room
from tests.services.mail_shop import mail_shop_in
from tests.services.shop import eventually, shop_in

TABLE = ReportTable("Clics", ("Día", "Clics"), (("lunes", "=1+1"),))


class Painting:
    """Paints nothing much, and notes what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[ReportWanted, str, ReportFrame]] = []
        self.accounts = 0

    async def paint(
        self, wanted: ReportWanted, words: Words, frame: ReportFrame, ask: Callable[..., Any]
    ) -> ReportFiles:
        self.asked.append((wanted, words.language, frame))
        self.accounts = len(await ask(lambda queries: queries.accounts()))
        title = words.text("report.title", n=wanted.period.days)
        part = ReportPart("summary", "Resumen", tables=(TABLE,))
        document = ReportDocument(
            words.language, title, frame.shop, "1–28", (), (part,), {"as_table": "T"}, wanted.period.last, frame.logo
        )
        return ReportFiles(
            document,
            b"%PDF-1.4 report",
            (Picture("Clics", "png", b"P"), Picture("Clics", "png", b"Q"), Picture("Clics", "svg", b"S")),
            (TABLE,),
        )


def reports_of(shop: Any) -> tuple[Reports, Painting, list[Message]]:
    reports, painting, said = shop.services.reports, Painting(), []
    reports.paint_with(painting.paint)
    reports.said.connect(said.append)
    return reports, painting, said


def weekly(settings: Settings, folder: Path, **more: object) -> None:
    settings.change(Shop, name="Discos Aurora")
    settings.change(ReportSettings, rhythm="week", weekday="monday", hour=8, folder=str(folder), **more)


def wanted(clock: FakeClock, language: str = "") -> ReportWanted:
    period = last_days(clock.now().date())
    return ReportWanted(period, period.before, (), language)


async def test_a_report_is_written_as_its_name_ends_in_the_language_asked_for(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "p", clock) as shop:
        reports, painting, _ = reports_of(shop)
        assert (await reports.save(tmp_path / "uno.pdf", wanted(clock, "ru"))).read_bytes().startswith(b"%PDF")
        assert b"<!DOCTYPE html>" in (await reports.save(tmp_path / "dos.html", wanted(clock, "zh"))).read_bytes()
        assert (await reports.save(tmp_path / "tres", wanted(clock, "fr"))).name == "tres.pdf"
        assert [language for _, language, _ in painting.asked] == ["ru", "zh", "fr"]
        assert painting.accounts == 1


async def test_everything_is_reports_pictures_and_tables(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "p", clock) as shop:
        reports, _, _ = reports_of(shop)
        shop.settings.change(Shop, name="Discos Aurora")
        folder = tmp_path / "out"
        folder.mkdir()
        made = await reports.save_all(folder, wanted(clock, "es"))
        last = last_days(clock.now().date()).last.isoformat()
        assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in made)
        names = [
            f"discos-aurora-informe-de-28-días-{last}.html",
            f"discos-aurora-informe-de-28-días-{last}.pdf",
            "clics-2.png",
            "clics.csv",
            "clics.png",
            "clics.svg",
        ]
        assert sorted(path.name for path in made) == sorted(names)
        rows = list(csv.reader((folder / "clics.csv").read_text("utf-8-sig").splitlines()))
        assert rows[1][1] != "=1+1"


async def test_without_a_painter_it_is_said(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake, match="no_painter"):
            await shop.services.reports.save(tmp_path / "x.pdf", wanted(clock))


async def test_what_is_due_is_made_once(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "p", clock) as shop:
        reports, painting, said = reports_of(shop)
        folder = tmp_path / "out"
        folder.mkdir()
        weekly(shop.settings, folder)
        assert not await reports.make_due()  # switched on just now
        assert painting.asked == []
        clock.advance(8 * 24 * 3600)
        assert await reports.make_due()
        assert not await reports.make_due()
        (asked, _, frame), *more = painting.asked
        assert more == []
        assert asked.period.days == 7
        assert asked.period.last.weekday() == 6
        assert frame.shop == "Discos Aurora"
        (path,) = folder.iterdir()
        assert path.name == f"discos-aurora-7-day-report-{asked.period.last.isoformat()}.pdf"
        assert reports.state.files == (path.name,)
        assert [each.id for each in said] == ["report.made_itself"]


async def test_a_week_in_which_the_computer_was_off_gets_no_second_report(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "p", clock) as shop:
        reports, painting, _ = reports_of(shop)
        (tmp_path / "out").mkdir()
        weekly(shop.settings, tmp_path / "out", form="both", language="es")
        await reports.make_due()
        clock.advance(40 * 24 * 3600)
        assert await reports.make_due()
        assert len(painting.asked) == 1
        assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".html", ".pdf"]


async def test_another_program_that_was_faster_is_enough(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "p", clock) as shop:
        reports, painting, _ = reports_of(shop)
        (tmp_path / "out").mkdir()
        weekly(shop.settings, tmp_path / "out")
        await reports.make_due()
        clock.advance(8 * 24 * 3600)
        await shop.database.write(settings_writing.save, MADE, clock.now().date().isoformat())
        assert not await reports.make_due()
        assert painting.asked == []


async def test_a_folder_that_is_gone_is_said_once_and_tried_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "p", clock) as shop:
        reports, _, said = reports_of(shop)
        weekly(shop.settings, tmp_path / "gone")
        await reports.make_due()
        clock.advance(8 * 24 * 3600)
        assert not await reports.make_due()
        assert not await reports.make_due()
        assert [each.id for each in said] == ["report.folder_missing"]
        assert reports.state.trouble is not None
        (tmp_path / "gone").mkdir()
        assert await reports.make_due()
        assert reports.state.trouble is None


async def test_nowhere_to_go_means_never(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "p", clock) as shop:
        reports, _, _ = reports_of(shop)
        shop.settings.change(ReportSettings, rhythm="week")
        assert not await reports.make_due()
        assert reports.state.next_on is None
        shop.settings.change(ReportSettings, folder=str(tmp_path))
        await reports.make_due()
        assert reports.state.next_on is not None


async def test_it_runs_by_itself_when_the_hour_comes(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "p", clock) as shop:
        reports, painting, _ = reports_of(shop)
        (tmp_path / "out").mkdir()
        weekly(shop.settings, tmp_path / "out")
        shop.services.tasks.spawn("reports", reports.run(), owner=shop.services)

        async def waits() -> bool:
            return reports.state.next_on is not None and clock.sleeping > 0

        async def is_there() -> bool:
            return bool(list((tmp_path / "out").iterdir()))

        await eventually(waits, clock)
        assert reports.state.next_on is not None
        clock.advance(timedelta(days=(reports.state.next_on - clock.now().date()).days + 1))
        await eventually(is_there, clock)
        assert len(painting.asked) == 1


async def test_it_is_made_when_there_is_room_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "p", clock) as shop:
        reports, painting, _ = reports_of(shop)
        (tmp_path / "out").mkdir()
        weekly(shop.settings, tmp_path / "out")
        await reports.make_due()  # it begins with the next one
        clock.advance(timedelta(days=7))
        with no_room(shop.database) as tried:
            shop.services.tasks.spawn("reports", reports.run(), owner=shop.services)

            async def refused() -> bool:
                return bool(tried) and clock.sleeping > 0

            await eventually(refused, clock)
        clock.advance(timedelta(hours=1))

        async def is_there() -> bool:
            return bool(list((tmp_path / "out").iterdir()))

        await eventually(is_there, clock)
        assert len(painting.asked) == 1


async def test_colleagues_get_a_letter_each_through_the_outbox(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        reports, _, _ = reports_of(shop)
        shop.settings.change(Shop, name="Discos Aurora")
        with pytest.raises(UserMistake, match="no_mailbox"):
            await reports.send(wanted(clock), ["ana@tienda.example"])
        await shop.add()
        assert await reports.send(wanted(clock, "es"), ["ana@tienda.example", "luis@tienda.example"], tuple(Form)) == 2
        clock.advance(60)
        await shop.send()
        await shop.send()
        letters = [each for each in shop.server.accepted if "ana@tienda.example" in each.recipients]
        letter = message_from_bytes(letters[0].content, policy=policy.default)
        assert "Informe de 28 días" in str(letter["Subject"])
        files = {part.get_filename(): part.get_content_type() for part in letter.iter_attachments()}  # type: ignore[attr-defined]
        assert sorted(files.values()) == [
            "application/octet-stream",
            "application/pdf",
        ]  # a page travels as plain bytes
        assert all(name is not None and name.startswith("discos-aurora-informe-de-28-días") for name in files)
        body = letter.get_body()  # type: ignore[attr-defined]
        assert "Va adjunto." in body.get_content()
        assert len([each for each in shop.server.accepted if "luis@tienda.example" in each.recipients]) == 1


async def test_letters_go_by_themselves_and_no_address_that_is_none(tmp_path: Path, clock: FakeClock) -> None:
    async with mail_shop_in(tmp_path, clock) as shop:
        reports, _, _ = reports_of(shop)
        await shop.add()
        with pytest.raises(UserMistake):
            reports.check("ana@tienda.example, nadie")
        shop.settings.change(ReportSettings, rhythm="week", mail="ana@tienda.example")
        await reports.make_due()
        clock.advance(8 * 24 * 3600)
        assert await reports.make_due()
        assert reports.state.files == ("ana@tienda.example",)
        clock.advance(60)
        await shop.send()
        assert sum("ana@tienda.example" in each.recipients for each in shop.server.accepted) == 1


async def test_a_logo_of_any_kind_becomes_a_small_png(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "p", clock) as shop:
        reports, painting, _ = reports_of(shop)
        Image.new("RGB", (2400, 1200), "teal").save(tmp_path / "logo.jpg")
        await reports.take_logo(tmp_path / "logo.jpg")
        assert reports.logo().startswith(b"\x89PNG")
        await reports.save(tmp_path / "a.html", wanted(clock))
        assert painting.asked[0][2].logo == reports.logo()
        assert b"data:image/png;base64," in (tmp_path / "a.html").read_bytes()
        await reports.drop_logo()
        assert reports.logo() == b""
        (tmp_path / "no.png").write_bytes(b"no picture")
        with pytest.raises(UserMistake):
            await reports.take_logo(tmp_path / "no.png")


def test_names_hold_what_it_is_and_its_last_day() -> None:
    document = ReportDocument("en", "28-day report", "Discos/Aurora", "", (), (), {}, date(2026, 11, 21))
    files = ReportFiles(document, b"%PDF")
    assert name_of(files) == "discos-aurora-28-day-report-2026-11-21"
    assert content_of(files, Form.PDF) == b"%PDF"
