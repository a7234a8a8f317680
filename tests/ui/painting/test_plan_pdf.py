"""The printed plan: everything is on it, in the window's language, on paper of the country's size."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader

from app.models.calendar import MarkRow, PhaseRow
from app.models.outbox import DeliveryState
from app.models.plan import PlanPaper
from app.ui.look import Look
from app.ui.painting.plan_pdf import plan_pdf
from tests.services.plans import NOW, plan_of, planned

PAPER = PlanPaper(
    plan=replace(
        plan_of(
            planned(
                1,
                "Mañana, a las 10:00. Vayan limpiando la aguja.",
                "Mañana: «Marea»",
                NOW + timedelta(days=2),
                own="Otro texto",
            ),
            planned(2, title="Detrás del escenario", at=NOW - timedelta(days=1), shown=DeliveryState.FAILED),
            planned(3, title="Вечер винила", at=NOW + timedelta(days=5)),
            phases=(PhaseRow(1, 1, "Navidad", "rose", "teaser", date(2026, 11, 20), date(2026, 12, 2)),),
            marks=(MarkRow(1, "launch", "«Marea» a la venta", date(2026, 11, 20)),),
        ),
        first=date(2026, 11, 1),
        last=date(2026, 12, 5),
    ),
    shop="Discos Aurora",
    layout="month",
    holidays={date(2026, 11, 16): "Revolution Day"},
    made_at=NOW,
    country="MX",
    first_weekday=7,
)


def read(paper: PlanPaper, look: Look) -> PdfReader:
    return PdfReader(io.BytesIO(plan_pdf(look, paper)))


def words_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_each_month_has_its_page_with_posts_plans_and_days(qapp: object, look: Look) -> None:
    found = read(PAPER, look)
    assert len(found.pages) == 2
    words = words_of(found)
    for said in (
        "November 2026",
        "December 2026",
        "Sunday",
        "Revolution Day",
        "«Marea» a la venta",
        "Navidad",
        "10:00",
        "Mañana",
    ):
        assert said in words
    assert "Failed" in words
    width, height = found.pages[0].mediabox[2:]
    assert (round(width), round(height)) == (792, 612)  # US Letter, lying


def test_the_list_has_whole_texts_day_after_day(qapp: object, look: Look) -> None:
    found = read(replace(PAPER, layout="list", country="ES", filtered="Only Offers"), look)
    words = words_of(found)
    for said in (
        "Friday 20 November 2026",
        "Vayan limpiando la aguja.",
        "Otro texto",
        "Mastodon",
        "Scheduled",
        "Failed",
        "Вечер",
        "Only Offers",
    ):
        assert said in words
    assert words.index("17 November") < words.index("20 November") < words.index("23 November")
    width, height = found.pages[0].mediabox[2:]
    assert (round(width), round(height)) == (595, 842)


def test_it_is_in_the_windows_language(qapp: object, look: Look) -> None:
    look.words.language = "es"
    words = words_of(read(PAPER, look))
    assert "Noviembre de 2026" in words or "noviembre de 2026" in words.lower()
    assert "No salió" in words


def test_days_with_more_posts_than_room_are_told_in_full_behind(qapp: object, look: Look) -> None:
    many = [planned(number, title=f"Post {number}", at=NOW + timedelta(minutes=number)) for number in range(1, 41)]
    paper = replace(PAPER, plan=replace(PAPER.plan, posts=tuple(many), phases=(), marks=()))
    words = words_of(read(paper, look))
    assert all(f"Post {number}" in words for number in range(1, 41))
    assert "more" in words


@pytest.mark.parametrize("layout", ["month", "list"])
def test_nothing_planned_is_a_page_too(qapp: object, look: Look, layout: str) -> None:
    paper = replace(PAPER, layout=layout, plan=replace(PAPER.plan, posts=(), phases=(), marks=()))
    assert len(read(paper, look).pages) >= 1


def test_a_post_stands_on_its_day_in_the_shops_zone(qapp: object, look: Look) -> None:
    late = planned(
        9, title="De noche", at=datetime(2026, 11, 21, 5, 30, tzinfo=UTC)
    )  # 23:30 on the 20th in Mexico City
    words = words_of(
        read(replace(PAPER, layout="list", plan=replace(PAPER.plan, posts=(late,), phases=(), marks=())), look)
    )
    assert words.index("20 November") < words.index("De noche")
    assert "21 November" not in words.replace("1 November", "")
