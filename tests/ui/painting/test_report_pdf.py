"""A report on paper: every word of it can be found again in any script, nothing is cut off, and screen readers are told what is what."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from app.models.report import ReportChart, ReportDocument, ReportFigure, ReportPart, ReportTable
from app.ui.charts.chart import Chart
from app.ui.charts.column_chart import Column, ColumnChart
from app.ui.look import Look
from app.ui.painting.chart_files import alt_text, height_of
from app.ui.painting.paper import paper_look
from app.ui.painting.report_pdf import report_pdf

TITLES = {
    "Latin": "Mañana: «Marea», edición numerada",
    "Cyrillic": "Вечер винила в магазине",
    "Han": "黑胶唱片之夜：六月的长页",
    "Greek": "Βραδιά βινυλίου",
    "Kana": "レコードのよる",
    "Hangul": "바이닐의 밤",
    "Hebrew": "ערב תקליטים",
    "Arabic": "ليلة الفينيل",
}


def a_chart(look: Look) -> ColumnChart:
    chart = ColumnChart(look, "Клики · 点击 · Clics", lambda value: str(round(value)), "Día")
    chart.show_bins([Column("5 min", 3), Column("1 h", 12), Column("más", None)], None)
    return chart


def document(look: Look, chart: Chart, rows: Sequence[Sequence[str]] = (), country: str = "MX") -> ReportDocument:
    told = chart.table()
    table = ReportTable(told.title, told.columns, told.rows)
    drawn = ReportChart(chart.accessibleName(), "cada día", alt_text(look, chart), table, b"", 680, height_of(chart))
    figures = tuple(
        ReportFigure(
            f"Cifra {number}", "12,846", "+6.1 %", number % 2 == 0, "12,108 antes", "de 4 cuentas; antes de 4 cuentas"
        )
        for number in range(6)
    )
    posts = ReportTable("Publicaciones", ("Publicación", "Clics", "Compartidos"), tuple(tuple(row) for row in rows))
    part = ReportPart("summary", "Resumen", figures, (drawn,), (posts,), "La comparación comienza el lunes.")
    return ReportDocument(
        "es", "Informe de 28 días", "Discos Aurora", "25 de octubre–21 de noviembre", ("Comparado con septiembre",), (part,),
        {"behind": "Las cifras de las gráficas", "as_table": "Tabla"}, date(2026, 11, 21), b"", country,
    )  # fmt: skip


def painted(look: Look, made: ReportDocument, charts: Sequence[Chart]) -> bytes:
    painting = report_pdf(look, made, [charts])
    while True:
        try:
            next(painting)
        except StopIteration as end:
            return bytes(end.value)


def read(look: Look, rows: Sequence[Sequence[str]] = (), country: str = "MX") -> PdfReader:
    own = paper_look(look, look.words)
    chart = a_chart(own)
    return PdfReader(io.BytesIO(painted(own, document(own, chart, rows, country), [chart])), strict=True)


def words_of(reader: PdfReader) -> str:
    return "".join("".join(page.extract_text() for page in reader.pages).split())


def test_every_script_can_be_found_again(qapp: QApplication, look: Look) -> None:
    found = words_of(read(look, [(title, "12", "3") for title in TITLES.values()]))
    for script, title in TITLES.items():
        wanted = "".join(unicodedata.normalize("NFC", title).split())
        assert wanted in found or wanted[::-1] in found, script
    assert "Клики·点击·Clics" in found


@pytest.mark.parametrize("language", ["zh_CN", "ja_JP"])
def test_ideographs_are_found_again_in_languages_that_write_them_otherwise(
    qapp: QApplication, look: Look, language: str
) -> None:
    """Fonts then put other shapes in their place, which have no code of their own."""
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        found = words_of(read(look, [(TITLES[script], "12", "3") for script in ("Han", "Kana", "Latin")]))
    finally:
        QLocale.setDefault(before)
    for script in ("Han", "Kana", "Latin"):
        assert "".join(TITLES[script].split()) in found


def test_all_that_is_told_is_there(qapp: QApplication, look: Look) -> None:
    found = words_of(read(look, [("Hola", "1", "2")]))
    for said in (
        "DiscosAurora",
        "Informede28días",
        "Comparadoconseptiembre",
        "Resumen",
        "Lacomparacióncomienza",
        "12,846",
        "+6.1%",
        "12,108antes",
        "cadadía",
        "Lascifrasdelasgráficas",
        "Page1",
    ):
        assert said in found, said
    assert "…" not in found
    assert "�" not in found


@pytest.mark.parametrize(("country", "size"), [("MX", (612, 792)), ("ES", (595, 842))])
def test_the_paper_is_that_of_the_country(qapp: QApplication, look: Look, country: str, size: tuple[int, int]) -> None:
    width, height = read(look, country=country).pages[0].mediabox[2:]
    assert (round(width), round(height)) == size


def test_no_letter_leaves_the_page_however_long_titles_are(qapp: QApplication, look: Look) -> None:
    long = ["Palabra " * 60, "Donaudampfschifffahrtsgesellschaft" * 8, "唱片" * 150]
    reader = read(
        look,
        [(title, "1,234,567", "98 %") for title in long]
        + [(f"Publicación {number}", "1", "2") for number in range(120)],
    )
    found = words_of(reader)
    assert len(reader.pages) > 3
    for title in long:
        assert found.count("".join(title.split())[:6]) >= 1
    assert found.count("唱") == 150
    assert found.count("Palabra") == 60
    assert all(f"Publicación{number}" in found for number in range(120))
    for page in reader.pages:
        width, height = page.mediabox[2:]
        places: list[tuple[float, float]] = []
        page.extract_text(
            visitor_text=lambda text, cm, tm, _font, _size, places=places: (
                places.append(_place(cm, tm)) if text.strip() else None
            )
        )
        assert places
        assert all(0 < x < float(width) and 0 < y < float(height) for x, y in places)


def _place(cm: Sequence[float], tm: Sequence[float]) -> tuple[float, float]:
    return tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]


def test_a_table_with_more_columns_than_a_page_holds_goes_on_below(qapp: QApplication, look: Look) -> None:
    own = paper_look(look, look.words)
    chart = a_chart(own)
    made = document(own, chart)
    names = tuple(f"Columna {number}" for number in range(30))
    wide = ReportTable("Ancha", names, (tuple(f"celda-{number}" for number in range(30)),))
    part = made.parts[0]._replace(tables=(wide,))
    reader = PdfReader(
        io.BytesIO(
            painted(
                own, ReportDocument(made.language, made.title, made.shop, made.days, (), (part,), made.labels), [chart]
            )
        )
    )
    found = words_of(reader)
    assert all(f"celda-{number}" in found for number in range(30))
    assert found.count("Columna0") > 2


def test_a_screen_reader_is_told_what_everything_is(qapp: QApplication, look: Look) -> None:
    reader = read(look, [("Hola", "1", "2")])
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "es"
    kinds: list[str] = []
    alts: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, int):
            return
        kinds.append(str(node.get("/S", "")))
        if "/Alt" in node:
            alts.append(str(node["/Alt"]))
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            walk(kid)

    walk(root["/StructTreeRoot"])
    for kind, many in (("/Document", 1), ("/H1", 3), ("/Figure", 1), ("/Table", 2), ("/TH", 5)):
        assert kinds.count(kind) == many, kind
    assert kinds.count("/TD") == 3 + 3 * 2
    (alt,) = alts
    assert "Клики · 点击 · Clics" in alt
    assert "1 h: 12" in alt


def test_what_is_marked_is_marked_once_and_ended(qapp: QApplication, look: Look) -> None:
    for page in read(look, [("Hola", "1", "2")] * 80).pages:
        content: Any = page.get_contents()
        data = content.get_data()
        assert data.count(b"BDC") + data.count(b"BMC") == data.count(b"EMC") > 0
        assert b"-9000" not in data
