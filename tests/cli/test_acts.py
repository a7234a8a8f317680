"""Every act of the command line, as a script would call it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from app.cli.acts import measured
from app.networks import registry
from app.networks.sample.failures import FailureKind, Verb
from app.networks.sample.server import SampleServer
from app.runtime.clock import SystemClock
from app.services import login_service
from tests.cli.program import Program

MASTODON, BY_HAND = 2, 4
SERVER = "https://musica.example"


def server_of(sample: Program) -> SampleServer:
    return SampleServer(sample.root / "network.jsonl", SystemClock())


def out_there(sample: Program, texts: tuple[str, ...]) -> list[str]:
    """Which of these texts the simulated network has."""
    with closing(sqlite3.connect(sample.root / "tertulia.db")) as connection:
        (remote_id,) = connection.execute("SELECT remote_id FROM account WHERE id = ?", (MASTODON,)).fetchone()
    return [post.text for post in server_of(sample).published("mastodon", remote_id) if post.text in texts]


# --- accounts


def test_an_account_of_a_network_that_charges_shows_the_months_meter(sample: Program) -> None:
    (charges,) = [item for item in sample.run("accounts", "list").items if "limit" in item]
    assert (charges["network"], charges["currency"], charges["spent"], charges["limit"], charges["calls"]) == ("x", "USD", 0.0, 5.0, 0)


def test_x_names_the_address_to_register(empty: Program) -> None:
    empty.run("vault", stdin="una frase bastante larga\n")
    ran = empty.run("--passphrase-stdin", "accounts", "add", "x", stdin="una frase bastante larga\n")
    assert ran.code == 1
    assert "http://127.0.0.1:28617/callback" in ran.err


def test_accounts_are_listed(sample: Program) -> None:
    ran = sample.run("accounts", "list")
    assert (ran.code, ran.err) == (0, "")
    assert [(item["id"], item["network"], item["state"]) for item in ran.items] == [
        (1, "x", "ready"), (2, "mastodon", "ready"), (3, "bluesky", "ready"), (4, "instagram", "by_hand"),
        (5, "email", "ready"),
    ]  # fmt: skip


def test_an_account_is_added_with_a_secret_from_standard_input(sample: Program) -> None:
    ran = sample.run("accounts", "add", "mastodon", "--server", SERVER, "--handle", "@nueva", "--secret-stdin", stdin="made-up\n")
    assert (ran.code, ran.err) == (0, "")
    assert (ran.item["handle"], ran.item["network"], ran.item["server"], ran.item["state"]) == ("@nueva", "mastodon", SERVER, "ready")
    assert ran.item["id"] in [item["id"] for item in sample.run("accounts", "list").items]


def test_an_account_by_hand_needs_no_secret(empty: Program) -> None:
    ran = empty.run("accounts", "add", "instagram", "--handle", "discosaurora")
    assert (ran.item["handle"], ran.item["state"]) == ("@discosaurora", "by_hand")
    assert empty.run("accounts", "remove", ran.item["id"]).code == 0
    assert empty.run("accounts", "list").items == []


def test_a_removed_account_is_gone(sample: Program) -> None:
    assert sample.run("accounts", "remove", MASTODON).item == {"id": MASTODON, "state": "removed"}
    assert MASTODON not in [item["id"] for item in sample.run("accounts", "list").items]
    again = sample.run("accounts", "remove", 99)
    assert (again.code, again.out, len(again.err.splitlines())) == (1, "", 1)


@pytest.mark.parametrize("network", ["nowhere", "threads"])
def test_a_network_without_a_sign_in_is_named_with_those_that_have_one(empty: Program, network: str) -> None:
    ran = empty.run("accounts", "add", network, "--secret-stdin", stdin="t")
    assert (ran.code, ran.out) == (1, "")
    assert network in ran.err
    assert "mastodon" in ran.err


def test_without_a_keyring_signing_in_says_what_to_do(empty: Program) -> None:
    ran = empty.run("accounts", "add", "mastodon", "--server", "127.0.0.1:9", "--secret-stdin", stdin="made-up-token")
    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
    assert "made-up-token" not in ran.err
    assert empty.run("accounts", "list").items == []


# --- post


def test_a_post_goes_out_and_says_where(sample: Program) -> None:
    ran = sample.run("post", "--account", MASTODON, "--text", "hola mundo")
    assert (ran.code, ran.err) == (0, "")
    item = ran.item
    assert (item["account"], item["state"], item["reason"], item["text"]) == (MASTODON, "out", "", "hola mundo")
    assert item["url"].startswith("https://")
    assert {"id", "account", "state", "url", "reason"} <= item.keys()
    assert out_there(sample, ("hola mundo",)) == ["hola mundo"]


def test_several_accounts_are_one_post_with_an_item_each(sample: Program) -> None:
    ran = sample.run("post", "--account", 1, MASTODON, BY_HAND, "--text", "a todas")
    assert ran.code == 0
    assert {item["account"]: item["state"] for item in ran.items} == {1: "out", MASTODON: "out", BY_HAND: "by_hand"}
    assert len({item["post"] for item in ran.items}) == 1


def test_accounts_may_be_named_one_by_one_and_twice(sample: Program) -> None:
    ran = sample.run("post", "--account", 1, "--account", MASTODON, "--account", MASTODON, "--text", "a dos")
    assert sorted(item["account"] for item in ran.items) == [1, MASTODON]


def test_text_repeated_is_a_thread(sample: Program) -> None:
    texts = ("parte uno", "parte dos", "parte tres")
    ran = sample.run("post", "--account", MASTODON, *[word for text in texts for word in ("--text", text)])
    assert (ran.code, len(ran.items)) == (0, 1)
    assert out_there(sample, texts) == list(texts)


def picture(folder: Path, name: str) -> Path:
    file = folder / f"{name}.png"
    Image.new("RGB", (40, 30), name).save(file)
    return file


def test_each_description_belongs_to_the_picture_before_it(sample: Program, tmp_path: Path) -> None:
    files = [picture(tmp_path, name) for name in ("red", "green", "blue")]
    ran = sample.run(
        "post", "--account", MASTODON, "--text", "tres portadas",
        "--media", files[0], "--media", files[1], "--alt", "verde", "--media", files[2], "--alt", "azul", "--queue",
    )  # fmt: skip
    assert ran.code == 0
    with closing(sqlite3.connect(sample.root / "tertulia.db")) as connection:
        rows = connection.execute("SELECT alt FROM post_picture WHERE post_id = ? ORDER BY position", (ran.item["post"],)).fetchall()
    assert rows == [("",), ("verde",), ("azul",)]
    assert sample.run("publish", "--once").items[0]["state"] == "out"


def test_a_description_without_a_picture_is_a_mistake_of_usage(sample: Program, tmp_path: Path) -> None:
    file = picture(tmp_path, "red")
    for words in (["--alt", "antes", "--media", file], ["--media", file, "--alt", "uno", "--alt", "dos"]):
        ran = sample.run("post", "--account", MASTODON, "--text", "hola", *words)
        assert (ran.code, ran.out) == (2, "")


def test_a_file_that_is_no_picture_is_said(sample: Program, tmp_path: Path) -> None:
    (tmp_path / "lista.png").write_text("no es una imagen")
    for file in (tmp_path / "lista.png", tmp_path / "none.png"):
        ran = sample.run("post", "--account", MASTODON, "--text", "hola", "--media", file)
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 1)


def test_everything_a_post_can_carry_is_owed_as_it_was_given(sample: Program) -> None:
    ran = sample.run(
        "post", "--account", MASTODON, "--text", "¿Qué suena?", "--poll", "vinilo", "casete", "CD", "--poll-hours", 48,
        "--visibility", "unlisted", "--warning", "encuesta", "--language", "es", "--queue",
    )  # fmt: skip
    assert (ran.code, ran.item["state"]) == (0, "waiting")
    with closing(sqlite3.connect(sample.root / "tertulia.db")) as connection:
        sql = "SELECT visibility, warning, language, json_extract(poll, '$.options'), json_extract(poll, '$.hours') FROM outbox WHERE id = ?"
        assert connection.execute(sql, (ran.item["id"],)).fetchone() == ("unlisted", "encuesta", "es", '["vinilo","casete","CD"]', 48)


def test_queue_only_writes_and_publish_sends_it(sample: Program) -> None:
    ran = sample.run("post", "--account", MASTODON, "--text", "para luego", "--queue")
    assert (ran.code, ran.item["state"]) == (0, "waiting")
    assert out_there(sample, ("para luego",)) == []
    sent = sample.run("publish", "--once")
    assert {item["id"]: item["state"] for item in sent.items}[ran.item["id"]] == "out"
    assert out_there(sample, ("para luego",)) == ["para luego"]


def test_a_time_to_come_is_kept_and_nothing_is_sent(sample: Program) -> None:
    at = SystemClock().now().replace(microsecond=0) + timedelta(days=2)
    ran = sample.run("post", "--account", MASTODON, "--text", "pasado mañana", "--at", at.isoformat())
    assert (ran.code, ran.item["state"]) == (0, "waiting")
    assert datetime.fromisoformat(ran.item["due_at"]) == at
    sample.run("publish", "--once")
    assert out_there(sample, ("pasado mañana",)) == []


def test_a_time_without_an_offset_is_the_shops(sample: Program) -> None:
    day = (SystemClock().now() + timedelta(days=3)).date()
    ran = sample.run("post", "--account", MASTODON, "--text", "a las nueve", "--at", f"{day}T09:00")
    assert ran.item["due_at"] == f"{day}T15:00:00+00:00"  # Mexico City has no summer time


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--account", MASTODON], 1),
        (["--account", MASTODON, "--text", "a" * 501], 1),
        (["--account", 99, "--text", "hola"], 1),
        (["--account", MASTODON, "--text", "hola", "--at", "2020-01-01T10:00"], 1),
        (["--account", MASTODON, "--text", "hola", "--poll", "una"], 1),
        (["--text", "hola"], 2),
        (["--account", "dos", "--text", "hola"], 2),
        (["--account", MASTODON, "--text", "hola", "--at", "mañana"], 2),
        (["--account", MASTODON, "--text", "hola", "--visibility", "secreta"], 2),
        (["--account", MASTODON, "--text", "hola", "--sorpresa"], 2),
    ],
)
def test_what_cannot_be_posted_is_said_and_nothing_is_owed(sample: Program, words: list[object], code: int) -> None:
    before = len(sample.run("outbox", "list", "--all").items)
    ran = sample.run("post", *words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err
    assert code == 2 or len(ran.err.splitlines()) == 1
    assert len(sample.run("outbox", "list", "--all").items) == before


def test_a_post_that_the_network_refuses_is_an_error_with_its_reason(sample: Program) -> None:
    server_of(sample).fail(FailureKind.REFUSED, verb=Verb.PUBLISH)
    ran = sample.run("post", "--account", MASTODON, "--text", "no quieren")
    assert (ran.code, ran.item["state"]) == (1, "failed")
    assert ran.item["reason"]


def test_a_signed_out_account_is_not_waited_for(sample: Program) -> None:
    server_of(sample).fail(FailureKind.SIGNED_OUT, verb=Verb.PUBLISH)
    ran = sample.run("post", "--account", MASTODON, "--text", "sin entrada")
    assert (ran.code, ran.item["state"]) == (1, "waiting")
    again = sample.run("post", "--account", MASTODON, "--text", "tampoco")
    assert (again.code, again.item["state"]) == (1, "waiting")


def test_a_rate_limit_longer_than_a_minute_is_not_waited_for(sample: Program) -> None:
    server_of(sample).fail(FailureKind.RATE_LIMITED, verb=Verb.PUBLISH, seconds=300)
    ran = sample.run("post", "--account", MASTODON, "--text", "con calma")
    assert (ran.code, ran.item["state"]) == (1, "waiting")


# --- outbox


def failed(sample: Program) -> int:
    server_of(sample).fail(FailureKind.REFUSED, verb=Verb.PUBLISH)
    return int(sample.run("post", "--account", MASTODON, "--text", "otra vez").item["id"])


def test_the_outbox_lists_what_is_not_out(sample: Program) -> None:
    number = failed(sample)
    listed = {item["id"]: item for item in sample.run("outbox", "list").items}
    assert listed[number]["state"] == "failed"
    assert listed[number]["reason"]
    assert "out" not in {item["state"] for item in listed.values()}
    assert "out" in {item["state"] for item in sample.run("outbox", "list", "--all").items}


def test_what_failed_is_tried_again(sample: Program) -> None:
    number = failed(sample)
    ran = sample.run("outbox", "retry", number)
    assert (ran.code, ran.item["state"]) == (0, "out")
    assert out_there(sample, ("otra vez",)) == ["otra vez"]


def test_what_failed_is_let_go(sample: Program) -> None:
    number = failed(sample)
    ran = sample.run("outbox", "cancel", number)
    assert (ran.code, ran.item["state"]) == (0, "let_go")
    again = sample.run("outbox", "cancel", number)
    assert (again.code, again.out, len(again.err.splitlines())) == (1, "", 1)


def unsure(sample: Program) -> int:
    """The sample shop has one item about which it needs the user's word."""
    return int(next(item["id"] for item in sample.run("outbox", "list").items if item["state"] == "unsure"))


