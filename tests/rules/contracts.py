"""A contract for import-linter: folders of one parent that must not import each other, new folders included."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import ContractCheck
from importlinter.contracts.independence import IndependenceContract
from importlinter.domain import fields
from importlinter.domain.helpers import module_expressions_to_modules
from importlinter.domain.imports import ModuleExpression


class IndependentFolders(IndependenceContract):
    """Like `independence`, for those matches of `modules` that are folders (and hold a module `containing`, where given).

    Plain modules beside the folders (a registry, a shared client) may be imported by all of them; a new folder needs no new line.
    """

    containing = fields.StringField(required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        expressions: Any = self.modules
        wanted: Any = self.containing
        folders = set()
        for module in module_expressions_to_modules(graph, expressions):
            children = {child.removeprefix(f"{module.name}.") for child in graph.find_children(module.name)}
            if wanted in children if wanted else children:
                folders.add(ModuleExpression(module.name))
        self.modules = folders
        try:
            return super().check(graph, verbose)
        finally:
            self.modules = expressions
