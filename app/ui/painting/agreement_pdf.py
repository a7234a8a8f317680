"""Paints one agreement as a PDF to hand over: who, what, how much, the terms, and what was said before it; on paper of the country's size."""

from __future__ import annotations

from PySide6 import QtCore, QtGui  # by module: classes are made when first used, which is not at the start

from app.models.agreement import AgreementPaper, Quoted
from app.ui.agreement_words import agreement_facts, moment_text
from app.ui.look import Look
from app.ui.safe_text import may_open, one_line, unfolded
from app.ui.theme import printed

LETTER = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
"""Countries that write on US Letter, as CLDR knows them; all others write on A4."""
MARGIN_MM = 20
FOOT_MM = 12
RESOLUTION = 300
DOCUMENT_DPI = 96
"""What Qt takes margins of a document to be told in, whatever it is painted on."""
LETTERS_ALONE = ("liga", "clig", "calt", "locl")
"""Features of fonts that put another shape in the place of letters that meet, or that a language writes otherwise: what is copied out of the
file would not be what was written."""
LABELS = 26
"""Per cent of the width."""


def agreement_pdf(look: Look, paper: AgreementPaper, country: str) -> bytes:
    """The whole file. Everything in it that others wrote is text, whatever it looks like; fonts are embedded."""
    buffer = QtCore.QBuffer()
    buffer.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
    writer = QtGui.QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setCreator("Tertulia")
    writer.setTitle(_title(look, paper))
    size = QtGui.QPageSize.PageSizeId.Letter if country in LETTER else QtGui.QPageSize.PageSizeId.A4
    margins = QtCore.QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageLayout(
        QtGui.QPageLayout(
            QtGui.QPageSize(size), QtGui.QPageLayout.Orientation.Portrait, margins, QtGui.QPageLayout.Unit.Millimeter
        )
    )
    document = _document(look, paper)
    document.documentLayout().setPaintDevice(writer)
    foot = FOOT_MM * RESOLUTION / 25.4
    room = QtCore.QSizeF(writer.width(), writer.height() - foot)
    document.setPageSize(room)
    painter = QtGui.QPainter(writer)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, -number * room.height())
        document.drawContents(painter, QtCore.QRectF(QtCore.QPointF(0, number * room.height()), room))
        painter.restore()
        _foot(
            painter,
            look,
            paper,
            (number + 1, document.pageCount()),
            QtCore.QRectF(0, room.height(), room.width(), foot),
        )
    painter.end()
    return bytes(buffer.data().data())


def _title(look: Look, paper: AgreementPaper) -> str:
    return look.text("agreement.paper_title", number=str(paper.row.id), name=one_line(paper.customer))


class _Page:
    """Writes into the document; formats are set anew for each piece, so that nothing runs on."""

    def __init__(self, document: QtGui.QTextDocument, ink: QtGui.QColor) -> None:
        self._cursor = QtGui.QTextCursor(document)
        self._ink = ink
        self._begun = False

    def line(
        self,
        text: str,
        points: float = 10,
        *,
        strong: bool = False,
        above: float = 0,
        below: float = 2,
        whole: bool = False,
    ) -> None:
        """One paragraph. `whole`: it stays on the page of what follows."""
        self.begin(above, below, whole=whole)
        self.piece(text, points, strong=strong)

    def begin(self, above: float = 0, below: float = 2, *, whole: bool = False) -> None:
        block = QtGui.QTextBlockFormat()
        block.setTopMargin(above * DOCUMENT_DPI / 72)
        block.setBottomMargin(below * DOCUMENT_DPI / 72)
        if whole:
            block.setNonBreakableLines(True)
        if self._begun:
            self._cursor.insertBlock(block)
        else:
            self._cursor.setBlockFormat(block)
        self._begun = True

    def piece(self, text: str, points: float = 10, *, strong: bool = False, link: str = "") -> None:
        kind = QtGui.QTextCharFormat()
        font = _font(points)
        font.setWeight(QtGui.QFont.Weight.DemiBold if strong else QtGui.QFont.Weight.Normal)
        kind.setFont(font)
        kind.setForeground(self._ink)
        if link and may_open(link):
            kind.setAnchor(True)
            kind.setAnchorHref(bytes(QtCore.QUrl(link).toEncoded().data()).decode("ascii"))
            kind.setFontUnderline(True)
        self._cursor.insertText(text.replace("\n", "\N{LINE SEPARATOR}"), kind)

    def facts(self, rows: list[tuple[str, str, str]]) -> None:
        """(label, text, link) below each other, in two columns."""
        form = QtGui.QTextTableFormat()
        form.setBorder(0)
        form.setCellPadding(2.5 * DOCUMENT_DPI / 72)
        form.setCellSpacing(0)
        form.setBorderStyle(QtGui.QTextFrameFormat.BorderStyle.BorderStyle_None)
        form.setWidth(QtGui.QTextLength(QtGui.QTextLength.Type.PercentageLength, 100))
        form.setColumnWidthConstraints(
            [QtGui.QTextLength(QtGui.QTextLength.Type.PercentageLength, share) for share in (LABELS, 100 - LABELS)]
        )
        table = self._cursor.insertTable(len(rows), 2, form)
        for number, (label, text, link) in enumerate(rows):
            for column, said in enumerate((label, text)):
                self._cursor = table.cellAt(number, column).firstCursorPosition()
                self._cursor.setBlockFormat(QtGui.QTextBlockFormat())
                self.piece(said, strong=column == 1 and number == 0, link=link if column else "")
        self._cursor = table.document().rootFrame().lastCursorPosition()
        self.piece(" ", 4)  # a block below a table keeps no margin above it


