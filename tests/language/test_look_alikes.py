"""Names that pass for ours are noticed, those that only resemble ours are not."""

from __future__ import annotations

import pytest

from app.language.look_alikes import LONGEST, look_alike, looks_like, mixes_scripts, skeleton

OWN = (("@aurora", "Discos Aurora"), ("@discosaurora", "Discos Aurora"), ("@aurora.mx", "Discos Aurora"))


@pytest.mark.parametrize(
    ("handle", "name", "alike"),
    [
        ("@\u0430urora", "Ana", "@aurora"),  # a Cyrillic first letter
        ("@aur0ra", "Ana", "@aurora"),
        ("@aurora@otra.example", "Ana", "@aurora"),
        ("@d1sc0saurora", "Ana", "@discosaurora"),
        ("@\uff44iscosaurora", "Ana", "@discosaurora"),
        ("@discos.aurora", "Discos \u0391urora", "@aurora"),  # a Greek letter in the name
        ("@soporte_aurora", "DISCOS  AURORA ✓", "@aurora"),
        ("@aurora", "Discos Aurora", ""),
        ("@Aurora", "x", ""),
        ("@laura", "Laura", ""),
        ("@auroral", "Aurora Ruiz", ""),
        ("@maria", "María", ""),
        ("@иван", "Иван", ""),
        ("", "", ""),
    ],
)
def test_who_looks_like_us(handle: str, name: str, alike: str) -> None:
    assert looks_like(handle, name, OWN) == alike


@pytest.mark.parametrize(
    ("name", "mixes"),
    [
        ("@\u0430urora", True),
        ("@иван", False),
        ("@иван_mx", False),
        ("@林xiao", False),
        ("@aurora", False),
        ("@αβγ", False),
        ("@pаypаl", True),
    ],
)
def test_alphabets_mixed_in_one_word_are_noticed(name: str, mixes: bool) -> None:
    assert mixes_scripts(name) is mixes


def test_endless_and_empty_names_cost_nothing() -> None:
    assert len(skeleton("w" * 100_000)) <= LONGEST * 2
    assert skeleton("\u0301\u200b\u202e") == ""
    assert not mixes_scripts("a" * 100_000)


@pytest.mark.parametrize(("one", "other"), [
    ("ximerobles", "xirnerobles"),
    ("ximerobles", "ximer0bles"),
    ("ximerobles", "xim3robles"),
    ("discosaurora", "d\u0456scosaurora"),
    ("paul", "pauI"),
    ("aurora", "\u0430uror\u0430"),
    ("aurora", "aurora_"),
    ("aurora", "auro\u200bra"),
])  # fmt: skip
def test_what_the_eye_confuses_is_known(one: str, other: str) -> None:
    assert look_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ximerobles", "XimeRobles"), ("ana", "ana"), ("ana", "anna"), ("memo", "memotapia"), ("", "\u200b")],
)
def test_the_same_name_and_another_name_are_no_look_alikes(one: str, other: str) -> None:
    assert not look_alike(one, other)
