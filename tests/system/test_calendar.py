"""Posts dragged on a real display with real mouse events, and moved by real keys: what the data file says afterwards."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.runtime.tasks import system_clock
from tests.system import desktop as desktops
from tests.system.desktop import SYSTEM_PYTHON, Desktop, Program
from tests.system.parts import need, wait_until

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]

ZONE = ZoneInfo("America/Mexico_City")
HOUR = 44
"""Height of an hour, in dip; a virtual display has as many pixels."""
STEPS = 8
"""A hand does not jump."""
_NUMBERS = count(1)
Point = tuple[int, int]


@dataclass
class Box:
    """A place on the screen with what a screen reader says of it."""

    name: str
    left: int
    top: int
    width: int
    height: int

    def at(self, right: int = 20, down: int = 8) -> Point:
        """A point within it."""
        return self.left + right, self.top + down

    @property
    def title(self) -> str:
        """Of a post, between the signs that keep its direction apart."""
        return self.name.partition("\u2068")[2].partition("\u2069")[0]

    @property
    def middle(self) -> Point:
        return self.left + self.width // 2, self.top + self.height // 2


@dataclass
class Places:
    page: Box
    cells: list[Box]
    posts: list[Box]
    cards: list[Box]

    def shows(self, box: Box) -> bool:
        """Whether it is on the part of the page that is seen."""
        page = self.page
        inside = page.left <= box.left and box.left + box.width <= page.left + page.width + 2
        return inside and page.top + 110 < box.top < page.top + page.height - 2 * HOUR


class Planner:
    """Looks where things stand, drags with the mouse, presses keys, and reads the data file."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.desktop = program.desktop
        self.file = program.profile.with_name(f"{program.profile.name}-sample") / "tertulia.db"
        accounts = program.tell("accounts", "list")
        self.account = next(row["id"] for row in accounts if row["network"] == "mastodon")

    # ---- the data file

    def row(self, post_id: int) -> tuple[str, datetime | None]:
        """(state, wall time in the shop's zone)."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as connection:
            state, at = connection.execute("SELECT state, planned_at FROM post WHERE id = ?", (post_id,)).fetchone()
        return state, None if at is None else datetime.fromtimestamp(at / 1000, UTC).astimezone(ZONE).replace(
            tzinfo=None
        )

    def due(self, post_id: int) -> list[datetime]:
        """When its deliveries go out."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as connection:
            found = connection.execute("SELECT due_at FROM outbox WHERE post_id = ? AND state <> 'let_go'", (post_id,))
            return [datetime.fromtimestamp(at / 1000, UTC).astimezone(ZONE).replace(tzinfo=None) for (at,) in found]

    def newest(self) -> int:
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT max(id) FROM post").fetchone()[0])

    def named(self, title: str) -> int:
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as connection:
            sql = "SELECT id FROM post WHERE deleted_at IS NULL AND (title = ? OR parts LIKE ?) ORDER BY id"
            return int(connection.execute(sql, (title, f"%{title}%")).fetchone()[0])

    def scheduled(self, at: datetime) -> tuple[str, int]:
        """A post of our own, planned for a wall time of the shop: its text and its id."""
        text = f"Prueba {next(_NUMBERS)} del calendario"
        moment = at.replace(tzinfo=ZONE).isoformat()
        self.program.tell("post", "--account", str(self.account), "--text", text, "--at", moment, "--queue")
        return text, self.named(text)

    def becomes(self, post_id: int, wanted: datetime) -> bool:
        """Waits until it is planned there; raises when it never is."""
        return bool(wait_until(f"post {post_id} at {wanted}", lambda: self.row(post_id)[1] == wanted, 10))

    # ---- the screen

    def places(self) -> Places:
        script = str(Path(__file__).with_name("calendar_places.py"))
        told = json.loads(self.desktop.run(SYSTEM_PYTHON, script))
        parts = {key: [Box(name, *box) for name, box in told[key]] for key in ("cells", "posts", "cards")}
        return (
            Places(Box("page", *told["page"]), **parts) if "page" in told else Places(Box("", 0, 0, 0, 0), [], [], [])
        )

    def post(self, text: str) -> Box:
        """A post of the page that is shown."""
        return wait_until(
            f"{text} on the page", lambda: next((box for box in self.places().posts if text in box.name), None)
        )

    def cell(self, day: datetime, hour: int | None = None) -> Box:
        """A day of the month, or an hour of a day."""
        begins = f"{day:%a} {day.day} "
        ends = "" if hour is None else f"{hour}:00"

        def look() -> Box | None:
            cells = self.places().cells
            names = [box for box in cells if begins.strip().lower() in box.name.lower().replace(",", "")]
            fits = [box for box in names if not ends or f" {ends}" in box.name or f" {hour:02}:00" in box.name]
            return fits[0] if fits else None

        return wait_until(f"{day:%a %d} {ends}", look)

    def mouse(self, *words: object) -> None:
        self.desktop.run(need("xdotool", "xdotool"), *map(str, words))

    def key(self, *keys: str) -> None:
        for each in keys:
            self.mouse("key", each)

    def drag(self, begin: Point, end: Point, *, held: str = "", escape: bool = False) -> None:
        """Press, go there in steps, let go; `held` is down meanwhile, `escape` is pressed before it is let go."""
        self.mouse("mousemove", *begin, "mousedown", 1)
        for step in range(1, STEPS + 1):
            x = begin[0] + (end[0] - begin[0]) * step // STEPS
            y = begin[1] + (end[1] - begin[1]) * step // STEPS
            self.mouse("mousemove", x, y, "sleep", "0.02")
        if held:
            self.mouse("keydown", held)
        self.mouse("mousemove", end[0] + 1, end[1], "mousemove", *end, "sleep", "0.05")
        if escape:
            self.key("Escape")
        self.mouse("mouseup", 1)
        if held:
            self.mouse("keyup", held)

    def show(self, view: str) -> None:
        """A view with next week in it, where everything is to come."""
        self.program.desktop.run(need("xdotool", "xdotool"), "key", "ctrl+3")
        self.key("t", {"week": "w", "month": "m"}[view], "Next")
        wait_until(f"the {view}", lambda: len(self.places().cells) > (100 if view == "week" else 27))


