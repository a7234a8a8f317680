"""The window, and nothing but the window: Qt lives here and nowhere else.

Importing anything of it takes PySide's import hook out again. The hook reads the source of every module imported later to look for
`from __feature__`, which we do not use: without it later imports are a quarter faster and the process 35 MB smaller.
"""

import builtins

from app.runtime.compiled import KeptCode, beside

with KeptCode(beside(__file__, "pyside")):
    import PySide6.QtCore  # noqa: F401  (installs the hook)

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
