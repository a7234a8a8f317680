"""A post as one network would show it: whose it is, its words, pictures and poll; what the network leaves out is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.account import AccountState
from app.models.image_set import for_account
from app.models.post import LinkPreview, Picture, QuotedPost
from app.ui.composer.composition import Composition, Place
from app.ui.composer.drafting import is_video
from app.ui.composer.films import films_of, running_time, takes_films
from app.ui.composer.link_view import LinkView
from app.ui.composer.marking import coloured
from app.ui.composer.network_faces import face_of, shown_text
from app.ui.composer.quote_card import QuoteView
from app.ui.composer.quoting import Fate, fate
from app.ui.composer.thumbnails import Thumbnails
from app.ui.composer.video_tile import VideoBox
from app.ui.page import PageFace
from app.ui.widgets.avatar import Avatar, NetworkBadge
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.pictures import paint_covering
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Card, Line
from app.ui.widgets.text import ElidedLabel, Label, draw_text

GAP = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything a preview depends on: where it is equal, nothing needs to be drawn anew."""

    place: Place
    parts: tuple[str, ...]
    pictures: tuple[Picture, ...]
    video: tuple[str, str] | None
    """(how long it runs, its description)."""
    options: tuple[str, ...]
    hours: int
    warning: str
    left_out: tuple[str, ...]
    """Message ids of what this network does not show."""
    when: str
    """ "now" or the planned time, in words."""
    card: LinkPreview | None = None
    """Of a link, where the network shows the one that we make."""
    quote: QuotedPost | None = None
    """What the network shows as quoted."""
    linked: bool = False
    """The text carries the link of what would be quoted."""

    @classmethod
    def of(cls, composition: Composition, place: Place, when: str) -> Shown:
        draft, limits = composition.draft, place.limits
        poll = draft.poll if limits.poll_options else None
        left_out = []
        if draft.poll is not None and poll is None:
            left_out.append("composer.preview.no_poll")
        films = films_of(composition)
        stills = tuple(picture for picture in for_account(draft, place.id).pictures if not is_video(picture))
        if stills and not limits.pictures:
            left_out.append("composer.preview.no_pictures")
        if films and not takes_films(place):
            left_out.append("composer.preview.no_video")
        if limits.pictures and len(stills) > limits.pictures:
            left_out.append("composer.preview.fewer_pictures")
        if draft.warning.strip() and not limits.warning:
            left_out.append("composer.preview.no_warning")
        if draft.visibility not in limits.visibilities:
            left_out.append("composer.preview.public")
        quoted = fate(composition, place)[0] if draft.quote is not None else None
        if quoted is Fate.LEFT_OUT:
            left_out.append("composer.preview.no_quote")
        return cls(
            place,
            composition.leaving(place.id),
            stills[: limits.pictures],
            _video(composition, films[0][1]) if films and takes_films(place) else None,
            poll.options if poll is not None else (),
            poll.hours if poll is not None else 0,
            draft.warning.strip() if limits.warning else "",
            tuple(left_out),
            when,
            draft.link_card if limits.link_card and not draft.pictures else None,
            draft.quote if quoted is Fate.QUOTED else None,
            quoted is Fate.LINK,
        )


def _video(composition: Composition, picture: Picture) -> tuple[str, str]:
    facts = composition.films.get(picture.path)
    return (running_time(facts.seconds) if facts is not None else "", picture.alt)


