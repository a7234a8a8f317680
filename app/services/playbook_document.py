"""A playbook as JSON, as the one that comes with the program: `{"version": 2, "facts": [...], "answers": [...]}`.

An answer has `key`, `category`, `main_language`, `tags`, `title` by language, `texts` by language (a text, or `{"text", "form", "long"}`),
`placeholders` (`{"name", "label", "required", "fallback"}`), `after` (`{"category", "done", "snooze", "escalate", "promise"}`), `review` (an ISO day),
`pictures` (`{"path", "alt"}`, beside the file) and `examples` by language; a fact `key`, `title`, `text` by language and `until`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.models.playbook import Address, FactRow, PlaybookAnswer, WordingRow
from app.models.playbook_file import WrongRow
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.playbook_draft import NO, YES, Book

VERSION = 2


def read_document(text: str, name: str) -> tuple[Book, list[WrongRow]]:
    """What a file tells, and the answers that are none. Raises UserMistake where it is no playbook."""
    try:
        document = json.loads(text)
    except ValueError as error:
        reason = message("playbook_file.no_json", file=name, reason=str(error))
        raise UserMistake(reason, technical=str(error)) from error
    entries = document.get("answers") if isinstance(document, dict) else document
    if not isinstance(entries, list):
        raise UserMistake(message("playbook_file.no_answers", file=name))
    shared = {"main": str(document.get("main_language") or "")} if isinstance(document, dict) else {}
    book, wrong = Book(), []
    for number, entry in enumerate(entries, 1):
        try:
            first, *others = _rows(entry)
        except (TypeError, AttributeError, KeyError, ValueError):
            wrong.append(WrongRow(number, message("playbook_file.not_an_answer")))
            continue
        trouble = book.add({**shared, **first}, number)
        if trouble is not None:  # it is about the whole answer
            wrong.append(WrongRow(number, trouble))
            continue
        found = [book.add(row, number) for row in others]
        wrong += [WrongRow(number, trouble) for trouble in found if trouble is not None]
    facts = document.get("facts") if isinstance(document, dict) else ()
    for number, fact in enumerate(facts if isinstance(facts, list) else (), len(entries) + 1):
        try:
            found = [book.add(row, number) for row in _fact_rows(fact)]
        except (TypeError, AttributeError, KeyError, ValueError):
            found = [message("playbook_file.not_a_fact")]
        wrong += [WrongRow(number, trouble) for trouble in found if trouble is not None]
    return book, wrong


def _rows(entry: Mapping[str, Any]) -> list[dict[str, str]]:
    """One answer as rows; what concerns the whole of it stands in the first."""
    about = {"key": str(entry.get("key") or ""), "category": str(entry.get("category") or "")}
    whole = {
        "tags": "|".join(str(tag) for tag in _list(entry.get("tags") or [])),
        "after": _after(entry.get("after") or {}),
        "review": str(entry.get("review") or ""),
    }
    if entry.get("main_language"):
        whole["main"] = str(entry["main_language"])
    first, *others = list(_told(entry)) or [{}]
    return [{**about, **whole, **first}, *({**about, **row} for row in others)]


def _told(entry: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for language, title in dict(entry.get("title") or {}).items():
        yield {"language": language, "title": str(title)}
    for language, texts in dict(entry.get("texts") or {}).items():
        for text in _list(texts):
            told = text if isinstance(text, dict) else {"text": text}
            long = YES if told.get("long") else ""
            words = str(told["text"]).strip()
            yield {"language": language, "text": words, "form": str(told.get("form") or ""), "long": long}
    for language, texts in dict(entry.get("examples") or {}).items():
        for text in _list(texts):
            yield {"language": language, "example": str(text).strip()}
    for blank in _list(entry.get("placeholders") or []):
        about = {"placeholder": str(blank["name"]), "label": str(blank.get("label") or "")}
        about["required"] = {True: YES, False: NO}.get(blank.get("required"), "")
        for language, text in (dict(blank.get("fallback") or {}) or {"": ""}).items():
            yield {**about, "language": language, "fallback": str(text)}
    for picture in _list(entry.get("pictures") or []):
        yield {"picture": str(picture["path"]), "alt": str(picture.get("alt") or "")}


def _after(told: Mapping[str, Any]) -> str:
    parts = []
    for name, value in told.items():
        if value is True:
            parts.append(name)
        elif value is not False and value not in ("", None):
            parts.append(f"{name}={value}")
    return "; ".join(parts)


def _fact_rows(fact: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    about = {"fact": str(fact["key"]), "title": str(fact.get("title") or ""), "until": str(fact.get("until") or "")}
    for language, text in (dict(fact.get("text") or {}) or {"": ""}).items():
        yield {**about, "language": language, "text": str(text)}


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(type(value).__name__)
    return value


# ---- writing


def document(answers: Sequence[PlaybookAnswer], facts: Sequence[FactRow] = ()) -> str:
    """As `read_document` reads it."""
    written = {
        "version": VERSION,
        "facts": [
            {
                "key": fact.key,
                "title": fact.title,
                "text": dict(fact.text),
                **({"until": fact.expires_on.isoformat()} if fact.expires_on else {}),
            }
            for fact in facts
        ],
        "answers": [_written(answer) for answer in answers],
    }
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"


def _written(answer: PlaybookAnswer) -> dict[str, Any]:
    texts: dict[str, list[Any]] = {}
    rows = answer.texts or [WordingRow(code, text) for code, found in answer.wordings.items() for text in found]
    for text in rows:
        texts.setdefault(text.language, []).append(_text(text))
    after = answer.after
    acts: dict[str, Any] = {
        "category": after.category,
        "done": after.done,
        "snooze": after.snooze_hours,
        "escalate": after.escalate,
        "promise": after.promise_hours,
    }
    optional: dict[str, Any] = {
        "placeholders": [
            {
                "name": blank.name,
                "label": blank.label,
                "required": blank.required,
                "fallback": dict(blank.fallback),
            }
            for blank in answer.blanks
        ],
        "after": {name: value for name, value in acts.items() if value},
        "review": answer.review_on.isoformat() if answer.review_on else "",
        "pictures": [{"path": picture.path, "alt": picture.alt} for picture in answer.pictures],
    }
    return {
        "key": answer.key,
        "category": str(answer.category),
        "main_language": answer.main,
        "tags": list(answer.tags),
        "title": dict(answer.title),
        "texts": texts,
        **{name: value for name, value in optional.items() if value},
        "examples": {language: list(found) for language, found in answer.examples.items()},
    }


def _text(text: WordingRow) -> Any:
    if text.address is Address.ANY and not text.is_long:
        return text.text
    told: dict[str, Any] = {"text": text.text}
    if text.address is not Address.ANY:
        told["form"] = str(text.address)
    if text.is_long:
        told["long"] = True
    return told
