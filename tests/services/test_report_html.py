"""The report as a page: well-formed, alone, without anything that runs, and every drawing in words."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from app.models.report import ReportChart, ReportDocument, ReportFigure, ReportPart, ReportTable
from app.services.report_html import report_html

SVG = b"""<?xml version="1.0" encoding="UTF-8"?>
<svg width="10mm" viewBox="0 0 680 170" xmlns="http://www.w3.org/2000/svg"><title>old</title><desc>old</desc>
<defs><clipPath id="clip1"/></defs><g clip-path="url(#clip1)"><text x="1" y="2">+300</text></g></svg>"""
HTML = "{http://www.w3.org/1999/xhtml}"
DRAWING = "{http://www.w3.org/2000/svg}"
EVIL = '<script>alert(1)</script>" onload="x\x00\x1b'
TABLE = ReportTable(
    "Publicaciones",
    ("Publicación", "Clics"),
    ((EVIL, "12"), ("黑胶唱片之夜", "3"), ("ليلة الفينيل", "—"), ("Вечер винила", "+1")),
)
CHART = ReportChart(
    "Nuevos seguidores", "cada día", 'Nuevos "seguidores": X +3', TABLE._replace(title="Seguidores"), SVG, 680, 170
)
FIGURE = ReportFigure("Clics", "6,533", "−6.6%", False, "6,998 antes", "de 43 publicaciones")
PART = ReportPart("summary", "Resumen", (FIGURE,), (CHART, CHART), (TABLE,), "Aún no compara")
DOCUMENT = ReportDocument(
    "es", "Informe de 28 días", EVIL, "1–28 nov", ("Comparado",), (PART, PART), {"as_table": "Tabla"}, logo=b"\x89PNG"
)


def tree() -> ET.Element:
    text = report_html(DOCUMENT).decode("utf-8")
    assert text.startswith("<!DOCTYPE html>\n")
    return ET.fromstring(text.partition("\n")[2])


def test_it_can_be_read_as_html_and_as_xml() -> None:
    open_tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag != "script"
            assert not any(name.startswith("on") for name, _ in attrs)
            open_tags.append(tag)

        def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag != "script"

        def handle_endtag(self, tag: str) -> None:
            assert open_tags.pop() == tag

    Reader().feed(report_html(DOCUMENT).decode("utf-8"))
    assert open_tags == []
    assert tree().get("lang") == "es"


def test_every_text_is_in_it_as_it_was() -> None:
    found = "".join(tree().itertext())
    for said in (
        "Informe de 28 días",
        "1–28 nov",
        "Comparado",
        "6,533",
        "−6.6%",
        "6,998 antes",
        "黑胶唱片之夜",
        "ليلة الفينيل",
        "Вечер винила",
        "+300",
        "Aún no compara",
        "<script>alert(1)</script>",
    ):
        assert said in found, said


def test_nothing_is_asked_of_the_net() -> None:
    page = report_html(DOCUMENT).decode("utf-8")
    assert "default-src 'none'" in page
    told = re.findall(r'(?:\ssrc="|\shref="|url\()([^"\')\s>]+)', page)
    assert {each.partition(":")[0] if not each.startswith("#") else "#" for each in told} <= {"data", "#"}
    assert not re.findall(r"https?://(?!www\.w3\.org/)", page)


def test_each_drawing_has_its_words_and_ids_of_its_own() -> None:
    drawings = tree().findall(f".//{DRAWING}svg")
    assert len(drawings) == 4
    assert {each.get("role") for each in drawings} == {"img"}
    for each in drawings:
        (title,) = each.findall(f".//{DRAWING}title")
        assert title.text == 'Nuevos "seguidores": X +3'
        assert each.get("aria-labelledby") == title.get("id")
    ids = [each.get("id") for each in tree().iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    for clip in (each.get("clip-path") for each in tree().iter() if each.get("clip-path")):
        assert (clip or "")[5:-1] in ids
    images = tree().findall(f".//{HTML}img")
    assert all(each.get("alt") for each in images)


def test_tables_have_heads_and_figures_at_the_right() -> None:
    tables = tree().findall(f".//{HTML}table")
    assert len(tables) == 6
    head = tables[0].findall(f".//{HTML}th")
    assert [(each.get("scope"), each.get("class")) for each in head] == [("col", None), ("col", "n")]


def test_without_a_logo_there_is_no_picture() -> None:
    assert b"<img" not in report_html(replace(DOCUMENT, logo=b""))
