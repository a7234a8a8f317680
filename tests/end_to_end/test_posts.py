"""Posts, written and sent before the window: now, later, and with failures at the network switched on."""

from __future__ import annotations

from datetime import timedelta

from app.networks.sample.failures import FailureKind, Verb
from app.runtime.settings import Sending
from tests.end_to_end.morning import Person

TEXT = "Hoy a las siete: escucha completa de «Marea» en la tienda."


async def write(me: Person, text: str = TEXT) -> None:
    await me.go_to("composer", "ctrl+n")
    await me.until(lambda: me.focus in me.page.bench.text.editors(), "the keyboard in the text")
    await me.write(text)


async def test_a_post_sent_now_is_out_once_at_each_account(me: Person) -> None:
    await write(me)
    accounts = len(me.page.desk.draft.accounts)
    assert accounts >= 2
    await me.press("ctrl+return")
    await me.until(lambda: me.states("escucha completa"), "the post to be owed")
    await me.until(lambda: me.page.bench.header.primary.isHidden(), "the composer to show that it leaves")
    assert "Leaves in" in me.page.bench.header.state._chip.text
    await me.press("ctrl+return")
    await me.breathe()
    assert len(me.states("escucha completa")) == accounts
    assert me.out(TEXT) == 0
    me.watch.advance(11)
    await me.until(lambda: me.states("escucha completa") == ["out"] * accounts, "the post to be out")
    assert me.out(TEXT) == accounts


async def test_z_takes_a_post_back_and_the_keyboard_is_in_its_words(me: Person) -> None:
    await write(me)
    await me.press("ctrl+return")
    await me.until(lambda: me.page.bench.header.primary.isHidden() and me.states("escucha completa"), "the post to be owed")
    await me.take_back()
    await me.until(lambda: set(me.states("escucha completa")) == {"let_go"}, "the post to be back")
    await me.until(lambda: me.focus in me.page.bench.text.editors(), "the keyboard in the text")
    assert me.page.bench.header.primary.isVisible()
    me.watch.advance(60)
    await me.breathe()
    assert me.out(TEXT) == 0


async def test_accounts_are_chosen_by_keyboard(me: Person) -> None:
    await write(me)
    _first, *others = me.page.desk.draft.accounts
    await me.outside(me.page.bench.accounts.cards()[0].setFocus)
    await me.press("space")
    assert me.page.desk.draft.accounts == tuple(others)


async def test_a_post_for_later_waits_for_its_time(me: Person) -> None:
    await write(me)
    accounts = len(me.page.desk.draft.accounts)
    at = (me.watch.now() + timedelta(hours=2)).replace(second=0, microsecond=0)
    await me.outside(lambda: me.page.bench.plan.when.choose(at))
    await me.press("ctrl+return")
    await me.until(lambda: me.states("escucha completa") == ["waiting"] * accounts, "the post to be planned")
    me.watch.advance(3600)
    await me.breathe()
    assert me.out(TEXT) == 0
    me.watch.advance(3700)
    await me.until(lambda: me.states("escucha completa") == ["out"] * accounts, "the post to be out")
    assert me.out(TEXT) == accounts


async def test_a_draft_is_there_after_escape(me: Person) -> None:
    await write(me)
    await me.press("escape")
    await me.until(lambda: me.shell.window.current == "today", "the page before")
    await me.until(lambda: me.rows("SELECT count(*) FROM post WHERE state = 'draft' AND parts LIKE '%escucha completa%'") == [(1,)], "the draft")


async def test_a_post_begun_in_the_inbox_leads_back_there(me: Person) -> None:
    await me.go_to("inbox", "g", "i")
    await write(me)
    await me.press("escape")
    await me.until(lambda: me.shell.window.current == "inbox", "the inbox")


async def test_an_answer_lost_on_the_way_settles_by_itself(me: Person) -> None:
    me.settings().change(Sending, undo_seconds=0)
    me.server.fail(FailureKind.ANSWER_LOST, verb=Verb.PUBLISH)
    await write(me)
    accounts = len(me.page.desk.draft.accounts)
    await me.press("ctrl+return")
    await me.until(lambda: "unsure" in me.states("escucha completa") or set(me.states("escucha completa")) == {"out"}, "an unsure delivery")
    for _ in range(30):
        me.watch.advance(30)
        await me.breathe()
        if me.states("escucha completa") == ["out"] * accounts:
            break
    await me.until(lambda: me.states("escucha completa") == ["out"] * accounts, "everything to be settled")
    assert me.out(TEXT) == accounts


async def test_signed_out_is_told_and_what_is_owed_is_kept(me: Person) -> None:
    me.settings().change(Sending, undo_seconds=0)
    (network, remote_id) = me.rows("SELECT network, remote_id FROM account WHERE network = 'mastodon'")[0]
    me.server.fail(FailureKind.SIGNED_OUT, network=network, account_remote_id=remote_id, verb=Verb.PUBLISH, lasting=True)
    await write(me)
    accounts = len(me.page.desk.draft.accounts)
    await me.press("ctrl+return")
    await me.until(lambda: me.banners, "the banner")
    assert "signed" in me.banners[0]
    await me.until(lambda: sorted(me.states("escucha completa")) == ["out"] * (accounts - 1) + ["waiting"], "the others to go out")
    assert me.out(TEXT) == accounts - 1
    await me.outside(lambda: me.shell.actions.run("accounts.sign_in_again"))
    await me.until(lambda: me.shell.window.overlay() is not None, "the sheet to sign in with")
    await me.press("return")
    await me.until(lambda: me.shell.window.overlay() is None, "being signed in again")
    await me.until(lambda: not me.banners, "the banner to go")
    me.watch.advance(5)
    await me.until(lambda: me.states("escucha completa") == ["out"] * accounts, "what was kept to go out")
    assert me.out(TEXT) == accounts