def test_an_unsure_item_is_decided_and_not_tried(sample: Program) -> None:
    number = unsure(sample)
    assert sample.run("outbox", "retry", number).code == 1
    ran = sample.run("outbox", "settle", number, "--out", "https://musica.example/1")
    assert (ran.code, ran.item["state"], ran.item["url"]) == (0, "out", "https://musica.example/1")


def test_an_unsure_item_that_is_not_out_waits_again(sample: Program) -> None:
    assert sample.run("outbox", "settle", unsure(sample), "--not-out").item["state"] == "waiting"
    assert sample.run("outbox", "settle", 1).code == 2


@pytest.mark.parametrize("act", [("retry", 99999), ("cancel", 99999), ("settle", 99999, "--out")])
def test_an_item_that_is_not_there_is_said(sample: Program, act: tuple[object, ...]) -> None:
    ran = sample.run("outbox", *act)
    assert (ran.code, ran.out) == (1, "")
    assert "99999" in ran.err


def test_publish_once_says_what_did_not_go_out(sample: Program) -> None:
    assert unsure(sample)  # waits for the user's word, so it is no business of the engine
    sample.run("post", "--account", MASTODON, "--text", "no quieren", "--queue")
    server_of(sample).fail(FailureKind.REFUSED, verb=Verb.PUBLISH)
    ran = sample.run("publish", "--once")
    assert (ran.code, [item["state"] for item in ran.items]) == (1, ["failed"])
    assert (sample.run("publish", "--once").code, sample.run("publish", "--once").out) == (0, "")


