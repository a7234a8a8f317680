"""The sample shop's good times: each belongs to an account that is there, and none floods it."""

from __future__ import annotations

from collections import defaultdict

from app.models.slot import Slot, overlaps
from app.runtime.paths import resources
from app.services.sample_content import read_content
from app.services.sample_slots import OFF, TIMES, add_slots


def test_each_account_has_good_times_far_enough_from_each_other() -> None:
    tables: dict[str, list[dict[str, object]]] = defaultdict(list)
    content = read_content(resources() / "sample")
    add_slots(content, tables)
    slots = [Slot(**row) for row in tables["slot"]]  # type: ignore[arg-type]
    assert {slot.account_id for slot in slots} == set(range(1, len(TIMES) + 1))
    assert {slot.zone for slot in slots} == {content.shop["zone"]}
    assert overlaps(slots) == {}
    assert len(tables["slot_day"]) == len(OFF)
