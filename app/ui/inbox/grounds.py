"""Lets the ground of a pane be seen through what scrolls on it."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea


def be_transparent(area: QScrollArea) -> None:
    """Neither the viewport nor the content paints a ground of its own; to be called after `setWidget`."""
    area.viewport().setAutoFillBackground(False)
    content = area.widget()
    if content is not None:
        content.setAutoFillBackground(False)