def _document(look: Look, paper: AgreementPaper) -> QtGui.QTextDocument:
    document = QtGui.QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    page = _Page(document, printed(look.theme, "text.primary"))
    if paper.shop:
        page.line(one_line(paper.shop), 12, strong=True)
    page.line(_title(look, paper), 18, strong=True, above=4, below=8)
    if paper.removed_at is not None:
        page.line(look.text("agreement.paper_removed", when=moment_text(look, paper.removed_at)), strong=True, below=8)
    page.facts(agreement_facts(look, paper))
    page.line(look.text("agreement.paper_said"), 13, strong=True, above=10, below=4)
    if not paper.transcript:
        page.line(look.text("agreement.paper_nothing_said"))
    for quoted in paper.transcript:
        _quote(look, page, quoted)
    return document


def _quote(look: Look, page: _Page, quoted: Quoted) -> None:
    who = one_line(quoted.name) or one_line(quoted.handle)
    handle = one_line(quoted.handle)
    said = " · ".join(each for each in (who, handle if handle != who else "", moment_text(look, quoted.at)) if each)
    page.line(said, 8.5, strong=True, above=6, below=1, whole=True)
    page.begin(0, 1)
    page.piece(unfolded(quoted.text))
    if quoted.url and may_open(quoted.url):
        page.begin(0, 2)
        page.piece(one_line(quoted.url), 8, link=quoted.url)


def _foot(
    painter: QtGui.QPainter, look: Look, paper: AgreementPaper, page: tuple[int, int], room: QtCore.QRectF
) -> None:
    font = _font(8)
    painter.setFont(font)
    painter.setPen(QtGui.QPen(printed(look.theme, "text.primary"), RESOLUTION / 288))
    line = room.top() + room.height() * 0.45
    painter.drawLine(QtCore.QPointF(room.left(), line), QtCore.QPointF(room.right(), line))
    below = QtCore.QRectF(room.left(), line, room.width(), room.bottom() - line)
    number = look.text("agreement.paper_page", page=page[0], pages=page[1])
    measure = QtGui.QFontMetricsF(font, painter.device())
    words = measure.elidedText(
        " · ".join(each for each in (one_line(paper.shop), _title(look, paper)) if each),
        QtCore.Qt.TextElideMode.ElideRight,
        room.width() - measure.horizontalAdvance(number) - RESOLUTION / 4,
    )
    painter.drawText(below, int(QtCore.Qt.AlignmentFlag.AlignLeft | QtCore.Qt.AlignmentFlag.AlignBottom), words)
    painter.drawText(below, int(QtCore.Qt.AlignmentFlag.AlignRight | QtCore.Qt.AlignmentFlag.AlignBottom), number)


def _font(points: float) -> QtGui.QFont:
    """The program's own, without ligatures."""
    font = QtGui.QFont(QtGui.QGuiApplication.font().family())
    font.setPointSizeF(points)
    for feature in LETTERS_ALONE:
        font.setFeature(QtGui.QFont.Tag(feature), 0)
    return font