class PreviewCard(Card):
    """One network's view of the post."""

    def __init__(self, face: PageFace, thumbnails: Thumbnails, path: Callable[[Picture], Path]) -> None:
        super().__init__(face.look)
        self._face = face
        self._thumbnails = thumbnails
        self._path = path
        self._opened = False
        self._whole: set[int] = set()
        """Parts whose cut-off rest was asked for."""
        self._content: QWidget | None = None
        self.shown: Shown | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 14, 12)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        face.look.theme.changed.connect(self._recolour)

    def show_post(self, shown: Shown) -> None:
        if shown == self.shown:
            return
        self.shown = shown
        self._rebuild()

    def _recolour(self) -> None:
        """Colours within rich text do not follow the theme by themselves."""
        if self.shown is not None:
            self._rebuild()

    def _rebuild(self) -> None:
        shown = self.shown
        if shown is None:
            return
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        look = self._face.look
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.setAccessibleName(look.text("composer.preview.name", network=shown.place.name, text="\n".join(shown.parts)))
        nest(column, self._head(shown))
        if shown.warning:
            column.addWidget(self._warning(shown.warning))
        if not shown.warning or self._opened:
            self._fill(column, shown)
        if shown.linked:
            nest(column, self._note("link-simple", look.text("composer.preview.quote_link"), "text.secondary"))
        for note in shown.left_out:
            nest(column, self._note("minus-circle", look.text(note, n=shown.place.limits.pictures), "status.warn.text"))
        self._column.addWidget(self._content)

    def _note(self, icon: str, text: str, colour: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(IconSpot(self._face.look, icon, colour, 14), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(self._face.look, text, "caption", colour, wrap=True), 1)
        return row

    def _head(self, shown: Shown) -> QHBoxLayout:
        look, account = self._face.look, shown.place.account
        row = QHBoxLayout()
        row.setSpacing(10)
        avatar = Avatar(look, "m", "surface.raised")
        avatar.show_person(account.name or account.handle, account.name or account.handle)
        row.addWidget(avatar)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(ElidedLabel(look, account.name or account.handle, "bodyStrong"))
        when = shown.when
        if account.state is AccountState.BY_HAND:
            when = look.text("composer.preview.by_hand", when=when)
        names.addWidget(ElidedLabel(look, f"{account.handle} · {when}", "caption", "text.tertiary"))
        nest(row, names, 1)
        row.addWidget(NetworkBadge(look, account.network, shown.place.name, 18), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _warning(self, text: str) -> QWidget:
        look = self._face.look
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconSpot(look, "warning-circle", "status.warn.text"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(look, text, "reading", wrap=True), 1)
        name = look.text("composer.preview.less" if self._opened else "composer.preview.more")
        row.addWidget(Button(look, name, size="small", clicked=self._turn))
        return holder

    def _turn(self) -> None:
        self._opened = not self._opened
        self._rebuild()

    def _fill(self, column: QVBoxLayout, shown: Shown) -> None:
        first = face_of(shown.place.account.network).pictures_first
        for index, part in enumerate(shown.parts):
            if index:
                column.addWidget(Line(self._face.look))
            if index == 0 and first:
                self._fill_media(column, shown)
            column.addWidget(self._text(shown, part, index))
            if index == 0:
                if not first:
                    self._fill_media(column, shown)
                self._fill_rest(column, shown)

    def _text(self, shown: Shown, part: str, index: int) -> Label:
        """A part as the network shows it; "more" opens what it cuts off."""
        look, face = self._face.look, face_of(shown.place.account.network)
        text = Label(look, "", "reading", wrap=True, selectable=True)
        text.setTextFormat(Qt.TextFormat.RichText)
        if not part.strip():
            text.setText(look.text("composer.preview.empty"))
            text.recolour("text.tertiary")
            return text
        short, cut = shown_text(face, part)
        if index in self._whole:
            short, cut = shown_text(replace(face, cut_at=0, cut_lines=0), part)
        more = look.text("composer.preview.more_text") if cut else ""
        account = shown.place.account
        name = account.handle.lstrip("@") if face.name_first and index == 0 else ""
        link = look.theme.color("text.link").name() if face.links else ""
        text.setText(coloured(short, link, before=name, more=more, quiet=look.theme.color("text.tertiary").name()))
        text.linkActivated.connect(lambda _href, index=index: self._open_text(index))
        return text

    def _open_text(self, index: int) -> None:
        self._whole.add(index)
        self._rebuild()

    def _fill_media(self, column: QVBoxLayout, shown: Shown) -> None:
        if shown.pictures:
            pixmaps = [(self._path(picture), picture.alt) for picture in shown.pictures]
            column.addWidget(PictureGrid(self._face, self._thumbnails, pixmaps))
        if shown.video is not None:
            column.addWidget(VideoBox(self._face, *shown.video))

    def _fill_rest(self, column: QVBoxLayout, shown: Shown) -> None:
        look = self._face.look
        if shown.card is not None:
            column.addWidget(LinkView(look, self._thumbnails, self._path, shown.card))
        if shown.quote is not None:
            column.addWidget(QuoteView(look, shown.quote))
        if shown.options:
            pills = face_of(shown.place.account.network).poll == "pills"
            column.addWidget(PollOptions(self._face, shown.options, pills=pills))
            column.addWidget(Label(look, look.text("composer.preview.poll", n=shown.hours), "caption", "text.tertiary"))


class PictureGrid(QWidget):
    """Up to four pictures as most networks lay them out; more are counted."""

    def __init__(self, face: PageFace, thumbnails: Thumbnails, pictures: Sequence[tuple[Path, str]]) -> None:
        super().__init__()
        self._look = face.look
        self._pixmaps = [thumbnails.pixmap(path) for path, _ in pictures]
        self.setAccessibleName(face.text("composer.preview.pictures", n=len(pictures)))
        self.setToolTip("\n".join(alt for _, alt in pictures if alt))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        height = round(self.width() * (0.56 if len(self._pixmaps) != 2 else 0.5))
        if height != self.height():
            self.setFixedHeight(height)

    def cells(self) -> list[QRectF]:
        width, height = float(self.width()), float(self.height())
        half, middle = (width - GAP) / 2, (height - GAP) / 2
        left, right = QRectF(0, 0, half, height), QRectF(half + GAP, 0, half, height)
        match len(self._pixmaps):
            case 1:
                return [QRectF(0, 0, width, height)]
            case 2:
                return [left, right]
            case 3:
                return [left, QRectF(half + GAP, 0, half, middle), QRectF(half + GAP, middle + GAP, half, middle)]
        return [QRectF(x, y, half, middle) for y in (0.0, middle + GAP) for x in (0.0, half + GAP)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.radius("m")
        cells = self.cells()
        for rect, pixmap in zip(cells, self._pixmaps, strict=False):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface.sunken"))
            painter.drawRoundedRect(rect, radius, radius)
            paint_covering(painter, rect, pixmap, radius)
        more = len(self._pixmaps) - len(cells)
        if more > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface.scrim"))
            painter.drawRoundedRect(cells[-1], radius, radius)
            painter.setPen(theme.color("text.inverse"))
            painter.setFont(theme.font("title"))
            painter.drawText(cells[-1], int(Qt.AlignmentFlag.AlignCenter), f"+{self._look.number(more)}")


class PollOptions(QWidget):
    """The options as rows with a circle."""

    def __init__(self, face: PageFace, options: Sequence[str], *, pills: bool = False) -> None:
        """`pills`: round all over, without a circle."""
        super().__init__()
        self._look = face.look
        self._options = options
        self._pills = pills
        self.setAccessibleName(face.words.listing([option for option in options if option]))
        theme = face.theme
        self.setFixedHeight(len(options) * theme.px(30) + (len(options) - 1) * theme.px(5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius, side = theme.radius("input"), theme.px(14)
        for index, option in enumerate(self._options):
            rect = QRectF(0.5, index * theme.px(35) + 0.5, self.width() - 1, theme.px(30) - 1)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("border.default"), 1))
            if self._pills:
                painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
                painter.setPen(theme.color("text.primary"))
                painter.setFont(theme.font("body", weight=500))
                painter.drawText(rect.adjusted(theme.px(12), 0, -theme.px(12), 0), int(Qt.AlignmentFlag.AlignCenter), option)
                continue
            painter.drawRoundedRect(rect, radius, radius)
            painter.setPen(QPen(theme.color("border.strong"), 1.2))
            painter.drawEllipse(QRectF(theme.px(11), rect.center().y() - side / 2, side, side))
            painter.setPen(theme.color("text.primary"))
            room = QRectF(theme.px(34), rect.top(), rect.width() - theme.px(44), rect.height())
            draw_text(painter, room, option, theme.font("body"))
