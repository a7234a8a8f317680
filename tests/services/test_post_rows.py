"""Rows of a spreadsheet of posts: layouts, encodings and days are recognised, wrong rows are named by their line."""

from __future__ import annotations

import contextlib
import tempfile
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.order import DayOrder, WrongRow
from app.models.post_import import Layout, PostColumn, PostMapped, ReadPost
from app.runtime.clock import from_ms
from app.runtime.errors import UserMistake
from app.services.post_rows import open_file, preview, read_posts, recognise


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "posts.csv"
    path.write_bytes(text.encode(encoding))
    return path


def read(path: Path, mapped: PostMapped | None = None) -> list[ReadPost | WrongRow]:
    file = open_file(path)
    return list(read_posts(file, mapped or preview(path).guessed, UTC))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_understood_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "Fecha;Hora;Texto\n2026-12-01;10:30;«Año» nuevo, canción nueva\n", encoding)
    (row,) = read(path)
    assert isinstance(row, ReadPost)
    assert row.text == "«Año» nuevo, canción nueva"
    assert row.at is not None
    assert from_ms(row.at).isoformat() == "2026-12-01T10:30:00+00:00"


def test_buffers_layout_is_recognised(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Text,Image URL,Tags,Posting Time\nHola,https://a.example/1.png,catalogue,2026-12-01 10:30\n,,,\n",
    )
    found = preview(path)
    assert found.layout is Layout.BUFFER
    assert not found.ambiguous_days
    (row,) = read(path)
    assert isinstance(row, ReadPost)
    assert (row.text, row.picture, row.pillar) == ("Hola", "https://a.example/1.png", "")


def test_hootsuites_layout_is_recognised_with_and_without_titles(tmp_path: Path) -> None:
    titled = preview(write(tmp_path, "Date,Message,Link\n25/12/2026 09:05,Feliz día,https://a.example\n"))
    assert (titled.layout, titled.guessed.days, titled.guessed.no_header) == (
        Layout.HOOTSUITE,
        DayOrder.DAY_FIRST,
        False,
    )
    bare = write(tmp_path, '"25/12/2026 09:05","Feliz día","https://a.example"\n"26/12/2026 09:05","Otro",""\n')
    found = preview(bare)
    assert (found.layout, found.guessed.no_header, found.data_lines) == (Layout.HOOTSUITE, True, 2)
    rows = read(bare)
    assert [row.text for row in rows if isinstance(row, ReadPost)] == ["Feliz día", "Otro"]
    assert [row.line for row in rows] == [1, 2]


def test_days_that_may_be_read_in_two_ways_are_asked_about(tmp_path: Path) -> None:
    path = write(tmp_path, "Texto,Fecha\nuno,03/04/2027\n")
    found = preview(path)
    assert found.ambiguous_days
    assert found.guessed.days is None
    for order, month in ((DayOrder.DAY_FIRST, 4), (DayOrder.MONTH_FIRST, 3)):
        (row,) = read(path, found.guessed._replace(days=order))
        assert isinstance(row, ReadPost)
        assert row.at is not None
        assert from_ms(row.at).month == month
    one = preview(write(tmp_path, "Texto,Fecha\nuno,03/04/2027\ndos,13/04/2027\n"))
    assert (one.ambiguous_days, one.guessed.days) == (False, DayOrder.DAY_FIRST)


def test_wrong_rows_are_named_by_line_with_the_reason_and_right_ones_are_kept(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Texto,Fecha,Hora,Enlace\nbien,2026-12-01,10:00,\n,2026-12-01,10:00,\nayer,ayer,,\nhora,2026-12-01,tarde,\n"
        'sin día,,10:00,\nmal,,,javascript:alert(1)\n"sin cerrar,,,\nmuchas,,,,,x\ntambién bien,,,\n',
    )
    rows = read(path)
    assert [row.text for row in rows if isinstance(row, ReadPost)] == ["bien", "también bien"]
    assert [(row.line, row.reason.id) for row in rows if isinstance(row, WrongRow)] == [
        (3, "import.wrong.no_text"),
        (4, "import.wrong.day"),
        (5, "import.wrong.time"),
        (6, "import.wrong.no_day"),
        (7, "import.wrong.address"),
        (8, "orders.wrong.quote"),
        (9, "orders.wrong.cells"),
    ]


def test_a_file_without_a_column_of_texts_is_asked_for_one(tmp_path: Path) -> None:
    path = write(tmp_path, "a,b\n1,2\n")
    with pytest.raises(UserMistake, match="no_text_column"):
        read(path)
    (row,) = read(path, PostMapped({PostColumn.TEXT: 1}))
    assert isinstance(row, ReadPost)
    assert row.text == "2"


@given(st.binary(max_size=300), st.sampled_from([b"", b"Texto,Fecha\n", b"\xff\xfe", b"Date,Message,Link\n"]))
def test_no_bytes_break_the_reading(data: bytes, start: bytes) -> None:
    folder = Path(tempfile.gettempdir()) / "tertulia-posts-fuzz"
    folder.mkdir(exist_ok=True)
    path = folder / "posts.csv"
    path.write_bytes(start + data)
    with contextlib.suppress(UserMistake):
        for row in read(path, PostMapped({PostColumn.TEXT: 0, PostColumn.WHEN: 1}, DayOrder.DAY_FIRST)):
            assert isinstance(row, ReadPost | WrongRow)
        preview(path)


@given(st.lists(st.text(max_size=20), min_size=1, max_size=8))
def test_no_column_is_taken_twice(header: list[str]) -> None:
    _, mapped = recognise(header)
    assert len(set(mapped.columns.values())) == len(mapped.columns)
