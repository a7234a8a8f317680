"""Makes the small data file of the present version, once for each release: `python -m tests.store.old_files.make`.

A file that was made is never made again: it stands for what users have on their disks.
"""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

from sqlmodel import Session, SQLModel

from app.models.conversation import Category
from app.models.message import Visibility
from app.models.outbox import OutboxKind
from app.models.playbook import PlaybookAnswer
from app.models.post import Picture, PostDraft
from app.models.tables.agreement import Agreement
from app.models.tables.case import Case, Promise
from app.models.tables.conversation import Joining
from app.models.tables.faq import FaqAsked, FaqEntry, FaqUse
from app.models.tables.mail import Escalation, Invitation, Letter, Mailbox, Manager
from app.models.tables.order import Order
from app.models.tables.playbook import AnswerDraft, AnswerUse, AnswerVersion, Fact
from app.models.tables.post import (
    HashtagSet,
    KeptReply,
    Pattern,
    Product,
    ProductFeed,
    Series,
    Slot,
    SlotDay,
    TrackedLink,
)
from app.models.tables.profile import AnswerChoice, AnswerExample, Charge, FigureDay, LocalDay
from app.models.tables.sale import CampaignCost, CampaignCoupon, PastDay, VisitDay
from app.models.tables.saved_search import SavedSearch, SearchHit
from app.models.tables.support import CallMonth, MessageTerm, ProductTerm
from app.models.tables.tag import MessageTag, Rule, RuleMark, Tag
from app.store.database import Database
from app.store.schema import SCHEMA_VERSION
from app.store.writing import calendar, conversations, leases, outbox, playbook, posts, samples, settings
from tests.fakes.clock import FakeClock
from tests.store.making import NOW_MS, add_account, arrival, keep, owe

FOLDER = Path(__file__).parent


def fill(database: Database) -> None:
    """At least one row in every table."""
    account_id = add_account(database)
    keep(
        database,
        account_id,
        arrival("m1", "¿Cuándo llega mi disco? 唱片"),
        arrival("m2", "Hoy", ours=True, thread_key="t1"),
    )
    database.write_now(conversations.add_note, 1, "llamar", NOW_MS)
    database.write_now(conversations.save_draft, 1, "Hola", Visibility.PUBLIC, NOW_MS)
    post = PostDraft(parts=("Nuevo disco",), accounts=(account_id,), pictures=(Picture("a.png", "tapa"),))
    number = database.write_now(posts.save, post, NOW_MS)
    owe(database, account_id, post_id=number, key="post")
    item = owe(database, account_id, OutboxKind.REPLY, conversation_id=1, message_id=1, key="reply")
    database.write_now(outbox.claim, NOW_MS, "old", 60)
    database.write_now(outbox.record_progress, item, "r1", "https://musica.example/r1", NOW_MS)
    campaign = database.write_now(calendar.add_campaign, "Marea")
    database.write_now(calendar.add_phase, campaign, "teaser", "2026-11-16", "2026-11-19")
    database.write_now(calendar.add_mark, "launch", "Marea", "2026-11-20")
    database.write_now(samples.add, [("clicks", "post", 1, NOW_MS, 43)])
    database.write_now(
        playbook.import_answers, [PlaybookAnswer("a", Category.ORDER, {"es": "Envíos"}, {"es": ("Hoy sale.",)})]
    )
    database.write_now(lambda session: session.add(Charge(account_id=account_id, item="post", most=1, price=15_000, at=NOW_MS)))
    for row in _rows(account_id, number):
        database.write_now(Session.add, row)
    database.write_now(settings.save, "inbox", "{}")
    database.write_now(leases.take, "engine", "old", NOW_MS, 60)


