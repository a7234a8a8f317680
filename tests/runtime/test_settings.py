"""Settings: bounds, what is stored, and what survives from other versions."""

from __future__ import annotations

import json
import logging

import pytest

from app.runtime.errors import UserMistake
from app.runtime.settings import GROUPS, Answer, Appearance, Hour, Kind, Sending, Settings, Shop, describe
from app.runtime.words import Words
from tests.conftest import TRANSLATIONS


class Store:
    """What the database's table does."""

    def __init__(self, **texts: str) -> None:
        self.texts = texts
        self.settings = Settings(lambda: self.texts, self.save)
        self.heard: list[frozenset[str]] = []
        self.settings.changed.connect(self.heard.append)

    def save(self, group: str, text: str) -> None:
        self.texts[group] = text


def test_defaults_are_those_of_the_briefs() -> None:
    settings = Store().settings
    assert settings.get(Sending).undo_seconds == 10
    assert settings.get(Hour).minutes == 60
    assert settings.get(Answer).minutes == 60
    assert len(settings.get(Answer).hours) == 7


def test_a_change_is_kept_and_told_by_key() -> None:
    store = Store()
    assert store.settings.change(Appearance, theme="dark", zoom=100) == {"appearance.theme"}
    assert store.heard == [{"appearance.theme"}]
    assert Store(**store.texts).settings.get(Appearance).theme == "dark"


def test_a_change_to_the_same_is_none() -> None:
    store = Store()
    assert store.settings.change(Appearance, theme="system") == frozenset()
    assert (store.heard, store.texts) == ([], {})


@pytest.mark.parametrize(
    ("values", "message_id"),
    [
        ({"undo_seconds": 31}, "error.setting.number"),
        ({"undo_seconds": -1}, "error.setting.number"),
        ({"undo_seconds": True}, "error.setting.number"),
        ({"undo_seconds": "10"}, "error.setting.number"),
    ],
)
def test_what_does_not_fit_changes_nothing(values: dict[str, object], message_id: str) -> None:
    store = Store()
    with pytest.raises(UserMistake) as caught:
        store.settings.change(Sending, **values)
    assert (caught.value.message.id, caught.value.field) == (message_id, "sending.undo_seconds")
    assert store.settings.get(Sending) == Sending()
    assert store.texts == {}


def test_all_values_of_a_change_count_together() -> None:
    store = Store()
    with pytest.raises(UserMistake):
        store.settings.change(Appearance, theme="dark", density="huge")
    assert store.settings.get(Appearance) == Appearance()


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        ((), True),
        (((540, 1140),), True),
        (((0, 1440),), True),
        (((540, 780), (900, 1140)), True),
        (((900, 1140), (540, 780)), False),
        (((540, 900), (900, 1140)), False),
        (((540, 540),), False),
        (((540, 1441),), False),
        (((-1, 60),), False),
        (((540,),), False),
        (("9:00",), False),
        (((540.0, 600),), False),
    ],
)
def test_opening_hours(day: object, fits: bool) -> None:
    store = Store()
    hours = (day, *((),) * 6)
    if fits:
        store.settings.change(Answer, hours=hours)
        assert Store(**store.texts).settings.get(Answer).hours == hours
    else:
        with pytest.raises(UserMistake):
            store.settings.change(Answer, hours=hours)


def test_a_country_is_two_letters() -> None:
    store = Store()
    store.settings.change(Shop, country="MX", zone="America/Mexico_City", name="Discos Aurora")
    with pytest.raises(UserMistake):
        store.settings.change(Shop, country="Mexico")


def test_a_bad_value_falls_back_and_is_logged(expected_log: list[logging.LogRecord]) -> None:
    stored = json.dumps({"version": 1, "values": {"theme": "purple", "zoom": 120}})
    appearance = Store(appearance=stored).settings.get(Appearance)
    assert (appearance.theme, appearance.zoom) == ("system", 120)
    assert "appearance.theme" in expected_log[0].getMessage()


@pytest.mark.parametrize("text", ["{", "[]", '{"values": 3}', "null"])
def test_a_broken_document_means_defaults(text: str, expected_log: list[logging.LogRecord]) -> None:
    assert Store(appearance=text).settings.get(Appearance) == Appearance()
    assert len(expected_log) == 1


