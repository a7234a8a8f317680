"""Every setting has an effect that a test shows: the test changes it while the program runs and looks at what is different from then on.

A setting that is added needs a line here; a test that no longer changes its setting, or asserts nothing, is refused.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from app.runtime.settings import GROUPS, describe
from tests.rules.sources import ROOT, tree

PREFERENCES = "tests/ui/test_preferences.py"
SERVICES = "tests/settings/test_services.py"
HOLDS = "tests/end_to_end/test_settings_hold.py"
TIMES = "tests/services/test_answer_times.py"
STYLE = "tests/services/test_playbook.py::test_style_follows_the_settings"
LOOKS = f"{PREFERENCES}::test_appearance_shows_at_once"
HOUR = f"{PREFERENCES}::test_the_hour_can_be_set_and_switched_off"
KEYS = f"{PREFERENCES}::test_single_keys_can_be_switched_off"
ALONE = "tests/ui/test_notifying.py::test_each_kind_can_be_switched_off"
QUIET = "tests/ui/test_notifying.py::test_the_quiet_hours_are_those_that_are_set"
LATE = f"{SERVICES}::test_a_rule_for_what_is_late_holds_for_posts_that_wait_already"
REPORTS = f"{SERVICES}::test_reports_make_themselves_on_the_day_in_the_form_and_language_that_are_set"
RHYTHM = f"{SERVICES}::test_floods_and_silences_are_told_by_the_limits_that_are_set"
SORTED = f"{PREFERENCES}::test_pillars_and_categories_are_named_look_and_are_offered_as_the_user_has_them"
SHORTENER = "tests/services/test_link_shortener.py::test_its_links_are_as_long_as_expected"

EFFECTS: dict[str, str] = {
    "shop.name": "tests/services/test_faq_files.py::test_chosen_entries_are_written_in_their_order_which_is_remembered",
    "shop.country": "tests/services/test_planning.py::test_holidays_are_those_of_the_shops_country",
    "shop.zone": f"{TIMES}::test_a_changed_zone_holds_at_once",
    "shop.language": f"{PREFERENCES}::test_the_language_changes_without_a_restart",
    "shop.clock": f"{PREFERENCES}::test_times_are_written_as_the_shops_country_zone_and_clock_have_them",
    "shop.first_weekday": f"{HOLDS}::test_the_week_begins_on_another_day_in_the_calendar_that_was_open",
    "shop.terms": "tests/services/test_agreements.py::test_what_is_recorded_holds_terms_and_what_was_said",
    "sending.undo_seconds": "tests/commands/test_triage.py::test_without_an_undo_time_thanks_are_sent_at_once",
    "sending.numbering": f"{HOLDS}::test_parts_of_a_reply_are_numbered_as_it_is_set_also_in_the_one_being_written",
    "sending.cooling": f"{SERVICES}::test_an_angry_reply_is_held_only_where_that_is_wanted",
    "style.address": "tests/services/test_playbook.py::test_the_shops_form_of_address_goes_first",
    "style.greeting": STYLE,
    "style.forbidden": STYLE,
    "style.posts": STYLE,
    "appearance.theme": LOOKS,
    "appearance.density": LOOKS,
    "appearance.zoom": LOOKS,
    "appearance.contrast": f"{PREFERENCES}::test_contrast_and_movement_are_as_they_are_set_at_once",
    "appearance.motion": f"{PREFERENCES}::test_contrast_and_movement_are_as_they_are_set_at_once",
    "appearance.footer_keys": LOOKS,
    "appearance.always_menu": "tests/ui/test_menus.py::test_it_can_be_kept",
    "keyboard.single_keys": KEYS,
    "keyboard.preset": "tests/ui/settings/test_keyboard.py::test_a_preset_changes_keys_at_once",
    "keyboard.own": f"{HOLDS}::test_a_key_of_ones_own_acts_at_once_and_the_old_one_no_more",
    "hour.enabled": HOUR,
    "hour.minutes": HOUR,
    "answer.minutes": "tests/services/test_answering.py::test_another_promise_moves_what_waits_and_says_how_much",
    "answer.next_minutes": f"{TIMES}::test_the_next_answer_has_a_promise_of_its_own",
    "answer.solved_minutes": "tests/services/test_answering.py::test_by_when_a_case_has_to_be_solved",
    "answer.targets": "tests/services/test_answering.py::test_undoing_a_category_brings_back_the_time",
    "answer.hours": f"{SERVICES}::test_the_promise_of_a_message_follows_opening_hours_that_change",
    "answer.holiday_country": f"{TIMES}::test_a_holiday_of_the_chosen_country_is_no_working_day",
    "answer.holiday_region": f"{TIMES}::test_a_holiday_of_the_region_counts_too",
    "answer.closed_days": f"{TIMES}::test_closed_days_and_open_days_are_the_shops_own",
    "answer.open_days": f"{TIMES}::test_closed_days_and_open_days_are_the_shops_own",
    "reading.minutes": f"{SERVICES}::test_messages_are_looked_for_as_often_as_it_is_set",
    "reading.live": "tests/services/test_live.py::test_whoever_wants_nothing_live_has_it_polled",
    "reading.pictures": f"{SERVICES}::test_pictures_are_shown_as_far_as_they_are_wanted",
    "posting.day_limit": RHYTHM,
    "posting.silence_days": RHYTHM,
    "posting.paces": RHYTHM,
    "posting.selling": "tests/ui/composer/test_around.py::"
    "test_a_week_that_sells_too_much_is_to_be_looked_at_where_a_promotion_runs_or_there_is_a_goal_of_its_own",
    "posting.hashtags": "tests/ui/composer/test_words_of_posts.py::test_another_limit_of_hashtags_holds_at_once",
    "posting.late": LATE,
    "posting.late_minutes": LATE,
    "posting.server_holds": "tests/services/test_holding.py::test_the_setting_keeps_everything_here",
    "spelling.on": f"{SERVICES}::test_words_are_underlined_only_where_that_is_wanted_and_not_ones_own",
    "spelling.words": f"{SERVICES}::test_words_are_underlined_only_where_that_is_wanted_and_not_ones_own",
    "plan.folder": "tests/services/test_ics_folder.py::test_it_follows_the_plan",
    "reports.rhythm": REPORTS,
    "reports.weekday": REPORTS,
    "reports.hour": REPORTS,
    "reports.form": REPORTS,
    "reports.language": REPORTS,
    "reports.folder": REPORTS,
    "reports.mail": "tests/services/test_reports.py::test_letters_go_by_themselves_and_no_address_that_is_none",
    "spending.limit": "tests/services/test_spending.py::"
    "test_what_does_not_fit_waits_with_its_reason_until_the_limit_is_raised",
    "spending.minutes": f"{SERVICES}::test_a_network_that_charges_is_looked_at_as_often_as_it_is_set",
    "links.shortener": "tests/services/test_link_shortener.py::test_each_has_its_own_token",
    "links.server": SHORTENER,
    "links.domain": SHORTENER,
    "links.pattern": "tests/services/test_link_plans.py::test_a_link_that_says_all_of_it_is_left_alone",
    "links.failing": "tests/services/test_links.py::"
    "test_who_wants_no_long_links_has_the_post_back_as_a_draft_and_hears_why",
    "analytics.server": "tests/services/test_analytics.py::test_what_it_counted_is_kept_by_day",
    "analytics.site": "tests/services/test_analytics.py::test_another_site_begins_anew",
    "notifications.on": "tests/ui/test_notifying.py::test_all_can_be_switched_off",
    "notifications.late": ALONE,
    "notifications.private": ALONE,
    "notifications.complaint": ALONE,
    "notifications.manager": ALONE,
    "notifications.post": ALONE,
    "notifications.by_hand": ALONE,
    "notifications.spike": ALONE,
    "notifications.said": "tests/ui/test_notifying.py::test_names_and_words_stay_hidden_where_the_setting_says_so",
    "notifications.quiet": QUIET,
    "notifications.quiet_from": QUIET,
    "notifications.quiet_until": QUIET,
    "desktop.tray": f"{HOLDS}::test_the_icon_in_the_tray_comes_and_goes",
    "desktop.stay": f"{HOLDS}::test_closing_the_window_leaves_the_program_or_ends_it",
    "desktop.autostart": f"{HOLDS}::test_the_program_starts_with_the_session_where_that_is_wanted",
    "desktop.sparing": "tests/services/test_sparing.py::test_on_battery_it_reads_less_often_and_fetches_no_pictures",
    "desktop.paused": "tests/services/test_pausing.py::test_what_is_no_time_pauses_nothing",
    "sorting.pillars": SORTED,
    "sorting.categories": SORTED,
    "lock.on": "tests/ui/test_lock.py::test_without_a_window_or_a_passphrase_nothing_locks",
    "lock.minutes": "tests/end_to_end/test_locked.py::test_it_locks_after_idle_minutes_and_when_the_computer_slept",
    "lock.away": "tests/end_to_end/test_locked.py::test_it_locks_after_idle_minutes_and_when_the_computer_slept",
    "lock.taken_off_at": "tests/ui/test_lock.py::test_that_it_was_taken_off_is_told_once_to_whoever_comes_next",
    "safekeeping.automatic": f"{SERVICES}::test_no_backup_makes_itself_where_none_is_wanted",
}

NOTED: dict[str, str] = {
    "lock.wrong": "tests/services/test_locking.py::test_wrong_ones_cost_ever_more_time_also_after_a_new_start",
    "lock.wrong_at": "tests/services/test_locking.py::test_a_clock_that_was_set_back_makes_no_wait_longer",
}
"""What the program notes there itself and nobody sets: the tests have it written and see what follows."""

SETTINGS = {setting.key: group.__name__ for group in GROUPS for setting in describe(group)}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(module: ast.Module) -> dict[str, Function]:
    """All of a file by name, those of its classes too."""
    return {node.name: node for node in ast.walk(module) if isinstance(node, Function)}


def reached(module: ast.Module, name: str) -> list[Function]:
    """A test and what it uses of its own file, fixtures included."""
    known, found, waiting = functions(module), dict[str, Function](), [name]
    while waiting:
        each = waiting.pop()
        if each in known and each not in found:
            found[each] = known[each]
            for node in ast.walk(known[each]):
                waiting += [node.id] if isinstance(node, ast.Name) else [node.attr] if isinstance(node, ast.Attribute) else []
                waiting += [node.arg] if isinstance(node, ast.arg) else []
    return list(found.values())


def names_of(module: ast.Module, group: str) -> set[str]:
    """What a group is called in a file that imports it."""
    aliases = [each for node in module.body if isinstance(node, ast.ImportFrom) for each in node.names]
    return {alias.asname or alias.name for alias in aliases if alias.name == group}


def changes(parts: list[Function], groups: set[str], field: str) -> bool:
    """Whether `change(Group, field=...)` is called in them; `change(Group, **values)` with the field's name beside it counts too."""
    calls = [node for part in parts for node in ast.walk(part) if isinstance(node, ast.Call)]
    words = {node.value for part in parts for node in ast.walk(part) if isinstance(node, ast.Constant)}
    words |= {each.arg for call in calls for each in call.keywords}
    for call in calls:
        if not (isinstance(call.func, ast.Attribute) and call.func.attr == "change" and call.args):
            continue
        if isinstance(call.args[0], ast.Name) and call.args[0].id in groups:
            given = {each.arg for each in call.keywords}
            if field in given or (None in given and field in words):
                return True
    return False


