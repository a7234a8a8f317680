"""The column of the guide: pages or finds, each said in words."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.ui.guide.contents import Entry, GuideContents
from app.ui.look import Look


def test_the_entries_say_where_they_were_found(look: Look) -> None:
    contents = GuideContents(look)
    contents.show_entries([Entry("data", "Your data"), Entry("data#x", "Backups", "each day")])
    model = contents.model()
    said = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert said == ["Your data", "Backups, each day"]
    assert contents.current is None
    contents.choose_place("data#x")
    assert contents.current == Entry("data#x", "Backups", "each day")
    contents.deleteLater()
