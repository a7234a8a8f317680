"""Settings, Spending: what calls to networks that charge have cost this month, how much they may, and how often they are looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from app.models.spending import Meter, amount
from app.runtime.settings import Setting
from app.ui.durations import every_text
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.settings.editors import Chosen, Editor
from app.ui.settings.form import Form
from app.ui.settings.sections import SECTIONS, SPENDING
from app.ui.widgets.avatar import NetworkBadge
from app.ui.widgets.inside import nest, nest_at
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label

STEPS = (5, 10, 15, 30, 60, 120, 240)
"""Minutes that the slider offers."""
SLIDER_WIDTH = 220
NEARLY = 0.8
"""From this part of the limit on the bar warns."""


class SpendingPane(Form):
    """The meter of each network that charges, above the two settings that decide what it may show."""

    def __init__(self, face: PageFace) -> None:
        self._face = face
        section = next(each for each in SECTIONS if each.id == SPENDING)
        super().__init__(face.look, face.services.settings, section, read_only=face.services.data.read_only)
        self._meters: dict[str, MeterCard] = {}
        self._shown_meters = QVBoxLayout()
        nest_at(self.rows, 0, self._shown_meters)

    def read(self) -> None:
        """Ask for the meters; they are shown when they are there."""
        self._face.actions.start("settings: spending", self._read())

    async def _read(self) -> None:
        money = self._face.services.money
        for network in money.networks:
            self.show_meter(await money.meter(network))

    def show_meter(self, meter: Meter) -> None:
        network = meter.month.network
        if network not in self._meters:
            self._meters[network] = MeterCard(self._look, network)
            self._shown_meters.addWidget(self._meters[network])
        self._meters[network].show_meter(meter)
        for row in (self._shown.get("spending.minutes"),):
            if row is not None and isinstance(row.editor, IntervalEditor):
                row.editor.show_price(
                    meter.currency, lambda minutes: self._face.services.money.reading_price(network, minutes)
                )

    def show_changed(self, keys: frozenset[str]) -> None:
        super().show_changed(keys)
        if any(key.startswith("spending.") for key in keys):
            self.read()

    def _editor(self, setting: Setting, value: object, chosen: Chosen) -> Editor:
        if setting.key == "spending.minutes":
            return IntervalEditor(self._look, self._look.text(setting.title_id), value, chosen)
        return super()._editor(setting, value, chosen)


class MeterCard(QWidget):
    """One network: spent of the limit, as a bar and in words, and what it was spent on."""

    def __init__(self, look: Look, network: str) -> None:
        super().__init__()
        self._look = look
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(NetworkBadge(look, network, network_name(network), 20))
        self.title = Label(look, look.text("settings.spending.month", network=network_name(network)), "bodyStrong")
        head.addWidget(self.title, 1)
        self.sum = Label(look, "", "body")
        head.addWidget(self.sum)
        nest(column, head)
        self.bar = MeterBar(look)
        column.addWidget(self.bar)
        self.said = Label(look, "", "caption", "text.tertiary", wrap=True)
        column.addWidget(self.said)
        self._items = QGridLayout()
        self._items.setHorizontalSpacing(px(16))
        self._items.setVerticalSpacing(px(3))
        self._items.setColumnStretch(0, 1)
        nest(column, self._items)
        column.addSpacing(px(8))
        column.addWidget(Line(look))
        column.addSpacing(px(6))

    def show_meter(self, meter: Meter) -> None:
        look, month, currency = self._look, meter.month, meter.currency
        spent, limit = amount(month.spent, currency), amount(meter.limit, currency)
        self.sum.setText(look.text("settings.spending.sum", spent=spent, limit=limit))
        said = [look.text("settings.spending.calls", n=month.calls, until=meter.ends_at.date())]
        if month.set_aside:
            said.append(look.text("settings.spending.set_aside", amount=amount(month.set_aside, currency)))
        if not meter.left:
            said.append(look.text("settings.spending.reached"))
        self.said.setText(" ".join(said))
        self.bar.show_share(
            month.spent / meter.limit if meter.limit else 1.0, f"{self.title.text()}: {self.sum.text()}"
        )
        while (found := self._items.takeAt(0)) is not None:
            if (widget := found.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, item in enumerate(each for each in month.items if each.units):
            words = look.text(f"settings.spending.item.{item.item}", n=item.units)
            self._items.addWidget(Label(look, words, "small", "text.secondary"), place, 0)
            cost = Label(look, look.text(amount(item.spent, currency)), "small", "text.secondary")
            self._items.addWidget(cost, place, 1, Qt.AlignmentFlag.AlignRight)


class MeterBar(QWidget):
    """How much of the limit is spent."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    def show_share(self, share: float, name: str) -> None:
        self._share = min(max(share, 0.0), 1.0)
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(120), self._look.theme.px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        radius = whole.height() / 2
        painter.setBrush(theme.color("surface.sunken"))
        painter.drawRoundedRect(whole, radius, radius)
        if self._share > 0:
            token = (
                "status.danger.text"
                if self._share >= 1
                else "status.warn.text"
                if self._share >= NEARLY
                else "accent.fill"
            )
            painter.setBrush(theme.color(token))
            part = QRectF(
                whole.topLeft(),
                QSize(max(round(whole.width() * self._share), round(whole.height())), round(whole.height())),
            )
            painter.drawRoundedRect(part, radius, radius)


class IntervalEditor:
    """A slider over few intervals, with what looking that often costs."""

    def __init__(self, look: Look, name: str, value: object, chosen: Chosen) -> None:
        self._look = look
        self._chosen = chosen
        self._price: Callable[[int], tuple[int, int]] | None = None
        self._currency = ""
        self.widget = QWidget()
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(3))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(STEPS) - 1)
        self.slider.setPageStep(1)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setFixedWidth(look.theme.px(SLIDER_WIDTH))
        self.slider.setAccessibleName(name)
        column.addWidget(self.slider)
        self.said = Label(look, "", "caption", "text.secondary", wrap=True)
        self.said.setFixedWidth(look.theme.px(SLIDER_WIDTH))
        column.addWidget(self.said)
        self.show_value(value)
        self.slider.valueChanged.connect(self._moved)

    @property
    def minutes(self) -> int:
        return STEPS[self.slider.value()]

    def show_value(self, value: object) -> None:
        """An interval between two steps is shown as the nearer one."""
        wanted = value if isinstance(value, int) else STEPS[0]
        nearest = min(range(len(STEPS)), key=lambda place: abs(STEPS[place] - wanted))
        self.slider.blockSignals(True)
        self.slider.setValue(nearest)
        self.slider.blockSignals(False)
        self._say()

    def show_price(self, currency: str, price: Callable[[int], tuple[int, int]]) -> None:
        self._currency, self._price = currency, price
        self._say()

    def _moved(self, _place: int) -> None:
        self._say()
        self._chosen(self.minutes)

    def _say(self) -> None:
        said = every_text(self._look, self.minutes)
        said = said[:1].upper() + said[1:]
        if self._price is not None:
            expected, most = (amount(each, self._currency) for each in self._price(self.minutes))
            said = self._look.text("settings.spending.reading", every=said, expected=expected, most=most)
        self.said.setText(said)
        self.said.setMinimumHeight(self.said.heightForWidth(self.said.maximumWidth()))  # the row would give it its usual lines alone
        self.slider.setAccessibleDescription(said)
