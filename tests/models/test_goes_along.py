"""Which pictures may go with a question: the newest of those that are kept here, of what customers sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.models.goes_along import MOST_PICTURES, pictures_along
from app.models.message import Attachment, ConversationDetail, CustomerRow, MessageKind, MessageRow, Visibility

NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)


def said(number: int, *files: Attachment, kind: MessageKind = MessageKind.MENTION) -> MessageRow:
    at = NOW + timedelta(minutes=number)
    return MessageRow(number, 1, kind, "Ximena", "@x", "Mira", at, Visibility.PUBLIC, attachments=files)


def detail(*messages: MessageRow) -> ConversationDetail:
    customer = CustomerRow(1, "Ximena", "es", NOW, 3, 1, ())
    return ConversationDetail(1, messages, (), None, customer, "", None, Visibility.PUBLIC)


def picture(name: str, **more: str) -> Attachment:
    return Attachment(f"https://m.example/{name}", "image", **more)


def test_a_picture_is_named_by_its_message_and_place() -> None:
    found = pictures_along(detail(said(7, picture("a"), picture("b", alt="the parcel"))), lambda _url: True)
    assert [(each.name, each.message, each.alt) for each in found] == [("p7.0", "m7", ""), ("p7.1", "m7", "the parcel")]


def test_the_small_version_is_what_was_fetched() -> None:
    found = pictures_along(
        detail(said(1, picture("a", preview_url="https://m.example/s"))), "https://m.example/s".__eq__
    )
    assert [(each.url, each.kept_as) for each in found] == [("https://m.example/a", "https://m.example/s")]


def test_what_is_not_here_no_picture_deleted_or_ours_stays_out() -> None:
    video = Attachment("https://m.example/v", "video")
    ours = said(3, picture("ours"), kind=MessageKind.OURS)
    gone = replace(said(4, picture("gone")), deleted=True)
    assert pictures_along(detail(said(1, picture("a"), video), ours, gone), lambda url: not url.endswith("a")) == []


def test_of_many_the_newest() -> None:
    many = detail(*(said(number, picture(str(number))) for number in range(20, 0, -1)))
    found = pictures_along(many, lambda _url: True)
    assert [each.name for each in found] == [f"p{number}.0" for number in range(21 - MOST_PICTURES, 21)]