@pytest.fixture(scope="module")
def planner(desktop: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    desktop.use_layout("us")
    with desktops.program(desktop, tmp_path_factory.mktemp("calendar")) as program:
        size = desktop.run(need("xdotool", "xdotool"), "getdisplaygeometry").split()
        desktop.run(need("xdotool", "xdotool"), "windowsize", "--sync", program.window(), *size)
        yield Planner(program)


@pytest.fixture
def week(planner: Planner) -> Planner:
    planner.show("week")
    return planner


@pytest.fixture
def month(planner: Planner) -> Planner:
    planner.show("month")
    return planner


def next_week(day: int, hour: int, minute: int = 0) -> datetime:
    """A wall time on a day (0 to 6, from the first one shown) of the week after this one, which begins on Sunday in Mexico."""
    now = system_clock().now().astimezone(ZONE).replace(tzinfo=None)
    sunday = (
        now.replace(hour=0, minute=0, second=0, microsecond=0)
        - timedelta(days=(now.isoweekday() % 7))
        + timedelta(days=7)
    )
    return sunday + timedelta(days=day, hours=hour, minutes=minute)


def next_month(day: int, hour: int) -> datetime:
    now = system_clock().now().astimezone(ZONE).replace(tzinfo=None)
    first = (now.replace(day=1) + timedelta(days=32)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first + timedelta(days=day - 1, hours=hour)


def moved(point: Point, right: int = 0, down: float = 0) -> Point:
    return point[0] + right, point[1] + round(down)


def test_a_card_of_the_tray_is_dragged_to_an_hour(week: Planner) -> None:
    card = wait_until("a card in the tray", lambda: next(iter(week.places().cards), None))
    title = card.title
    number = week.named(title)
    assert week.row(number)[1] is None
    when = next_week(3, 11)
    target = week.cell(when, 11)
    week.drag(card.at(), (target.left + 24, target.top + 10))
    wait_until(f"{title} to be planned", lambda: week.row(number)[1] is not None, 10)
    assert week.row(number) == ("draft", when)


def test_a_post_is_dragged_to_another_day_and_hour_with_its_deliveries(week: Planner) -> None:
    text, number = week.scheduled(next_week(1, 9))
    begin = week.post(text)
    to = week.cell(next_week(4, 12), 12)
    week.drag(begin.at(), (to.left + 20, begin.top + 8 + 3 * HOUR))
    assert week.becomes(number, next_week(4, 12))
    assert week.due(number) == [next_week(4, 12)]
    assert week.row(number)[0] == "scheduled"
    week.key("z")
    assert week.becomes(number, next_week(1, 9))
    assert week.due(number) == [next_week(1, 9)]


@pytest.mark.parametrize(("held", "minute"), [("", 30), ("shift", 25)])
def test_a_drop_snaps_to_quarters_and_with_shift_to_five_minutes(week: Planner, held: str, minute: int) -> None:
    text, number = week.scheduled(next_week(2, 9))
    begin = week.post(text).at()
    week.drag(begin, moved(begin, down=HOUR * 24 / 60), held=held)
    assert week.becomes(number, next_week(2, 9, minute))


def test_with_ctrl_a_copy_is_placed_and_the_post_stays(week: Planner) -> None:
    text, number = week.scheduled(next_week(5, 9))
    before, begin = week.newest(), week.post(text).at()
    week.drag(begin, moved(begin, down=2 * HOUR), held="ctrl")
    wait_until("the copy", lambda: week.newest() > before, 10)
    assert week.row(week.newest()) == ("draft", next_week(5, 11))
    assert week.row(number) == ("scheduled", next_week(5, 9))


def test_escape_puts_it_back(week: Planner) -> None:
    text, number = week.scheduled(next_week(6, 9))
    begin = week.post(text).at()
    week.drag(begin, moved(begin, down=3 * HOUR), escape=True)
    week.drag(begin, moved(begin, down=HOUR))  # the next one goes on from where it was
    assert week.becomes(number, next_week(6, 10))


def test_a_past_hour_takes_nothing(week: Planner) -> None:
    card = wait_until("a card in the tray", lambda: next(iter(week.places().cards), None))
    number = week.named(card.title)
    week.key("Prior", "Prior")
    target = wait_until(
        "an hour of the week before",
        lambda: next((each for each in week.places().cells if " 12:00" in each.name), None),
    )
    week.drag(card.at(), (target.left + 24, target.top + 10))
    week.program.wait_for("the reason", None, "past|has passed")
    assert week.row(number)[1] is None


def test_a_post_is_dragged_to_another_day_of_the_month_at_the_same_time(month: Planner) -> None:
    text, number = month.scheduled(next_month(8, 9) + timedelta(minutes=17))
    begin = month.post(text)
    to = month.cell(next_month(17, 0))
    month.drag(begin.at(40), (to.middle[0], to.top + 40))
    assert month.becomes(number, next_month(17, 9) + timedelta(minutes=17))
    assert month.due(number) == [next_month(17, 9) + timedelta(minutes=17)]


def test_a_card_of_the_tray_is_dragged_to_a_day_of_the_month(month: Planner) -> None:
    card = wait_until("a card in the tray", lambda: next(iter(month.places().cards), None))
    number = month.named(card.title)
    to = month.cell(next_month(11, 0))
    month.drag(card.at(), to.middle)
    wait_until("it to be planned", lambda: month.row(number)[1] is not None, 10)
    state, at = month.row(number)
    assert state == "draft"
    assert at is not None
    assert at.date() == next_month(11, 0).date()


def test_the_same_by_keys(week: Planner) -> None:
    text, number = week.scheduled(next_week(2, 15))
    box = week.post(text)
    week.mouse("mousemove", *box.at(), "click", 1)
    week.key("shift+Right")
    assert week.becomes(number, next_week(3, 15))
    week.key("shift+Down", "shift+Down")
    assert week.becomes(number, next_week(3, 15, 30))
    week.key("shift+Left")
    assert week.becomes(number, next_week(2, 15, 30))
    week.key("z")
    assert week.becomes(number, next_week(3, 15, 30))
    week.key("z")
    assert week.becomes(number, next_week(3, 15, 15))
    week.key("ctrl+t")
    week.program.wait_for("the field of the time", None, "Move", "showing")
    week.mouse("key", "ctrl+a")
    week.desktop.type("16:07")
    week.key("Return")
    assert week.becomes(number, next_week(3, 16, 7))
    week.key("Delete")
    wait_until("it among the ideas", lambda: week.row(number) == ("idea", None), 10)


def test_in_the_month_by_keys(month: Planner) -> None:
    text, number = month.scheduled(next_month(8, 12))
    month.mouse("mousemove", *month.post(text).at(40), "click", 1)
    month.key("shift+Right", "shift+Right")
    assert month.becomes(number, next_month(10, 12))
    before = month.newest()
    month.key("d")
    wait_until("a copy", lambda: month.newest() > before, 10)
    assert month.row(month.newest())[1] == next_month(11, 12)
