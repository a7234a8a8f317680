"""Product feeds of others: CSV, RSS and Google Merchant are understood; hostile and broken ones cost nobody anything."""

from __future__ import annotations

import contextlib
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.order import WrongRow
from app.models.product import FeedKind, ProductColumn, ReadProduct
from app.runtime.errors import UserMistake
from app.services.feed_reading import FeedFile, guess, made

MERCHANT = """<?xml version="1.0" encoding="utf-8"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Discos Aurora</title>
<item><g:id>M-1</g:id><g:title>Marea</g:title><g:brand>Mar de Cal</g:brand><g:price>520.00 MXN</g:price>
<g:sale_price>420.00 MXN</g:sale_price><g:link>https://aurora.example/marea</g:link>
<g:image_link>https://aurora.example/marea.jpg</g:image_link><g:product_type>Vinilo</g:product_type>
<g:availability>in stock</g:availability><g:description>&lt;p&gt;Doce &amp;amp; canciones&lt;/p&gt;</g:description></item>
<item><g:id>M-2</g:id><g:title>Niño</g:title><g:availability>out_of_stock</g:availability></item>
<item><g:id>M-3</g:id></item>
</channel></rss>"""


def write(folder: Path, text: str, name: str = "feed", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding)
    return path


def read(path: Path, columns: dict[ProductColumn, str] | None = None) -> list[ReadProduct | WrongRow]:
    file = FeedFile(path, columns)
    rows = list(file.products())
    file.close()
    return rows


def test_google_merchant_is_read_with_the_price_of_its_sale(tmp_path: Path) -> None:
    path = write(tmp_path, MERCHANT)
    first, second, third = read(path)
    assert FeedFile(path).kind is FeedKind.MERCHANT
    assert first == ReadProduct(
        "M-1",
        "Marea",
        "Mar de Cal",
        "Vinilo",
        "Doce & canciones",
        "https://aurora.example/marea",
        "https://aurora.example/marea.jpg",
        "420.00 MXN",
    )
    assert isinstance(second, ReadProduct)
    assert not second.available
    assert isinstance(third, WrongRow)
    assert third.reason.id == "products.wrong.no_title"
    assert third.line == 8


def test_a_plain_rss_feed_is_read_with_its_enclosures(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "<rss><channel><item><title>Uno</title><link>https://a.example/1</link><guid>1</guid>"
        '<enclosure url="https://a.example/1.jpg" type="image/jpeg"/></item></channel></rss>',
    )
    (only,) = read(path)
    assert isinstance(only, ReadProduct)
    assert (only.key, only.title, only.picture) == ("1", "Uno", "https://a.example/1.jpg")
    assert FeedFile(path).kind is FeedKind.RSS


def test_merchants_tab_separated_text_and_a_shops_own_columns_are_read(tmp_path: Path) -> None:
    tabs = write(
        tmp_path, "id\ttitle\tlink\tprice\tbrand\n1\tMarea\thttps://a.example/1\t520 MXN\tMar de Cal\n", "a.tsv"
    )
    assert FeedFile(tabs).kind is FeedKind.MERCHANT
    own = write(tmp_path, "Clave;Nombre;Artista;Precio\n1;Niño;Alud;300\n2;;;\n", "b.csv", "cp1252")
    first, second = read(own)
    assert isinstance(first, ReadProduct)
    assert (first.key, first.title, first.maker, first.price) == ("1", "Niño", "Alud", "300")
    assert isinstance(second, WrongRow)
    assert second.line == 3


def test_a_column_is_what_the_user_says_it_is(tmp_path: Path) -> None:
    path = write(tmp_path, "ref,cosa\n7,Almanaque\n")
    with pytest.raises(UserMistake, match="no_title_column"):
        FeedFile(path)
    (only,) = read(path, {ProductColumn.TITLE: "cosa", ProductColumn.KEY: "REF"})
    assert isinstance(only, ReadProduct)
    assert (only.key, only.title) == ("7", "Almanaque")


@pytest.mark.parametrize(
    "start",
    [
        '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1/evil.dtd"> %p;]>',
    ],
)
def test_a_feed_that_brings_entities_of_its_own_is_refused(tmp_path: Path, start: str) -> None:
    path = write(tmp_path, f"{start}<rss><channel><item><title>x</title></item></channel></rss>")
    with pytest.raises(UserMistake, match="hostile_xml"):
        read(path)


def test_a_feed_nested_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserMistake, match="hostile_xml"):
        read(write(tmp_path, "<a>" * 100_000))


def test_a_feed_that_breaks_off_says_where_and_keeps_what_was_right(tmp_path: Path) -> None:
    file = FeedFile(write(tmp_path, "<rss><item><title>Uno</title></item>\n<item><title>Dos</ti></rss>"))
    rows = file.products()
    with pytest.raises(UserMistake) as raised:
        list(rows)
    assert raised.value.message.values["line"] == 2


def test_addresses_that_are_none_and_half_characters_are_left_out() -> None:
    found = made(
        1,
        {ProductColumn.TITLE: "a\ud800b", ProductColumn.URL: "javascript:alert(1)", ProductColumn.PICTURE: "file:///x"},
    )
    assert isinstance(found, ReadProduct)
    assert (found.title, found.url, found.picture) == ("a?b", "", "")


def test_a_feed_of_many_takes_no_more_room_than_a_small_one(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("w") as file:
        file.write("id,title,link\n")
        file.writelines(f"{n},Disco número {n},https://a.example/{n}\n" for n in range(60_000))
    tracemalloc.start()
    assert sum(1 for _ in FeedFile(path).products()) == 60_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


@given(st.binary(max_size=400), st.sampled_from([b"", b"<rss><item><title>", b"id,title\n", b"\xff\xfe<"]))
def test_no_bytes_break_the_reading(data: bytes, start: bytes) -> None:
    path = Path(_folder()) / "fuzz"
    path.write_bytes(start + data)
    with contextlib.suppress(UserMistake):
        for row in read(path):
            assert isinstance(row, ReadProduct | WrongRow)


@given(st.lists(st.text(max_size=30), max_size=12).map(tuple))
def test_no_header_is_taken_twice(header: tuple[str, ...]) -> None:
    places = list(guess(header, {}).values())
    assert len(places) == len(set(places))


def _folder() -> str:
    folder = Path(tempfile.gettempdir()) / "tertulia-feed-fuzz"
    folder.mkdir(exist_ok=True)
    return str(folder)
