"""The frame of a picture that is cut: fixed shapes or free, moved and sized within the picture. Pure; all lengths are shares of its sides."""

from __future__ import annotations

from dataclasses import dataclass

LEAST = 0.05
"""Of a side."""
SHAPES: dict[str, float] = {"free": 0.0, "square": 1.0, "portrait": 4 / 5, "photo": 3 / 2, "wide": 16 / 9, "card": 1.91}
"""Width to height; 0: any."""
NETWORK_SHAPES: dict[str, tuple[str, ...]] = {
    "x": ("wide",),
    "mastodon": ("wide", "photo"),
    "bluesky": ("square", "wide"),
    "instagram": ("portrait", "square"),
    "facebook": ("card", "square"),
    "telegram": ("photo",),
}
"""Shapes that each network's timeline shows whole."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stays."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def is_whole(self) -> bool:
        return (self.left, self.top, self.right, self.bottom) == (0.0, 0.0, 1.0, 1.0)

    def moved(self, right: float, down: float) -> Frame:
        """By so much, as far as the picture goes."""
        right = min(max(right, -self.left), 1 - self.right)
        down = min(max(down, -self.top), 1 - self.bottom)
        return Frame(self.left + right, self.top + down, self.right + right, self.bottom + down)


def shaped(frame: Frame, shape: float, aspect: float) -> Frame:
    """The largest frame of a shape with the same middle, inside the picture; `aspect` is the picture's width to height."""
    if not shape:
        return frame
    ratio = shape / aspect
    width, height = (1.0, 1 / ratio) if ratio >= 1 else (ratio, 1.0)
    left = min(max((frame.left + frame.right - width) / 2, 0), 1 - width)
    top = min(max((frame.top + frame.bottom - height) / 2, 0), 1 - height)
    return Frame(left, top, left + width, top + height)


def stretched(frame: Frame, corner: str, right: float, down: float, shape: float, aspect: float) -> Frame:
    """One corner ("tl", "tr", "bl", "br") dragged by so much; a shape is kept, the corner across stays."""
    top, left = corner[0] == "t", corner[1] == "l"
    fixed_x, fixed_y = (frame.right if left else frame.left), (frame.bottom if top else frame.top)
    room_x, room_y = (fixed_x if left else 1 - fixed_x), (fixed_y if top else 1 - fixed_y)
    width = min(max(frame.width + (-right if left else right), LEAST), room_x)
    height = min(max(frame.height + (-down if top else down), LEAST), room_y)
    if shape:
        ratio = shape / aspect
        width = min(max(width, height * ratio if abs(down) > abs(right) else width), room_x, room_y * ratio)
        height = width / ratio
    return Frame(
        fixed_x - width if left else fixed_x, fixed_y - height if top else fixed_y,
        fixed_x if left else fixed_x + width, fixed_y if top else fixed_y + height,
    )  # fmt: skip