# --- inbox


def test_conversations_are_listed_by_view_and_account(sample: Program) -> None:
    listed = sample.run("inbox", "list", "--limit", 5).items
    assert len(listed) == 5
    assert {item["state"] for item in listed} == {"needs_answer"}
    assert {"id", "account", "author", "state", "category", "text", "answer_by"} <= listed[0].keys()
    mine = sample.run("inbox", "list", "--account", MASTODON).items
    assert {item["account"] for item in mine} == {MASTODON}
    assert {item["state"] for item in sample.run("inbox", "list", "--view", "snoozed").items} <= {"snoozed"}
    wrong = sample.run("inbox", "list", "--view", "favourites")
    assert (wrong.code, "needs_answer" in wrong.err) == (1, True)


def first_public(sample: Program) -> int:
    return int(sample.run("inbox", "list", "--account", MASTODON).items[0]["id"])


def test_a_conversation_is_shown_message_by_message(sample: Program) -> None:
    number = first_public(sample)
    shown = sample.run("inbox", "show", number).items
    assert shown
    assert {"at", "author", "text", "kind", "url"} <= shown[0].keys()
    assert sample.run("inbox", "show", 99999).code == 1


def test_a_reply_goes_out_once_and_is_shown_in_its_conversation(sample: Program) -> None:
    number = first_public(sample)
    ran = sample.run("inbox", "reply", number, "--text", "Con gusto, te escribimos hoy.")
    assert (ran.code, ran.err) == (0, "")
    assert (ran.item["kind"], ran.item["state"]) == ("reply", "out")
    shown = sample.run("inbox", "show", number).items
    assert [item["text"] for item in shown if "Con gusto" in item["text"]] == [ran.item["text"]]
    assert number not in [item["id"] for item in sample.run("inbox", "list").items]


