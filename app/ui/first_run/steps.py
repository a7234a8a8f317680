"""The two steps of the first run: how to begin with where the data lives, and the shop's name, country and time zone."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.runtime.settings import Shop, describe
from app.ui.first_run.cards import WayCard
from app.ui.page import PageFace
from app.ui.places import countries, zones
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.picker import Picker
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Card
from app.ui.widgets.text import ElidedLabel, Label, SectionLabel

CONNECT, SAMPLE = "connect", "sample"
FIELD_WIDTH = 420


class _Step(QWidget):
    """A heading, what it means, and the rest in `column`."""

    def __init__(self, face: PageFace, title: str, said: str) -> None:
        super().__init__()
        px = face.theme.px
        self._face = face
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(Label(face.look, title, "heading", wrap=True))
        self.column.addSpacing(px(4))
        self.column.addWidget(Label(face.look, said, "body", "text.secondary", wrap=True))
        self.column.addSpacing(px(22))


class BeginStep(_Step):
    """The ways to begin as cards; says which was pressed, and when an arrow key moves on."""

    pressed = Signal(str)
    moved = Signal(int)

    def __init__(self, face: PageFace, chosen: str) -> None:
        look, px = face.look, face.theme.px
        super().__init__(face, look.text("first_run.begin_title"), look.text("first_run.begin_said"))
        self.cards: dict[str, WayCard] = {}
        for way, icon, key in ((CONNECT, "user-plus", "1"), (SAMPLE, "storefront", "2")):
            card = WayCard(look, icon, look.text(f"first_run.{way}"), look.text(f"first_run.{way}_said"), key)
            card.clicked.connect(lambda _checked=False, way=way: self.pressed.emit(way))
            card.moved.connect(self.moved)
            card.setChecked(way == chosen)
            self.cards[way] = card
            self.column.addWidget(card)
            self.column.addSpacing(px(12))
        self.column.addSpacing(px(16))
        self.column.addWidget(SectionLabel(look, look.text("first_run.where")))
        self.column.addSpacing(px(8))
        self.column.addWidget(self._folder())
        self.column.addStretch(1)

    def _folder(self) -> QWidget:
        look, px, actions = self._face.look, self._face.theme.px, self._face.actions
        card = Card(look)
        row = QHBoxLayout(card)
        row.setContentsMargins(px(14), px(12), px(14), px(12))
        row.setSpacing(px(12))
        row.addWidget(IconSpot(look, "folder-open", "text.secondary", 20))
        words = QVBoxLayout()
        words.setSpacing(0)
        folder = ElidedLabel(look, str(self._face.services.data.folder), "small", mode=Qt.TextElideMode.ElideMiddle)
        folder.setFont(self._face.theme.font("small", weight=500))
        words.addWidget(folder)
        words.addWidget(Label(look, look.text("first_run.where_said"), "caption", "text.tertiary", wrap=True))
        nest(row, words, 1)
        row.addWidget(Button(look, actions.title("data.open_folder"), size="small", clicked=lambda: actions.run("data.open_folder")))
        return card


class ShopStep(_Step):
    """Name, country, zone; says `finished` on Enter in the last."""

    finished = Signal()

    def __init__(self, face: PageFace, typed: Mapping[str, str]) -> None:
        look, px = face.look, face.theme.px
        super().__init__(face, look.text("first_run.shop_title"), look.text("first_run.shop_said"))
        longest = next(each.high for each in describe(Shop) if each.name == "name")
        self.name = Field(look, look.text("first_run.name"), typed["name"], hint=look.text("first_run.name_hint"))
        self.name.line.setMaxLength(longest)
        self.country = Picker(look, look.text("first_run.country"), countries(look), typed["country"], look.text("first_run.country_hint"))
        self.zone = Picker(look, look.text("first_run.zone"), zones(), typed["zone"], look.text("first_run.zone_hint"))
        self.column.addWidget(self.name)
        for picker, title, said in (
            (self.country, "first_run.country", "first_run.country_said"),
            (self.zone, "first_run.zone", "first_run.zone_said"),
        ):
            self.column.addSpacing(px(16))
            label = Label(look, look.text(title), "bodyStrong")
            label.setBuddy(picker)
            self.column.addWidget(label)
            self.column.addSpacing(px(5))
            self.column.addWidget(picker)
            self.column.addSpacing(px(4))
            self.column.addWidget(Label(look, look.text(said), "caption", "text.tertiary", wrap=True))
        self._order = (self.name.line, self.country, self.zone)
        for line in self._order:
            line.setMaximumWidth(px(FIELD_WIDTH))
            line.returnPressed.connect(self._entered)
        self.column.addStretch(1)

    def typed(self) -> dict[str, str]:
        """What stands in the fields, as settings of the shop."""
        for picker in (self.country, self.zone):
            picker.settle()
        return {"name": self.name.text, "country": self.country.value, "zone": self.zone.value}

    def _entered(self) -> None:
        """Enter in a field goes to the next one, and on from the last."""
        focus = QApplication.focusWidget()
        place = next((number for number, line in enumerate(self._order) if line is focus), len(self._order) - 1)
        if place + 1 < len(self._order):
            self._order[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()
