"""What the user chose to look at in Insights: which days beside which, and whose figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.commands.services import Queries
from app.models.account import POSTS_NOTHING, AccountRow
from app.models.insight import Period, Scope
from app.models.periods import PeriodChoice
from app.models.report import ReportWanted
from app.ui.page import PageFace


class Choosing:
    """Days are the shop's."""

    def __init__(self, face: PageFace) -> None:
        self._face = face
        self.days = PeriodChoice()
        self.accounts: frozenset[int] = frozenset()
        """Those looked at; empty: all."""
        self.known: list[AccountRow] = []
        """Those there are."""

    @property
    def today(self) -> date:
        return self._face.clock.now().astimezone(self._face.words.zone).date()

    @property
    def period(self) -> Period:
        return self.days.period(self.today)

    @property
    def compared(self) -> Period:
        return self.days.compared(self.today)

    def report(self) -> ReportWanted:
        """What a report on what is shown is about."""
        return ReportWanted(self.period, self.compared, tuple(sorted(self.accounts)), self._face.words.language)

    def scope(self) -> Scope:
        """Of no account yet: which there are is read with the figures."""
        return Scope(self.period, self.compared, tuple(sorted(self.accounts)), self._face.words.zone, self._face.words.language)


def of_accounts(queries: Queries, scope: Scope) -> tuple[list[AccountRow], Scope]:
    """(accounts there are, what is asked of those that are looked at)."""
    accounts = places_for_posts(queries.accounts())
    wanted = tuple(each.id for each in accounts if not scope.accounts or each.id in scope.accounts)
    return accounts, scope._replace(accounts=wanted)


def places_for_posts(accounts: Sequence[AccountRow]) -> list[AccountRow]:
    """Those that have figures."""
    return [each for each in accounts if each.network not in POSTS_NOTHING]
