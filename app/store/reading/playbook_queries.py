"""The reads of the playbook over one connection: what commands/playbook_services.py asks for as `PlaybookQueries`."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.playbook import (
    AnswerFigures,
    ExampleRow,
    FactRow,
    ListFigures,
    PlaybookAnswer,
    PreviewPerson,
    VersionRow,
)
from app.store.reading import playbook, suggesting
from app.store.reading.list_queries import StoreListQueries


class StorePlaybookQueries(StoreListQueries):
    """Answers, how they do, and facts."""

    def answers(self) -> list[PlaybookAnswer]:
        return playbook.answers(self._connection)

    def answer_figures(self) -> Mapping[int, ListFigures]:
        return playbook.figures(self._connection, self._now_ms())

    def figures_of(self, answer_id: int) -> AnswerFigures:
        return playbook.figures_of(self._connection, answer_id, self._now_ms())

    def answer_versions(self, answer_id: int) -> list[VersionRow]:
        return playbook.versions(self._connection, answer_id)

    def examples_of(self, answer_id: int) -> list[ExampleRow]:
        return playbook.examples_of(self._connection, answer_id)

    def answer_drafts(self) -> Mapping[int, str]:
        return playbook.drafts(self._connection)

    def facts(self) -> list[FactRow]:
        return playbook.facts(self._connection)

    def preview_people(self) -> list[PreviewPerson]:
        return playbook.preview_people(self._connection)

    def wording_uses(self, answer_id: int, conversation_id: int) -> Mapping[int, tuple[int, int]]:
        return playbook.wording_uses(self._connection, answer_id, conversation_id)

    def refused_answers(self, message_id: int) -> frozenset[str]:
        return suggesting.refused(self._connection, message_id)
