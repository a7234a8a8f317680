"""The sample shop's data files: counts, references, lengths, languages, and the fourteen open conversations."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
NETWORKS = ("x", "mastodon", "bluesky", "instagram")
LIMITS = {"x": 280, "mastodon": 500, "bluesky": 300, "instagram": 2200}
LANGUAGES = ["es", "en", "fr", "ru", "zh"]
CATEGORIES = {"question", "order", "technical", "request", "complaint", "praise", "contest", "other", "troll", "spam"}
PILLARS = {"releases", "catalogue", "scene", "community", "offers", "contest", "help", "house"}
DAY = 1440
NOON = 720

# Weekdays and months of the five languages: a text that names one is wrong on most days.
DATED = re.compile(
    r"\b(lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|enero|febrero|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|(mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august|september|october|november|december"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|février|avril|juin|juillet|août|septembre|octobre|décembre"
    r"|понедельник\w*|вторник\w*|сред[ау]|четверг\w*|пятниц\w*|суббот\w*|воскресень\w*|январ\w*|феврал\w*|апрел\w*"
    r"|июн\w*|июл\w*|август\w*|сентябр\w*|октябр\w*|ноябр\w*|декабр\w*)\b|(周|星期)[一二三四五六日天]|\d+月",
    re.IGNORECASE,
)
SCRIPTS = {
    "ru": re.compile(r"[а-яё]", re.IGNORECASE),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
}


@cache
def read(name: str) -> Any:
    return json.loads((RESOURCES / name).read_text(encoding="utf-8"))


def counted(text: str, network: str) -> int:
    """Length nearly as the network counts: X counts a link as 23 and wide letters as 2."""
    if network not in ("x", "mastodon"):
        return len(text)
    text = re.sub(r"discosaurora\.mx(/[\w/-]*\w)?", "x" * 23, text)
    if network == "mastodon":
        return len(text)
    narrow = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
    return sum(1 if any(low <= ord(letter) <= high for low, high in narrow) else 2 for letter in text)


def moment(row: dict[str, Any], now: int = NOON) -> int:
    """Minutes from today's midnight, `now` being the present minute."""
    if "minutes_ago" in row:
        return now - int(row["minutes_ago"])
    if "minutes_ahead" in row:
        return now + int(row["minutes_ahead"])
    return int(row["day"]) * DAY + int(row["minute"])


def open_conversations() -> list[dict[str, Any]]:
    return [row for row in read("sample/conversations.json") if row["state"] == "needs_answer"]


def keys(rows: list[dict[str, Any]]) -> set[str]:
    found = [row["key"] for row in rows]
    assert len(found) == len(set(found)), [key for key, n in Counter(found).items() if n > 1]
    return set(found)


@pytest.mark.parametrize("name", ["people", "conversations", "posts", "promises", "searches", "overheard"])
def test_a_list_has_one_object_a_line(name: str) -> None:
    lines = (RESOURCES / "sample" / f"{name}.json").read_text(encoding="utf-8").splitlines()
    assert (lines[0], lines[-1]) == ("[", "]")
    assert len(lines) - 2 == len(read(f"sample/{name}.json"))
    for line in lines[1:-1]:
        assert isinstance(json.loads(line.rstrip(",")), dict)


def test_the_shop_has_four_accounts_and_one_of_them_by_hand() -> None:
    shop = read("sample/shop.json")
    assert [account["network"] for account in shop["accounts"]] == list(NETWORKS)
    assert [account["key"] for account in shop["accounts"] if account["by_hand"]] == ["instagram"]
    assert shop["zone"] == "America/Mexico_City"
    assert shop["languages"] == LANGUAGES
    assert all(account["followers_now"] > account["followers_start"] for account in shop["accounts"])
    assert all(manager["email"].endswith(".example") for manager in shop["managers"])


def test_people_have_identities_that_no_one_else_has() -> None:
    people = read("sample/people.json")
    keys(people)
    assert 180 <= len(people) <= 200
    handles = [(each["network"], each["handle"].lower()) for person in people for each in person["identities"]]
    assert len(handles) == len(set(handles))
    shapes = {
        "x": r"@\w{1,15}",
        "mastodon": r"@\w+@[a-z]+\.example",
        "bluesky": r"@[a-z0-9][a-z0-9-]*[a-z0-9]\.bsky\.example",
        "instagram": r"@[a-z0-9._]{1,30}",
    }
    for person in people:
        assert person["language"] in LANGUAGES
        assert person["identities"], person["key"]
        for each in person["identities"]:
            assert re.fullmatch(shapes[each["network"]], each["handle"]), each
            assert each["followers"] > 0
    assert {person["language"] for person in people} == set(LANGUAGES)


