"""The real program with its patience shortened, for tests that wait for it: `python tests/end_to_end/hurried.py ARGUMENTS...`."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app import bootstrap
from app.__main__ import main
from app.services import settling

if __name__ == "__main__":
    settling.FIRST_LOOK = timedelta(milliseconds=300)
    settling.SECOND_LOOK = timedelta(milliseconds=300)
    bootstrap.SAMPLE_LATENCY_SECONDS = float(os.environ.get("LATENCY", "0.05"))
    sys.exit(main())
