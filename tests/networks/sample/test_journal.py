"""The journal: what is in it happened, in one order for every process."""

from __future__ import annotations

from pathlib import Path

from app.networks.sample.journal import Journal


def test_what_one_process_appends_another_reads_once(tmp_path: Path) -> None:
    one, other = Journal(tmp_path / "j"), Journal(tmp_path / "j")
    one.append([{"op": "a"}, {"op": "b"}])
    assert other.news() == (False, [{"op": "a"}, {"op": "b"}])
    assert other.news() == (False, [])
    other.append([{"op": "c"}])
    assert one.news() == (False, [{"op": "a"}, {"op": "b"}, {"op": "c"}])


def test_a_file_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert Journal(tmp_path / "none").news() == (False, [])


def test_a_line_torn_by_a_killed_process_is_skipped_and_the_next_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "j"
    path.write_bytes(b'{"op":"a"}\n{"op":"tor')
    journal = Journal(path)
    assert journal.news() == (False, [{"op": "a"}])
    journal.append([{"op": "b"}])
    assert journal.news() == (False, [{"op": "b"}])
    assert Journal(path).news() == (False, [{"op": "a"}, {"op": "b"}])


def test_letters_of_all_languages_survive(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    journal.append([{"op": "a", "text": "ñ, я, 你\u2028\n"}])
    assert journal.news()[1] == [{"op": "a", "text": "ñ, я, 你\u2028\n"}]


def test_a_file_made_anew_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "j"
    journal = Journal(path)
    journal.append([{"op": "a"}, {"op": "b"}])
    journal.news()
    path.unlink()
    Journal(path).append([{"op": "c"}])
    assert journal.news() == (True, [{"op": "c"}])


def test_a_file_that_was_removed_is_noticed_once(tmp_path: Path) -> None:
    path = tmp_path / "j"
    journal = Journal(path)
    journal.append([{"op": "a"}])
    journal.news()
    path.unlink()
    assert journal.news() == (True, [])
    assert journal.news() == (False, [])
