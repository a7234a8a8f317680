"""Changes to an answer's content as plain functions, and what is to be said of its languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from app.language.filling import places
from app.models.answer_content import AnswerContent
from app.models.playbook import Address, Blank, WordingRow

LANGUAGES = (
    "es",
    "en",
    "fr",
    "ru",
    "zh",
    "pt",
    "de",
    "it",
    "ca",
    "gl",
    "eu",
    "uk",
    "pl",
    "nl",
    "tr",
    "ja",
    "ko",
    "ar",
    "he",
)
"""Those that an answer may be written in from the menu; files may bring others."""


class LanguageState(StrEnum):
    """How a language of an answer stands beside its main one."""

    MAIN = "main"
    FRESH = "fresh"
    OLDER = "older"
    MISSING = "missing"


def state_of(content: AnswerContent, language: str) -> LanguageState:
    """Older: the main language's words changed after this one's."""
    texts = [text for text in content.texts if text.language == language and text.text.strip()]
    if not texts:
        return LanguageState.MISSING
    if language == content.main_language:
        return LanguageState.MAIN
    own, main = _changed(content, language), _changed(content, content.main_language)
    return LanguageState.OLDER if main > own else LanguageState.FRESH


def wordings(content: AnswerContent, language: str) -> tuple[WordingRow, ...]:
    """All wordings of a language, in order."""
    return tuple(text for text in content.texts if text.language == language)


def with_text(content: AnswerContent, language: str, place: int, words: str) -> AnswerContent:
    """The words of one wording; one further than there are makes a new one."""
    return _with(content, language, place, words=words)


def with_use(content: AnswerContent, language: str, place: int, address: Address, *, is_long: bool) -> AnswerContent:
    """Whom a wording is for."""
    return _with(content, language, place, use=(address, is_long))


def without_wording(content: AnswerContent, language: str, place: int) -> AnswerContent:
    there = wordings(content, language)
    return replace(content, texts=tuple(text for text in content.texts if text is not there[place]))


def with_title(content: AnswerContent, language: str, title: str) -> AnswerContent:
    return replace(content, title={**content.title, language: title})


def without_language(content: AnswerContent, language: str) -> AnswerContent:
    """Its words and its title go; another becomes the main one where it was that."""
    texts = tuple(text for text in content.texts if text.language != language)
    title = {code: words for code, words in content.title.items() if code != language}
    main = content.main_language
    if main == language:
        main = next((text.language for text in texts), next(iter(title), ""))
    return replace(content, texts=texts, title=title, main_language=main)


def with_blank(content: AnswerContent, blank: Blank) -> AnswerContent:
    """A placeholder described anew."""
    others = tuple(each for each in content.blanks if each.name != blank.name)
    return replace(content, blanks=(*others, blank))


def placeholders(content: AnswerContent, language: str) -> tuple[str, ...]:
    """Those that the wordings of a language use, facts left out, in order."""
    found = [place.name for text in wordings(content, language) for place in places(text.text) if not place.is_fact]
    return tuple(dict.fromkeys(found))


def facts_used(content: AnswerContent) -> tuple[str, ...]:
    """The keys of all facts it draws on."""
    return tuple(dict.fromkeys(place.name for text in content.texts for place in places(text.text) if place.is_fact))


def unclosed(text: str) -> str:
    """The first brace that opens or closes nothing, with what is around it; empty where all is well."""
    rest = list(text)
    for place in places(text):
        rest[place.start : place.end] = [" "] * (place.end - place.start)
    wrong = next((at for at, letter in enumerate(rest) if letter in "{}"), None)
    return "" if wrong is None else text[max(0, wrong - 4) : wrong + 12]


def _changed(content: AnswerContent, language: str) -> float:
    times = [text.changed_at.timestamp() for text in wordings(content, language) if text.changed_at is not None]
    return max(times, default=0.0)


def _with(
    content: AnswerContent,
    language: str,
    place: int,
    *,
    words: str | None = None,
    use: tuple[Address, bool] | None = None,
) -> AnswerContent:
    texts: list[WordingRow] = list(content.texts)
    there = [number for number, text in enumerate(texts) if text.language == language]
    if place >= len(there):
        last = there[-1] + 1 if there else len(texts)
        texts.insert(last, WordingRow(language, ""))
        there.append(last)
    number = there[min(place, len(there) - 1)]
    if words is not None:
        texts[number] = replace(texts[number], text=words)
    if use is not None:
        texts[number] = replace(texts[number], address=use[0], is_long=use[1])
    main = content.main_language or language
    return replace(content, texts=tuple(texts), main_language=main)


def next_of(items: Sequence[str], here: str, step: int) -> str:
    """The one a step further, round about."""
    return items[(items.index(here) + step) % len(items)] if here in items else items[0]


def folded(text: str) -> str:
    """Without accents and capitals."""
    return "".join(each for each in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(each))
