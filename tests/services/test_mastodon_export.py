"""What is read out of an export of Mastodon, item by item."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.archive import ArchivedPost
from app.models.order import WrongRow
from app.runtime.errors import UserMistake
from app.services import mastodon_export
from tests.services.test_archive_import import note
from tests.services.test_x_archive import Held


def told(*activities: Any) -> list[ArchivedPost | WrongRow | None]:
    archive = Held(**{"outbox.json": json.dumps({"@context": [], "orderedItems": activities})})
    return list(mastodon_export.posts(archive))


def test_a_note_is_told_as_plain_text_with_its_media() -> None:
    media = [
        {"type": "Document", "url": "/media_attachments/files/1/original/a.jpg", "name": "Un disco"},
        {"url": None},
        3,
    ]
    (post,) = told(note(8, "Hola <b>a</b> todos", attachment=media, summary="ojo"))
    assert isinstance(post, ArchivedPost)
    assert (post.remote_id, post.text, post.warning) == ("8", "Hola a todos", "ojo")
    assert [(each.name, each.alt) for each in post.media] == [("media_attachments/files/1/original/a.jpg", "Un disco")]
    assert post.url == "https://musica.example/@aurora/8"


def test_the_owner_is_read_from_the_actor() -> None:
    archive = Held(
        **{"actor.json": json.dumps({"id": "https://musica.example/users/aurora", "preferredUsername": "aurora"})}
    )
    assert mastodon_export.owner(archive) == ("https://musica.example", "aurora")
    assert mastodon_export.owner(Held()) == ("", "")
    with pytest.raises(UserMistake):
        mastodon_export.owner(Held(**{"actor.json": "["}))


@pytest.mark.parametrize(
    "item",
    [3, {"type": "Create", "object": {"type": "Note"}}, note(1, "x", published="?"), note(1, "x", id="https://a/x")],
)
def test_what_cannot_be_read_bears_its_number(item: Any) -> None:
    (row,) = told(item)
    assert isinstance(row, WrongRow)
    assert row.line == 1


@given(
    st.dictionaries(
        st.sampled_from(
            ["id", "content", "to", "cc", "published", "attachment", "likes", "contentMap", "inReplyTo", "url"]
        ),
        st.none()
        | st.integers()
        | st.text(max_size=8)
        | st.lists(st.integers() | st.none(), max_size=2)
        | st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
    )
)
def test_no_shape_breaks_the_reading(fields: dict[str, Any]) -> None:
    item = note(1, "x")
    item["object"].update(fields)
    for row in told(item):
        assert row is None or isinstance(row, ArchivedPost | WrongRow)
