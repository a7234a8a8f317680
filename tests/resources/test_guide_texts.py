"""The user's guide: complete and alike in five languages, and true of the program's keys, commands, words, settings and links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from app.commands.addresses import SECTIONS as ADDRESSES
from app.commands.addresses import address
from app.commands.catalogue import LISTS
from app.commands.registry import Registry, collect
from app.language.guide_html import Filling, said
from app.language.guide_pages import (
    CONTEXTS,
    FOLDER,
    PAGES,
    PICTURES,
    Code,
    GuidePage,
    KeyTable,
    Link,
    Mark,
    Table,
    lines_of,
    page_for,
    parsed,
    pieces_of,
    place_of,
)
from app.mail.servers import PROVIDERS
from app.networks.registry import offered
from app.networks.x.sign_in import CALLBACK, PORT
from app.runtime.crash_report import KEPT
from app.runtime.paths import Paths
from app.runtime.settings import GROUPS, describe
from app.services.pictures import MOST_KEPT
from app.services.safekeeping import KEPT_DAYS, KEPT_WEEKS, MEDIA_ALONG_BYTES
from app.ui.guide.filling import ProgramFilling, contexts
from app.ui.settings.sections import SECTIONS
from tests.rules.test_words import catalogue
from tests.ui.stand_ins import LenientWords

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
GUIDE = RESOURCES / FOLDER
LANGUAGES = ("en", "es", "fr", "ru", "zh")
OTHERS = LANGUAGES[1:]
MOST_BYTES = 3_000_000
WIDEST = 1100
UNPROVEN = re.compile(r"\{[a-z]+:")

pytestmark = pytest.mark.usefixtures("qapp")


@cache
def page(language: str, name: str) -> GuidePage:
    return parsed(name, (GUIDE / language / f"{name}.md").read_text(encoding="utf-8"))


@cache
def registry() -> Registry:
    return collect(*LISTS)


def filling(language: str) -> Filling:
    words = LenientWords(RESOURCES / "translations", language, "America/Mexico_City")
    return ProgramFilling(words, registry(), lambda name: registry()[name].all_keys, apple=False)


def marks(language: str, name: str, kind: str) -> list[str]:
    return [piece.value for piece in pieces_of(page(language, name)) if isinstance(piece, Mark) and piece.kind == kind]


def targets(language: str, name: str) -> list[str]:
    return [piece.target for piece in pieces_of(page(language, name)) if isinstance(piece, Link)]


def there(language: str) -> Iterator[str]:
    """The pages of a language that exist: what is missing has a test of its own."""
    return (name for name in PAGES if (GUIDE / language / f"{name}.md").is_file())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_there_and_no_other(language: str) -> None:
    found = {path.stem for path in (GUIDE / language).glob("*.md")}
    assert sorted(set(PAGES) - found) == [], f"missing in {language}"
    assert sorted(found - set(PAGES)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_there_in_the_words_of_its_language(language: str) -> None:
    wanted = {picture.name for name in PAGES for picture in page("en", name).pictures}
    found = {path.stem for path in (GUIDE / PICTURES / language).glob("*.webp")}
    assert sorted(wanted - found) == [], f"missing in {language}: python3 run.py guide"
    assert sorted(found - wanted) == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_pages_are_alike_in_every_language(language: str) -> None:
    """Headings with their depth and their names, pictures, tables, lists, keys, commands, words and links: the same, in the same order."""
    apart = []
    for name in there(language):
        if skeleton(page(language, name)) != skeleton(page("en", name)):
            apart.append(f"{language}/{name}: {difference(skeleton(page('en', name)), skeleton(page(language, name)))}")
    assert apart == []


def skeleton(one: GuidePage) -> list[str]:
    """What must not differ. Marks and links are compared block by block, sorted: languages order their words as they need."""
    lines = []
    for block in one.blocks:
        alone = GuidePage(one.name, (block,))
        inside = sorted(
            f"{piece.kind}:{piece.value}" if isinstance(piece, Mark) else piece.target
            for piece in pieces_of(alone)
            if isinstance(piece, Mark | Link)
        )
        shape = {
            "Heading": lambda b: f"{b.depth} {b.anchor}",
            "Items": lambda b: f"{b.ordered} {len(b.lines)}",
            "Table": lambda b: str([len(row) for row in b.rows]),
            "Picture": lambda b: b.name,
            "KeyTable": lambda b: b.context,
        }.get(type(block).__name__, lambda _b: "")(block)
        lines.append(f"{type(block).__name__} {shape} {inside}")
    return lines


def difference(wanted: list[str], found: list[str]) -> str:
    """The first line in which two pages differ."""
    for one, other in zip(wanted, found, strict=False):
        if one != other:
            return f"{one} is here {other}"
    return f"{len(wanted)} blocks, here {len(found)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mark_stands_for_something(language: str) -> None:
    known = catalogue("en")
    settings = {setting.key for group in GROUPS for setting in describe(group)}
    wrong = []
    for name in there(language):
        for kind, exists in (
            ("key", registry().get),
            ("command", registry().get),
            ("word", lambda value: isinstance(known.get(value), str) and "{" not in str(known[value])),
            ("default", lambda value: value in settings),
        ):
            wrong += [
                f"{language}/{name}: {kind}:{value}" for value in marks(language, name, kind) if not exists(value)
            ]
    assert wrong == [], "a word may have neither a plural nor gaps"


def test_what_is_told_as_a_key_has_one_as_the_program_comes() -> None:
    assert [
        f"{name}: {value}" for name in PAGES for value in marks("en", name, "key") if not registry()[value].all_keys
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mark_is_left_as_it_was_written(language: str) -> None:
    """A mark with a mistake in it would be shown as plain text."""
    texts = {name: (GUIDE / language / f"{name}.md").read_text(encoding="utf-8") for name in there(language)}
    found = {name: len(UNPROVEN.findall(text)) for name, text in texts.items()}
    read = {
        name: sum(isinstance(piece, Mark) for piece in pieces_of(page(language, name)))
        + sum(isinstance(block, KeyTable) for block in page(language, name).blocks)
        for name in texts
    }
    assert found == read


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_somewhere(language: str) -> None:
    wrong = []
    for name in there(language):
        for target in targets(language, name):
            scheme, _, rest = target.partition(":")
            if scheme == "guide":
                other, anchor = place_of(rest)
                fine = other in PAGES and (
                    not anchor or anchor in {heading.anchor for heading in page("en", other).headings}
                )
            elif scheme == "tertulia":
                fine = address(target) is not None
            else:
                command = registry().get(rest)
                fine = scheme == "command" and command is not None and command.menu == "go"
            if not fine:
                wrong.append(f"{language}/{name}: {target}")
    assert wrong == [], "links lead to pages, places, and commands that go somewhere"


def test_every_screen_has_a_page_and_a_table_of_its_keys() -> None:
    pages = {place_of(place)[0] for place in CONTEXTS.values()}
    assert pages <= set(PAGES)
    listed = [block.context for block in page("en", "keys").blocks if isinstance(block, KeyTable)]
    assert sorted(listed) == sorted(contexts(registry()))
    assert page_for("inbox.reply") == "inbox"
    assert page_for("settings") == "settings"
    assert page_for("nowhere") == page_for("") == PAGES[0]
    for place in CONTEXTS.values():
        name, anchor = place_of(place)
        assert not anchor or anchor in {heading.anchor for heading in page("en", name).headings}


def test_every_section_of_settings_is_told_of_and_has_an_address() -> None:
    wanted = {section.id for section in SECTIONS}
    assert wanted == ADDRESSES
    assert {f"tertulia:settings/{section}" for section in wanted} <= set(targets("en", "settings"))


def test_every_network_that_can_be_added_tells_the_way_in() -> None:
    told = {heading.anchor for heading in page("en", "sign-in").headings}
    assert {card.id for card in offered()} <= told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_described_small_and_wide_enough(language: str) -> None:
    for name in there(language):
        for picture in page(language, name).pictures:
            assert len(picture.alt) > 8, f"{language}/{name}: {picture.name}"
    for path in (GUIDE / PICTURES / language).glob("*.webp"):
        with Image.open(path) as image:
            assert image.format == "WEBP"
            assert 900 <= image.width <= WIDEST


def test_all_pictures_together_are_small() -> None:
    assert sum(path.stat().st_size for path in (GUIDE / PICTURES).rglob("*.webp")) < MOST_BYTES


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_keep_to_what_the_program_says(language: str) -> None:
    """Rows of a table have the same cells; no page holds HTML; what is typed is the same in every language."""
    for name in there(language):
        text = (GUIDE / language / f"{name}.md").read_text(encoding="utf-8")
        assert not re.search(r"</?[a-z]+[ >]", text), f"{language}/{name}"
        for block in page(language, name).blocks:
            if isinstance(block, Table):
                assert len({len(row) for row in block.rows}) == 1, f"{language}/{name}: {block.rows[0]}"
        if language != "en":
            own = {piece.text for piece in pieces_of(page(language, name)) if isinstance(piece, Code)}
            assert own == {piece.text for piece in pieces_of(page("en", name)) if isinstance(piece, Code)}, (
                f"{language}/{name}"
            )


def test_the_page_on_privacy_agrees_with_the_security_page() -> None:
    """The same names in the profile's folder, and every one that the program knows of."""
    security = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    listed = re.findall(
        r"^\| (`[^|]+) \|",
        security.partition("| In the folder | What it holds |")[2].partition("\n\n")[0],
        re.MULTILINE,
    )
    wanted = {name.strip("`/") for line in listed for name in re.findall(r"`[^`]+`", line)} - {"-wal", "-shm"}
    told = {piece.text for piece in pieces_of(page("en", "privacy")) if isinstance(piece, Code)}
    assert wanted, "the table of SECURITY.md was not found"
    assert wanted <= told
    paths = Paths.of(Path("/profile"))
    known = {path.name for path in paths if isinstance(path, Path) and path != paths.root}
    assert known <= told


def test_the_numbers_are_those_of_the_program() -> None:
    data, privacy, signing = (said_of(name) for name in ("data", "privacy", "sign-in"))
    assert f"for {KEPT_DAYS} days, one a week for {KEPT_WEEKS} weeks" in data
    assert f"{MEDIA_ALONG_BYTES // 1_000_000} MB" in data
    assert f"the last {KEPT} crash reports" in privacy
    assert f"at most {MOST_KEPT // 1024 // 1024} MB" in privacy
    assert CALLBACK in signing
    assert f"port {PORT}" in signing
    prices = json.loads((RESOURCES / "prices" / "x.json").read_text(encoding="utf-8"))["items"]
    for item in ("post", "post_with_link", "reply", "own_read", "private_read"):
        price = prices[item]["price"] / 1_000_000
        assert f"{price:g}" in signing.replace("0.20", "0.2"), item
    assert {provider.name.split()[0] for provider in PROVIDERS} <= set(re.findall(r"[A-Za-z.]+[a-z]", signing))


def said_of(name: str) -> str:
    """A page in plain English."""
    own = filling("en")
    return "\n".join(said(line, own) for block in page("en", name).blocks for line in lines_of(block))