def test_a_queued_reply_is_sent_by_somebody_else(sample: Program) -> None:
    ran = sample.run("inbox", "reply", first_public(sample), "--text", "luego", "--queue")
    assert (ran.code, ran.item["state"]) == (0, "waiting")
    assert ran.item["id"] in [item["id"] for item in sample.run("publish", "--once").items]


def test_a_reply_that_is_too_long_is_said_and_nothing_is_owed(sample: Program) -> None:
    number = first_public(sample)
    ran = sample.run("inbox", "reply", number, "--text", "a" * 495)  # too long with the addressee's name
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 1)
    assert number in [item["id"] for item in sample.run("inbox", "list", "--account", MASTODON).items]
    assert sample.run("inbox", "reply", 99999, "--text", "hola").code == 1
    assert sample.run("inbox", "reply", number, "--text", "  ").code == 1
    assert sample.run("inbox", "reply", number).code == 2


def test_a_conversation_is_done(sample: Program) -> None:
    number = first_public(sample)
    assert sample.run("inbox", "done", number).item == {"id": number, "state": "done"}
    assert number not in [item["id"] for item in sample.run("inbox", "list").items]
    assert (sample.run("inbox", "done", 99999).code, sample.run("inbox", "done").code) == (1, 2)


def test_search_finds_what_was_written(sample: Program) -> None:
    number = first_public(sample)
    sample.run("inbox", "reply", number, "--text", "palabra xilofonista rara")
    assert number in [item["id"] for item in sample.run("search", "xilofonista").items]
    for odd in ('"', "(", "a AND", "*", ""):
        assert sample.run("search", odd).code == 0


