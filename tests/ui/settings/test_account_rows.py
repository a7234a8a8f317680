"""What the table says of an account."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.models.account import AccountState, Offer
from app.runtime.words import message
from app.ui.look import Look
from app.ui.settings.account_rows import (
    AccountDelegate,
    AccountsModel,
    ability_text,
    checked,
    columns,
    row_name,
    standing,
)
from app.ui.widgets.row_list import RowList
from app.ui.widgets.text import text_width
from tests.ui.clipping import elided_texts
from tests.ui.pictures import has, painted
from tests.ui.shop import MASTODON, NOW, account, three_accounts


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def test_the_state_in_words(look: Look) -> None:
    out = account(1, "mastodon", "@aurora", AccountState.SIGNED_OUT, state_since=NOW)
    assert look.text(standing(out).said or "") == "Signed out on Wed 18 Nov, 10:00"
    trouble = account(1, "mastodon", "@aurora", trouble=message("error.offline").to_json())
    assert look.text(standing(trouble).said or "").startswith("No connection.")
    assert standing(replace(trouble, trouble="{")).said is None
    paused = account(1, "mastodon", "@aurora", AccountState.PAUSED, state_since=NOW)
    assert look.text(standing(paused).said or "") == "Paused since 10:00"
    assert standing(account(1, "x", "@a")).said is None


def test_when_it_was_read(look: Look) -> None:
    x, _, instagram = three_accounts()
    assert [look.text(checked(row)) for row in (x, instagram, replace(x, checked_at=None))] == ["Checked 10:00", "Reminder only", "Not read yet"]


def test_why_something_does_not_work(look: Look) -> None:
    row = three_accounts()[0]
    offers = {"publish": (Offer.WORKS, None), "like": (Offer.NOT_OFFERED, message("network.x.no_likes")), "private": (Offer.NOT_OFFERED, None)}
    assert ability_text(look, row, "publish", offers) == "Publishing: works"
    assert ability_text(look, row, "like", offers).startswith("Likes: X allows no likes")
    assert ability_text(look, row, "private", offers) == "Private messages: X does not offer it"


def test_a_row_is_read_out_as_a_whole(look: Look) -> None:
    row = three_accounts()[1]
    offers = dict.fromkeys(("publish", "hear", "private", "metrics"), (Offer.WORKS, None))
    assert plain(row_name(look, row, offers)) == (
        "@aurora, Mastodon, Checked 10:00, Publishing: works, Replies and mentions: works, Private messages: works, Figures: works"
    )


def test_in_a_narrow_table_the_state_gives_way_to_the_name(look: Look) -> None:
    rows = three_accounts()
    wide, narrow = columns(look, 760, rows), columns(look, 520, rows)
    assert wide.state is not None
    assert narrow.state is None
    for places in (wide, narrow):
        assert len(places.abilities) == 4
        assert places.text_right >= 160
        assert [left for left, _ in places.abilities] == sorted(left for left, _ in places.abilities)


def test_columns_stand_nearer_where_words_below_a_handle_would_be_cut(look: Look) -> None:
    rows = [account(1, "instagram", "@aurora", AccountState.BY_HAND)]
    needed = text_width(look.text(standing(rows[0]).said or ""), look.theme.font("caption", tabular=True))
    begins = look.theme.px(16 + 30 + 12)
    roomy = columns(look, 1000, rows)
    least = 1000 - (roomy.text_right - begins - needed)
    assert columns(look, least + 1, rows).text_right == least + 1 - (1000 - roomy.text_right)
    for width in (least - 1, least - 40):
        tight = columns(look, width, rows)
        assert tight.text_right - begins >= needed
        assert tight.state is not None
        assert [left for left, _ in tight.abilities] == sorted(left for left, _ in tight.abilities)


def test_the_network_stands_whole_beside_the_handle_or_not_at_all(look: Look) -> None:
    view = RowList(look, "Accounts", "row.settings")
    model = AccountsModel(look)
    view.setModel(model)
    delegate = AccountDelegate(look, view, lambda _account: None)
    model.show([account(MASTODON, "mastodon", "@aurora")])

    def paint(painter: QPainter) -> None:
        option = QStyleOptionViewItem()
        for width in range(600, 760, 4):
            option.rect = QRectF(0, 0, width, 64).toRect()
            delegate.paint(painter, option, model.index(0, 0))

    with elided_texts() as elided:
        painted(paint, 760, 64)
    assert "Mastodon" not in elided


def test_a_signed_out_row_shows_a_button_in_the_accent_colour(look: Look) -> None:
    view = RowList(look, "Accounts", "row.settings")
    model = AccountsModel(look)
    view.setModel(model)
    delegate = AccountDelegate(look, view, lambda _account: None)

    def paint(painter: QPainter) -> None:
        option = QStyleOptionViewItem()
        option.rect = QRectF(0, 0, 760, 64).toRect()
        option.state = QStyle.StateFlag.State_Enabled
        delegate.paint(painter, option, model.index(0, 0))

    model.show([account(MASTODON, "mastodon", "@aurora", AccountState.SIGNED_OUT, state_since=NOW)])
    assert has(painted(paint, 760, 64), look.theme.color("accent.fill"))
    model.show([account(MASTODON, "mastodon", "@aurora")])
    assert not has(painted(paint, 760, 64), look.theme.color("accent.fill"))


def test_what_works_is_kept_beside_the_rows(look: Look) -> None:
    model = AccountsModel(look)
    model.show(three_accounts())
    assert "works" not in str(model.data(model.index(0, 0)))
    model.show_offers({1: {"publish": (Offer.WORKS, None)}})
    assert "Publishing: works" in str(model.data(model.index(0, 0)))
    assert model.rowCount() == 3
