"""Leases: who may do a thing alone, until when; they hold across processes and end by themselves when a process dies."""

from __future__ import annotations

from sqlmodel import Session

from app.models.tables.profile import Lease


def take(session: Session, name: str, process: str, now_ms: int, seconds: float) -> bool:
    """Takes the lease, or prolongs one's own; False while another process holds it."""
    lease = session.get(Lease, name)
    if lease is None:
        lease = Lease(name=name, process=process, until=0)
        session.add(lease)
    elif lease.process != process and lease.until > now_ms:
        return False
    lease.process, lease.until = process, now_ms + round(seconds * 1000)
    return True


def release(session: Session, name: str, process: str) -> None:
    """Gives one's own lease back; another's is left alone."""
    lease = session.get(Lease, name)
    if lease is not None and lease.process == process:
        session.delete(lease)