def _rows(account_id: int, number: int) -> tuple[SQLModel, ...]:
    """Of tables that nothing else fills; `number` is a post."""
    return (
        Case(conversation_id=1, opened_at=NOW_MS),
        Promise(customer_id=1, conversation_id=1, text="Hoy", due_at=NOW_MS, made_at=NOW_MS),
        Joining(kept_id=1, joined_id=1, before="{}", at=NOW_MS),
        Order(number="A-1", imported_at=NOW_MS),
        Tag(name="Vinilo", position=3),
        MessageTag(message_id=1, tag_id=1, at=NOW_MS),
        Rule(position=1, name="VIP", conditions="{}", acts="{}", created_at=NOW_MS),
        RuleMark(rule_id=1, message_id=1, conversation_id=1, at=NOW_MS),
        SavedSearch(name="Aurora", words="aurora", created_at=NOW_MS),
        SearchHit(search_id=1, conversation_id=1, at=NOW_MS),
        AnswerExample(answer_id=1, language="es", position=0, text="¿Y mi pedido?"),
        AnswerChoice(answer_id=1, message_id=1, fits=True, at=NOW_MS),
        AnswerVersion(answer_id=1, at=NOW_MS, content="{}"),
        AnswerDraft(answer_id=1, at=NOW_MS, content="{}"),
        AnswerUse(answer_id=1, wording_id=1, conversation_id=1, outbox_id=1, at=NOW_MS),
        Fact(key="plazo", title="Plazo", text='{"es": "3 días"}', expires_on="2026-12-31", changed_at=NOW_MS),
        Mailbox(account_id=account_id, address="ana@tienda.example", smtp_host="localhost", imap_host="localhost"),
        Manager(name="Marta", email="marta@tienda.example"),
        Escalation(conversation_id=1, manager_id=1, account_id=account_id, token="p7k3q9", asked_at=NOW_MS),
        Letter(account_id=account_id, escalation_id=1, kind="answer", remote_id="<1@a>", at=NOW_MS, arrived_at=NOW_MS),
        Invitation(conversation_id=1, account_id=account_id, token="q7k3q9", invited_at=NOW_MS),
        Agreement(customer_id=1, conversation_id=1, kind="refund", text="Hoy", transcript="[]", agreed_at=NOW_MS, made_at=NOW_MS),
        FaqEntry(created_at=NOW_MS, changed_at=NOW_MS),
        FaqAsked(entry_id=1, message_id=1, at=NOW_MS),
        FaqUse(entry_id=1, conversation_id=1, at=NOW_MS),
        LocalDay(starts_at=0, day=719163),
        FigureDay(metric="likes", account_id=account_id, day=719163, gained=1),
        Pattern(name="Lanzamiento"),
        Series(name="Viernes", draft="{}", rule="FREQ=WEEKLY", minute=660, zone="America/Mexico_City", starts_on="2026-11-20"),
        Slot(account_id=account_id, weekday=4, minute=660, zone="America/Mexico_City"),
        SlotDay(account_id=account_id, weekday=6),
        HashtagSet(name="Vinilo", tags='["vinilo"]'),
        TrackedLink(post_id=number, account_id=account_id, url="https://a.example", tracked="https://a.example?utm_source=x", made_at=NOW_MS),
        KeptReply(post_id=number, message_id=1, at=NOW_MS),
        ProductFeed(name="Catálogo", kind="csv", source="catalogo.csv"),
        Product(feed_id=1, key="1", title="Marea", folded="marea", seen_at=NOW_MS),
        CampaignCost(campaign_id=1, title="Anuncio", amount=50_000, currency="MXN", on_day="2026-11-16", made_at=NOW_MS),
        CampaignCoupon(code="marea10", campaign_id=1),
        VisitDay(day=719163, campaign="marea", content="p1-1", goal="", count=4),
        PastDay(metric="reposts", account_id=account_id, day=719100, gained=2),
        CallMonth(month="2026-10", calls=120, mean_seconds=95, noted_at=NOW_MS),
        ProductTerm(term="marea", kind="title", name="Marea"),
        MessageTerm(message_id=1, kind="title", term="marea"),
    )


def main() -> None:
    target = FOLDER / f"version_{SCHEMA_VERSION}.db.gz"
    if target.exists():
        raise SystemExit(f"{target.name} is there already and stays as it is")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tertulia.db"
        database = Database.open(path, backups=Path(folder), clock=FakeClock(), process_id="old")
        fill(database)
        database.close_now()
        target.write_bytes(gzip.compress(path.read_bytes(), mtime=0))


if __name__ == "__main__":
    main()
