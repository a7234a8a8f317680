"""Playbooks as files: CSV and JSON, there and back, with what is wrong named by line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.models.conversation import Category
from app.models.playbook import PlaybookAnswer
from app.runtime.errors import UserMistake
from app.services.playbook_files import PlaybookFiles, read, written_csv, written_json
from app.store.database import Database
from tests.fakes.clock import FakeClock
from tests.services.shop import empty_data_file

ANSWERS = [
    PlaybookAnswer(
        "late",
        Category.ORDER,
        {"es": "Tarde", "zh": "延误"},
        {"es": ('Va "ya";\nen camino', "-5 días")},
        ("envío", "prisa"),
    ),
    PlaybookAnswer("thanks", Category.OTHER, {"en": "Thanks"}, {"en": ("You are welcome",)}),
]
EXAMPLES = {"late": {"es": ("¿y mi pedido?", "=HYPERLINK(1)"), "en": ("where is it",)}}


def write(folder: Path, text: str, name: str = "p.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(("name", "written"), [("p.csv", written_csv), ("p.json", written_json)])
def test_what_was_written_is_read_as_it_was(tmp_path: Path, name: str, written: object) -> None:
    drafts, wrong = read(write(tmp_path, written(ANSWERS, EXAMPLES), name))  # type: ignore[operator]
    assert wrong == []
    assert [draft.answer() for draft in drafts] == ANSWERS
    assert drafts[0].examples == {language: list(texts) for language, texts in EXAMPLES["late"].items()}


def test_no_cell_is_run_by_a_spreadsheet() -> None:
    assert "\n=HYPERLINK" not in written_csv(ANSWERS, EXAMPLES)
    assert ",'=HYPERLINK(1)" in written_csv(ANSWERS, EXAMPLES)


def test_wrong_rows_are_named_by_line_and_right_ones_kept(tmp_path: Path) -> None:
    rows = [
        "key;category;language;title;text",
        'late;order;es;Tarde;"dos',
        'líneas"',
        ";order;es;Sin clave;x",
        "odd;nonsense;es;x;y",
        "odd;order;klingon!;x;y",
        "empty;order;es;;",
        "",
        "good;praise;en;Good;Thanks",
    ]
    drafts, wrong = read(write(tmp_path, "\r\n".join(rows), encoding="cp1252"))
    assert [draft.key for draft in drafts] == ["late", "good"]
    assert drafts[0].texts == {"es": ["dos\r\nlíneas"]}
    assert [(row.line, row.reason.id) for row in wrong] == [
        (4, "playbook_file.no_key"),
        (5, "playbook_file.unknown_category"),
        (6, "playbook_file.unknown_language"),
        (7, "playbook_file.empty_row"),
    ]


def test_answers_of_json_that_are_none_are_named_by_number(tmp_path: Path) -> None:
    document = {"answers": [{"key": "a", "texts": {"en": ["x"]}}, 4, {"key": "b", "texts": {"en": "x"}}, {"key": "c"}]}
    drafts, wrong = read(write(tmp_path, json.dumps(document), "p.json"))
    assert [draft.key for draft in drafts] == ["a"]
    assert [row.line for row in wrong] == [2, 3, 4]


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("", "p.csv", "playbook_file.no_columns"),
        ("name,words\na,b", "p.csv", "playbook_file.no_columns"),
        ("{", "p.json", "playbook_file.no_json"),
        ('{"answers": 4}', "p.json", "playbook_file.no_answers"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str, name: str, reason: str) -> None:
    with pytest.raises(UserMistake) as refused:
        read(write(tmp_path, text, name))
    assert refused.value.message.id == reason


async def test_it_comes_in_once_and_goes_out_again(tmp_path: Path, clock: FakeClock) -> None:
    path = tmp_path / "tertulia.db"
    path.write_bytes(empty_data_file())
    database = Database.open(path, backups=tmp_path, clock=clock)
    try:
        files = PlaybookFiles(database)
        source = write(tmp_path, written_json(ANSWERS, EXAMPLES), "in.json")
        first, again = await files.import_file(source), await files.import_file(source)
        assert (first.answers, first.examples, first.known, first.wrong) == (2, 3, 0, ())
        assert (again.answers, again.examples, again.known) == (0, 0, 2)
        for name in ("out.csv", "out.json"):
            assert await files.export_file(tmp_path / name) == 2
            drafts, wrong = read(tmp_path / name)
            assert (sorted(draft.key for draft in drafts), wrong) == (["late", "thanks"], [])
        with pytest.raises(UserMistake):
            await files.import_file(tmp_path / "nothing.csv")
        with pytest.raises(UserMistake):
            await files.export_file(tmp_path / "no" / "where.csv")
    finally:
        await database.close()
