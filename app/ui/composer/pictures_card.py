"""The pictures or the video of the post: their order, their descriptions, and which networks show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.models.post import Picture, PostDraft
from app.ui.composer.composition import Composition, Edit, Place
from app.ui.composer.drafting import is_video
from app.ui.composer.films import MEGABYTE, running_time, takes_films
from app.ui.composer.fit_row import FitRow
from app.ui.composer.goes_to import PartCard
from app.ui.composer.thumbnails import Thumbnails
from app.ui.composer.video_tile import VideoTile
from app.ui.page import PageFace
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.inside import nest
from app.ui.widgets.picture_tile import PictureTile
from app.ui.widgets.text import Label

SIDE = 108
"""Of a tile, as drawn."""


class PicturesCard(PartCard):
    """Shown while there are pictures. Moving, removing and describing change the draft."""

    def __init__(self, face: PageFace, thumbnails: Thumbnails, path: Callable[[Picture], Path], edit: Edit) -> None:
        super().__init__(face.look, "image", face.text("composer.pictures"))
        self._face = face
        self._thumbnails = thumbnails
        self._path = path
        self._edit = edit
        self._composition: Composition | None = None
        self._chosen = 0
        self._tiles: list[PictureTile] = []
        body = QHBoxLayout()
        body.setSpacing(14)
        body.addWidget(self._made_tiles(), 1)
        nest(body, self._made_words(), 1)
        nest(self.column, body)
        self.fit = FitRow(face, edit)
        self.column.addWidget(self.fit)

    def _made_tiles(self) -> QWidget:
        look, face = self._face.look, self._face
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        flow_holder = QWidget()
        self._flow = FlowLayout(flow_holder, gap=8)
        column.addWidget(flow_holder)
        row = QHBoxLayout()
        row.setSpacing(2)
        self.left = IconButton(look, "caret-left", look.text("composer.picture_left"), key="Shift+Left", clicked=lambda: self._move(-1))
        self.right = IconButton(look, "caret-right", look.text("composer.picture_right"), key="Shift+Right", clicked=lambda: self._move(1))
        self.remove = IconButton(look, "trash", look.text("composer.picture_remove"), key="Delete", clicked=self._remove)
        self.add = Button(look, look.text("composer.picture_add"), icon="plus", size="small", clicked=lambda: face.actions.run("composer.picture"))
        self.crop = IconButton(look, "crop", face.actions.title("composer.crop"), clicked=lambda: face.actions.run("composer.crop"))
        for button in (self.left, self.right, self.crop, self.remove):
            row.addWidget(button)
        row.addSpacing(6)
        row.addWidget(self.add)
        row.addStretch(1)
        nest(column, row)
        column.addStretch(1)
        return holder

    def _made_words(self) -> QVBoxLayout:
        look = self._face.look
        column = QVBoxLayout()
        column.setSpacing(6)
        self._title = Label(look, "", "small", "text.secondary", wrap=True)
        column.addWidget(self._title)
        self.alt = QPlainTextEdit()
        self.alt.setTabChangesFocus(True)
        self.alt.setFixedHeight(look.theme.px(88))
        self.alt.textChanged.connect(self._described)
        self._title.setBuddy(self.alt)
        column.addWidget(self.alt)
        self._limit = Label(look, "", "caption", "text.tertiary", wrap=True)
        column.addWidget(self._limit)
        column.addStretch(1)
        return column

    # ---- what the page asks

    def choose(self, index: int) -> None:
        """Show another picture's description."""
        self._chosen = index
        if self._composition is not None:
            self.show_composition(self._composition)

    def edit_alt(self, index: int) -> None:
        self.choose(index)
        self.alt.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen_picture(self) -> Picture | None:
        pictures = self._composition.draft.pictures if self._composition is not None else ()
        return pictures[self._chosen] if self._chosen < len(pictures) else None

    def put_in_place(self, old: Picture, new: Picture) -> None:
        """Another file for a picture, wherever it stands now."""
        self._edit(lambda draft: replace(draft, pictures=tuple(new if each.path == old.path else each for each in draft.pictures)))

    def tiles(self) -> list[PictureTile]:
        return self._tiles

    def show_composition(self, composition: Composition) -> None:
        self._composition = composition
        pictures = composition.draft.pictures
        self.setVisible(bool(pictures))
        self._keep_tiles(pictures)
        self.fit.show_composition(composition)
        if not pictures:
            return
        self._show_takers(composition)
        self._chosen = min(max(self._chosen, 0), len(pictures) - 1)
        for index, (tile, picture) in enumerate(zip(self._tiles, pictures, strict=True)):
            if isinstance(tile, VideoTile):
                tile.show_video(composition.films.get(picture.path), index + 1, picture.alt, index == self._chosen)
            else:
                tile.show_picture(self._thumbnails.pixmap(self._path(picture)))
                tile.show_described(index + 1, picture.alt, chosen=index == self._chosen)
        open_still = not composition.locked
        self.left.setEnabled(open_still and self._chosen > 0)
        self.right.setEnabled(open_still and self._chosen < len(pictures) - 1)
        self.remove.setEnabled(open_still)
        self.crop.setEnabled(open_still)
        self.crop.setVisible(not is_video(pictures[self._chosen]))
        self.add.setEnabled(open_still)
        self._show_alt(composition, pictures[self._chosen])

    # ---- inside

    def _show_takers(self, composition: Composition) -> None:
        look = self._face.look
        if all(is_video(picture) for picture in composition.draft.pictures):
            takers = [place for place in composition.chosen if takes_films(place)]
            self.goes_to.show_places(takers, [self._video_room(place) for place in takers])
        else:
            takers = [place for place in composition.chosen if place.limits.pictures]
            self.goes_to.show_places(takers, [look.text("composer.pictures_limit", n=place.limits.pictures) for place in takers])

    def _video_room(self, place: Place) -> str:
        """The network's limits of a video, those it has."""
        look, limits = self._face.look, place.limits
        room = [look.text("composer.video_size", megabytes=limits.video_bytes // MEGABYTE)] if limits.video_bytes else []
        room += [running_time(limits.video_seconds)] if limits.video_seconds else []
        return look.text("composer.video_limit", limits=look.words.listing(room)) if room else look.text("composer.video_taken")

    def _show_alt(self, composition: Composition, picture: Picture) -> None:
        look = self._face.look
        film = is_video(picture)
        title = look.text("composer.video_alt_title" if film else "composer.alt_title", number=self._chosen + 1)
        self._title.setText(title)
        self.alt.setAccessibleName(title)
        self.alt.setReadOnly(composition.locked)
        self.alt.setPlaceholderText(look.text("composer.video_alt_hint" if film else "composer.alt_hint"))
        if self.alt.toPlainText() != picture.alt:
            self.alt.setPlainText(picture.alt)
        limits = [place.limits.alt_text for place in composition.chosen if place.limits.pictures and place.limits.alt_text]
        limit = min(limits, default=0)
        over = bool(limit) and len(picture.alt) > limit
        self._limit.setVisible(bool(limit))
        self._limit.setText(look.text("composer.alt_limit", length=len(picture.alt), limit=limit))
        self._limit.recolour("status.danger.text" if over else "text.tertiary")
        self.alt.setProperty("wrong", over)

    def _keep_tiles(self, pictures: Sequence[Picture]) -> None:
        """One for each, of the right kind; those from the first wrong one on are made anew."""
        kinds = [is_video(picture) for picture in pictures]
        same = 0
        while same < min(len(kinds), len(self._tiles)) and isinstance(self._tiles[same], VideoTile) == kinds[same]:
            same += 1
        while len(self._tiles) > same:
            tile = self._tiles.pop()
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        while len(self._tiles) < len(kinds):
            index = len(self._tiles)
            tile = VideoTile(self._face.look, SIDE) if kinds[index] else PictureTile(self._face.look, SIDE)
            tile.clicked.connect(lambda _on=False, index=index: self.choose(index))
            tile.stepped.connect(lambda step, index=index: self._step(index + step))
            tile.moved.connect(self._move)
            tile.carried.connect(lambda at, index=index: self._carried(index, at))
            tile.let_down.connect(lambda at, index=index: self._let_down(index, at))
            tile.removed.connect(self._remove)
            self._flow.addWidget(tile)
            self._tiles.append(tile)

    def _step(self, index: int) -> None:
        if 0 <= index < len(self._tiles):
            self.choose(index)
            self._tiles[index].setFocus(Qt.FocusReason.TabFocusReason)

    def _tile_at(self, at: QPoint) -> int | None:
        return next((index for index, tile in enumerate(self._tiles) if tile.geometry().contains(at)), None)

    def _carried(self, source: int, at: QPoint) -> None:
        target = self._tile_at(at)
        for index, tile in enumerate(self._tiles):
            tile.show_target(index == target != source)

    def _let_down(self, source: int, at: QPoint) -> None:
        """Upon another tile it takes its place; beside them all it stays where it was."""
        target = self._tile_at(at)
        for tile in self._tiles:
            tile.show_target(False)
        if target is not None:
            self._chosen = source
            self._move(target - source)

    def _move(self, step: int) -> None:
        composition, here = self._composition, self._chosen
        if not step or composition is None or composition.locked or not 0 <= here + step < len(composition.draft.pictures):
            return
        self._chosen = here + step
        focused = any(tile.hasFocus() for tile in self._tiles)

        def moved(draft: PostDraft) -> PostDraft:
            pictures = list(draft.pictures)
            pictures.insert(here + step, pictures.pop(here))
            return replace(draft, pictures=tuple(pictures))

        self._edit(moved)
        if focused:
            self._tiles[self._chosen].setFocus(Qt.FocusReason.TabFocusReason)

    def _remove(self) -> None:
        here = self._chosen
        if self._composition is None or self._composition.locked:
            return
        self._edit(lambda draft: replace(draft, pictures=(*draft.pictures[:here], *draft.pictures[here + 1 :])))
        if self._tiles:
            self._tiles[min(self._chosen, len(self._tiles) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def _described(self) -> None:
        composition, here, text = self._composition, self._chosen, self.alt.toPlainText()
        if composition is None or here >= len(composition.draft.pictures) or composition.draft.pictures[here].alt == text:
            return

        def described(draft: PostDraft) -> PostDraft:
            pictures = list(draft.pictures)
            pictures[here] = Picture(pictures[here].path, text)
            return replace(draft, pictures=tuple(pictures))

        self._edit(described)
