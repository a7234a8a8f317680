"""A problem that repeats is shown; a busy day, a promotion and a quiet shop are left in peace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from app.models.conversation import Category
from app.models.spike import Spike
from app.runtime.clock import to_ms
from app.services.spikes import HOUR_MS, LEAST, PAUSE, Topic, Usual, reach_of, spike_of, stems_of, topics
from app.store.reading.spikes import Said
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, eventually, shop_in

NOW = 1_795_000_000_000
QUIET = Usual(mean=0.3, same_hours=0, share=0.004)


def said(number: int, text: str, *, minutes: int = 10, category: str = Category.TECHNICAL, followers: int = 100, waits: bool = True,
         customer: int = 0, under_ours: bool = False, mood: int | None = None) -> Said:  # fmt: skip
    return Said(number, customer or number, NOW - minutes * 60_000, text, category, followers, waits, under_ours, mood)


def usual_is(usual: Usual) -> Callable[[Topic, int], Usual]:
    return lambda _topic, _hours: usual


DOWNLOADS = (
    "El enlace de descarga ya no sirve", "No puedo abrir la descarga de Marea", "¿Y mis descargas? El enlace marca error", "Pagué y la descarga falla",
    "La descarga se corta a la mitad", "Otra vez el enlace de descarga caducado", "DESCARGA rota, ayuda", "No llega el enlace de descarga", "Mi descarga no baja",
)  # fmt: skip


def downloads(many: int = 9, **fields: object) -> list[Said]:
    return [
        said(number, DOWNLOADS[number % len(DOWNLOADS)], minutes=5 + number * 8, **fields)
        for number in range(1, many + 1)
    ]  # type: ignore[arg-type]


CHATTER = (
    "¿A qué hora abren?",
    "Hola, buenas tardes",
    "¿Tienen casetes?",
    "Quiero cambiar mi dirección",
    "Gracias por todo",
    "¿Hacen envíos a Perú?",
)


def chatter(many: int) -> list[Said]:
    return [
        said(1000 + number, CHATTER[number % len(CHATTER)], minutes=number % 110, category=Category.QUESTION)
        for number in range(many)
    ]


def test_the_same_topic_many_times_in_hours_is_a_spike() -> None:
    found = spike_of([*downloads(), *chatter(6)], NOW, usual_is(QUIET))
    assert found is not None
    assert "descarga" in found.topic
    assert (found.many, found.hours, found.usual, found.unanswered, found.reach) == (9, 2, 0, 9, 900)
    assert found.conversations == tuple(range(1, 10))


@pytest.mark.parametrize(
    "texts",
    [
        (
            "Ссылка не работает",
            "Не работает ссылка",
            "Ваша ссылка битая",
            "Почему ссылки не работают",
            "ссылку не открыть",
        ),
        ("下载链接失效", "下载不了", "我的下载失败", "无法下载专辑", "下载出错了"),
        ("The download fails", "Downloads are broken", "my download stops", "cannot download it", "DOWNLOAD error"),
        (
            "Le téléchargement échoue",
            "téléchargement impossible",
            "mon telechargement",
            "les téléchargements ratent",
            "Téléchargement cassé",
        ),
    ],
)
def test_it_needs_no_language(texts: Sequence[str]) -> None:
    found = spike_of([said(number, text) for number, text in enumerate(texts, 1)], NOW, usual_is(QUIET))
    assert found is not None
    assert found.many == 5


def test_a_quiet_shop_is_left_in_peace() -> None:
    assert spike_of([], NOW, usual_is(QUIET)) is None
    assert spike_of(chatter(12), NOW, usual_is(Usual(2.0, 3, 0.15))) is None


@pytest.mark.parametrize("many", range(LEAST))
def test_a_few_are_no_spike(many: int) -> None:
    assert spike_of(downloads(many), NOW, usual_is(Usual(0, 0, 0))) is None


def test_a_few_whom_many_follow_are_one() -> None:
    assert spike_of(downloads(3, followers=40_000), NOW, usual_is(QUIET)) is not None
    assert spike_of(downloads(2, followers=400_000), NOW, usual_is(QUIET)) is None


def test_one_person_who_writes_often_is_no_spike() -> None:
    assert spike_of(downloads(9, customer=7), NOW, usual_is(QUIET)) is None


def test_a_busy_friday_is_none() -> None:
    """Every Friday at this hour it comes as often."""
    assert spike_of(downloads(), NOW, usual_is(Usual(mean=0.8, same_hours=8, share=0.01))) is None


def test_a_busy_day_makes_every_word_come_more_often_and_none_a_spike() -> None:
    def usual(topic: Topic, _hours: int) -> Usual:
        return Usual(1.0, 2, 0.05) if topic.stems in (("desca",), ("enlac",)) else Usual(4.0, 8, 0.16)

    assert spike_of([*downloads(), *chatter(150)], NOW, usual) is None


def test_a_promotion_is_none() -> None:
    """We published a code and people ask and rejoice about it."""
    ours = stems_of(["20 % de descuento con el código OTOÑO hasta el domingo"])
    asked = [
        said(number, f"¿El descuento con código vale para mí? {number}", category=Category.QUESTION)
        for number in range(1, 13)
    ]
    assert spike_of(asked, NOW, usual_is(QUIET), ours=ours) is None
    under = [one._replace(under_ours=True) for one in asked]
    assert spike_of(under, NOW, usual_is(QUIET)) is None


def test_a_promotion_that_does_not_work_is_one() -> None:
    ours = stems_of(["20 % de descuento con el código OTOÑO"])
    angry = [said(number, f"El código no funciona {number}", category=Category.COMPLAINT) for number in range(1, 10)]
    assert spike_of(angry, NOW, usual_is(QUIET), ours=ours) is not None


def test_praise_is_no_problem() -> None:
    assert spike_of(downloads(9, category=Category.PRAISE), NOW, usual_is(QUIET)) is None


def test_what_was_dismissed_is_not_told_in_another_form_either() -> None:
    found = spike_of(downloads(), NOW, usual_is(QUIET))
    assert found is not None
    assert spike_of(downloads(), NOW, usual_is(QUIET), dismissed=[found.topic]) is None


def test_only_one_is_told_and_it_is_the_worse_one() -> None:
    complaints = [
        said(100 + number, "El paquete llegó roto", category=Category.COMPLAINT, minutes=number) for number in range(9)
    ]
    found = spike_of([*downloads(5), *complaints], NOW, usual_is(QUIET))
    assert found is not None
    assert set(found.conversations) == {one.conversation_id for one in complaints}


def test_what_is_spread_over_more_hours_is_found_too() -> None:
    spread = [one._replace(at_ms=NOW - number * HOUR_MS // 2) for number, one in enumerate(downloads(9))]
    found = spike_of(spread, NOW, usual_is(QUIET))
    assert found is not None
    assert found.hours == 6


def test_each_conversation_and_each_person_counts_once() -> None:
    (topic, *_) = [one for one in topics([*downloads(5), *downloads(5)]) if one.stems == ("desca",)]
    assert len(topic.said) == 5
    assert reach_of([said(1, "a", customer=1, followers=5), said(2, "b", customer=1, followers=5)]) == 5


def test_numbers_names_and_addresses_are_no_topic() -> None:
    assert (
        topics([said(number, f"@aurora https://aurora.example/x{number} A-20418 #oferta 12") for number in range(1, 9)])
        == []
    )


# --- in the program


def write(shop: SmallShop, many: int, text: str = "La descarga de Marea no sirve", first: int = 0) -> None:
    for number in range(first, first + many):
        shop.say(f"{text} {number}", number=number, thread=f"t{number}", person=f"p{number}")


async def test_the_program_sees_it_shows_it_and_forgets_it_for_a_week(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        spikes = shop.services.spikes
        heard: list[Spike | None] = []
        spikes.changed.connect(heard.append)
        await spikes.look()
        assert heard == []
        write(shop, 6)
        await shop.services.sync.look_now()
        found = await spikes.look()
        assert found is not None
        assert found.many == found.unanswered == 6
        assert heard == [found]
        await shop.services.inbox.close([found.conversations[0]])
        after = await spikes.look()
        assert after is not None
        assert after.unanswered == 5
        assert await spikes.dismiss() == after.topic
        assert spikes.current is None
        assert await shop.undo() == "undone.spike_dismissed"
        assert spikes.current is not None
        await spikes.dismiss()
        clock.advance(8 * 24 * 3600)
        assert await spikes.look() is None


async def test_what_comes_as_often_every_week_is_none(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        for week in range(3):
            write(shop, 6, "La descarga no sirve", first=10 * week)
            await shop.services.sync.look_now()
            clock.advance(7 * 24 * 3600)
        write(shop, 6, "La descarga no sirve", first=90)
        await shop.services.sync.look_now()
        assert await shop.services.spikes.look() is None


async def test_it_looks_by_itself_and_not_all_the_time(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        spikes = shop.services.spikes
        write(shop, 6)
        await shop.services.sync.look_now()
        spikes.watch(shop.services.tasks)

        async def shown() -> bool:
            return spikes.current is not None

        await eventually(shown, clock)
        assert PAUSE.total_seconds() >= 10
        assert to_ms(clock.now()) > 0
