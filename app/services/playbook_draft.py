"""An answer and a fact as a file tells them, row by row; and an answer of a file laid onto the one that is here.

What a file does not tell of an answer stays as it is. The wordings that it tells in a language take the place of those in that language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from app.language.filling import described
from app.language.tongue import tongue
from app.models.answer_content import AnswerContent
from app.models.conversation import Category
from app.models.playbook import Address, AfterSending, Blank, PlaybookAnswer, WordingRow
from app.models.post import Picture
from app.runtime.paths import resources
from app.runtime.words import Message, message
from app.services.order_columns import plain_title

COLUMNS = (
    *("key", "category", "tags", "language", "title", "text", "form", "long", "example"),
    *("placeholder", "label", "required", "fallback"),
    *("main", "after", "review", "picture", "alt", "fact", "until"),
)
"""Of a row, whatever kind of file it comes from."""
SAID = ("title", "text", "example", "placeholder", "picture", "main", "after", "review")
"""One of these a row of an answer tells at least."""
WORDS = ("title", "text", "example", "fallback")
"""By these a row that names no language is told."""
TITLES = "language/playbook_titles.json"
LONGEST_TEXT = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters but for tab and line ends."""
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")
FALLBACK = "en"
PLACEHOLDER = re.compile(r"[^\W\d][\w-]*")
YES, NO = "yes", "no"
MOST_HOURS = 10_000

Row = Mapping[str, str]


@dataclass(slots=True)
class Draft:
    """An answer as a file tells it; None: it does not."""

    key: str
    line: int = 0
    category: Category | None = None
    tags: tuple[str, ...] | None = None
    main: str = ""
    title: dict[str, str] = field(default_factory=dict)
    texts: dict[str, list[WordingRow]] = field(default_factory=dict)
    blanks: dict[str, Blank] = field(default_factory=dict)
    after: AfterSending | None = None
    review_on: date | None = None
    pictures: list[Picture] = field(default_factory=list)
    """Paths as they stand in the file, until somebody takes the files in."""
    examples: dict[str, list[str]] = field(default_factory=dict)

    def onto(self, before: AnswerContent | None) -> AnswerContent:
        """How the answer is with this; `before`: how it is, None where there is none."""
        was = before.tidied() if before is not None else AnswerContent(Category.OTHER)
        ids = {(text.language, text.text, text.address, text.is_long): text.id for text in was.texts}
        own = [text for texts in self.texts.values() for text in texts]
        told = [replace(each, id=ids.get((each.language, each.text, each.address, each.is_long))) for each in own]
        kept = [text for text in was.texts if text.language not in self.texts]
        main = self.main or was.main_language or next((text.language for text in told), next(iter(self.title), ""))
        blanks = {blank.name: blank for blank in was.blanks}
        for name, blank in self.blanks.items():
            there = blanks.get(name)
            fallback = {**(there.fallback if there else {}), **blank.fallback}
            blanks[name] = blank._replace(label=blank.label or (there.label if there else ""), fallback=fallback)
        return AnswerContent(
            self.category or was.category,
            main,
            {**was.title, **self.title} or {main: self.key},
            tuple(sorted([*kept, *told], key=lambda text: text.language)),
            self.tags if self.tags is not None else was.tags,
            tuple(blanks.values()),
            self.after if self.after is not None else was.after,
            self.review_on or was.review_on,
            tuple(self.pictures) or was.pictures,
        ).tidied()

    def answer(self) -> PlaybookAnswer:
        """As an answer that is not here yet."""
        content = self.onto(None)
        wordings: dict[str, tuple[str, ...]] = {}
        for text in content.texts:
            if not text.is_long:
                wordings[text.language] = (*wordings.get(text.language, ()), text.text)
        return PlaybookAnswer(
            key=self.key,
            category=content.category,
            title=content.title,
            wordings=wordings,
            tags=content.tags,
            main_language=content.main_language,
            texts=content.texts,
            blanks=content.blanks,
            after=content.after,
            review_on=content.review_on,
            pictures=content.pictures,
            examples={language: tuple(texts) for language, texts in self.examples.items()},
        )


@dataclass(slots=True)
class FactDraft:
    """A fact as a file tells it."""

    key: str
    title: str = ""
    text: dict[str, str] = field(default_factory=dict)
    until: date | None = None


