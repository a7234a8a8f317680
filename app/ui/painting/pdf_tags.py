"""Tags for screen readers in a PDF that Qt painted: what is a heading, a paragraph, a table or a picture, and what pictures show in words;
and the letters that were written where Qt names look-alikes, so that what is searched for is found.

Qt writes no tags (6.11). So each piece is painted between two marks that nobody sees - specks far outside of the page - which are
replaced in the finished file by the operators that begin and end marked content (ISO 32000-1, 14.6 to 14.8). A file that is built
otherwise than expected is left as it is.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Generator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6 import QtCore, QtGui  # by module: classes are made when first used, which is not at the start

FAR, BEGINS, ENDS = 90_000, 1, 2
PRIVATE = "\ue000", "\uf8ff"
_MARK = re.compile(rb"-9(\d{4,}) -9000([12]) 1 1 re\s+f\b")
_OBJECT = re.compile(rb"(\d+) 0 obj\s*(.*?)\s*endobj\s*$", re.DOTALL)
_MAP = re.compile(rb"\[([0-9A-Fa-f<>\s]+)\]")
_LETTER = re.compile(rb"<([0-9A-Fa-f]{4})>")
_SHAPES = (("\u2f00", "\u2fdf"), ("\ufb50", "\ufdff"), ("\ufe70", "\ufefc"))
"""Radicals, and Arabic letters as they look at the beginning, in the middle or at the end of a word."""
_STREAM = re.compile(rb"(<<.*?>>)\s*stream\r?\n(.*)endstream", re.DOTALL)


@dataclass(slots=True)
class Node:
    """A piece of the structure. `marks` are those between which it is painted: (page, number)."""

    tag: str
    alt: str = ""
    kids: list[Node] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)


class Tagger:
    """Notes what is painted; a piece stays on one page, a group may go over many."""

    def __init__(self, painter: QtGui.QPainter) -> None:
        self.root = Node("Document")
        self._painter = painter
        self._open = [self.root]
        self._page = -1
        self._marks = 0
        self.artifacts: set[int] = set()
        """Marks of what is decoration."""

    def page(self) -> None:
        """Another page begins."""
        self._page += 1

    @contextmanager
    def group(self, tag: str) -> Generator[None]:
        """What is made of pieces: a table, a row."""
        node = Node(tag)
        self._open[-1].kids.append(node)
        self._open.append(node)
        try:
            yield
        finally:
            self._open.pop()

    @contextmanager
    def item(self, tag: str, alt: str = "") -> Generator[None]:
        """What is painted meanwhile is one piece."""
        number = self._begin()
        self._open[-1].kids.append(Node(tag, alt, marks=[(self._page, number)]))
        try:
            yield
        finally:
            self._speck(number, ENDS)

    @contextmanager
    def outside(self) -> Generator[None]:
        """What is painted meanwhile is nothing to be read."""
        number = self._begin()
        self.artifacts.add(number)
        try:
            yield
        finally:
            self._speck(number, ENDS)

    def _begin(self) -> int:
        self._marks += 1
        self._speck(self._marks, BEGINS)
        return self._marks

    def _speck(self, number: int, kind: int) -> None:
        painter = self._painter
        painter.save()
        painter.setPen(QtCore.Qt.PenStyle.NoPen)
        painter.setBrush(QtCore.Qt.GlobalColor.black)
        painter.drawRect(QtCore.QRectF(-float(f"9{number:04d}"), -(FAR + kind), 1, 1))
        painter.restore()


def tagged(pdf: bytes, tags: Tagger, language: str, written: Set[str], fonts: Sequence[QtGui.QFont]) -> bytes:
    """The same file with its structure. `written`: the letters that its texts are made of, in `fonts` or what stands in for them."""
    pieces = tagging(pdf, tags, language, written, fonts)
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            return bytes(end.value)


def tagging(
    pdf: bytes, tags: Tagger, language: str, written: Set[str], fonts: Sequence[QtGui.QFont]
) -> Generator[None, None, bytes]:
    """The same, a piece at a time."""
    try:
        file = _File(pdf)
        yield
        file.name_letters(written, fonts)
        yield
        return (yield from file.tagging(tags, language))
    except (ValueError, KeyError, IndexError, zlib.error):
        return pdf


class _File:
    """The objects of a file as Qt writes it: one table of places, no object streams."""

    def __init__(self, pdf: bytes) -> None:
        start = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
        table, _, trailer = pdf[start:].partition(b"trailer")
        places = sorted(int(line[:10]) for line in table.splitlines() if line.rstrip().endswith(b" n"))
        self.head = pdf[: places[0]]
        self.trailer = trailer[: trailer.index(b"startxref")].strip()
        self.objects: dict[int, bytes] = {}
        for begin, end in zip(places, [*places[1:], start], strict=True):
            found = _OBJECT.match(pdf[begin:end])
            if found is None:
                raise ValueError(f"no object at {begin}")
            self.objects[int(found.group(1))] = found.group(2)
        self.next = max(self.objects) + 1

    def name_letters(self, written: Set[str], fonts: Sequence[QtGui.QFont]) -> None:
        """Puts the letters that were written in the place of those that Qt names: a font has one shape for several."""
        tables = [number for number, content in self.objects.items() if b"beginbfrange" in content]
        named = {
            _letter(found)
            for number in tables
            for row in _MAP.findall(self.objects[number])
            for found in _LETTER.findall(row)
        }
        right = _look_alikes(named - written, written, written - named, fonts)

        def plain(found: re.Match[bytes]) -> bytes:
            letter = _letter(found.group(1))
            return (
                b"<%b>" % right.get(letter, _plain(letter)).encode("utf-16-be", "surrogatepass").hex().upper().encode()
            )

        for number in tables:
            self.objects[number] = _MAP.sub(lambda row: _LETTER.sub(plain, row.group()), self.objects[number])

    def tagging(self, tags: Tagger, language: str) -> Generator[None, None, bytes]:
        root = _number(self.trailer, b"/Root")
        pages = [
            int(each)
            for each in re.findall(
                rb"(\d+) 0 R", _between(self.objects[_number(self.objects[root], b"/Pages")], b"/Kids", b"]")
            )
        ]
        places: dict[int, int] = {}
        owners = {number: node for node in _nodes(tags.root) for _, number in node.marks}
        in_page: list[list[int]] = []
        for place, page in enumerate(pages):
            contents = _number(self.objects[page], b"/Contents")
            in_page.append(self._mark(contents, owners, places))
            self.objects[page] = _with(self.objects[page], f"/StructParents {place} /Tabs /S")
            yield
        ids = self._write(tags.root, places, pages)
        yield
        parents = self._add(
            "<< /Nums ["
            + " ".join(
                f"{place} [{' '.join(f'{ids[id(owners[n])]} 0 R' for n in marks)}]"
                for place, marks in enumerate(in_page)
            )
            + "] >>"
        )
        tree = self._add(
            f"<< /Type /StructTreeRoot /K {ids[id(tags.root)]} 0 R /ParentTree {parents} 0 R /ParentTreeNextKey {len(pages)} >>"
        )
        self.objects[ids[id(tags.root)]] = _with(self.objects[ids[id(tags.root)]], f"/P {tree} 0 R")
        told = f"/MarkInfo << /Marked true >> /StructTreeRoot {tree} 0 R /Lang ({language}) /ViewerPreferences << /DisplayDocTitle true >>"
        self.objects[root] = _with(self.objects[root], told)
        yield
        return self._file()

    def _mark(self, contents: int, owners: Mapping[int, Node], places: dict[int, int]) -> list[int]:
        """Puts the operators in the place of the specks of a page; answers its marks in their order."""
        found = _STREAM.match(self.objects[contents])
        if found is None:
            raise ValueError("no content")
        marks: list[int] = []

        def operator(speck: re.Match[bytes]) -> bytes:
            number = int(speck.group(1))
            if speck.group(2) == b"2":
                return b"EMC"
            if number not in owners:
                return b"/Artifact BMC"
            places[number] = len(marks)
            marks.append(number)
            return f"/{owners[number].tag} << /MCID {places[number]} >> BDC".encode()

        data = zlib.compress(_MARK.sub(operator, zlib.decompress(found.group(2))), 6)
        self.objects[contents] = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(data), data)
        return marks

    def _write(self, root: Node, places: Mapping[int, int], pages: Sequence[int]) -> dict[int, int]:
        """An object for each node; answers their numbers by `id`."""
        ids = {id(node): self.next + place for place, node in enumerate(_nodes(root))}
        self.next += len(ids)

        def write(node: Node, parent: int | None) -> None:
            own = ids[id(node)]
            kids = [f"{ids[id(kid)]} 0 R" for kid in node.kids] + [str(places[number]) for _, number in node.marks]
            page = f" /Pg {pages[node.marks[0][0]]} 0 R" if node.marks else ""
            up = f" /P {parent} 0 R" if parent is not None else ""
            alt = f" /Alt {_text(node.alt)}" if node.alt else ""
            scope = " /A << /O /Table /Scope /Column >>" if node.tag == "TH" else ""
            self.objects[own] = (
                f"<< /Type /StructElem /S /{node.tag}{up}{page}{alt}{scope} /K [{' '.join(kids)}] >>".encode()
            )
            for kid in node.kids:
                write(kid, own)

        write(root, None)
        return ids

    def _add(self, content: str) -> int:
        number, self.next = self.next, self.next + 1
        self.objects[number] = content.encode()
        return number

    def _file(self) -> bytes:
        out = bytearray(self.head)
        places: dict[int, int] = {}
        for number in sorted(self.objects):
            places[number] = len(out)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, self.objects[number])
        start, size = len(out), max(self.objects) + 1
        out += b"xref\n0 %d\n0000000000 65535 f \n" % size
        for number in range(1, size):
            out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
        trailer = re.sub(rb"/Size\s+\d+", b"/Size %d" % size, self.trailer)
        out += b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)
        return bytes(out)


def _letter(code: bytes) -> str:
    return chr(int(code, 16))


def _plain(letter: str) -> str:
    if letter < " ":
        return " "  # the shape of the blank is that of the tab
    return unicodedata.normalize("NFKC", letter) if any(first <= letter <= last for first, last in _SHAPES) else letter


def _look_alikes(
    strange: Set[str], written: Set[str], missing: Set[str], fonts: Sequence[QtGui.QFont]
) -> dict[str, str]:
    """Of letters that nobody wrote, what was written and has the same shape in the fonts that both are painted in.

    A letter may have the shape of another (ideographs; Greek iota), which is missing then. Some fonts give the shapes that a feature puts
    in the place of letters a private code point (Inter: figures of one width), and the same letters may stand elsewhere without it.
    """
    private = {each for each in strange if PRIVATE[0] <= each <= PRIVATE[1]}
    found: dict[str, str] = {}
    for wanted, letters in ((private, written), (strange - private, missing)):
        for letter in letters if wanted else ():
            if len(letter.encode("utf-16-be")) == 2:
                found |= {each: letter for font in fonts for each in wanted if _same_shape(font, letter, each)}
    return found


def _same_shape(font: QtGui.QFont, letter: str, other: str) -> bool:
    """Of two letters that the font has."""
    layout = QtGui.QTextLayout(letter, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return any(
        0 not in run.glyphIndexes() and run.rawFont().glyphIndexesForString(other) == list(run.glyphIndexes())
        for run in layout.glyphRuns()
    )


def _nodes(node: Node) -> list[Node]:
    return [node, *(each for kid in node.kids for each in _nodes(kid))]


def _number(text: bytes, name: bytes) -> int:
    """The object that a name leads to."""
    found = re.search(name + rb"\s+(\d+) 0 R", text)
    if found is None:
        raise ValueError(f"no {name!r}")
    return int(found.group(1))


def _between(text: bytes, begin: bytes, end: bytes) -> bytes:
    at = text.index(begin)
    return text[at : text.index(end, at)]


def _with(dictionary: bytes, more: str) -> bytes:
    """The dictionary with more entries at its end."""
    end = dictionary.rindex(b">>")
    return dictionary[:end] + more.encode() + b"\n" + dictionary[end:]


def _text(text: str) -> str:
    """As PDF writes text of any script."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"
