"""A playbook in memory, with the service's manners: what is kept is read again at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from app.models.answer_content import AnswerContent, content_of, to_json
from app.models.conversation import Category
from app.models.playbook import (
    AnswerFigures,
    ExampleRow,
    FactRow,
    ListFigures,
    PlaybookAnswer,
    PreviewPerson,
    VersionRow,
    WordingRow,
)
from app.models.playbook_file import FilePlan, Fixed, Imported, WrongRow
from app.models.post import Picture
from app.runtime.errors import UserMistake
from app.runtime.words import message
from tests.fakes.clock import FakeClock
from tests.ui.shop import Shop
from tests.ui.stand_ins import TouchedAll

OLD, NEW = datetime(2026, 11, 3, 12, tzinfo=UTC), datetime(2026, 11, 12, 12, tzinfo=UTC)


def answer(
    number: int, key: str, category: Category, title: Mapping[str, str], *texts: WordingRow, **more: Any
) -> PlaybookAnswer:
    wordings: dict[str, tuple[str, ...]] = {}
    for text in texts:
        wordings[text.language] = (*wordings.get(text.language, ()), text.text)
    more = {"main_language": "es", "changed_at": NEW, **more}
    return PlaybookAnswer(key, category, title, wordings, id=number, texts=texts, **more)


def three_answers() -> list[PlaybookAnswer]:
    """One with four languages in all states, one with a fact, one with hardly anything."""
    return [
        answer(
            1,
            "download",
            Category.TECHNICAL,
            {"es": "Enlace caducado", "en": "Download link expired", "fr": "Lien expiré", "ru": ""},
            WordingRow("es", "¡Hola, {name}! Ya reactivamos el enlace de tu pedido {order}.", id=1, changed_at=NEW),
            WordingRow("es", "Listo, {name}.", id=2, changed_at=NEW),
            WordingRow("en", "Hi {name}, it works again.", id=3, changed_at=NEW),
            WordingRow("fr", "C'est fait, {name}.", id=4, changed_at=OLD),
            tags=("descarga",),
        ),
        answer(
            2,
            "shipping",
            Category.ORDER,
            {"es": "Envíos", "en": "Shipping"},
            WordingRow("es", "Tarda {fact:plazo}.", id=5, changed_at=NEW),
            review_on=date(2026, 11, 1),
        ),
        answer(3, "thanks", Category.PRAISE, {"es": "Gracias"}, WordingRow("es", "¡Gracias!", id=6, changed_at=NEW)),
    ]


class FakePlaybook:
    """Queries and service in one."""

    def __init__(self, answers: list[PlaybookAnswer], clock: FakeClock) -> None:
        self.rows = list(answers)
        self.clock = clock
        self.kept: dict[int, str] = {}
        self.fact_rows = [FactRow(1, "plazo", "Plazo de envío", {"es": "3 días"}, date(2026, 11, 12), OLD, 1)]
        self.example_rows = [ExampleRow(place, "es", f"el enlace caducó {place}") for place in range(7)]
        self.example_rows.append(ExampleRow(8, "en", "my link expired"))
        self.plan = FilePlan(("Thanks", "Hours"), ("Tarde",), 3, 4, ("Plazo",), ())
        self.version_rows: list[VersionRow] = []
        self.complaints: list[Any] = []
        self.asked: list[tuple[Any, ...]] = []
        self.shop: Shop | None = None

    def lend(self, shop: Shop) -> None:
        """The shop's services read and write this."""
        self.shop = shop
        queries = shop.services.reads.queries
        for name in [
            "answers",
            "answer_figures",
            "facts",
            "answer_drafts",
            "preview_people",
            "figures_of",
            "answer_versions",
            "examples_of",
        ]:
            setattr(queries, name, getattr(self, name))
        shop.services.playbook = shop.services.playbook_files = self
        limits = {1: 280, 2: 500, 3: 0}
        shop.services.posts = SimpleNamespace(
            measure=lambda account_id, text, *_more: (len(text), limits.get(account_id, 0)),
            limits=lambda _account_id: SimpleNamespace(pictures=4),
            add_picture=self.add_picture,
            picture_path=lambda picture: Path("/nowhere") / picture.path,
        )

    def tell(self, *tables: str) -> None:
        assert self.shop is not None
        self.shop.services.changed.emit(TouchedAll(*tables))

    # -- queries

    def answers(self) -> list[PlaybookAnswer]:
        return list(self.rows)

    def answer_figures(self) -> dict[int, ListFigures]:
        return {1: ListFigures(64, 50, 47, 9), 2: ListFigures(12, 10, 7)}

    def facts(self) -> list[FactRow]:
        return list(self.fact_rows)

    def answer_drafts(self) -> dict[int, str]:
        return dict(self.kept)

    def preview_people(self) -> list[PreviewPerson]:
        return [PreviewPerson("Ximena Robles", "@ximena", "A-7"), PreviewPerson("Bruno", "@bruno")]

    def figures_of(self, answer_id: int) -> AnswerFigures:
        if answer_id != 1:
            return AnswerFigures()
        return AnswerFigures(64, 50, 47, 9, (*range(12), 30), 41, "Revisa también tu carpeta de spam.")

    def examples_of(self, answer_id: int) -> list[ExampleRow]:
        return list(self.example_rows) if answer_id == 1 else []

    async def add_example(self, _answer_id: int, language: str, text: str) -> None:
        self.example_rows.append(ExampleRow(50 + len(self.example_rows), language, text))
        self.tell("answer_example")

    async def remove_example(self, example_id: int) -> None:
        self.example_rows = [row for row in self.example_rows if row.id != example_id]
        self.tell("answer_example")

    async def preview(self, path: Path, fixed: Fixed | None = None) -> FilePlan:
        self.asked.append(("preview", path.name, dict(fixed or {})))
        return self.plan._replace(wrong=tuple(row for row in self.plan.wrong if row.line not in (fixed or {})))

    async def import_file(self, path: Path, fixed: Fixed | None = None, *, leave: bool = False) -> Imported:
        self.asked.append(("import", path.name, dict(fixed or {}), leave))
        return Imported(2, 0, 1, 1, 0, ())

    async def save_left_out(self, path: Path, wrong: Sequence[WrongRow], reasons: Sequence[str]) -> None:
        self.asked.append(("list", path.name, [row.line for row in wrong], list(reasons)))

    async def export_file(self, path: Path) -> int:
        self.asked.append(("export", path.name))
        return len(self.rows)

    def answer_versions(self, _answer_id: int) -> list[VersionRow]:
        return list(self.version_rows)

    # -- service

    async def add_picture(self, path: Path) -> Picture:
        return Picture(f"media/{path.name}")

    async def create(self, content: AnswerContent) -> int:
        self._check(content)
        number = max([row.id or 0 for row in self.rows], default=0) + 1
        self.rows.append(self._made(number, f"key_{number}", content))
        self.kept.pop(0, None)
        self.tell("answer")
        return number

    async def save(self, answer_id: int, content: AnswerContent) -> bool:
        self._check(content)
        before = next(row for row in self.rows if row.id == answer_id)
        self.version_rows.insert(0, VersionRow(len(self.version_rows) + 1, OLD, to_json(content_of(before))))
        self.rows[self.rows.index(before)] = self._made(answer_id, before.key, content)
        self.kept.pop(answer_id, None)
        self.asked.append(("save", answer_id))
        self.tell("answer")
        return True

    async def duplicate(self, answer_id: int) -> int:
        row = next(row for row in self.rows if row.id == answer_id)
        self.rows.append(replace(row, id=99, key="copy"))
        self.tell("answer")
        return 99

    async def remove(self, answer_id: int) -> None:
        self.rows = [row for row in self.rows if row.id != answer_id]
        self.tell("answer")

    async def go_back(self, answer_id: int, version_id: int) -> None:
        self.asked.append(("go back", answer_id, version_id))

    async def keep_draft(self, answer_id: int, content: AnswerContent) -> None:
        self.kept[answer_id] = to_json(content)
        self.asked.append(("draft", answer_id))

    async def forget_draft(self, answer_id: int) -> None:
        self.kept.pop(answer_id, None)
        self.asked.append(("forget", answer_id))

    async def take_starter(self, _language: str = "") -> int:
        self.rows = three_answers()
        self.tell("answer")
        return 3

    async def add_fact(self, title: str, text: Mapping[str, str], expires_on: date | None) -> str:
        if not title:
            raise UserMistake(message("playbook.fact_no_title"), field="title")
        self.fact_rows.append(FactRow(9, title.lower(), title, text, expires_on))
        self.tell("fact")
        return title.lower()

    async def change_fact(self, fact_id: int, title: str, text: Mapping[str, str], expires_on: date | None) -> None:
        self.fact_rows = [
            row._replace(title=title, text=text, expires_on=expires_on) if row.id == fact_id else row
            for row in self.fact_rows
        ]
        self.tell("fact")

    async def remove_fact(self, fact_id: int) -> None:
        self.fact_rows = [row for row in self.fact_rows if row.id != fact_id]
        self.tell("fact")

    def day(self, text: str, _language: str = "") -> date | None:
        return date(2026, 12, 31) if text == "31 dec" else None

    def known(self, _language: str) -> dict[str, str]:
        return {"hours": "de 9 a 18 h"}

    def style(self, _text: str, _language: str, _posts: int = 1) -> list[Any]:
        return self.complaints

    def _check(self, content: AnswerContent) -> None:
        if not content.tidied().title:
            raise UserMistake(message("playbook.no_title"), field="title")

    def _made(self, number: int, key: str, content: AnswerContent) -> PlaybookAnswer:
        tidy = content.tidied()
        texts = [replace(text, id=text.id or 100 + place, changed_at=NEW) for place, text in enumerate(tidy.texts)]
        return answer(
            number,
            key,
            tidy.category,
            tidy.title,
            *texts,
            tags=tidy.tags,
            main_language=tidy.main_language,
            blanks=tidy.blanks,
            after=tidy.after,
            review_on=tidy.review_on,
            pictures=tidy.pictures,
        )
