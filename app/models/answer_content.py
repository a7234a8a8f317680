"""What an editor changes of an answer, in one frozen bundle; written as JSON for drafts and versions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.models.conversation import Category
from app.models.playbook import NOTHING_AFTER, Address, AfterSending, Blank, PlaybookAnswer, WordingRow
from app.models.post import Picture


@dataclass(frozen=True, slots=True)
class AnswerContent:
    """An answer without what the program counts of it."""

    category: Category = Category.QUESTION
    main_language: str = ""
    title: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[WordingRow, ...] = ()
    tags: tuple[str, ...] = ()
    blanks: tuple[Blank, ...] = ()
    after: AfterSending = NOTHING_AFTER
    review_on: date | None = None
    pictures: tuple[Picture, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """Those it has, the main one first."""
        found = dict.fromkeys([self.main_language, *self.title, *(text.language for text in self.texts)])
        return tuple(language for language in found if language)

    def of(self, language: str, address: Address = Address.ANY, *, is_long: bool = False) -> tuple[WordingRow, ...]:
        """The wordings of one kind in one language."""
        return tuple(
            text for text in self.texts if (text.language, text.address, text.is_long) == (language, address, is_long)
        )

    def tidied(self) -> AnswerContent:
        """Without empty titles and wordings, and with a main language that is there."""
        texts = tuple(replace(text, text=text.text.strip()) for text in self.texts if text.text.strip())
        title = {language: " ".join(words.split()) for language, words in self.title.items() if words.strip()}
        known = {text.language for text in texts}
        main = self.main_language if self.main_language in known or not texts else texts[0].language
        return replace(self, texts=texts, title=title, main_language=main)


def content_of(answer: PlaybookAnswer) -> AnswerContent:
    """An answer as an editor opens it."""
    texts = answer.texts or tuple(
        WordingRow(language, text) for language, texts in answer.wordings.items() for text in texts
    )
    return AnswerContent(
        answer.category,
        answer.main,
        answer.title,
        texts,
        answer.tags,
        answer.blanks,
        answer.after,
        answer.review_on,
        answer.pictures,
    )


def to_json(content: AnswerContent) -> str:
    """Ids of wordings go along, so that going back to a version keeps what is known of their use."""
    return json.dumps(
        {
            "category": content.category,
            "main_language": content.main_language,
            "title": dict(content.title),
            "texts": [
                {
                    "id": text.id,
                    "language": text.language,
                    "text": text.text,
                    "address": text.address,
                    "is_long": text.is_long,
                }
                for text in content.texts
            ],
            "tags": list(content.tags),
            "blanks": json.loads(blanks_to_json(content.blanks)),
            "after": json.loads(after_to_json(content.after)),
            "review_on": content.review_on.isoformat() if content.review_on else "",
            "pictures": json.loads(pictures_to_json(content.pictures)),
        },
        ensure_ascii=False,
    )


def from_json(text: str) -> AnswerContent:
    """What `to_json` wrote, by this version of the program or an older one."""
    found = json.loads(text)
    return AnswerContent(
        Category(found["category"]),
        found["main_language"],
        found["title"],
        tuple(
            WordingRow(each["language"], each["text"], Address(each["address"]), each["is_long"], each.get("id"))
            for each in found["texts"]
        ),
        tuple(found["tags"]),
        blanks_from_json(json.dumps(found["blanks"])),
        after_from_json(json.dumps(found["after"])),
        day_of(found["review_on"]),
        pictures_from_json(json.dumps(found.get("pictures", []))),
    )


def blanks_to_json(blanks: tuple[Blank, ...]) -> str:
    return json.dumps([{**blank._asdict(), "fallback": dict(blank.fallback)} for blank in blanks], ensure_ascii=False)


def blanks_from_json(text: str) -> tuple[Blank, ...]:
    return tuple(Blank(**_known(Blank._fields, each)) for each in json.loads(text))


def after_to_json(after: AfterSending) -> str:
    """Only what is not as usual."""
    usual = NOTHING_AFTER._asdict()
    return json.dumps({name: value for name, value in after._asdict().items() if value != usual[name]})


def after_from_json(text: str) -> AfterSending:
    return AfterSending(**_known(AfterSending._fields, json.loads(text)))


def pictures_to_json(pictures: tuple[Picture, ...]) -> str:
    return json.dumps([{"path": picture.path, "alt": picture.alt} for picture in pictures], ensure_ascii=False)


def pictures_from_json(text: str) -> tuple[Picture, ...]:
    return tuple(Picture(each["path"], each.get("alt", "")) for each in json.loads(text))


def day_of(text: str) -> date | None:
    """An ISO date as it is stored; empty: none."""
    return date.fromisoformat(text) if text else None


def _known(fields: tuple[str, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """What a newer version may have added is left out."""
    return {name: value for name, value in values.items() if name in fields}
