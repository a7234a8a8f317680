"""The FAQ as a page: complete in itself, in its language, and whatever customers wrote stays text."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from app.models.faq import FaqState, FaqWords
from app.runtime.errors import UserMistake
from app.runtime.paths import resources
from app.runtime.settings import Shop
from app.services.faq_files import Frame, clean, framed, html_page, markdown_page, marked, with_keys
from app.store.writing import faq as writing
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

TEMPLATE = (resources() / "faq" / "page.html").read_text(encoding="utf-8")
FRAME = Frame("es", "Discos <Aurora>", "Contenido", "Volver", "Actualizado")
HOSTILE = [
    ('<script>alert("1")</script> ¿abren?', "<img src=x onerror=alert(1)> & más"),
    ("{entries} {title}", "{sections}\n\nSegundo párrafo\ncon dos líneas"),
    ("</title></head><body onload=x>", "[clic](javascript:alert(1)) ![x](http://evil.example/x.png)"),
    ("\u202eatrevni\u202c ¿qué\u0007?", "# Título\n- punto\n1. uno\n> cita\n```\ncódigo"),
    ("top", "`code` *x* _y_ ~z~ | a | &lt;"),
]
OWN_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "h1", "nav", "ul", "li", "a"),
    *("main", "section", "h2", "p", "br", "footer"),
}


class Tags(HTMLParser):
    """What a browser would make of it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(entries: list[tuple[str, str]]) -> Tags:
    tags = Tags()
    tags.feed(html_page(TEMPLATE, FRAME, with_keys(entries)))
    return tags


def test_hostile_text_stays_text_in_html() -> None:
    tags = page(HOSTILE)
    assert tags.open == []
    assert set(tags.tags) == OWN_TAGS
    assert not any(name.startswith("on") or name == "src" for name, _ in tags.attributes)
    for question, _ in HOSTILE:
        assert clean(question) in tags.text
    assert "\u202e" not in tags.text
    assert "\u0007" not in tags.text


def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    tags = page([("¿Abren?", "Sí: https://shop.example/x")])
    assert not {"script", "link", "img", "iframe", "object"} & set(tags.tags)
    assert all((value or "").startswith("#") for name, value in tags.attributes if name == "href")
    style = TEMPLATE.split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_it_says_its_language_and_every_entry_has_an_anchor_of_its_own() -> None:
    tags = page([("¿Abren hoy?", "Sí"), ("¿Abren hoy?", "No"), ("top", "x"), ("🎸", "y")])
    assert ("lang", "es") in tags.attributes
    ids = [value for name, value in tags.attributes if name == "id"]
    assert ids == ["top", "abren-hoy", "abren-hoy-2", "top-2", "q4"]
    links = [value for name, value in tags.attributes if name == "href" and value != "#top"]
    assert links == [f"#{each}" for each in ids[1:]]
    assert ("dir", "ltr") in tags.attributes
    assert 'dir="rtl"' in html_page(TEMPLATE, FRAME._replace(language="ar"), [])


def test_hostile_text_stays_text_in_markdown() -> None:
    text = markdown_page(FRAME, with_keys(HOSTILE))
    own = re.sub(r'<a id="[\w-]+"></a>', "", text)
    assert not re.search(r"(?<!\\)[<>`*_~|]", own)
    assert not re.search(r"(?<!\\)\]\(javascript", text)
    assert not re.search(r"(?m)^(?!##? |- \[).*(?<!\\)\]\(", own)
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert len(headings) == 2 + len(HOSTILE)
    assert "\\# Título" in text
    assert "1\\. uno" in text
    assert "\\- punto" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plain.", "plain."),
        ("# no", "\\# no"),
        ("12) x", "12\\) x"),
        ("a-b", "a-b"),
        ("  + x", "\\+ x"),
        ("a\nb", "a b"),
    ],
)
def test_only_what_markdown_would_read_is_escaped(text: str, said: str) -> None:
    assert marked(text) == said


def test_the_words_around_are_in_the_language_of_the_page() -> None:
    words = {"en": {"title": "FAQ", "of": "{shop}: FAQ", "contents": "C", "back": "B", "changed": "As of {day}"}}
    assert framed(words, "fr", "", date(2026, 11, 22)) == Frame("fr", "FAQ", "C", "B", "As of 2026-11-22")
    assert framed(words, "en", "Aurora", date(2026, 11, 22)).title == "Aurora: FAQ"


async def entry(shop: SmallShop, words: FaqWords, state: FaqState = FaqState.PUBLISHED) -> int:
    def write(session: writing.Session) -> int:
        (number,) = writing.add_groups(session, [writing.NewGroup(words, "question", [])], 0)
        stands = writing.stands(session, number)
        writing.restore(session, number, stands._replace(state=state, words=words), 0)
        return number

    return await shop.database.write(write)


async def test_chosen_entries_are_written_in_their_order_which_is_remembered(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "shop", clock) as shop:
        shop.settings.change(Shop, name="Discos Aurora")
        first = await entry(shop, FaqWords({"es": "¿Uno?", "en": "One?"}, {"es": "Sí"}))
        second = await entry(shop, FaqWords({"es": "¿Dos?"}, {"es": "No"}))
        file = tmp_path / "faq.html"
        assert await shop.services.faq_files.export(file, "es", [second, first]) == 2
        text = file.read_text(encoding="utf-8")
        assert text.index("¿Dos?") < text.index("¿Uno?")
        assert "Discos Aurora: preguntas frecuentes" in text
        assert await shop.services.faq_files.published() == [second, first]
        assert await shop.services.faq_files.export(tmp_path / "faq.MD", "es", [first]) == 1
        assert (tmp_path / "faq.MD").read_text(encoding="utf-8").startswith("# Discos Aurora")


async def test_what_cannot_be_written_is_said(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "shop", clock) as shop:
        number = await entry(shop, FaqWords({"es": "¿Uno?"}, {"es": "Sí"}))
        with pytest.raises(UserMistake) as nothing:
            await shop.services.faq_files.export(tmp_path / "faq.html", "fr", [number])
        assert nothing.value.message.id == "faq.nothing_to_export"
        with pytest.raises(UserMistake) as nowhere:
            await shop.services.faq_files.export(tmp_path / "nowhere" / "faq.html", "es", [number])
        assert nowhere.value.message.id == "file.not_written"
