"""The periods beside the shown one are read while nobody waits, and an arrow finds them remembered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication

from tests.ui.insights.conftest import measured

Opens = Callable[..., Any]


async def test_the_period_before_is_remembered_before_anybody_turns_to_it(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        window.shell.window.show_page("insights", tab="answers")
        await window.settle()
        page = window.page
        page._ahead.timeout.emit()
        await window.settle()
        reads: list[object] = []
        remember = page.tab._memory.get

        def get(key: Any, make: Any) -> Any:
            return remember(key, lambda: (reads.append(key), make())[1])

        page.tab._memory.get = get
        page.step(-1)
        await window.settle()
        assert reads == []


async def test_a_tab_that_remembers_nothing_is_not_read_ahead(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        assert not window.page._ahead.isActive()
