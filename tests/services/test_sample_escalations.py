"""The sample shop's managers and what they were asked, as rows."""

from __future__ import annotations

from app.models.escalation import EscalationState
from app.models.letter import LetterKind
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


def test_the_mailbox_is_an_account_of_the_simulated_server() -> None:
    sample = build(
        read_content(resources() / "sample"), read_starter(resources() / "playbook" / "starter.json"), WEDNESDAY_MORNING
    )
    (box,) = sample.tables["mailbox"]
    account = next(row for row in sample.tables["account"] if row["id"] == box["account_id"])
    assert (account["network"], account["handle"]) == ("email", box["address"])
    assert str(box["address"]).endswith(".example")
    assert any(served.remote_id == account["remote_id"] for served in sample.accounts)
