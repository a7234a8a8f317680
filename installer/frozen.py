"""Where the frozen program begins: gives the environment back what its loader changed for itself, then is the `tertulia` command.

The loader makes the system look for libraries in our folder. It has done its work when this runs; a browser or a video tool that we
start must find its own libraries, not ours.
"""

from __future__ import annotations

import os
import sys

for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH"):
    before = os.environ.pop(f"{name}_ORIG", None)
    os.environ.pop(name, None)
    if before:
        os.environ[name] = before

# A Windows program without a console has no output at all; what is said there is heard by nobody, and must not end the program.
if sys.stdout is None:
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  (for as long as the program runs)
if sys.stderr is None:
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123

from app.__main__ import main  # noqa: E402  (what it imports may start programs)

sys.exit(main())
