"""Finds the post at an address for quoting it: in what we know already, else at the networks that let programs quote."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence

from app.models.account import AccountRow
from app.models.message import Visibility
from app.models.post import PostDraft, QuotedPost
from app.networks.network import LooksUp, PostThere
from app.runtime.errors import AppError, UserMistake
from app.runtime.words import Message, message
from app.services.connections import Connections
from app.store.database import Database
from app.store.reading import outbox as outbox_reading
from app.store.reading import quotes as reading

_log = logging.getLogger(__name__)

FIELD = "quote"
OPEN = (Visibility.PUBLIC, Visibility.UNLISTED)
LONGEST_TEXT = 1000
"""Characters of a quoted post that are kept: its first lines are shown."""


class Quotes:
    """Looks up; changes nothing."""

    def __init__(self, database: Database, connections: Connections) -> None:
        self._database = database
        self._connections = connections

    async def find(self, address: str, accounts: Mapping[int, Message | None], *, anew: bool = False) -> QuotedPost:
        """The post at an address, as `accounts` may quote it; they come with the reason where their network lets no program quote.

        What is known already is taken as it is, unless `anew`: then the networks are asked whether its author (still) lets it be
        quoted. Raises `UserMistake` where no account can quote it, and the trouble of a network that could not be asked where no
        other has it. Takes seconds where a server has to fetch it first.
        """
        url = web_address(address)
        may = [account_id for account_id, reason in accounts.items() if reason is None]
        if not may:
            reason = next((each for each in accounts.values() if each), None)
            raise UserMistake(
                message("quote.refused", reason=reason) if reason else message("composer.no_account"), field=FIELD
            )
        stored = await self._database.read(reading.by_address, url)
        if any(each.visibility not in OPEN for each in stored):
            raise UserMistake(message("quote.private"), field=FIELD)
        known = {each.account_id: each.remote_id for each in stored if each.account_id in may}
        asked, troubles = await self._ask(url, [each for each in may if anew or each not in known])
        known |= {account_id: there.remote_id for account_id, there in asked.items()}
        refused = {account_id: there.refusal for account_id, there in asked.items() if there.refusal is not None}
        known = {account_id: remote_id for account_id, remote_id in known.items() if account_id not in refused}
        if not known and not (anew and refused):
            raise _nobody(list(refused.values()), troubles)
        handle, text = [
            *((each.handle, each.text) for each in stored),
            *((there.handle, there.text) for there in asked.values()),
        ][0]
        reasons = tuple((account_id, reason.to_json()) for account_id, reason in refused.items())
        return QuotedPost(url, handle, text[:LONGEST_TEXT], tuple(known.items()), reasons)

    async def remote_id(self, draft: PostDraft, account: AccountRow, *, may: bool) -> str:
        """What a post quotes, as the account's network names it; empty for nothing, and where its text carries the link instead.

        No post loses its quote silently: where it would, the user must have been shown (`QuotedPost.without`). `may`: whether the
        network lets programs quote in such a post.
        """
        quote = draft.quote
        if quote is None:
            return ""
        if may:
            known = dict(quote.known).get(account.id) or await self._database.read(
                outbox_reading.of_remote, account.id, quote.url
            )
            if known:
                return known
        texts = dict(draft.variants).get(account.id, draft.parts)
        if account.id in quote.without or any(quote.url in part for part in texts):
            return ""
        said = "composer.quote_unknown" if may else "composer.no_quotes"
        raise UserMistake(message(said, handle=account.handle), field=FIELD)

    async def _ask(self, url: str, account_ids: Sequence[int]) -> tuple[dict[int, PostThere], list[AppError]]:
        answers = await asyncio.gather(*(self._look_up(account_id, url) for account_id in account_ids))
        there = {
            number: answer for number, answer in zip(account_ids, answers, strict=True) if isinstance(answer, PostThere)
        }
        return there, [answer for answer in answers if isinstance(answer, AppError)]

    async def _look_up(self, account_id: int, url: str) -> PostThere | AppError | None:
        try:
            link = await self._connections.get(account_id)
            return await link.connection.post_at(url) if isinstance(link.connection, LooksUp) else None
        except AppError as error:
            _log.info("quote: account %s could not be asked: %s", account_id, error)
            return error


def _nobody(refusals: Sequence[Message], troubles: Sequence[AppError]) -> AppError:
    if refusals:
        return UserMistake(message("quote.refused", reason=refusals[0]), field=FIELD)
    return troubles[0] if troubles else UserMistake(message("quote.not_found"), field=FIELD)


def web_address(typed: str) -> str:
    """As it is looked up and kept. Raises `UserMistake` for what is none."""
    address = typed.strip()
    scheme, mark, rest = address.partition("://")
    if not mark:
        scheme, rest = "https", address
    host = rest.partition("/")[0]
    known = scheme.lower() in ("http", "https") and "." in host and "/" in rest
    if not (known or scheme.lower() == "at") or any(letter.isspace() or not letter.isprintable() for letter in address):
        raise UserMistake(message("quote.no_address"), field=FIELD)
    return f"{scheme.lower()}://{rest}"
