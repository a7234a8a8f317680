"""Tags in a painted PDF: pieces and groups are found again in order; a file that is built otherwise stays as it was."""

from __future__ import annotations

import io
from typing import Any

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QFont, QFontDatabase, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from app.ui.painting.pdf_tags import Tagger, tagged


def painted(pages: int = 2) -> tuple[bytes, Tagger]:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(96)
    painter = QPainter(writer)
    tags = Tagger(painter)
    for page in range(pages):
        if page:
            writer.newPage()
        tags.page()
        with tags.item("H1"):
            painter.drawText(10, 20, f"Page {page}")
        with tags.outside():
            painter.drawText(10, 400, "foot")
        with tags.group("Table"), tags.group("TR"), tags.item("TD"):
            painter.drawText(10, 60, "月 页")
        with tags.item("Figure", f"Bild «{page}» 图"):
            painter.drawRect(QRectF(10, 80, 20, 20))
    painter.end()
    return bytes(buffer.data().data()), tags


def tree(node: Any) -> Any:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, int):
        return node
    kids = node.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    return (str(node.get("/S", "")), str(node.get("/Alt", "")), [tree(kid) for kid in kids])


def test_pieces_and_groups_are_found_again(qapp: QApplication) -> None:
    pdf, tags = painted()
    reader = PdfReader(io.BytesIO(tagged(pdf, tags, "es", set("月页Pagefot 0123"), [QFont()])), strict=True)
    root: Any = reader.trailer["/Root"]
    _, _, (document,) = tree(root["/StructTreeRoot"])
    kind, _, kids = document
    assert kind == "/Document"
    assert [each[0] for each in kids] == ["/H1", "/Table", "/Figure"] * 2
    assert kids[2][1] == "Bild «0» 图"
    assert kids[1] == ("/Table", "", [("/TR", "", [("/TD", "", [1])])])
    parents = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert [len(parents[place]) for place in (1, 3)] == [3, 3]
    assert [page["/StructParents"] for page in reader.pages] == [0, 1]
    for page in reader.pages:
        assert "月" in page.extract_text()
        assert "页" in page.extract_text()
        assert "foot" in page.extract_text()


def test_the_same_pictures_are_painted(qapp: QApplication) -> None:
    pdf, tags = painted(1)
    before: Any = PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    after: Any = PdfReader(io.BytesIO(tagged(pdf, tags, "es", set(), [QFont()]))).pages[0].get_contents()
    kept = [
        line
        for line in after.get_data().split(b"\n")
        if b"BDC" not in line and b"BMC" not in line and b"EMC" not in line
    ]
    missing = [line for line in before.get_data().split(b"\n") if b"-9" not in line]
    assert [line for line in missing if line != b"f"] == [line for line in kept if line != b"f"]


def test_a_file_that_is_built_otherwise_is_left_alone(qapp: QApplication) -> None:
    _, tags = painted(1)
    for strange in (
        b"",
        b"%PDF-1.7 nothing",
        b"startxref\n0\n%%EOF",
        painted(1)[0].replace(b"/Contents", b"/Content_"),
    ):
        assert tagged(strange, tags, "es", set(), [QFont()]) == strange


def font_of_figures(family: str) -> bytes:
    """A font whose figures of one width have private code points, as those of Inter, and whose iota is a Latin letter's shape too."""
    figures = [f"figure{each}" for each in range(10)]
    wide = [f"{each}.tf" for each in figures]
    order = [".notdef", "space", "iota", *figures, *wide]
    glyphs = {}
    for place, name in enumerate(order):
        pen = TTGlyphPen(None)
        if name != "space":
            for corner in ((0, 0), (0, 700), (100 + 10 * place, 700), (100 + 10 * place, 0)):
                (pen.lineTo if corner != (0, 0) else pen.moveTo)(corner)
            pen.closePath()
        glyphs[name] = pen.glyph()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder(order)
    private = {0xE071 + place: name for place, name in enumerate(wide)}
    made.setupCharacterMap(
        {0x20: "space", 0x269: "iota", 0x3B9: "iota"}
        | {0x30 + place: name for place, name in enumerate(figures)}
        | private
    )
    made.setupGlyf(glyphs)
    made.setupHorizontalMetrics(dict.fromkeys(order, (600, 0)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": family, "styleName": "Regular"})
    made.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    made.setupPost()
    addOpenTypeFeaturesFromString(
        made.font, f"feature tnum {{ sub [{' '.join(figures)}] by [{' '.join(wide)}]; }} tnum;"
    )
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_figures_of_one_width_are_the_figures_that_were_written(qapp: QApplication) -> None:
    number = QFontDatabase.addApplicationFontFromData(font_of_figures("Figures of the tests"))
    try:
        plain, tabular = QFont("Figures of the tests", 12), QFont("Figures of the tests", 12)
        tabular.setFeature(QFont.Tag("tnum"), 1)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        painter = QPainter(writer)
        tags = Tagger(painter)
        tags.page()
        for row, font in enumerate((plain, tabular)):
            painter.setFont(font)
            with tags.item("P"):
                painter.drawText(100, 200 + 300 * row, "12 846 ι")
        painter.end()
        pdf = bytes(buffer.data().data())
        assert "\ue072" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text(), "what the library writes by itself"
        read = PdfReader(io.BytesIO(tagged(pdf, tags, "es", set("12846 ι"), [plain, tabular])), strict=True)
        assert read.pages[0].extract_text().split() == ["12", "846", "ι"] * 2
    finally:
        QFontDatabase.removeApplicationFont(number)
