"""Addresses of places in the program: which lead somewhere, and which do not."""

from __future__ import annotations

from datetime import date

import pytest

from app.commands.addresses import address


@pytest.mark.parametrize(
    ("text", "page", "target"),
    [
        ("tertulia:inbox", "inbox", {}),
        ("tertulia://inbox/", "inbox", {}),
        ("tertulia:inbox/due_soon", "inbox", {"view": "due_soon"}),
        ("tertulia:settings/data", "settings", {"section": "data"}),
        ("tertulia:conversation/12", "inbox", {"conversation": 12}),
        ("tertulia:post/7", "composer", {"post": 7}),
        ("tertulia:calendar/2026-11-24", "calendar", {"day": date(2026, 11, 24)}),
        ("/home/ana/shop.tertulia-backup", "settings", {"section": "data", "backup": "/home/ana/shop.tertulia-backup"}),
        ("answers.tertulia-playbook", "playbook", {"import_file": "answers.tertulia-playbook"}),
    ],
)
def test_an_address_names_a_page_and_what_to_show(text: str, page: str, target: dict[str, object]) -> None:
    found = address(text)
    assert found is not None
    assert (found.page, dict(found.target)) == (page, target)


@pytest.mark.parametrize(
    "text",
    ["tertulia:", "tertulia:nowhere", "tertulia:conversation/0", "tertulia:conversation/-1", "tertulia:conversation/x", "tertulia:calendar/24.11.", "tertulia:inbox/a/b", "tertulia:settings/nowhere", "https://example.org", "notes.txt", "", "tertulia:" + "i" * 2000, "tertulia:conversation/" + "9" * 30, "tertulia:conversation/१२"],
)
def test_what_leads_nowhere_is_told_apart(text: str) -> None:
    assert address(text) is None
