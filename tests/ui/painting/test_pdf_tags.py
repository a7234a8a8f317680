"""Tags in a painted PDF: pieces and groups are found again in order; a file that is built otherwise stays as it was."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QFont, QPainter, QPdfWriter
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
    reader = PdfReader(io.BytesIO(tagged(pdf, tags, "es", set("月页Pagefot 0123"), QFont())), strict=True)
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
    after: Any = PdfReader(io.BytesIO(tagged(pdf, tags, "es", set(), QFont()))).pages[0].get_contents()
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
        assert tagged(strange, tags, "es", set(), QFont()) == strange
