"""The sample shop's managers and what they were asked, as rows."""

from __future__ import annotations

from app.models.escalation import EscalationState
from app.models.letter import LetterKind
from app.runtime.clock import to_ms
from app.runtime.paths import resources
from app.services.sample_content import read_content
from app.services.sample_shop import build
from app.services.starter_playbook import read_starter
from tests.fakes.clock import WEDNESDAY_MORNING


def test_one_waits_one_is_answered_and_one_came_back() -> None:
    content = read_content(resources() / "sample")
    tables = build(content, read_starter(resources() / "playbook" / "starter.json"), WEDNESDAY_MORNING).tables
    assert sorted(str(row["state"]) for row in tables["escalation"]) == sorted(
        (EscalationState.ANSWERED, EscalationState.BOUNCED, EscalationState.WAITING)
    )
    assert [row["email"] for row in tables["manager"]] == [each["email"] for each in content.shop["managers"]]
    came = [str(row["kind"]) for row in tables["letter"] if not row["is_ours"]]
    assert sorted(came) == [LetterKind.ANSWER, LetterKind.BOUNCE]
    assert len({row["remote_id"] for row in tables["letter"]}) == len(tables["letter"]) == 5
    assert len({row["token"] for row in tables["escalation"]}) == 3


def test_what_came_back_needs_an_answer_and_only_what_waits_is_escalated() -> None:
    content = read_content(resources() / "sample")
    tables = build(content, read_starter(resources() / "playbook" / "starter.json"), WEDNESDAY_MORNING).tables
    asked = {row["conversation_id"]: row for row in tables["escalation"]}
    states = {
        str(asked[row["id"]]["state"]): (str(row["state"]), row["unread"])
        for row in tables["conversation"]
        if row["id"] in asked
    }
    assert states == {
        EscalationState.WAITING: ("escalated", False),
        EscalationState.ANSWERED: ("needs_answer", True),
        EscalationState.BOUNCED: ("needs_answer", True),
    }
    now = to_ms(WEDNESDAY_MORNING)
    for row in tables["conversation"]:
        if row["id"] in asked and row["answer_by"] is not None:
            assert row["answer_by"] > now - 3 * 3_600_000  # counted from when it came back


def test_the_mailbox_is_an_account_of_the_simulated_server() -> None:
    sample = build(
        read_content(resources() / "sample"), read_starter(resources() / "playbook" / "starter.json"), WEDNESDAY_MORNING
    )
    (box,) = sample.tables["mailbox"]
    account = next(row for row in sample.tables["account"] if row["id"] == box["account_id"])
    assert (account["network"], account["handle"]) == ("email", box["address"])
    assert str(box["address"]).endswith(".example")
    assert any(served.remote_id == account["remote_id"] for served in sample.accounts)
