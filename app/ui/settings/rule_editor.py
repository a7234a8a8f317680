"""The editor of a rule: its name, its sentence clause by clause, and the sentence as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.models.account import AccountRow
from app.models.conversation import Category
from app.models.message import MessageKind
from app.models.rule import FLAGS, MOVES, Rule, Then, When
from app.models.tag import TagRow
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import one_line
from app.ui.settings.rule_clauses import Answer, Choice, Clause, Hours, Number, Several, Typed
from app.ui.settings.rule_sentences import MOVE_NAMES, language, sentence
from app.ui.tag_names import tag_name
from app.ui.widgets.button import Button
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.text import Label, SectionLabel

LANGUAGES = ("es", "en", "fr", "ru", "zh", "pt", "de", "it", "ja")
KINDS = tuple(kind for kind in MessageKind if kind is not MessageKind.OURS)
CONDITIONS = (
    "any_of", "all_of", "none_of", "kinds", "networks", "accounts", "not_flags", "flags", "first_time", "followers_from", "followers_below",
    "handles", "not_handles", "languages", "categories", "hours",
)  # fmt: skip
ACTS = ("category", "priority", "tags", "move")
FIRST = ("any_of",)
"""What a new rule begins with."""


class RuleEditor(QWidget):
    """Says `changed` at each change; `rule` is what stands in it."""

    changed = Signal()

    def __init__(self, look: Look, rule: Rule, accounts: Sequence[AccountRow], tags: Sequence[TagRow]) -> None:
        super().__init__()
        self._look = look
        self._rule = rule
        self._accounts = accounts
        self._tags = [tag for tag in tags if not tag.retired or tag.id in rule.then.tags]
        self._clauses: dict[str, Clause] = {}
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, px(6), 0)
        column.setSpacing(px(4))
        self.name = Field(look, look.text("rules.name"), rule.name, placeholder=look.text("rules.name_example"))
        self.name.changed.connect(lambda _text: self._change())
        column.addWidget(self.name)
        column.addSpacing(px(8))
        column.addWidget(SectionLabel(look, look.text("rules.when")))
        self._when = QVBoxLayout()
        self._when.setSpacing(0)
        nest(column, self._when)
        self.more_when = Button(
            look, look.text("rules.and_when"), icon="plus", size="small", clicked=self._offer_conditions
        )
        column.addWidget(self.more_when)
        column.addSpacing(px(10))
        column.addWidget(SectionLabel(look, look.text("rules.then")))
        self._then = QVBoxLayout()
        self._then.setSpacing(0)
        nest(column, self._then)
        self.more_then = Button(look, look.text("rules.and_then"), icon="plus", size="small", clicked=self._offer_acts)
        column.addWidget(self.more_then)
        self.goes_on = CheckBox(look, look.text("rules.goes_on"), checked=rule.goes_on)
        self.goes_on.toggled.connect(lambda _on: self._change())
        column.addWidget(self.goes_on)
        column.addSpacing(px(8))
        self.said = Label(look, "", "body", "text.secondary", wrap=True, selectable=True)
        column.addWidget(self.said)
        column.addStretch(1)
        for name in CONDITIONS:
            if getattr(rule.when, name) not in ((), None) or (rule.id is None and name in FIRST):
                self._add(name)
        for name in ACTS:
            if getattr(rule.then, name) not in ((), None) or (rule.id is None and name == "category"):
                self._add(name)
        self._change()

    @property
    def rule(self) -> Rule:
        """What stands in the editor; clauses in which nothing is said are left out."""
        said = {name: clause.answer.value for name, clause in self._clauses.items()}
        kept: dict[str, Any] = {name: value for name, value in said.items() if value not in (None, ())}
        when = When(**{name: value for name, value in kept.items() if name in CONDITIONS})
        then = Then(**{name: value for name, value in kept.items() if name in ACTS})
        return self._rule._replace(name=self.name.text, when=when, then=then, goes_on=self.goes_on.isChecked())

    def clause(self, name: str) -> Clause:
        """One of its clauses, for who fills it in from elsewhere."""
        if name not in self._clauses:
            self._add(name)
        return self._clauses[name]

    # ---- clauses

    def _add(self, name: str) -> Clause:
        look = self._look
        is_act = name in ACTS
        words = look.text(f"rules.{'act_clause' if is_act else 'clause'}.{name}")
        answer = self._answer(name, words)
        answer.changed.connect(self._change)
        hint = look.text("rules.words_hint") if name in ("any_of", "all_of", "none_of") else ""
        clause = Clause(look, words, answer, lambda: self._remove(name), hint)
        self._clauses[name] = clause
        (self._then if is_act else self._when).addWidget(clause)
        return clause

    def _remove(self, name: str) -> None:
        clause = self._clauses.pop(name)
        clause.hide()
        clause.deleteLater()
        (self.more_then if name in ACTS else self.more_when).setFocus(Qt.FocusReason.OtherFocusReason)
        self._change()

    def _answer(self, name: str, words: str) -> Answer:
        look, when, then = self._look, self._rule.when, self._rule.then
        several: Mapping[str, Callable[[], list[tuple[str, object]]]] = {
            "kinds": lambda: [(look.text(f"message_kind.{kind}"), kind) for kind in KINDS],
            "networks": lambda: [
                (network_name(name), name) for name in dict.fromkeys(row.network for row in self._accounts)
            ],
            "accounts": lambda: [(one_line(row.handle or row.name), row.id) for row in self._accounts],
            "flags": lambda: [(look.text(f"rules.flag.{flag}"), flag) for flag in FLAGS],
            "not_flags": lambda: [(look.text(f"rules.flag.{flag}"), flag) for flag in FLAGS],
            "languages": lambda: [
                (language(look, code), code) for code in dict.fromkeys((*LANGUAGES, *when.languages))
            ],
            "categories": lambda: [(name, Category(each)) for name, each in look.categories(*when.categories)],
            "tags": lambda: [(tag_name(look, tag), tag.id) for tag in self._tags],
        }
        if name in several:
            return Several(look, words, several[name](), then.tags if name == "tags" else getattr(when, name))
        if name in ("any_of", "all_of", "none_of"):
            return Typed(look, words, look.text("rules.words_example"), getattr(when, name))
        if name in ("handles", "not_handles"):
            return Typed(look, words, look.text("rules.handles_example"), getattr(when, name))
        if name in ("followers_from", "followers_below"):
            return Number(look, words, getattr(when, name))
        if name == "hours":
            return Hours(look, words, when.hours)
        if name == "first_time":
            choices: list[tuple[str, object]] = [(look.text("rules.yes"), True), (look.text("rules.no"), False)]
            return Choice(look, words, choices, when.first_time if when.first_time is not None else True)
        if name == "category":
            choices = [(title, Category(each)) for title, each in look.categories(then.category or "")]
            return Choice(look, words, choices, then.category or Category.COMPLAINT)
        if name == "priority":
            choices = [(look.text("rules.first"), 1), (look.text("rules.not_first"), 0)]
            return Choice(look, words, choices, 1 if then.priority is None else then.priority)
        choices = [(look.text(f"rules.move.{MOVE_NAMES[move]}"), move) for move in MOVES]
        return Choice(look, words, choices, then.move or MOVES[0])

    def _offer_conditions(self) -> None:
        self._offer(self.more_when, CONDITIONS, "clause")

    def _offer_acts(self) -> None:
        self._offer(self.more_then, ACTS, "act_clause")

    def _offer(self, button: Button, names: Sequence[str], kind: str) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in names:
            if name not in self._clauses:
                action = menu.addAction(self._look.text(f"rules.{kind}.{name}"))
                action.triggered.connect(lambda _checked=False, name=name: self._added(name))
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _added(self, name: str) -> None:
        self._add(name).answer.focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self._change()

    def _change(self) -> None:
        rule = self.rule
        self.said.setText(sentence(self._look, rule, self._accounts, self._tags))
        self.more_when.setEnabled(any(name not in self._clauses for name in CONDITIONS))
        self.more_then.setEnabled(any(name not in self._clauses for name in ACTS))
        self.changed.emit()