# --- the rest


def test_sync_once_says_how_many_came(sample: Program) -> None:
    ran = sample.run("sync", "--once")
    assert (ran.code, list(ran.item)) == (0, ["new"])


def test_sync_once_tells_of_each_account_in_trouble(sample: Program) -> None:
    server_of(sample).fail(FailureKind.OFFLINE, network="mastodon", verb=Verb.HEAR)
    ran = sample.run("sync", "--once")
    assert (ran.code, len(ran.items), len(ran.err.splitlines())) == (1, 1, 1)


TEXT = '{"text": "hola @ana mira https://example.com/a #vinilo 🎺"}\n'


@pytest.mark.parametrize(("network", "length", "limit"), [("mastodon", 48, 500), ("x", 49, 280), ("bluesky", 46, 300), ("instagram", 46, 2200)])
def test_measuring_counts_as_the_network_does(empty: Program, network: str, length: int, limit: int) -> None:
    ran = empty.run("measure", "--network", network, stdin=TEXT + "\n" + '{"text": ""}\n', as_json=False)
    assert (ran.code, len(ran.items)) == (0, 2)
    first = ran.items[0]
    assert (first["length"], first["limit"]) == (length, limit)
    assert ("bytes" in first) == (network == "bluesky")
    assert first["hashtags"][0] == {"start": 37, "end": 44, "value": first["hashtags"][0]["value"]}
    assert ran.items[1]["length"] == 0