@dataclass(slots=True)
class Book:
    """All that a file tells, put together row by row."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    facts: dict[str, FactDraft] = field(default_factory=dict)

    def add(self, row: Row, line: int = 0, *, lenient: bool = False) -> Message | None:
        """One row; answers what is wrong with it, and then nothing of it is taken. `lenient`: a spreadsheet that was not made for this
        program may have categories of its own; they become tags.
        """
        trouble = _too_much(row)
        if trouble is not None:
            return trouble
        language = language_of(row.get("language", ""))
        if row.get("language") and not language:
            return message("playbook_file.unknown_language", language=row["language"])
        language = language or tongue(" ".join(row.get(name, "") for name in WORDS)) or FALLBACK
        if row.get("fact"):
            return self._add_fact(row, language)
        if not row.get("key") and not row.get("title") and row.get("example"):
            row = {**row, "title": row["example"]}  # a list of questions and answers
        key = row.get("key") or key_of(row.get("title", ""))
        if not key:
            return message("playbook_file.no_key")
        if not any(row.get(name) for name in SAID):
            return message("playbook_file.empty_row")
        try:
            found = _Read(row, language, lenient=lenient)
        except _Wrong as wrong:
            return wrong.reason
        found.put(self.drafts.setdefault(key, Draft(key, line)))
        return None

    def _add_fact(self, row: Row, language: str) -> Message | None:
        if not PLACEHOLDER.fullmatch(row["fact"]):
            return message("playbook_file.wrong_name", name=row["fact"])
        until = day_of(row.get("until", ""))
        if row.get("until") and until is None:
            return message("playbook_file.wrong_day", day=row["until"])
        fact = self.facts.setdefault(row["fact"], FactDraft(row["fact"]))
        fact.title = row.get("title") or fact.title
        fact.until = until or fact.until
        if row.get("text"):
            fact.text[language] = row["text"]
        return None


class _Wrong(Exception):
    def __init__(self, reason: Message) -> None:
        super().__init__(reason.id)
        self.reason = reason


class _Read:
    """What a row tells of an answer, looked at before anything is taken from it."""

    def __init__(self, row: Row, language: str, *, lenient: bool) -> None:
        self._row = row
        self._language = language
        tags = [tag.strip() for tag in re.split(r"[,;|，；]", row.get("tags", "")) if tag.strip()]
        self.category = category_of(row.get("category", ""))
        if row.get("category") and self.category is None:
            if not lenient:
                values = {"category": row["category"], "categories": ", ".join(Category)}
                raise _Wrong(message("playbook_file.unknown_category", **values))
            tags.insert(0, row["category"])
        self.tags = tuple(dict.fromkeys(tags))
        self.form = self._form(row.get("form", ""))
        self.is_long = self._yes("long") or False
        self.required = self._yes("required")
        self.after = after_of(row.get("after", ""))
        self.review = day_of(row.get("review", ""))
        if row.get("review") and self.review is None:
            raise _Wrong(message("playbook_file.wrong_day", day=row["review"]))
        self.main = language_of(row.get("main", ""))
        if row.get("main") and not self.main:
            raise _Wrong(message("playbook_file.unknown_language", language=row["main"]))
        name = row.get("placeholder", "").strip("{}")
        if name and not PLACEHOLDER.fullmatch(name):
            raise _Wrong(message("playbook_file.wrong_name", name=name))
        self.placeholder = name

    def put(self, draft: Draft) -> None:
        """Add it to what other rows told."""
        row, language = self._row, self._language
        draft.category = self.category or draft.category
        draft.tags = tuple(dict.fromkeys([*(draft.tags or ()), *self.tags])) if self.tags else draft.tags
        draft.main = self.main or draft.main
        draft.after = self.after if self.after is not None else draft.after
        draft.review_on = self.review or draft.review_on
        if row.get("title"):
            draft.title[language] = row["title"]
        if row.get("text"):
            wording = WordingRow(language, row["text"], self.form, self.is_long)
            there = draft.texts.setdefault(language, [])
            if wording not in there:
                there.append(wording)
        if row.get("example") and row["example"] not in draft.examples.setdefault(language, []):
            draft.examples[language].append(row["example"])
        if self.placeholder:
            self._put_blank(draft)
        if row.get("picture"):
            draft.pictures.append(Picture(row["picture"], row.get("alt", "")))

    def _put_blank(self, draft: Draft) -> None:
        name, row = self.placeholder, self._row
        blank = draft.blanks.get(name) or described(name, ())
        fallback = {**blank.fallback, self._language: row["fallback"]} if row.get("fallback") else blank.fallback
        required = self.required if self.required is not None else blank.required
        draft.blanks[name] = Blank(name, row.get("label") or blank.label, fallback, required)

    def _form(self, text: str) -> Address:
        try:
            return Address(text.casefold())
        except ValueError as error:
            raise _Wrong(message("playbook_file.wrong_form", form=text)) from error

    def _yes(self, column: str) -> bool | None:
        text = plain_title(self._row.get(column, ""))
        if not text:
            return None
        if text in _known()["yes"] or text in _known()["no"]:
            return text in _known()["yes"]
        raise _Wrong(message("playbook_file.wrong_yes", column=column, value=self._row[column]))


def key_of(title: str) -> str:
    """A key for an answer of a file that has none: its title in small letters, joined."""
    return "_".join(re.findall(r"\w+", title.casefold()))[:60].strip("_")


def category_of(text: str) -> Category | None:
    """By its name here, or by what others call it; None for none of these."""
    if text.casefold() in list(Category):
        return Category(text.casefold())
    plain = plain_title(text)
    return next((Category(each) for each, names in _known()["categories"].items() if plain in names), None)


def language_of(text: str) -> str:
    """The code of a language, which may be given with its country or by name; empty for none."""
    code = text.strip().casefold().replace("_", "-")
    if LANGUAGE.fullmatch(code):
        return code.split("-")[0]
    plain = plain_title(text)
    return next((each for each, names in _known()["languages"].items() if plain in names), "")


def day_of(text: str) -> date | None:
    """An ISO day, or None."""
    try:
        return date.fromisoformat(text.strip()[:10]) if text.strip() else None
    except ValueError:
        return None


def after_of(text: str) -> AfterSending | None:
    """`category=order; done; snooze=24; escalate; promise=48`. None: nothing is told; `none`: nothing happens."""
    if not text.strip():
        return None
    told: dict[str, str] = {}
    for part in re.split(r"[;,]", text):
        name, _, value = (each.strip().casefold() for each in part.partition("="))
        fits = (
            (name in ("done", "escalate", "none", "") and not value)
            or (name in ("snooze", "promise") and value.isascii() and value.isdigit() and int(value) <= MOST_HOURS)
            or (name == "category" and value in list(Category))
        )
        if not fits:
            raise _Wrong(message("playbook_file.wrong_after", part=part.strip()))
        told[name] = value
    return AfterSending(
        told.get("category", ""),
        "done" in told,
        int(told.get("snooze", "0")),
        "escalate" in told,
        int(told.get("promise", "0")),
    )


def after_text(after: AfterSending) -> str:
    """As `after_of` reads it; empty where nothing happens."""
    parts = [f"category={after.category}"] if after.category else []
    parts += ["done"] if after.done else []
    parts += [f"snooze={after.snooze_hours}"] if after.snooze_hours else []
    parts += ["escalate"] if after.escalate else []
    parts += [f"promise={after.promise_hours}"] if after.promise_hours else []
    return "; ".join(parts)


def guess_columns(header: Sequence[str]) -> dict[str, int]:
    """Which column is what, by its title; each at most once, the surest first."""
    titles = [plain_title(title) for title in header]
    marks = sorted(
        (names.index(title), COLUMNS.index(column), place)
        for column, names in _known()["titles"].items()
        for place, title in enumerate(titles)
        if title in names
    )
    guessed: dict[str, int] = {}
    for _rank, number, place in marks:
        if COLUMNS[number] not in guessed and place not in guessed.values():
            guessed[COLUMNS[number]] = place
    return guessed


def language_columns(header: Sequence[str]) -> dict[int, str]:
    """Columns that are called after a language: the answer's text in it stands there."""
    found = {}
    for place, title in enumerate(header):
        plain = plain_title(title)
        code = next((each for each, names in _known()["languages"].items() if plain == each or plain in names), "")
        if code:
            found[place] = code
    return found


def _too_much(row: Row) -> Message | None:
    if any(len(text) > LONGEST_TEXT for text in row.values()):
        return message("playbook_file.text_too_long", n=str(LONGEST_TEXT))
    if any(_CONTROL.search(text) for text in row.values()):
        return message("playbook_file.control_characters")
    return None


@lru_cache(maxsize=1)
def _known() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((resources() / TITLES).read_text("utf-8"))
    return found
