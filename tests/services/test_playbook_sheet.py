"""A playbook as CSV: there and back, from other programs, and the list of what was left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.playbook_file import WrongRow
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.playbook_sheet import read_sheet, sheet, wrong_sheet
from tests.services.whole_playbook import ANSWERS, FACTS


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "p.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_no_cell_is_run_by_a_spreadsheet() -> None:
    assert "\n=HYPERLINK" not in sheet(ANSWERS)
    assert ",'=HYPERLINK(1)" in sheet(ANSWERS)
    assert ",'-5 天" in sheet(ANSWERS)


def test_wrong_rows_are_named_by_line_and_right_ones_kept(tmp_path: Path) -> None:
    rows = [
        "key;category;language;title;text",
        'late;order;es;Tarde;"dos',
        'líneas"',
        ";order;es;;x",
        "odd;nonsense;es;x;y",
        "odd;order;klingon!;x;y",
        "empty;order;es;;",
        "",
        'open;order;es;x;"never closed',
        "good;praise;en;Good;Thanks",
    ]
    book, wrong = read_sheet(write(tmp_path, "\r\n".join(rows), "cp1252"), {})
    assert list(book.drafts) == ["late", "good"]
    assert [text.text for text in book.drafts["late"].texts["es"]] == ["dos\r\nlíneas"]
    assert [(row.line, row.reason.id) for row in wrong] == [
        (4, "playbook_file.no_key"),
        (5, "playbook_file.unknown_category"),
        (6, "playbook_file.unknown_language"),
        (7, "playbook_file.empty_row"),
        (9, "orders.wrong.quote"),
    ]
    assert wrong[1].cells["category"] == "nonsense"


def test_a_row_is_read_as_the_user_mended_it(tmp_path: Path) -> None:
    path = write(tmp_path, "key,category,text\nlate,odr,Late\n")
    book, wrong = read_sheet(path, {2: {"key": "late", "category": "order", "text": "Late"}})
    assert (list(book.drafts), wrong) == (["late"], [])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Pregunta;Respuesta;Categoría\n¿Abren hoy?;Sí, todo el día.;Atención\n", "cp1252"),
        ("Pregunta\tRespuesta\tCategoría\n¿Abren hoy?\tSí, todo el día.\tAtención\n", "utf-16"),
        ('Pregunta,Respuesta,Categoría\n¿Abren hoy?,"Sí, todo el día.",Atención\n', "utf-8-sig"),
    ],
)
def test_a_spreadsheet_of_somebody_else_comes_in(tmp_path: Path, text: str, encoding: str) -> None:
    book, wrong = read_sheet(write(tmp_path, text, encoding), {})
    (draft,) = book.drafts.values()
    answer = draft.answer()
    assert wrong == []
    assert (answer.title, answer.wordings, answer.tags) == (
        {"es": "¿Abren hoy?"},
        {"es": ("Sí, todo el día.",)},
        ("Atención",),
    )


def test_a_column_for_each_language_is_understood(tmp_path: Path) -> None:
    text = "Tema;Español;English;Français\nHorario;Abrimos a las 9.;We open at 9.;\n;sin tema;;\n"
    book, wrong = read_sheet(write(tmp_path, text), {})
    (draft,) = book.drafts.values()
    answer = draft.answer()
    assert (answer.key, answer.title, answer.main) == ("horario", {"es": "Horario"}, "es")
    assert answer.wordings == {"es": ("Abrimos a las 9.",), "en": ("We open at 9.",)}
    assert [(row.line, row.reason.id) for row in wrong] == [(3, "playbook_file.no_key")]


@pytest.mark.parametrize("text", ["", "price,colour\n1,blue\n", "category,tags\norder,x\n"])
def test_a_file_without_answers_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserMistake) as refused:
        read_sheet(write(tmp_path, text), {})
    assert refused.value.message.id == "playbook_file.no_columns"


def test_the_list_of_what_was_left_out_can_be_mended_and_brought_in(tmp_path: Path) -> None:
    reason = message("playbook_file.unknown_category", category="odr")
    rows = [WrongRow(7, reason, {"key": "late", "category": "odr", "language": "en", "text": "=Late"})]
    text = wrong_sheet(rows, ["there is no category odr"])
    assert text.splitlines()[0] == "line,reason,key,category,language,text"
    book, wrong = read_sheet(write(tmp_path, text.replace(",odr,", ",order,")), {})
    assert wrong == []
    assert book.drafts["late"].texts["en"][0].text == "=Late"


def test_facts_have_rows_of_their_own(tmp_path: Path) -> None:
    book, wrong = read_sheet(write(tmp_path, sheet([], FACTS)), {})
    assert wrong == []
    assert (book.facts["plazo"].text, book.facts["plazo"].until) == (FACTS[0].text, FACTS[0].expires_on)
