"""What a page says of itself, whatever it looks like."""

from __future__ import annotations

import time

import pytest

from app.links.page_card import MOST_PICTURE_BYTES, PageCard, page_card, tags_of, text_of
from app.links.pages import Fetched, Pages
from tests.fakes.http_server import HttpServer, Reply

PIXEL = bytes.fromhex("89504e470d0a1a0a")
PAGE = """<!doctype html><html><head><meta charset="utf-8">
<title>Discos Aurora | Inicio</title>
<meta property="og:title" content="Marea &amp; sal — el disco &quot;nuevo&quot;">
<meta content='Doce canciones
   sobre el mar' property='og:description'>
<meta property="og:image" content="/fotos/marea.png">
</head><body><meta property="og:title" content="otra"></body></html>"""


def served(http: HttpServer, page: str = PAGE, picture: Reply | None = None) -> str:
    http.on("GET", "/disco", Reply(200, body=page.encode(), headers={"content-type": "text/html"}))
    http.on("GET", "/fotos/marea.png", picture or Reply(200, body=PIXEL, headers={"content-type": "image/png"}))
    return f"{http.url}/disco"


async def test_a_page_gives_title_description_and_picture() -> None:
    async with HttpServer() as http:
        url = served(http)
        card = await page_card(Pages(private=True), url)
        assert card == PageCard(url, 'Marea & sal — el disco "nuevo"', "Doce canciones sobre el mar", PIXEL)


@pytest.mark.parametrize(
    "picture",
    [
        Reply(404, {}),
        Reply(200, body=b"<html>", headers={"content-type": "text/html"}),
        Reply(200, body=b"<svg/>", headers={"content-type": "image/svg+xml"}),
        Reply(200, body=b"x", headers={"content-type": "image/png", "content-length": str(MOST_PICTURE_BYTES + 1)}),
        Reply(302, {}, headers={"location": "file:///etc/passwd"}),
    ],
)
async def test_a_picture_that_cannot_be_had_is_left_out(picture: Reply) -> None:
    async with HttpServer() as http:
        card = await page_card(Pages(private=True), served(http, picture=picture))
        assert card is not None
        assert (card.title, card.picture) == ('Marea & sal — el disco "nuevo"', b"")


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "javascript:alert(1)", "http://[::1", "data:image/png;base64,AAAA", "//", " "]
)
async def test_a_picture_is_fetched_from_the_web_alone(address: str) -> None:
    async with HttpServer() as http:
        page = f'<title>T</title><meta property="og:image" content="{address}">'
        card = await page_card(Pages(private=True), served(http, page))
        assert card is not None
        assert card.picture == b""
        assert len([request for request in http.requests if request.path != "/disco"]) == 0


@pytest.mark.parametrize(
    "reply", [Reply(404, {}), Reply(200, {"a": 1}), Reply(200, body=b""), Reply(200, body=b"<p>no title")]
)
async def test_a_page_without_a_title_has_no_card(reply: Reply) -> None:
    async with HttpServer() as http:
        http.on("GET", "/disco", reply)
        assert await page_card(Pages(private=True), f"{http.url}/disco") is None


async def test_nothing_inside_is_read() -> None:
    async with HttpServer() as http:
        assert await page_card(Pages(), served(http)) is None
        assert http.requests == []


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<TITLE>Uno</TITLE>", {"title": "Uno"}),
        ("<title>a &lt; b &#8212; c</title>", {"title": "a < b — c"}),
        ("<title lang=es>sin cierre", {"title": "sin cierre"}),
        ("<!-- <title>no</title> --><title>sí</title>", {"title": "sí"}),
        ('<script>"<meta name=description content=no>"</script><title>sí</title>', {"title": "sí"}),
        ("<style>/*<title>no</title>*/</style><title>sí</title>", {"title": "sí"}),
        ('<meta property="OG:Title" content="a > b">', {"og:title": "a > b"}),
        ("<meta name=description content=una>", {"description": "una"}),
        ('<meta name="description" content="una"/><meta name="description" content="dos">', {"description": "una"}),
        ('<meta name="description">', {}),
        ('<base href="https://cdn.example/"><title>x</title>', {"base": "https://cdn.example/", "title": "x"}),
        ("<head></head><title>tarde</title>", {}),
        ("<body><title>tarde</title>", {}),
        ("", {}),
        ("<meta", {}),
        ("<metafora content=x>", {}),
    ],
)
def test_tags_are_read_from_the_head_alone(page: str, expected: dict[str, str]) -> None:
    assert {name: value for name, value in tags_of(page).items() if name} == expected


@pytest.mark.parametrize(
    "page",
    [
        "<meta " * 80_000,
        "<!--" * 100_000,
        "<script>" * 60_000,
        "<title>" * 60_000,
        '<meta content="' + "a>" * 200_000,
        "<meta " + "a=" * 200_000 + ">",
        "<" * 400_000,
        "İ" * 100_000 + "<script>" * 1000,
    ],
)
def test_no_page_takes_long(page: str) -> None:
    began = time.process_time()
    tags_of(page)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("ñ".encode(), "", "ñ"),
        ("ñ".encode("latin-1"), "iso-8859-1", "ñ"),
        (b'<meta charset="windows-1252">' + "ñ".encode("cp1252"), "", '<meta charset="windows-1252">ñ'),
        ("ñ".encode(), "no-such-charset", "ñ"),
        ("ñ".encode(), "base64", "ñ"),
        (b"\xff\xfe", "", "\ufffd\ufffd"),
    ],
)
def test_a_page_is_read_in_its_charset(data: bytes, charset: str, text: str) -> None:
    assert text_of(Fetched("https://a.example", "text/html", charset, data)) == text


async def test_what_cannot_be_seen_is_taken_out_and_long_texts_are_cut() -> None:
    async with HttpServer() as http:
        card = await page_card(Pages(private=True), served(http, f"<title>a\u202eb\x00 {'x' * 900}</title>"))
        assert card is not None
        assert card.title.startswith("a b x")
        assert len(card.title) == 300
        assert card.title.endswith("…")