def faults(effects: dict[str, str]) -> Iterator[str]:
    """What is wrong with each line of the table."""
    for key, test in effects.items():
        noted = NOTED.get(key) == test
        path, _, name = test.partition("::")
        if not (ROOT / path).is_file():
            yield f"{key}: there is no {path}"
            continue
        module = tree(ROOT / path)
        parts = reached(module, name)
        if not name.startswith("test_") or not any(part.name == name for part in parts if part in module.body):
            yield f"{key}: there is no test {name} in {path}"
        elif not noted and not changes(parts, names_of(module, SETTINGS.get(key, "")), key.partition(".")[2]):
            yield f"{key}: {name} never changes it"
        elif not any(isinstance(node, ast.Assert) for part in parts for node in ast.walk(part)):
            yield f"{key}: {name} asserts nothing"


def test_every_setting_has_an_effect_that_a_test_shows() -> None:
    assert sorted(SETTINGS.keys() - EFFECTS.keys() - NOTED.keys()) == []
    assert sorted((EFFECTS.keys() | NOTED.keys()) - SETTINGS.keys()) == []


def test_each_of_these_tests_is_there_and_changes_its_setting() -> None:
    assert list(faults({**EFFECTS, **NOTED})) == []


@pytest.mark.parametrize(
    ("test", "fault"),
    [
        ("tests/none.py::test_x", "there is no tests/none.py"),
        ("tests/rules/test_settings_effects.py::test_none", "there is no test"),
        ("tests/rules/test_settings_effects.py::faults", "there is no test"),
        ("tests/runtime/test_settings.py::test_defaults_are_those_of_the_briefs", "never changes it"),
    ],
)
def test_the_rule_finds_a_line_that_shows_nothing(test: str, fault: str) -> None:
    assert [fault in found for found in faults({"appearance.theme": test})] == [True]
