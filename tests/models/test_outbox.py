"""The table of legal moves: what it may never allow, whoever changes it."""

from __future__ import annotations

import pytest

from app.models.outbox import LEGAL_MOVES, UNFINISHED, WORST_FIRST, DeliveryState, Keeper, keeper_of

S = DeliveryState


def reachable(start: DeliveryState, without: DeliveryState | None = None) -> set[DeliveryState]:
    """All states that can follow, over any number of moves that do not pass through `without`."""
    found: set[DeliveryState] = set()
    open_ends = [start]
    while open_ends:
        for to in LEGAL_MOVES[open_ends.pop()] - found - {without}:
            found.add(to)
            open_ends.append(to)
    return found


def test_every_state_has_its_moves_and_its_rank() -> None:
    assert set(LEGAL_MOVES) == set(S) == set(WORST_FIRST)


def test_out_is_the_end() -> None:
    assert LEGAL_MOVES[S.OUT] == frozenset()


def test_only_what_waits_is_claimed() -> None:
    assert {state for state, moves in LEGAL_MOVES.items() if S.CLAIMED in moves} == {S.WAITING}


def test_doubt_leads_to_a_second_attempt_through_waiting_alone() -> None:
    """Evidence, or the user's word, puts it there; nothing else does."""
    assert S.CLAIMED not in LEGAL_MOVES[S.UNSURE]
    assert S.CLAIMED not in reachable(S.UNSURE, without=S.WAITING)


def test_nothing_under_way_is_let_go() -> None:
    assert S.LET_GO not in LEGAL_MOVES[S.CLAIMED]


def test_what_a_server_holds_is_never_claimed_here() -> None:
    assert not LEGAL_MOVES[S.HELD] & {S.CLAIMED, S.BY_HAND}


@pytest.mark.parametrize("state", UNFINISHED)
def test_whatever_is_owed_can_still_come_out_or_before_the_user(state: DeliveryState) -> None:
    assert {S.OUT, S.UNSURE, S.FAILED} <= reachable(state) | {state}


@pytest.mark.parametrize("state", [S.FAILED, S.BY_HAND, S.LET_GO])
def test_what_was_given_up_can_be_tried_again(state: DeliveryState) -> None:
    assert S.WAITING in LEGAL_MOVES[state]


def test_who_keeps_the_promise() -> None:
    assert keeper_of(S.HELD) is Keeper.SERVER
    assert {keeper_of(state) for state in (S.WAITING, S.CLAIMED)} == {Keeper.COMPUTER}
    assert {keeper_of(state) for state in (S.OUT, S.FAILED, S.UNSURE, S.BY_HAND, S.LET_GO)} == {None}
