"""Saves what is readable of a damaged data file into a new one, which takes its place. The damaged file is only read (row_copy.py)."""

from __future__ import annotations

import logging

from app.models.safekeeping import Salvaged, Tell, tell_nobody
from app.runtime.errors import Damaged
from app.store.restore import FOLDER, Here, make_ready, set_aside, throw_away
from app.store.row_copy import copy_tables
from app.store.schema import FileState
from app.store.troubles import troubles
from app.store.upgrade import upgrade

_log = logging.getLogger(__name__)


def salvage(here: Here, tell: Tell = tell_nobody) -> Salvaged:
    """Make a whole data file of what can be read of the damaged one, which is set aside. Raises Damaged where nothing can be read,
    DiskTrouble, `Stopped`; the damaged file is then where it was.
    """
    database, folder = here.paths.database, here.paths.root / FOLDER
    throw_away(folder)
    with troubles():
        folder.mkdir(mode=0o700, parents=True)
    try:
        fresh = folder / "fresh.db"
        upgrade(fresh, FileState.MISSING, folder, here.now())
        counts, lost = copy_tables(database, fresh, tell)
        rows = sum(counts.values())
        if not rows:
            raise Damaged(technical=f"{database}: no row can be read")
        found = make_ready(fresh, None, None, here, same_place=True)
        aside = set_aside(database, here.now())
        with troubles():
            fresh.replace(database)
    finally:
        throw_away(folder)
    return Salvaged(rows, tuple(lost), found.to_check, aside, tuple(counts.items()))
