"""The section of rules: the list in its order, the editor in sentences, the last month tried, and what is refused said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.models.conversation import Category, ConversationState
from app.models.message import MessageKind
from app.models.rule import Rule, Then, When
from app.ui.look import Look
from app.ui.settings.rule_clauses import Choice, Hours, Number, Several, Typed
from app.ui.settings.rule_editor import ACTS, CONDITIONS, RuleEditor
from app.ui.settings.rule_preview import MatchRow
from app.ui.settings.rule_sentences import sentence
from app.ui.settings.rule_sheet import RuleSheet
from app.ui.settings.rules import RulesPane
from tests.ui.settings.fake_rules import TAGS, FakeRules
from tests.ui.shop import Shop, nameless, texts, three_accounts
from tests.ui.stand_ins import TouchedAll

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
FULL = When(
    networks=("x", "mastodon"), accounts=(2,), kinds=(MessageKind.REPLY, MessageKind.COMMENT), any_of=("refund", "возврат*"), all_of=("disco", "roto"),
    none_of=("gracias",), flags=("press",), not_flags=("vip",), handles=("@ana",), not_handles=("@luis", "@eva"), followers_from=10,
    followers_below=1000, languages=("es", "ru"), first_time=False, categories=(Category.ORDER,), hours=(1200, 480),
)  # fmt: skip


@pytest.fixture
def rules(shop: Shop) -> FakeRules:
    """What the section works with."""
    made = FakeRules()
    shop.services.rules = made
    shop.store.rules = lambda: list(made.rows)  # type: ignore[method-assign]
    shop.store.tags = lambda *, retired=False: [tag for tag in TAGS if retired or not tag.retired]  # type: ignore[method-assign]
    return made


@pytest.fixture
def pane(shop: Shop, rules: FakeRules, qapp: QApplication) -> RulesPane:
    shop.shell.window.show_page("settings", section="rules")
    qapp.processEvents()
    found = shop.page.stack.currentWidget()
    assert isinstance(found, RulesPane)
    return found


def sheet(shop: Shop) -> RuleSheet:
    found = shop.shell.window.overlay()
    assert isinstance(found, RuleSheet)
    return found


def menu_of(widget: object) -> QMenu:
    return next(menu for menu in widget.findChildren(QMenu) if menu.isVisible())  # type: ignore[attr-defined]


# ---- the list


def test_rules_stand_in_their_order_as_sentences(pane: RulesPane):
    first, second = (card.words for card in pane.cards)
    assert first.accessibleName() == "Rule 1 of 2: Refunds"
    assert first.accessibleDescription() == (
        "When a message is a comment, contains “refund”, “devolución” or “возврат*” and is not from a customer marked VIP: "
        "category Complaint, high priority, tag Criticism. Then the next rules."
    )
    assert second.accessibleName() == "Rule 2 of 2: Night <i>, off"
    assert "came to @discosaurora or an account that is gone" in second.accessibleDescription()
    assert "between 20:00 and 08:00: done." in second.accessibleDescription()
    assert nameless(pane) == []


def test_shift_and_arrow_keys_move_a_rule(pane: RulesPane, rules: FakeRules):
    pane.cards[0].words.setFocus()
    QTest.keyClick(pane.cards[0].words, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert rules.asked == [("order", 2, 1)]
    QTest.keyClick(pane.cards[0].words, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert len(rules.asked) == 1  # it is the first already
    QTest.keyClick(pane.cards[0].words, Qt.Key.Key_Down)
    assert pane.cards[1].words.hasFocus()
    pane.cards[1].up.click()
    assert rules.asked[-1] == ("order", 2, 1)
    assert not pane.cards[0].up.isEnabled()
    assert not pane.cards[1].down.isEnabled()


def test_the_keyboard_stays_with_the_rule_that_moved(shop: Shop, pane: RulesPane, rules: FakeRules):
    pane.cards[0].words.setFocus()
    rules.rows.reverse()
    shop.services.changed.emit(TouchedAll("rule"))
    assert [card.rule.id for card in pane.cards] == [2, 1]
    assert pane.cards[1].words.hasFocus()


def test_a_rule_is_switched_and_deleted(shop: Shop, pane: RulesPane, rules: FakeRules):
    pane.cards[1].switch.click()
    pane._more(1, QPoint(0, 0))
    menu = menu_of(pane)
    menu.actions()[2].trigger()
    menu.close()
    assert rules.asked == [("switch", 2, True), ("remove", 1)]
    assert shop.said()[-1].endswith("deleted")


def test_no_rules_say_what_they_are_for(shop: Shop, pane: RulesPane, rules: FakeRules):
    rules.rows.clear()
    shop.services.changed.emit(TouchedAll("rule"))
    assert pane.none.isVisible()
    assert "refund" in pane.none.text()


def test_a_rule_is_done_to_the_last_month_with_progress_and_a_stop(shop: Shop, pane: RulesPane, rules: FakeRules):
    rules.waits = True
    pane.apply(1, "Refunds")
    assert pane.progress.text() == "Sorting 1 of 2"
    assert pane.stop.isVisible()
    pane.apply(2, "Night")  # one at a time
    pane.stop.click()
    shop.go_on()
    assert rules.asked == [("apply", 1)]
    assert shop.said()[-1] == "Refunds: 1 message sorted".replace("Refunds", "\u2068Refunds\u2069")
    assert not pane.stop.isVisible()
    assert pane.progress.text() == ""


def test_where_nothing_may_be_changed_nothing_is_offered(shop: Shop, rules: FakeRules, qapp: QApplication):
    shop.services.data.read_only = True
    shop.shell.window.show_page("settings", section="rules")
    qapp.processEvents()
    pane = shop.page.stack.currentWidget()
    assert not pane.new.isEnabled()
    assert not pane.cards[0].switch.isEnabled()
    pane.cards[0].words.click()
    assert not sheet(shop).keep.isEnabled()
    assert sheet(shop).preview.button.isEnabled()


# ---- the way there


def test_a_message_leads_to_its_rule(shop: Shop, pane: RulesPane, qapp: QApplication):
    shop.shell.window.show_page("settings", section="rules", rule=2)
    qapp.processEvents()
    assert sheet(shop).editor.rule.id == 2
    sheet(shop).close_now()
    shop.shell.window.show_page("settings", section="rules", rule=99)
    qapp.processEvents()
    assert shop.said()[-1] == "That rule was deleted."


def test_ctrl_n_writes_a_new_one(shop: Shop, pane: RulesPane, qapp: QApplication):
    shop.page.perform("new")
    assert sheet(shop).editor.rule.id is None
    assert sheet(shop).editor.name.line.hasFocus()


# ---- the editor


@pytest.fixture
def editor(look: Look, qapp: QApplication) -> RuleEditor:
    made = RuleEditor(look, Rule("", When(), Then()), three_accounts(), TAGS)
    made.show()
    return made


@pytest.mark.parametrize(
    "rule", [Rule("a", FULL, Then(Category.SPAM, 0, (1, 4), ConversationState.IGNORED), goes_on=True, id=3)]
)
def test_every_condition_and_act_comes_back_from_the_editor(look: Look, qapp: QApplication, rule: Rule):
    editor = RuleEditor(look, rule, three_accounts(), TAGS)
    assert editor.rule == rule
    assert {name for name in (*CONDITIONS, *ACTS) if name in editor._clauses} == {*CONDITIONS, *ACTS}
    assert not editor.more_when.isEnabled()
    assert nameless(editor) == []
    editor.deleteLater()


def test_each_condition_stands_in_the_sentence(look: Look):
    said = sentence(look, Rule("a", FULL, Then(priority=0)), three_accounts(), TAGS)
    for words in (
        "is a reply or comment", "came on X or Mastodon", "came to @aurora", "contains “refund” or “возврат*”", "contains “disco” and “roto”",
        "does not contain “gracias”", "is from a customer marked press", "is not from @luis or @eva", "at least 10 followers", "fewer than 1000 followers",
        "is written in Spanish or Russian", "is not the first of its author", "has the category Order & delivery", "between 20:00 and 08:00", "usual priority",
    ):  # fmt: skip
        assert words in said.replace("1,000", "1000"), words


def test_a_new_rule_begins_with_words_and_a_category(editor: RuleEditor):
    assert editor.said.text() == "Say what a message must be like."
    words = editor.clause("any_of").answer
    assert isinstance(words, Typed)
    words.line.setText("refund,  devolución ，退款, refund,")
    words.line.textEdited.emit("")
    assert editor.rule.when == When(any_of=("refund", "devolución", "退款"))
    assert editor.rule.then == Then(category=Category.COMPLAINT)
    assert editor.said.text().startswith("When a message contains “refund”, “devolución” or “退款”: category Complaint")


def test_clauses_are_added_from_the_menu_and_taken_out(editor: RuleEditor):
    editor.more_when.click()
    menu = menu_of(editor)
    offered = [action.text() for action in menu.actions()]
    assert "contains any of" not in offered
    menu.actions()[offered.index("is a")].trigger()
    menu.close()
    kinds = editor.clause("kinds").answer
    assert isinstance(kinds, Several)
    kinds.boxes[0][0].click()
    assert editor.rule.when.kinds == (MessageKind.MENTION,)
    editor.clause("kinds").cross.click()
    assert editor.rule.when.kinds == ()
    editor.more_then.click()
    acts = menu_of(editor)
    assert [action.text() for action in acts.actions()] == ["priority", "tags", "put it to"]
    acts.actions()[0].trigger()
    acts.close()
    priority = editor.clause("priority").answer
    assert isinstance(priority, Choice)
    assert editor.rule.then.priority == 1


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1000", 1000), ("1,000", 1000), ("1 000", 1000), ("", None), ("many", None), ("9" * 30, None)],
)
def test_followers_are_a_number(editor: RuleEditor, typed: str, number: int | None):
    answer = editor.clause("followers_from").answer
    assert isinstance(answer, Number)
    answer.line.setText(typed)
    assert answer.value == number


@pytest.mark.parametrize(
    ("begins", "ends", "hours"),
    [
        ("20:00", "8:00", (1200, 480)),
        ("9", "17h30", (540, 1050)),
        ("25:00", "8", None),
        ("8:70", "9", None),
        ("8", "8:00", None),
        ("0", "24:00", (0, 1440)),
    ],
)
def test_hours_are_typed_as_one_likes(editor: RuleEditor, begins: str, ends: str, hours: tuple[int, int] | None):
    answer = editor.clause("hours").answer
    assert isinstance(answer, Hours)
    answer.begins.setText(begins)
    answer.ends.setText(ends)
    assert answer.value == hours


# ---- keeping and trying


def test_what_is_missing_is_said_and_nothing_is_lost(shop: Shop, pane: RulesPane, rules: FakeRules):
    pane.new.click()
    found = sheet(shop)
    found.keep.click()
    assert found.editor.name.line.accessibleDescription() == "A rule needs a name."
    QTest.keyClicks(found.editor.name.line, "Refunds")
    found.keep.click()
    assert found.trouble.text() == "Say what a message must be like."
    assert found.trouble.isVisible()
    words = found.editor.clause("any_of").answer
    assert isinstance(words, Typed)
    QTest.keyClicks(words.line, "refund")
    assert not found.trouble.isVisible()
    found.keep.click()
    assert rules.asked == [("save", Rule("Refunds", When(any_of=("refund",)), Then(Category.COMPLAINT)))]
    assert shop.shell.window.overlay() is None


def test_a_rule_is_kept_and_done_to_the_past_in_one_go(shop: Shop, pane: RulesPane, rules: FakeRules):
    pane.cards[0].words.click()
    sheet(shop).keep_and_apply.click()
    assert [asked[0] for asked in rules.asked] == ["save", "apply"]
    assert rules.asked[1] == ("apply", 1)


def test_the_last_month_is_tried_with_the_words_marked(shop: Shop, pane: RulesPane, rules: FakeRules):
    pane.cards[0].words.click()
    preview = sheet(shop).preview
    preview.button.click()
    assert preview.said.text() == "2 of the 1000 messages of the last month, in 2 conversations.".replace(
        "1000", preview.said.text().split()[3]
    )
    rows = [button for button in preview.found.buttons if isinstance(button, MatchRow)]
    assert [row.marked for row in rows] == [["DEVOLUCION", "возврата"[:7]], ["refund"]]
    assert rows[0].accessibleName().startswith("Ximena Robles · Mastodon, ")
    assert rows[1].accessibleName().startswith("@luis · X, ")
    assert preview.found.isVisible()
    panel = sheet(shop).panel
    assert panel.height() <= shop.shell.window.height()
    sheet(shop).editor.name.line.textEdited.emit("x")
    assert not preview.found.isVisible()
    assert preview.said.text() == "The rule was changed since. Try it again."


def test_a_long_search_can_be_stopped(shop: Shop, pane: RulesPane, rules: FakeRules):
    rules.waits = True
    pane.cards[0].words.click()
    preview = sheet(shop).preview
    preview.button.click()
    assert "500 of 1" in preview.said.text()
    preview._patience.timeout.emit()
    assert preview.stop.isVisible()
    preview.stop.click()
    shop.go_on()
    assert not preview.stop.isVisible()
    assert not preview.found.isVisible()


def test_a_rule_without_a_condition_is_not_tried(shop: Shop, pane: RulesPane, rules: FakeRules):
    pane.new.click()
    sheet(shop).preview.button.click()
    assert rules.asked == []
    assert sheet(shop).preview.said.text() == "Say what a message must be like."


def test_a_message_of_the_preview_opens(shop: Shop, pane: RulesPane, rules: FakeRules, qapp: QApplication):
    pane.cards[0].words.click()
    preview = sheet(shop).preview
    preview.button.click()
    preview.found.buttons[0].click()
    qapp.processEvents()
    assert shop.shell.window.overlay() is None
    assert "opened {'conversation': 7}" in shop.page.heard


def test_words_on_the_screen_are_plain_text(shop: Shop, pane: RulesPane, rules: FakeRules):
    rules.rows[0] = rules.rows[0]._replace(name="<b>x</b>\u202ea", when=When(any_of=("<img src=x>\n",)))
    shop.services.changed.emit(TouchedAll("rule"))
    assert pane.cards[0].words.accessibleName() == "Rule 1 of 2: <b>x</b>\ufffda"
    assert "“<img src=x>”" in pane.cards[0].words.accessibleDescription()
    assert "Rules" in texts(pane)