def test_there_are_three_hundred_conversations_in_five_languages() -> None:
    conversations = read("sample/conversations.json")
    assert len(conversations) == 300
    keys(conversations)
    languages = Counter(row["language"] for row in conversations)
    for language, share in {"es": 45, "en": 25, "fr": 12, "ru": 10, "zh": 8}.items():
        assert abs(languages[language] / 3 - share) <= 2, languages
    states = Counter(row["state"] for row in conversations)
    assert states == {
        "done": 232, "kept": 24, "needs_answer": 14, "ignored": 12, "waiting": 10, "snoozed": 5, "escalated": 3,
    }  # fmt: skip
    assert {row["category"] for row in conversations} == CATEGORIES
    assert {row["kind"] for row in conversations} == {"mention", "reply", "quote", "private", "comment"}


def test_conversations_refer_to_what_is_there() -> None:
    people = {person["key"]: person for person in read("sample/people.json")}
    posts = {post["key"]: post for post in read("sample/posts.json")}
    managers = keys(read("sample/shop.json")["managers"])
    answers = keys(read("sample/playbook.json")["answers"])
    for row in read("sample/conversations.json"):
        assert row["account"] in {each["network"] for each in people[row["person"]]["identities"]}, row["key"]
        assert (row["under_post"] is not None) == (row["kind"] in ("reply", "quote", "comment")), row["key"]
        if row["under_post"]:
            post = posts[row["under_post"]]
            assert post["state"] == "out"
            assert row["account"] in post["variants"], row["key"]
            assert moment(row["messages"][0]) > moment(post), row["key"]
        if row["state"] == "escalated":
            assert row["escalation"]["manager"] in managers
        assert {message.get("answer") for message in row["messages"]} - {None} <= answers


def test_messages_are_in_order_and_in_the_past() -> None:
    for row in read("sample/conversations.json"):
        messages = row["messages"]
        assert 1 <= len(messages) <= 6, row["key"]
        assert messages[0]["from"] == "them", row["key"]
        for now in (0, NOON, DAY - 1):
            times = [moment(message, now) for message in messages]
            assert times == sorted(times), row["key"]
            assert times[-1] <= now, row["key"]
            assert times[0] >= -185 * DAY, row["key"]
        for message in messages:
            assert message["visibility"] in ("public", "private")
            assert row["kind"] != "private" or message["visibility"] == "private"
            assert ("minutes_ago" in message) != ("day" in message and "minute" in message), row["key"]
            assert 0 <= message.get("minute", 0) < DAY
        if row["state"] in ("waiting", "escalated"):
            assert row["state"] == "escalated" or messages[-1]["from"] == "us", row["key"]
        assert (row["state"] == "snoozed") == ("snooze" in row), row["key"]
        if row["state"] == "snoozed":
            assert moment(row["snooze"]["till"]) >= DAY


