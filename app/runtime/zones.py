"""Time zones by name, imported without asking how Python was built: finding out where it looks for them takes 2 ms of the time to the first
page.
"""

from __future__ import annotations

import os
import sys

PATH = "PYTHONTZPATH"
PLACES = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")
"""Where Python looks on every Unix unless told otherwise (PEP 615); what is found in none of them comes from the package `tzdata`."""

_ours = os.name == "posix" and PATH not in os.environ and "zoneinfo" not in sys.modules
if _ours:
    os.environ[PATH] = os.pathsep.join(PLACES)

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: E402

if _ours:
    del os.environ[PATH]

__all__ = ["ZoneInfo", "ZoneInfoNotFoundError"]
