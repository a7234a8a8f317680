"""Small pop-ups to pick a day or an hour with the mouse; the fields can be typed into all the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget, QMenu, QWidget

from app.runtime.clock import from_wall
from app.ui.page import PageFace

FIRST_HOUR, LAST_HOUR = 7, 23


def pick_day(face: PageFace, below: QWidget, shown: date, first: date, take: Callable[[date], None]) -> None:
    """A month below a field; days before `first` cannot be chosen."""
    calendar = QCalendarWidget(below)
    calendar.setWindowFlags(Qt.WindowType.Popup)
    calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    calendar.setAccessibleName(face.text("composer.pick_day"))
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setFirstDayOfWeek(Qt.DayOfWeek(face.words.first_weekday))
    calendar.setMinimumDate(QDate(first.year, first.month, first.day))
    calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))

    def picked(chosen: QDate) -> None:
        calendar.close()
        take(date(chosen.year(), chosen.month(), chosen.day()))

    calendar.clicked.connect(picked)
    calendar.activated.connect(picked)
    calendar.move(below.mapToGlobal(below.rect().bottomLeft()))
    calendar.show()
    calendar.setFocus(Qt.FocusReason.PopupFocusReason)


def pick_time(face: PageFace, below: QWidget, day: date, take: Callable[[time], None]) -> None:
    """The hours of the day in a menu below a field."""
    menu = QMenu(below)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for hour in range(FIRST_HOUR, LAST_HOUR + 1):
        action = menu.addAction(face.words.time(from_wall(datetime.combine(day, time(hour)), face.words.zone).at))
        action.triggered.connect(lambda _on=False, hour=hour: take(time(hour)))
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