def test_more_was_written_lately() -> None:
    ends = [moment(row["messages"][-1]) // DAY for row in read("sample/conversations.json")]
    month, before = sum(day >= -28 for day in ends), sum(-56 <= day < -28 for day in ends)
    assert month > 1.5 * before
    expired = [row for row in read("sample/conversations.json") if "download" in row["tags"]]
    assert sum(moment(row["messages"][-1]) >= -7 * DAY for row in expired) == 11


def test_fourteen_conversations_need_an_answer_at_any_hour() -> None:
    rows = open_conversations()
    answers = {answer["key"]: answer for answer in read("sample/playbook.json")["answers"]}
    fits = Counter(
        "playbook" if row["fits"] in answers and row["fits"] not in ("praise", "troll") else row["fits"] for row in rows
    )
    assert fits == {"playbook": 9, "own": 1, "praise": 2, "troll": 1, "snooze": 1}
    for row in rows:
        last = row["messages"][-1]
        assert last["from"] == "them"
        assert "minutes_ago" in last
        needs_order = any(each["name"] == "order" for each in answers.get(row["fits"], {}).get("placeholders", []))
        assert not needs_order or re.search(r"A-\d{5}", last["text"]), row["key"]
    assert {row["language"] for row in rows} == set(LANGUAGES)
    assert {row["account"] for row in rows} == {"x", "mastodon", "bluesky"}
    assert {message["read"] for row in rows for message in row["messages"]} == {True, False}
    ages = [row["messages"][-1]["minutes_ago"] for row in rows]
    assert ages == sorted(ages, reverse=True)
    assert len(set(ages)) == 14
    promise = read("sample/shop.json")["answer_promise"]
    left = [
        promise["by_category"].get(row["category"], promise["minutes"]) - age
        for row, age in zip(rows, ages, strict=True)
    ]
    assert any(minutes < 0 for minutes in left)
    assert any(0 < minutes <= 60 for minutes in left)
    assert any(minutes > 60 for minutes in left)


def test_messages_fit_their_network_and_none_is_said_twice() -> None:
    texts: Counter[str] = Counter()
    for row in read("sample/conversations.json"):
        for message in row["messages"]:
            assert counted(message["text"], row["account"]) <= LIMITS[row["account"]], message["text"]
            assert not re.search(r"[{}]|A#", message["text"]), message["text"]
            texts[message["text"]] += 1
    assert [text for text, n in texts.items() if n > 1] == []


def test_texts_are_written_in_the_script_of_their_language() -> None:
    for row in read("sample/conversations.json"):
        for message in row["messages"]:
            for language, script in SCRIPTS.items():
                assert bool(script.search(message["text"])) == (row["language"] == language), (
                    row["key"],
                    message["text"],
                )


def test_no_text_names_a_day_or_a_month() -> None:
    texts = [message["text"] for row in read("sample/conversations.json") for message in row["messages"]]
    texts += [
        text for post in read("sample/posts.json") for text in (post["title"], post["text"], *post["variants"].values())
    ]
    texts = [re.sub(r"de lunes a viernes", "", text) for text in texts]  # the shipping days are the same every week
    allowed = re.compile(
        r"Monday (to|and) Friday|from Monday to Friday|du lundi au vendredi|с понедельника по пятницу|周一至周五|一月|Julio\b"
    )
    assert [text for text in texts if DATED.search(allowed.sub("", text))] == []


def test_posts_cover_six_months_and_the_next_three_weeks() -> None:
    posts = read("sample/posts.json")
    keys(posts)
    states = Counter(post["state"] for post in posts)
    assert 225 <= states["out"] <= 250
    assert 17 <= states["scheduled"] <= 24
    assert (states["draft"], states["idea"], states["failed"]) == (8, 10, 2)
    trouble = [post for post in posts if post["state"] == "failed"]
    assert {post["reason"] for post in trouble} == {"timeout", "signed_out"}
    assert all(set(post["failed_on"]) < set(post["variants"]) for post in trouble)
    for now in (0, NOON, DAY - 1):
        timed = [post for post in posts if post["state"] not in ("draft", "idea")]
        days = Counter(moment(post, now) // DAY for post in timed)
        assert max(days.values()) <= 4
        assert min(days) >= -183
        assert 14 <= max(days) <= 21
        for post in timed:
            assert (moment(post, now) > now) == (post["state"] == "scheduled"), post["key"]


def test_posts_speak_differently_on_each_network_and_fit() -> None:
    seen: Counter[str] = Counter()
    for post in read("sample/posts.json"):
        assert set(post["variants"]) <= set(NETWORKS)
        assert post["variants"] or post["state"] == "idea", post["key"]
        for network, text in post["variants"].items():
            assert 0 < counted(text, network) <= LIMITS[network], (post["key"], network)
            assert text == text.strip()
        seen.update([post["text"], *post["variants"].values()])
    assert [text for text, n in seen.items() if n > 1] == []


def test_posts_refer_to_what_is_there() -> None:
    pictures = {path.stem for path in (RESOURCES / "sample" / "pictures").glob("*.svg")}
    campaigns = {campaign["key"]: campaign for campaign in read("sample/campaigns.json")["campaigns"]}
    assert len(pictures) == 8
    used: set[str] = set()
    for post in read("sample/posts.json"):
        assert post["pillar"] in PILLARS
        assert post["format"] in {"informs", "announces", "media", "poll", "promo"}
        for picture in post["media"]:
            assert picture["picture"] in pictures
            assert picture["alt"]
            used.add(picture["picture"])
        if "poll" in post:
            assert 2 <= len(post["poll"]["options"]) <= 4
            assert all(len(option) <= 25 for option in post["poll"]["options"])
            assert set(post["poll"]["networks"]) <= set(post["variants"])
        assert (post["format"] == "poll") == ("poll" in post), post["key"]
        assert ("figures" in post) == (post["state"] in ("out", "failed")), post["key"]
        if post["state"] == "out":
            assert set(post["figures"]) == set(post["variants"])
        if post["campaign"]:
            phases = campaigns[post["campaign"]]["phases"]
            if post["state"] != "draft":
                day = moment(post) // DAY
                phase = next(phase for phase in phases if phase["from"] <= day <= phase["to"])
                assert not (phase["kind"] == "teaser" and post["format"] == "promo"), post["key"]
    assert used == pictures


def test_campaign_phases_follow_one_another() -> None:
    people = keys(read("sample/people.json"))
    data = read("sample/campaigns.json")
    assert [campaign["state"] for campaign in data["campaigns"]] == ["over", "running", "planned"]
    for campaign in data["campaigns"]:
        phases = campaign["phases"]
        assert all(phase["from"] <= phase["to"] for phase in phases)
        assert all(after["from"] == before["to"] + 1 for before, after in pairwise(phases))
        contest = campaign.get("contest", {})
        assert set(contest.get("winners", []) + contest.get("reserves", [])) <= people
    for mark in data["marks"]:
        assert ("day" in mark) != ("yearly" in mark)
        assert mark["campaign"] is None or mark["campaign"] in keys(data["campaigns"])


def test_promises_were_made_in_a_conversation() -> None:
    conversations = {row["key"]: row for row in read("sample/conversations.json")}
    for promise in read("sample/promises.json"):
        row = conversations[promise["conversation"]]
        assert row["person"] == promise["person"]
        ours = [moment(message) for message in row["messages"] if message["from"] == "us"]
        assert moment(promise["made"]) in ours, promise["key"]
        assert moment(promise["due"]) > moment(promise["made"])
        assert (promise["state"] == "kept") == ("kept" in promise)
        assert promise["state"] == "kept" or moment(promise["due"]) > 0


def test_pictures_are_small_drawings_without_outside_parts() -> None:
    for path in (RESOURCES / "sample" / "pictures").glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert ET.fromstring(text).tag.endswith("svg")
        assert len(text) < 4096
        assert "href" not in text
        png = path.with_suffix(".png").read_bytes()
        assert png.startswith(b"\x89PNG")
        assert len(png) < 100_000


def test_its_playbook_has_twelve_answers_in_five_languages() -> None:
    playbook = read("sample/playbook.json")
    assert keys(playbook["answers"]) == {
        "technical", "request", "complaint", "praise", "troll", "order_delay",
        "refund", "download", "payment", "contest", "opening_hours", "thanks",
    }  # fmt: skip
    examples: Counter[str] = Counter()
    for answer in playbook["answers"]:
        assert answer["category"] in CATEGORIES
        placeholders = {each["name"] for each in answer["placeholders"]}
        for language in LANGUAGES:
            assert answer["title"][language]
            wordings = answer["texts"][language]
            assert len(set(wordings)) == 2
            for text in wordings:
                assert set(re.findall(r"{(\w+)}", text)) <= placeholders, text
                # An empty name leaves with the comma or space before it.
                nameless = re.sub(r"[,，]? ?{name}", "", text)
                assert nameless != text
                assert nameless[0] not in ",，!！ ", text
                assert "  " not in nameless, text
                filled = (
                    text.replace("{name}", "Guadalupe")
                    .replace("{order}", "A-20418")
                    .replace("{link}", "discosaurora.mx/ayuda")
                )
                assert counted(filled, "x") <= 280, (answer["key"], language)
            assert 3 <= len(answer["examples"][language]) <= 4
            examples.update(answer["examples"][language])
    assert max(examples.values()) == 1


def test_playbook_texts_keep_to_the_form_of_address() -> None:
    formal = {
        "es": r"\b(usted|ustedes|vosotros)\b",
        "fr": r"\b(tu|toi|ton|tes)\b",
        "ru": r"\b(ты|тебя|тебе|твой|твоя)\b",
        "zh": "你",
    }
    for answer in read("sample/playbook.json")["answers"]:
        for language, wrong in formal.items():
            for text in answer["texts"][language]:
                assert not re.search(wrong, text, re.IGNORECASE), (answer["key"], text)
