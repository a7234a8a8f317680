"""One editor a kind of setting: switch, select, stepper, line, search, hours. Each shows a value and says when the user chose another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.runtime.settings import Hours, Kind, Setting
from app.ui.look import Look
from app.ui.places import countries, zones
from app.ui.settings.hours import HoursEditor
from app.ui.theme import ZOOM_STEPS
from app.ui.widgets.checks import Switch
from app.ui.widgets.field import LineField
from app.ui.widgets.picker import Picker
from app.ui.widgets.select import Select
from app.ui.widgets.stepper import Stepper

FEW = 8
"""A number with no more values than this is chosen from a list."""
LINE_WIDTH = 240
STEPS = {"appearance.zoom": ZOOM_STEPS, "sending.undo_seconds": (0, 5, 10, 20, 30)}
"""Numbers that are chosen from, where they are not all at one distance."""


class Editor(Protocol):
    """What the form needs of an editor."""

    widget: QWidget

    def show_value(self, value: object) -> None:
        """Show a value; says nothing."""


Chosen = Callable[[object], None]


def editor_for(look: Look, setting: Setting, value: object, chosen: Chosen) -> Editor:
    """The editor that fits a setting; `chosen` hears what the user chose."""
    name = look.text(setting.title_id)
    match setting.kind:
        case Kind.SWITCH:
            return SwitchEditor(look, name, value, chosen)
        case Kind.CHOICE:
            return SelectEditor(look, name, [(look.text(setting.choice_id(choice)), choice) for choice in setting.choices], value, chosen)
        case Kind.NUMBER:
            numbers = STEPS.get(setting.key) or range(setting.low, setting.high + 1, setting.step)
            if len(numbers) <= FEW:
                return SelectEditor(look, name, [(look.number(number), number) for number in numbers], value, chosen)
            return StepperEditor(look, name, setting, value, chosen)
        case Kind.COUNTRY:
            return PickerEditor(look, Picker(look, name, countries(look), str(value), look.text("settings.country_hint")), chosen)
        case Kind.ZONE:
            return PickerEditor(look, Picker(look, name, zones(), str(value), look.text("settings.zone_hint")), chosen)
        case Kind.HOURS:
            return HoursOf(look, value, chosen)
        case Kind.CLOSED_DAYS | Kind.OPEN_DAYS | Kind.TARGETS | Kind.PACES | Kind.FOLDER | Kind.KEYS | Kind.SORTS:
            raise ValueError(f"{setting.key} is edited by its own section")
        case Kind.TEXT | Kind.LINK:
            return LineEditor(look, name, setting, value, chosen)


class SwitchEditor:
    def __init__(self, look: Look, name: str, value: object, chosen: Chosen) -> None:
        self._switch = Switch(look, name, checked=bool(value))
        self.widget: QWidget = self._switch
        self._switch.clicked.connect(lambda checked: chosen(checked))

    def show_value(self, value: object) -> None:
        self._switch.setChecked(bool(value))


class SelectEditor:
    def __init__(self, look: Look, name: str, choices: list[tuple[str, object]], value: object, chosen: Chosen) -> None:
        self._select = Select(look, name, choices)
        self.widget: QWidget = self._select
        self.show_value(value)
        self._select.activated.connect(lambda _row: chosen(self._select.currentData()))

    def show_value(self, value: object) -> None:
        self._select.choose(value)


class StepperEditor:
    def __init__(self, look: Look, name: str, setting: Setting, value: object, chosen: Chosen) -> None:
        self._stepper = Stepper(look, name, setting.low, setting.high, setting.step)
        self.widget: QWidget = self._stepper
        self.show_value(value)
        self._stepper.changed.connect(lambda number: chosen(number))

    def show_value(self, value: object) -> None:
        assert isinstance(value, int)
        self._stepper.choose(value)


class LineEditor:
    def __init__(self, look: Look, name: str, setting: Setting, value: object, chosen: Chosen) -> None:
        self._line = LineField(look, name, str(value))
        self._line.setMaxLength(setting.high)
        self._line.setMinimumWidth(look.theme.px(LINE_WIDTH))
        self.widget: QWidget = self._line
        self._line.editingFinished.connect(lambda: chosen(self._line.text().strip()))

    def show_value(self, value: object) -> None:
        if not self._line.hasFocus():
            self._line.setText(str(value))


class PickerEditor:
    def __init__(self, look: Look, picker: Picker, chosen: Chosen) -> None:
        self._picker = picker
        self._picker.setMinimumWidth(look.theme.px(LINE_WIDTH))
        self.widget: QWidget = picker
        picker.chosen.connect(lambda value: chosen(value))

    def show_value(self, value: object) -> None:
        self._picker.choose(str(value))


class HoursOf:
    def __init__(self, look: Look, value: object, chosen: Chosen) -> None:
        assert isinstance(value, tuple)
        hours: Hours = value
        self._editor = HoursEditor(look, hours)
        self.widget: QWidget = self._editor
        self.widget.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._editor.changed.connect(lambda hours: chosen(hours))

    def show_value(self, value: object) -> None:
        if value != self._editor.hours:
            assert isinstance(value, tuple)
            self._editor.choose(value)
