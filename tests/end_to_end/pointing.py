"""A mouse before the real window: pressed, moved and let go as the window system reports it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.end_to_end.morning import Person

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
STEPS = 6


class Mouse:
    """Points in the window's own coordinates."""

    def __init__(self, me: Person) -> None:
        self._me = me
        self.held = NONE

    def point(self, widget: QWidget, place: QPoint) -> QPoint:
        return widget.mapTo(self._me.frame, place)

    async def press(self, place: QPoint) -> None:
        handle = self._me.frame.windowHandle()
        await self._me.outside(lambda: QTest.mousePress(handle, LEFT, self.held, place))

    async def move(self, begins: QPoint, ends: QPoint) -> None:
        """There in a few steps, as a hand does."""
        handle = self._me.frame.windowHandle()
        for step in range(1, STEPS + 1):
            place = begins + (ends - begins) * step / STEPS
            await self._me.outside(lambda place=place: QTest.mouseMove(handle, place))

    async def let_go(self, place: QPoint) -> None:
        handle = self._me.frame.windowHandle()
        await self._me.outside(lambda: QTest.mouseRelease(handle, LEFT, self.held, place))

    async def click(self, place: QPoint) -> None:
        await self.press(place)
        await self.let_go(place)

    async def drag(self, begins: QPoint, ends: QPoint) -> None:
        await self.press(begins)
        await self.move(begins, ends)
        await self.let_go(ends)


def inside(rect: QRect) -> QPoint:
    """Where a hand takes hold of a chip."""
    return rect.topLeft() + QPoint(20, 8)
