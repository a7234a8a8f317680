"""How this program is started again. Standard library only."""

from __future__ import annotations

import sys


def program() -> list[str]:
    """The frozen file itself, or this Python with the package."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "app"]