def test_a_line_that_is_no_text_is_said(empty: Program) -> None:
    for wrong in ("hola\n", "[1]\n", '{"texto": 1}\n', "7\n"):
        ran = empty.run("measure", "--network", "x", stdin=wrong)
        assert (ran.code, len(ran.err.splitlines())) == (1, 1)
    assert empty.run("measure", "--network", "nowhere").code == 1
    assert empty.run("measure").code == 2


def test_entities_are_told_in_code_points() -> None:
    values = measured("🎺 @ana", registry.by_id()["mastodon"].limits)
    assert values["mentions"] == [{"start": 2, "end": 6, "value": values["mentions"][0]["value"]}]  # type: ignore[index]


def test_a_backup_is_complete_and_says_where(sample: Program, tmp_path: Path) -> None:
    target = tmp_path / "copias" / "hoy.db"
    assert sample.run("backup", target).item == {"file": str(target)}
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("SELECT count(*) FROM account").fetchone() == (5,)
    own = sample.run("backup", sample.root / "tertulia.db")
    assert (own.code, own.out) == (1, "")
    assert sample.run("accounts", "list").code == 0


def test_a_vault_is_made_with_a_passphrase_from_standard_input(empty: Program) -> None:
    short = empty.run("vault", stdin="corta\n")
    assert (short.code, (empty.root / "secrets.vault").exists()) == (1, False)
    made = empty.run("vault", stdin="una frase bastante larga\n")
    assert made.item == {"file": str(empty.root / "secrets.vault")}


def test_the_sample_shop_needs_no_vault_and_says_so(sample: Program) -> None:
    refused = sample.run("vault", stdin="una frase bastante larga\n")
    assert (refused.code, refused.out, (sample.root / "secrets.vault").exists()) == (1, "", False)
    assert "--sample" in refused.err


# --- moved, deleted; the publishing service


def test_what_waits_gets_another_time(sample: Program) -> None:
    planned = sample.run("post", "--account", MASTODON, "--text", "Otra hora", "--at", "2030-01-01T10:00Z").item
    moved = sample.run("outbox", "move", planned["id"], "2030-01-02T10:00+00:00")
    assert (moved.code, moved.item["due_at"][:16], moved.item["keeper"]) == (0, "2030-01-02T10:00", "computer")


def test_a_published_post_is_deleted_for_a_spelling_mistake_alone(sample: Program) -> None:
    out = sample.run("post", "--account", MASTODON, "--text", "Con una flata").item
    regretted = sample.run("outbox", "delete", out["id"], "--reason", "regret", "--confirm", "@aurora")
    assert (regretted.code, "below the post" in regretted.err) == (1, True)
    owed = sample.run("outbox", "delete", out["id"], "--reason", "spelling", "--confirm", "@aurora", "--again")
    assert owed.code == 0
    assert isinstance(owed.item["draft"], int)
    assert [item["state"] for item in sample.run("outbox", "list").items if item["kind"] == "delete"] == ["waiting"]


def test_the_publishing_service_is_installed_and_removed(empty: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def tool(command: list[str]) -> tuple[int, str]:
        asked.append(command)
        return 0, ""

    monkeypatch.setattr(login_service, "_run", tool)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert empty.run("service", "status").code == 1
    installed = empty.run("service", "install")
    assert installed.code == 0
    assert Path(installed.item["file"]).is_file()
    assert asked
    assert empty.run("service", "status").item["running"] is True
    assert empty.run("service", "remove").code == 0
    assert not Path(installed.item["file"]).exists()


def test_a_vault_and_the_sample_shop_have_no_publishing_service(empty: Program, sample: Program) -> None:
    empty.run("vault", stdin="una frase bastante larga\n")
    ran = empty.run("service", "install")
    assert (ran.code, "vault" in ran.err) == (1, True)
    assert sample.run("service", "install").code == 1
