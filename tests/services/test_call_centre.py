"""The call centre's months: typed in and taken back, or read from files as spreadsheets of several countries write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.support_figures import CallMonth
from app.runtime.errors import UserMistake
from app.services.call_centre import month_of, read_file, seconds_of
from tests.fakes.clock import FakeClock
from tests.services.shop import shop_in


async def test_months_are_saved_together_and_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        centre = shop.services.call_centre

        async def stored() -> list[CallMonth]:
            return list(await shop.ask(lambda queries: queries.call_months()))

        october = CallMonth("2026-10", 120, 95)
        await centre.save([october, CallMonth("2026-11", None, 60)])
        assert await stored() == [CallMonth("2026-11", None, 60), october]
        await centre.save([CallMonth("2026-10", None, None)])
        assert await stored() == [CallMonth("2026-11", None, 60)]
        await shop.services.undo.undo()
        await shop.services.undo.undo()
        assert await stored() == []
        await shop.services.undo.redo()
        assert len(await stored()) == 2
        for unsound in (CallMonth("2026-13", 1, 1), CallMonth("2026-1", 1, 1), CallMonth("2026-10", -1, None), CallMonth("2026-10", 1, 90_000)):
            with pytest.raises(UserMistake):
                await centre.save([unsound])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("95", 95), ("1:35", 95), ("0:01:35", 95), ("1,5 min", 90), ("2 м", 120), ("1.5 h", 5400), ("30 s", 30), ("2分", 120), ("", None), ("soon", None), ("-5", None)],
)
def test_times_are_read_as_they_are_written(text: str, seconds: int | None) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    ("text", "month"),
    [("2026-11", "2026-11"), ("11/2026", "2026-11"), ("30.11.2026", "2026-11"), ("2026年11月", "2026-11"), ("2026-13", None), ("noviembre", None), ("", None)],
)
def test_months_are_read_as_they_are_written(text: str, month: str | None) -> None:
    assert month_of(text) == month


@pytest.mark.parametrize(
    "content",
    [
        "Month,Calls,Average time\n2026-09,1 204,1:35\n2026-10,980,0:02:00\n",
        "Mes;Llamadas;Tiempo medio de espera\n09/2026;1.204;95\n10/2026;980;2 min\n",
        "Месяц\tЗвонки\tСреднее время\n01.09.2026\t1204\t95\n01.10.2026\t980\t120\n",
        "月份,来电,平均等待\n2026-09,1204,95\n2026-10,980,2分\n",
        "Mois;Appels;Temps moyen\n2026-09;1204;95\n2026-10;980;120\n",
    ],
)
def test_a_file_is_read_in_five_languages(tmp_path: Path, content: str) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(content, "utf-8")
    assert read_file(path) == ([CallMonth("2026-09", 1204, 95), CallMonth("2026-10", 980, 120)], 0)


def test_rows_that_make_no_sense_are_counted_and_left_out(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("Month,Calls,Mean\n2026-09,12,60\ntotal,999,\n2026-10,many,1\n2026-11,=1+1,2\n2026-08,,\n2026-09,13,61\n", "utf-8")
    assert read_file(path) == ([CallMonth("2026-09", 13, 61)], 4)


def test_a_file_that_is_none_says_so(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("Name,Email\nAna,a@b.example\n", "utf-8")
    with pytest.raises(UserMistake):
        read_file(path)
    with pytest.raises(UserMistake):
        read_file(tmp_path / "nowhere.csv")
