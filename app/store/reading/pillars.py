"""How much there is of each content pillar."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict

from app.models.sorting import Uses


def uses(connection: sqlite3.Connection) -> dict[str, Uses]:
    """By pillar; what was deleted or ended is not counted."""
    found: dict[str, Uses] = defaultdict(Uses)
    posts = "SELECT pillar, count(*) FROM post WHERE deleted_at IS NULL AND pillar != '' GROUP BY pillar"
    for pillar, many in connection.execute(posts):
        found[pillar] = found[pillar]._replace(posts=many)
    slots = (
        "SELECT s.pillar, count(*) FROM slot AS s JOIN account AS a ON a.id = s.account_id"
        " WHERE s.pillar != '' AND a.removed_at IS NULL GROUP BY s.pillar"
    )
    for pillar, many in connection.execute(slots):
        found[pillar] = found[pillar]._replace(slots=many)
    for (steps,) in connection.execute("SELECT steps FROM pattern WHERE removed_at IS NULL"):
        for pillar in {str(each["pillar"]) for each in json.loads(steps)} - {""}:
            found[pillar] = found[pillar]._replace(patterns=found[pillar].patterns + 1)
    for (draft,) in connection.execute("SELECT draft FROM series WHERE removed_at IS NULL"):
        if pillar := str(json.loads(draft).get("pillar", "")):
            found[pillar] = found[pillar]._replace(series=found[pillar].series + 1)
    return dict(found)
