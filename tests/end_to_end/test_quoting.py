"""A customer's message quoted in a post: from the Inbox to the network, and over a restart of the program."""

from __future__ import annotations

from typing import Any

from app.models.post import QuotedPost
from tests.end_to_end.morning import Person

TEXT = "Nos preguntan seguido, así que aquí va para todos."
MESSAGE = (
    "SELECT m.conversation_id, m.url, m.remote_id, a.id FROM message AS m JOIN account AS a ON a.id = m.account_id"
    " WHERE a.network = ? AND m.visibility = 'public' AND m.url <> '' AND m.kind <> 'ours'"
    " AND m.id = (SELECT MAX(id) FROM message WHERE conversation_id = m.conversation_id AND kind <> 'ours') LIMIT 1"
)


async def open_conversation(me: Person, network: str) -> tuple[Any, ...]:
    found = me.rows(MESSAGE, network)[0]
    await me.outside(lambda: me.shell.window.show_page("inbox", conversation=found[0]))
    await me.until(lambda: me.page.desk.detail is not None and me.page.desk.detail.id == found[0], "the conversation")
    await me.breathe()
    return found


async def quote(me: Person) -> tuple[Any, ...]:
    found = await open_conversation(me, "bluesky")
    await me.until(lambda: me.shell.actions.applies("inbox.quote"), "the command to apply")
    await me.outside(lambda: me.shell.actions.run("inbox.quote"))
    await me.until(
        lambda: me.shell.window.current == "composer" and me.page.bench.quote.isVisible(), "the post that quotes"
    )
    return found


async def test_a_message_is_quoted_in_a_post_that_goes_out_once(me: Person) -> None:
    _, url, remote_id, account_id = await quote(me)
    draft = me.page.desk.draft
    assert (draft.accounts, draft.quote.url, draft.quote.known) == ((account_id,), url, ((account_id, remote_id),))
    await me.until(lambda: me.focus in me.page.bench.text.editors(), "the keyboard in the text")
    await me.write(TEXT)
    await me.press("ctrl+return")
    await me.until(lambda: me.states(TEXT), "the post to be owed")
    assert me.rows("SELECT quote FROM outbox WHERE json_extract(parts, '$[0]') = ?", TEXT) == [(remote_id,)]
    me.watch.advance(11)
    await me.until(lambda: me.states(TEXT) == ["out"], "the post to be out")
    assert me.out(TEXT) == 1


async def test_where_the_network_lets_no_program_quote_the_menu_says_so(me: Person) -> None:
    await open_conversation(me, "x")
    assert not me.shell.actions.applies("inbox.quote")
    assert "enterprise contract" in me.page.verbs.reasons()["inbox.quote"]


def test_a_draft_has_its_quote_after_a_restart(me: Person) -> None:
    kept: list[QuotedPost] = []

    async def write() -> None:
        await quote(me)
        await me.until(lambda: me.focus in me.page.bench.text.editors(), "the keyboard in the text")
        await me.write(TEXT)
        kept.append(me.page.desk.draft.quote)
        await me.press("escape")
        await me.until(
            lambda: me.rows("SELECT 1 FROM post WHERE parts LIKE ? AND quote <> ''", f"%{TEXT}%"), "the draft"
        )

    async def look_again() -> None:
        ((number,),) = me.rows("SELECT id FROM post WHERE parts LIKE ?", f"%{TEXT}%")
        await me.outside(lambda: me.shell.window.show_page("composer", post=number))
        await me.until(lambda: me.page.bench.quote.isVisible(), "the quote")
        assert me.page.desk.draft.quote == kept[0]

    assert me.come_to_work(write) == 0
    assert me.come_to_work(look_again) == 0
