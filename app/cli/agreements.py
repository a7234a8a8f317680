"""Agreements without a window: those there are, and one of them as PDF."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence

from app.cli.output import Output
from app.commands.painter import Painter
from app.models.agreement import AgreementRow
from app.runtime.words import Message, message
from app.services.agreements import Agreements


def list_agreements(rows: Sequence[AgreementRow], out: Output) -> int:
    """One object an agreement, the newest first. The amount is in hundredths."""
    for row in rows:
        values = {
            "id": row.id,
            "conversation": row.conversation_id,
            "kind": str(row.kind),
            "text": row.text,
            "amount": row.amount,
            "currency": row.currency,
            "order": row.order_number,
            "agreed_at": row.agreed_at.isoformat(),
        }
        said = message(
            "cli.agreement",
            id=str(row.id),
            kind=Message(f"agreement.kind.{row.kind}"),
            text=row.text,
            when=row.agreed_at,
        )
        out.item(values, said)
    return 0


async def export_agreement(
    agreements: Agreements, painter: Callable[[], Painter], args: Namespace, out: Output, country: str
) -> int:
    """As PDF; the file is there whole or not at all."""
    paper = await agreements.paper(args.id)
    painted = painter()
    try:
        content = painted.agreement(paper, country, agreements.words(paper))
    finally:
        painted.close()
    written = await agreements.save(args.file, content)
    out.item({"id": args.id, "file": str(written)}, message("cli.agreement_exported", file=str(written)))
    return 0
