"""Plans for the tests of files: posts with any text at any moment, and the words around them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from app.models.calendar import CalendarPost, MarkRow, PhaseRow
from app.models.outbox import DeliveryState
from app.models.plan import Place, Plan, PlannedPost, PlanWords
from app.models.post import PostFormat, PostState
from app.models.stance import Stance
from app.services.plan_sheet import COLUMNS

NOW = datetime(2026, 11, 18, 16, tzinfo=UTC)
ZONES = ("America/Mexico_City", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "America/Santiago")
NIGHTS = {
    "America/Mexico_City": (
        datetime(2026, 4, 5, 8, tzinfo=UTC),
        datetime(2026, 10, 25, 7, tzinfo=UTC),
    ),  # no change any more
    "Europe/Madrid": (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
    "America/New_York": (datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC)),
    "Australia/Lord_Howe": (datetime(2026, 10, 3, 15, 30, tzinfo=UTC), datetime(2026, 4, 4, 15, tzinfo=UTC)),
    "America/Santiago": (datetime(2026, 9, 6, 4, tzinfo=UTC), datetime(2026, 4, 5, 3, tzinfo=UTC)),
}
"""The moments (UTC) at which the clocks of 2026 go forward and back."""

WORDS = PlanWords(
    title="Discos Aurora: posts",
    states={str(each): f"is {each}" for each in Stance},
    pillars={"releases": "New releases", "scene": "Scene & concerts, live"},
    formats={str(each): str(each).title() for each in PostFormat},
    phases={"teaser": "teaser", "promo": "promo"},
    networks={"x": "X", "mastodon": "Mastodon"},
    labels={
        "state": "State",
        "goes_to": "Goes to",
        "campaign": "Campaign",
        "own_text": "Own text for",
        "out_at": "Out at",
        "untitled": "Untitled",
        **{name: name.title() for name in COLUMNS if name not in ("state", "campaign")},
    },
)


def row(number: int = 1, title: str = "Mañana: «Marea»", at: datetime = NOW, **fields: object) -> CalendarPost:
    values: dict[str, object] = {
        "id": number, "title": title, "state": PostState.SCHEDULED, "shown": DeliveryState.WAITING, "deliveries": 1, "out": 0,
        "planned_at": at, "pillar": "releases", "format": PostFormat.INFORMS, "networks": ("mastodon",), "accounts": (1,),
    }  # fmt: skip
    return CalendarPost(**{**values, **fields})  # type: ignore[arg-type]


def planned(
    number: int = 1,
    text: str = "Mañana sale.",
    title: str = "Mañana: «Marea»",
    at: datetime = NOW,
    own: str = "",
    changed: datetime = NOW,
    **fields: object,
) -> PlannedPost:
    return PlannedPost(
        row(number, title, at, **fields), text, (Place("mastodon", "@aurora", own),), "Navidad", "", changed
    )


def plan_of(*posts: PlannedPost, phases: tuple[PhaseRow, ...] = (), marks: tuple[MarkRow, ...] = ()) -> Plan:
    return Plan(date(2026, 1, 1), date(2026, 12, 31), tuple(sorted(posts, key=lambda post: post.at)), phases, marks)


def texts() -> st.SearchStrategy[str]:
    """What people type and what they should not: any letters, the signs of the format, line ends of all kinds, emoji of several parts."""
    tricky = st.sampled_from(
        [
            ",",
            ";",
            "\\",
            "\\n",
            "\n",
            "\r\n",
            "\r",
            '"',
            ":",
            "=",
            "BEGIN:VEVENT",
            "END:VCALENDAR",
            "👩\u200d👩\u200d👧\u200d👦",
            "🏳️\u200d🌈",
            "é",
            "漢字",
            "привет",
            "مرحبا",
            "\u2028",
            "\x85",
            "\x0b",
            "\t",
            " ",
            "  ",
            "%0A",
            "^n",
            "\u200b",
            "a" * 90,
            "é" * 80,
            "😀" * 30,
        ]
    )
    letters = st.text(st.characters(codec="utf-8"), max_size=60)
    return st.lists(st.one_of(tricky, letters), max_size=12).map("".join)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Plan, str]:
    """Some posts, one of them in a night in which the clocks change; and the zone."""
    zone = draw(st.sampled_from(ZONES))
    around = st.integers(-180, 180).map(lambda minutes: timedelta(minutes=minutes))
    nights = st.sampled_from(NIGHTS[zone])
    anywhere = st.integers(0, 360 * 24 * 60).map(
        lambda minutes: datetime(2026, 1, 2, tzinfo=UTC) + timedelta(minutes=minutes)
    )
    moments = draw(
        st.lists(st.one_of(anywhere, st.tuples(nights, around).map(lambda pair: pair[0] + pair[1])), max_size=4)
    )
    posts = [
        planned(
            number,
            draw(texts()),
            draw(texts()),
            moment.replace(second=0, microsecond=0),
            draw(texts()),
            state=draw(st.sampled_from([PostState.SCHEDULED, PostState.DRAFT])),
        )
        for number, moment in enumerate(moments, 1)
    ]
    return plan_of(*posts), zone


def zone_of(name: str) -> ZoneInfo:
    return ZoneInfo(name)