def test_what_a_newer_version_wrote_is_kept() -> None:
    store = Store(appearance=json.dumps({"version": 2, "values": {"theme": "dark", "glow": 7}, "extra": [1]}))
    store.settings.change(Appearance, zoom=110)
    assert json.loads(store.texts["appearance"]) == {
        "version": 2,
        "values": {"theme": "dark", "glow": 7, "zoom": 110},
        "extra": [1],
    }


def test_what_another_process_changed_is_heard() -> None:
    store = Store()
    other = Settings(lambda: store.texts, store.save)
    other.change(Hour, minutes=45)
    assert store.settings.reload() == {"hour.minutes"}
    assert store.heard == [{"hour.minutes"}]
    assert store.settings.reload() == frozenset()


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_setting_has_its_words(language: str) -> None:
    words = Words(TRANSLATIONS, language)
    for group in GROUPS:
        assert words.knows(f"setting.{group.GROUP}")
        for setting in describe(group):
            assert words.knows(setting.title_id)
            assert words.knows(setting.help_id)
            assert all(words.knows(setting.choice_id(choice)) for choice in setting.choices)


def test_every_default_fits() -> None:
    for group in GROUPS:
        store = Store()
        store.settings.change(group, **{setting.name: setting.default for setting in describe(group)})
        assert store.settings.get(group) == group()


def test_numbers_say_their_bounds() -> None:
    undo = describe(Sending)[0]
    assert (undo.key, undo.kind, undo.low, undo.high, undo.default) == ("sending.undo_seconds", Kind.NUMBER, 0, 30, 10)


FITTING: list[tuple[str, object]] = [
    ("closed_days", (("Inventory", "2026-12-28", "2026-12-30"), ("", "2027-01-06", "2027-01-06"))),
    ("open_days", (("2026-12-20", ((600, 840), (900, 1080))), ("2026-12-21", ()))),
    ("targets", ((0, "complaint", 30, None, 0), (3, "", None, None, None), (3, "complaint", 5, 5, 5))),
]


@pytest.mark.parametrize(("name", "value"), FITTING)
def test_days_and_rules_of_answer_times_are_kept_as_they_are(name: str, value: object) -> None:
    store = Store()
    store.settings.change(Answer, **{name: value})
    assert getattr(Settings(lambda: store.texts, store.save).get(Answer), name) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("closed_days", (("Inventory", "2026-12-30", "2026-12-28"),)),
        ("closed_days", (("Inventory", "2026-02-30", "2026-12-28"),)),
        ("closed_days", (("x" * 81, "2026-12-28", "2026-12-28"),)),
        ("closed_days", (("Inventory", "2026-12-28"),)),
        ("closed_days", ("Inventory",)),
        ("open_days", (("2026-12-20", ((600, 840),)), ("2026-12-20", ((900, 960),)))),
        ("open_days", (("2026-12-20", ((840, 600),)),)),
        ("open_days", (("20 December", ((600, 840),)),)),
        ("targets", ((0, "", 30, None, None),)),
        ("targets", ((0, "complaint", -1, None, None),)),
        ("targets", ((0, "complaint", 43_201, None, None),)),
        ("targets", ((0, "complaint", 30, None, None), (0, "complaint", 60, None, None))),
        ("targets", ((0, "complaint", 30),)),
    ],
)
def test_those_that_cannot_be_are_refused_with_a_sentence(name: str, value: object, words: Words) -> None:
    store = Store()
    with pytest.raises(UserMistake) as refused:
        store.settings.change(Answer, **{name: value})
    assert refused.value.message.id == f"error.setting.{name}"
    assert words.knows(refused.value.message.id)
    assert getattr(store.settings.get(Answer), name) == ()


@pytest.mark.parametrize("link", ["", "discosaurora.mx/terminos", "https://discosaurora.mx", "http://a.example:8080/x?y=1#z"])
def test_an_address_is_taken_with_or_without_its_beginning(link: str) -> None:
    settings = Store().settings
    settings.change(Shop, terms=link)
    assert settings.get(Shop).terms == link


@pytest.mark.parametrize("link", ["terminos", "ftp://a.example", "javascript:alert(1)", "a b.example", "hola@a.example", "https://", "x" * 400 + ".example"])
def test_what_is_no_address_is_refused(link: str) -> None:
    with pytest.raises(UserMistake) as refused:
        Store().settings.change(Shop, terms=link)
    assert refused.value.message.id == "error.setting.link"
