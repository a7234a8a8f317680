"""The one plain list of all commands."""

from __future__ import annotations

from collections.abc import Sequence

from app.commands import (
    accounts,
    agreements,
    answers,
    calendar,
    campaigns,
    composer,
    customers,
    escalation,
    faq,
    first_run,
    ideas,
    inbox,
    insights,
    links,
    playbook,
    publishing,
    questions,
    replying,
    rhythm,
    searches,
    sorting,
    sync,
    today,
    triage,
    view,
)
from app.commands import help as helping
from app.commands.command import Command

LISTS: tuple[Sequence[Command], ...] = (
    view.COMMANDS,
    inbox.COMMANDS,
    insights.COMMANDS,
    answers.COMMANDS,
    sorting.COMMANDS,
    triage.COMMANDS,
    searches.COMMANDS,
    replying.COMMANDS,
    customers.COMMANDS,
    agreements.COMMANDS,
    escalation.COMMANDS,
    composer.COMMANDS,
    links.COMMANDS,
    calendar.COMMANDS,
    campaigns.COMMANDS,
    questions.COMMANDS,
    ideas.COMMANDS,
    rhythm.COMMANDS,
    accounts.COMMANDS,
    playbook.COMMANDS,
    faq.COMMANDS,
    today.COMMANDS,
    first_run.COMMANDS,
    publishing.COMMANDS,
    sync.COMMANDS,
    helping.COMMANDS,
)
