"""Files of orders: understood whatever their bytes, row by row; what is wrong with one row is told of that row alone."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC
from pathlib import Path

import pytest

from app.models.order import Column, DayOrder, FileForm, Mapped, ReadOrder, WrongRow
from app.runtime.errors import UserMistake
from app.services.order_files import OrderFile, guess_encoding, guess_separator, preview, put_together, read_orders

HEADER = "Order number,Date,Customer,Email,Username,Product,Total,Currency,Status"
ROW = "A-1,2026-11-18,Ximena Robles,x@correo.example,@XimeRobles,Marea,520.00,MXN,paid"
TEXTS = {
    "utf-8": "Pedido,Fecha,Nombre\nA-1,2026-11-18,José Ñandú\nA-2,2026-11-19,Zoë\n",
    "cp1252": "Pedido;Fecha;Nombre;Dirección\nA-1;18/11/2026;José Ñandú;Año de Juárez 5\nA-2;19/11/2026;Zoë;Calle Niño\n",
    "cp1251": "Номер заказа;Дата;Покупатель;Товар\nA-1;18.11.2026;Иванова Екатерина;Пластинка винил\nA-2;19.11.2026;Пётр Щукин;Футболка\n",
    "gb18030": "订单号,下单时间,客户姓名,商品\nA-1,2026-11-18,林晓雨,黑胶唱片\nA-2,2026-11-19,王小明,海报和贴纸\n",
    "utf-16": "订单号\t下单时间\t客户姓名\nA-1\t2026-11-18\t林晓雨\n",
}


def file(tmp_path: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path = tmp_path / "orders.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def read(tmp_path: Path, text: str | bytes, days: DayOrder | None = None) -> list[ReadOrder | WrongRow]:
    path = file(tmp_path, text)
    guessed = preview(path).guessed
    return list(read_orders(OrderFile(path), Mapped(guessed.columns, days or guessed.days, "MXN"), UTC))


def wrong(found: list[ReadOrder | WrongRow]) -> list[tuple[int, str]]:
    return [(row.line, row.reason.id) for row in found if isinstance(row, WrongRow)]


def numbers(found: list[ReadOrder | WrongRow]) -> list[str]:
    return [row.number for row in found if isinstance(row, ReadOrder)]


# ---- bytes


@pytest.mark.parametrize("encoding", TEXTS)
def test_the_encoding_is_recognised(tmp_path: Path, encoding: str) -> None:
    content = TEXTS[encoding].encode(encoding)
    assert guess_encoding(content) == encoding
    found = read(tmp_path, content)
    assert numbers(found)[0] == "A-1"
    first = found[0]
    assert isinstance(first, ReadOrder)
    assert first.name in TEXTS[encoding]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be"])
def test_marks_at_the_beginning_are_no_part_of_the_first_title(tmp_path: Path, encoding: str) -> None:
    mark = "" if encoding == "utf-8-sig" else "\ufeff"
    assert preview(file(tmp_path, mark + HEADER + "\n" + ROW, encoding)).header[0] == "Order number"
    assert preview(file(tmp_path, HEADER + "\n" + ROW, encoding)).header[0] == "Order number"


def test_the_user_may_know_the_encoding_better(tmp_path: Path) -> None:
    path = file(tmp_path, TEXTS["cp1251"].encode("cp1251"))
    assert preview(path, "cp1252").form == FileForm("cp1252", ";")


@pytest.mark.parametrize(("line", "separator"), [
    ("a,b,c", ","), ("a;b;c", ";"), ("a\tb\tc", "\t"), ("a|b|c", "|"), ('"a;b;c;d",b', ","), ("one", ","), ("1,5;2,5;3,5", ";"),
])  # fmt: skip
def test_the_separator_is_recognised(line: str, separator: str) -> None:
    assert guess_separator([line + "\n"] * 3) == separator


def test_a_line_that_names_the_separator_is_no_row(tmp_path: Path) -> None:
    assert numbers(read(tmp_path, "sep=;\n" + HEADER.replace(",", ";") + "\n" + ROW.replace(",", ";"))) == ["A-1"]


# ---- rows


def test_a_row_is_read_whole(tmp_path: Path) -> None:
    assert read(tmp_path, f"{HEADER}\r\n{ROW}\r\n") == [
        ReadOrder(
            2,
            "A-1",
            "Ximena Robles",
            "x@correo.example",
            "ximerobles",
            "Marea",
            52_000,
            "MXN",
            "paid",
            1_794_960_000_000,
        )
    ]


def test_wrong_rows_are_named_by_line_and_right_ones_kept(tmp_path: Path) -> None:
    text = "\n".join([
        HEADER, ROW, "", ",2026-11-18,,,,,,,", "A-3,18/18/2026,,,,,,,", "A-4,2026-11-18,,,,,a lot,,", "A-5,2026-11-18,,,,,1,MXN,paid,extra",
        "A-6", f"{'9' * 100},,,,,,,,", 'A-7,2026-11-18,"Two\nlines",,,,,,', "A-8,,,,,,,,",
    ])  # fmt: skip
    found = read(tmp_path, text)
    assert numbers(found) == ["A-1", "A-6", "A-7", "A-8"]
    assert wrong(found) == [
        (4, "orders.wrong.no_number"), (5, "orders.wrong.date"), (6, "orders.wrong.amount"), (7, "orders.wrong.cells"), (9, "orders.wrong.number_too_long"),
    ]  # fmt: skip


@pytest.mark.parametrize("quote", ['A-2,2026-11-18,"open,,,,,,', 'A-2,2026-11-18,"op"en" x,,,,,,'])
def test_an_unclosed_quotation_mark_costs_its_own_row(tmp_path: Path, quote: str) -> None:
    rows = "\n".join(f"B-{number},2026-11-18,,,,,,," for number in range(100))
    found = read(tmp_path, f"{HEADER}\n{ROW}\n{quote}\n{rows}")
    assert numbers(found) == ["A-1", *(f"B-{number}" for number in range(100))]
    assert wrong(found) == [(3, "orders.wrong.quote")]


def test_inches_are_no_quotation_mark(tmp_path: Path) -> None:
    found = read(tmp_path, f'{HEADER}\nA-1,2026-11-18,,,,12" Vinyl,1,,\nA-2,2026-11-18,,,,"12"" Vinyl, red",1,,\n')
    assert [row.products for row in found if isinstance(row, ReadOrder)] == ['12" Vinyl', '12" Vinyl, red']


def test_hostile_cells_do_no_harm(tmp_path: Path) -> None:
    huge = "x" * 3_000_000
    text = "\n".join([
        HEADER, f"A-1,2026-11-18,{huge},,,,,,", f'A-2,2026-11-18,"{huge}",,,,,,', "A-3,2026-11-18,nu\0ll,,,,,,",
        'A-4,2026-11-18,"=HYPERLINK(""http://x"",""y"")",,@SUM(1+1)*cmd|,,,,', '="A-5",2026-11-18,,,,,,,', "A-6,2026-11-18,\u202ename,,,,,,",
    ])  # fmt: skip
    found = read(tmp_path, text)
    assert numbers(found) == ["A-3", "A-4", "A-5", "A-6"]
    assert wrong(found) == [(2, "orders.wrong.cell_too_long"), (3, "orders.wrong.cell_too_long")]
    assert [row.name for row in found if isinstance(row, ReadOrder)][:2] == ["null", '=HYPERLINK("http://x","y")']


def test_a_profile_address_is_a_handle(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEADER}\nA-1,,,not an address,https://x.com/XimeRobles?s=20,,,,\n")
    assert [(row.email, row.handle) for row in found if isinstance(row, ReadOrder)] == [("", "ximerobles")]


def test_the_lines_of_one_order_are_one_order(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEADER}\n{ROW}\nA-1,,,,,Sombra,,,\nA-2,,,,,Otro,,,\nA-1,,,,,Marea,,,\n")
    orders = put_together([row for row in found if isinstance(row, ReadOrder)])
    assert [(order.number, order.products, order.amount) for order in orders] == [
        ("A-1", "Marea; Sombra", 52_000),
        ("A-2", "Otro", None),
    ]


# ---- days


def test_days_that_can_be_read_in_two_ways_are_asked_for(tmp_path: Path) -> None:
    seen = preview(file(tmp_path, "Order,Date\nA-1,03/04/2026\nA-2,05/06/2026\n"))
    assert (seen.ambiguous_days, seen.guessed.days) == (True, None)


@pytest.mark.parametrize(("day", "order"), [("18/04/2026", DayOrder.DAY_FIRST), ("04/18/2026", DayOrder.MONTH_FIRST)])
def test_one_day_that_can_be_read_in_one_way_decides(tmp_path: Path, day: str, order: DayOrder) -> None:
    seen = preview(file(tmp_path, f"Order,Date\nA-1,03/04/2026\nA-2,{day}\nA-3,05/06/2026\n"))
    assert (seen.ambiguous_days, seen.guessed.days) == (False, order)


def test_the_preview_shows_the_beginning(tmp_path: Path) -> None:
    seen = preview(file(tmp_path, HEADER + "\n" + "\n".join([ROW] * 20)))
    assert (len(seen.rows), seen.data_lines) == (5, 20)
    assert seen.guessed.columns[Column.EMAIL] == 3


# ---- nothing to read


@pytest.mark.parametrize("content", [b"", b"\n\n", b"   ,  ,\n", b"\xff\xfe"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UserMistake) as said:
        preview(file(tmp_path, content))
    assert said.value.message.id == "orders.file_empty"


def test_a_file_that_is_not_there_is_said_to_be_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UserMistake) as said:
        preview(tmp_path / "none.csv")
    assert said.value.message.id == "orders.file_not_read"


@pytest.mark.parametrize(
    "content", [bytes(range(256)) * 40, b'"' * 5000, b"\x89PNG\r\n\x1a\n" + b"\0\1" * 999, b"a,b\n" + b'"\n' * 3000]
)
def test_what_is_no_table_does_no_harm(tmp_path: Path, content: bytes) -> None:
    path = file(tmp_path, content)
    with suppress(UserMistake):
        preview(path)
        assert all(isinstance(record, tuple) for record in OrderFile(path).records())


def test_an_order_says_where_it_came_from_and_whether_it_is_a_sale(tmp_path: Path) -> None:
    text = (
        "Name,Financial Status,Total,Currency,Landing site,Discount Code,utm_campaign\n"
        "#1,paid,520,MXN,/p?utm_campaign=other&utm_content=P7-2&utm_source=x,MAREA10,Marea\n"
        "#2,refunded,520,MXN,,,\n"
    )
    first, second = read(tmp_path, text)
    assert isinstance(first, ReadOrder)
    assert isinstance(second, ReadOrder)
    assert (first.source, first.campaign, first.content, first.coupon, first.sold) == ("x", "marea", "p7-2", "marea10", True), "its own column wins"
    assert (second.source, second.campaign, second.content, second.coupon, second.sold) == ("", "", "", "", False)


def test_further_lines_of_an_order_fill_in_where_it_came_from() -> None:
    lines = [ReadOrder(2, "1", products="a"), ReadOrder(3, "1", products="b", campaign="marea", coupon="x", sold=False)]
    (order,) = put_together(lines)
    assert (order.campaign, order.coupon, order.sold, order.products) == ("marea", "x", False, "a; b")
