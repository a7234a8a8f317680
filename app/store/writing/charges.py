"""Sets money aside before a call and settles it after. One transaction takes the sum and adds to it, so that two processes at once
cannot both spend what is left; it is committed in full before the call may be made.
"""

from __future__ import annotations

from sqlmodel import Session, col, func, select

from app.models.tables.account import Account
from app.models.tables.profile import Charge


def reserve(
    session: Session,
    account_id: int,
    network: str,
    item: str,
    most: int,
    price: int,
    limit: int,
    since_ms: int,
    now_ms: int,
) -> int | None:
    """The charge's id; None where the network's calls since `since_ms` leave less of `limit` than `most * price`."""
    # Without an end: what a clock that was ahead has dated into the future is spent all the same.
    spent = session.exec(
        select(func.coalesce(func.sum(col(Charge.price) * func.coalesce(col(Charge.used), col(Charge.most))), 0))
        .join(Account, col(Account.id) == col(Charge.account_id))
        .where(Account.network == network, col(Charge.at) >= since_ms)
    ).one()
    if spent + most * price > limit:
        return None
    charge = Charge(account_id=account_id, item=item, most=most, price=price, at=now_ms)
    session.add(charge)
    session.flush()
    return charge.id


def settle(session: Session, charge_id: int, used: int) -> None:
    """What was really charged; never more than was set aside, or the limit could be passed unnoticed."""
    charge = session.get(Charge, charge_id)
    if charge is not None:
        charge.used = min(max(used, 0), charge.most)
