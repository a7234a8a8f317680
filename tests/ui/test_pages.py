"""The list of pages, and the Inbox that takes over a list which is shown already."""

from __future__ import annotations

from typing import cast

from app.ui import pages
from app.ui.inbox.beginning import Begun


def test_each_page_has_an_id_of_its_own_and_home_is_one_of_them() -> None:
    ids = [entry.id for entry in pages.ENTRIES]
    assert len(set(ids)) == len(ids)
    assert {pages.HOME, pages.INBOX, pages.FIRST_RUN, pages.STARTING} <= set(ids)


def test_only_the_inbox_is_made_otherwise_where_its_list_is_shown() -> None:
    assert pages.entries(None) == pages.ENTRIES
    made = pages.entries(cast(Begun, object()))
    assert [entry.id for entry in made] == [entry.id for entry in pages.ENTRIES]
    assert [
        entry.id for entry, usual in zip(made, pages.ENTRIES, strict=True) if entry.factory is not usual.factory
    ] == [pages.INBOX]
