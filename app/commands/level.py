"""How grave it is what the user is told; apart from the commands, because widgets know it and little else of them."""

from __future__ import annotations

from typing import Literal

Level = Literal["info", "ok", "warn", "danger"]
