"""Version 1: accounts, conversations, posts, the outbox, the profile's own tables; counters and search index by triggers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store import counters, rollup, search

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes everything."""
    _accounts()
    _plans()
    _posts()
    _customers()
    _conversations()
    _remarks()
    _cases()
    _orders()
    _sorting()
    _outbox()
    _profile()
    _mail()
    _letters()
    _agreements()
    _faq()
    _planning()
    _products()
    _sales()
    _support()
    for statement in (*counters.statements(), *rollup.statements(), *search.statements()):
        op.execute(sa.text(statement.replace(":", r"\:")))


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("server", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("avatar", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_since", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.Integer(), nullable=True),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("limits", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Integer(), nullable=True),
    )
    op.create_table(
        "cursor",
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True, nullable=False),
        sa.Column("stream", sa.String(), primary_key=True, nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("moved_at", sa.Integer(), nullable=False),
    )


def _plans() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("goal", sa.String(), nullable=False),
        sa.Column("hue", sa.String(), nullable=False),
        sa.Column("accounts", sa.String(), server_default="[]", nullable=False),
        sa.Column("tags", sa.String(), server_default="[]", nullable=False),
        sa.Column("slug", sa.String(), server_default="", nullable=False),
        sa.Column("created_at", sa.Integer(), server_default="0", nullable=False),
        sa.Column("removed_at", sa.Integer(), nullable=True),
    )
    op.create_table(
        "phase",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("campaign_id", sa.Integer(), sa.ForeignKey("campaign.id"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), server_default="", nullable=False),
        sa.Column("starts_on", sa.String(), nullable=False),
        sa.Column("ends_on", sa.String(), nullable=False),
        sa.Column("posts_a_day", sa.Integer(), server_default="0", nullable=False),
    )
    op.create_index("phase_campaign", "phase", ["campaign_id"])
    op.create_table(
        "pattern",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("steps", sa.String(), nullable=False),
        sa.Column("removed_at", sa.Integer(), nullable=True),
    )
    op.create_table(
        "mark",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("on_day", sa.String(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(), server_default="", nullable=False),
        sa.Column("campaign_id", sa.Integer(), sa.ForeignKey("campaign.id"), nullable=True),
        sa.Column("pattern_id", sa.Integer(), sa.ForeignKey("pattern.id"), nullable=True),
        sa.Column("removed_at", sa.Integer(), nullable=True),
    )
    op.create_index("mark_on", "mark", ["on_day"])
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("starts_on", sa.String(), nullable=False),
        sa.Column("ends_on", sa.String(), nullable=False),
        sa.Column("skipped", sa.String(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("made_until", sa.String(), nullable=False),
        sa.Column("removed_at", sa.Integer(), nullable=True),
    )


def _posts() -> None:
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("parts", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("pillar", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), sa.ForeignKey("campaign.id"), nullable=True),
        sa.Column("poll", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("warning", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("planned_at", sa.Integer(), nullable=True),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("link_card", sa.String(), nullable=False),
        sa.Column("lateness", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), server_default="", nullable=False),
        sa.Column("announcement", sa.String(), server_default="", nullable=False),
        sa.Column("mark_id", sa.Integer(), sa.ForeignKey("mark.id"), nullable=True),
        sa.Column("series_id", sa.Integer(), sa.ForeignKey("series.id"), nullable=True),
        sa.Column("series_day", sa.String(), server_default="", nullable=False),
        sa.Column("evergreen", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("question", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("set_account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=True),
        sa.Column("track_clicks", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("spacing", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.Integer(), nullable=True),
    )
    op.create_index("post_planned", "post", ["planned_at"])
    op.create_index("post_state", "post", ["state", "planned_at"])
    op.create_index("post_mark", "post", ["mark_id"])
    op.create_index("post_series", "post", ["series_id", "series_day"])
    op.create_index("post_campaign", "post", ["campaign_id", "planned_at"])
    op.create_table(
        "variant",
        sa.Column("post_id", sa.Integer(), sa.ForeignKey("post.id"), primary_key=True, nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True, nullable=False),
        sa.Column("parts", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), server_default="", nullable=False),
    )
    op.create_table(
        "post_picture",
        sa.Column("post_id", sa.Integer(), sa.ForeignKey("post.id"), primary_key=True, nullable=False),
        sa.Column("position", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("alt", sa.String(), nullable=False),
    )


def _customers() -> None:
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("email", sa.String(), server_default="", nullable=False),
        sa.Column("flags", sa.String(), server_default="[]", nullable=False),
        sa.Column("tags", sa.String(), nullable=False),
        sa.Column("first_at", sa.Integer(), nullable=True),
        sa.Column("muted_at", sa.Integer(), nullable=True),
        sa.Column("newsletter_at", sa.Integer(), nullable=True),
    )
    op.create_index("customer_email", "customer", ["email"], sqlite_where=sa.text("email <> ''"))
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customer.id"), nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("server", sa.String(), nullable=False),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("avatar", sa.String(), nullable=False),
        sa.Column("followers", sa.Integer(), nullable=True),
        sa.UniqueConstraint("network", "server", "remote_id"),
    )
    op.create_index("identity_customer", "identity", ["customer_id"])
    op.create_table(
        "joining",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("kept_id", sa.Integer(), sa.ForeignKey("customer.id"), nullable=False),
        sa.Column("joined_id", sa.Integer(), sa.ForeignKey("customer.id"), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.Integer(), nullable=True),
    )
    op.create_index("joining_kept", "joining", ["kept_id"])


def _conversations() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customer.id"), nullable=False),
        sa.Column("identity_id", sa.Integer(), sa.ForeignKey("identity.id"), nullable=False),
        sa.Column("thread_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), server_default="0", nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.Column("snippet", sa.String(), nullable=False),
        sa.Column("last_at", sa.Integer(), nullable=False),
        sa.Column("ours_at", sa.Integer(), nullable=True),
        sa.Column("answer_by", sa.Integer(), nullable=True),
        sa.Column("snoozed_until", sa.Integer(), nullable=True),
        sa.Column("sort_key", sa.Integer(), nullable=False),
        sa.Column("under_post_id", sa.Integer(), sa.ForeignKey("post.id"), nullable=True),
        sa.Column("parent_text", sa.String(), nullable=False),
        sa.Column("parent_url", sa.String(), nullable=False),
        sa.Column("parent_ours", sa.Boolean(), nullable=False),
        sa.Column("tags", sa.String(), nullable=False),
        sa.UniqueConstraint("account_id", "thread_key"),
    )
    op.create_index("conversation_account_last", "conversation", ["account_id", "last_at", "id"])
    op.create_index("conversation_account_state_sort", "conversation", ["account_id", "state", "sort_key", "id"])
    op.create_index("conversation_customer", "conversation", ["customer_id"])
    op.create_index("conversation_last", "conversation", ["last_at", "id"])
    op.create_index("conversation_state_sort", "conversation", ["state", "sort_key", "id"])
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("identity_id", sa.Integer(), sa.ForeignKey("identity.id"), nullable=True),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("in_reply_to", sa.String(), nullable=False),
        sa.Column("attachments", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.Integer(), nullable=False),
        sa.Column("read", sa.Boolean(), nullable=False),
        sa.Column("liked", sa.Boolean(), nullable=False),
        sa.Column("boosted", sa.Boolean(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("thanks", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("mood", sa.Integer(), nullable=True),
        sa.Column("mood_by_hand", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("answerable", sa.Boolean(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.Column("answer_title", sa.String(), nullable=False),
        sa.UniqueConstraint("account_id", "remote_id"),
    )
    op.create_index("message_at", "message", ["at"])
    op.create_index("message_ours_at", "message", ["at"], sqlite_where=sa.text("kind = 'ours'"))
    op.create_index("message_conversation_at", "message", ["conversation_id", "at", "id"])


def _remarks() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
    )
    op.create_index("note_conversation", "note", ["conversation_id"])
    op.create_table(
        "reply_draft",
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversation.id"), primary_key=True, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("pictures", sa.String(), server_default="[]", nullable=False),
        sa.Column("language", sa.String(), server_default="", nullable=False),
        sa.Column("saved_at", sa.Integer(), nullable=False),
    )


def _cases() -> None:
    op.create_table(
        "support_case",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("opened_at", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.Integer(), nullable=True),
        sa.Column("answered_in", sa.Integer(), nullable=True),
        sa.Column("solved_at", sa.Integer(), nullable=True),
        sa.Column("solved_in", sa.Integer(), nullable=True),
        sa.Column("taken_up_at", sa.Integer(), nullable=True),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("reopened", sa.Boolean(), nullable=False),
    )
    op.create_index("case_conversation", "support_case", ["conversation_id", "opened_at"])
    op.create_index("case_opened", "support_case", ["opened_at"])
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customer.id"), nullable=False),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_at", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.Integer(), nullable=True),
        sa.Column("let_go_at", sa.Integer(), nullable=True),
    )
    op.create_index("promise_open", "promise", ["due_at"], sqlite_where=sa.text("kept_at IS NULL AND let_go_at IS NULL"))
    op.create_index("promise_customer", "promise", ["customer_id"])
    op.create_index("promise_conversation", "promise", ["conversation_id"])


def _orders() -> None:
    op.create_table(
        "shop_order",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customer.id"), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("products", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ordered_at", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.Column("campaign", sa.String(), server_default="", nullable=False),
        sa.Column("content", sa.String(), server_default="", nullable=False),
        sa.Column("coupon", sa.String(), server_default="", nullable=False),
        sa.Column("sold", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("imported_at", sa.Integer(), nullable=False),
        sa.UniqueConstraint("number"),
    )
    op.create_index("order_customer", "shop_order", ["customer_id"])
    op.create_index("order_email", "shop_order", ["email"])
    op.create_index("order_handle", "shop_order", ["handle"])
    op.create_index("order_at", "shop_order", ["ordered_at"])
    op.create_index("order_campaign", "shop_order", ["campaign"])
    op.create_index("order_content", "shop_order", ["content"])
    op.create_index("order_coupon", "shop_order", ["coupon"])


def _sorting() -> None:
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.Integer(), nullable=True),
        sa.UniqueConstraint("key", "name"),
    )
    for position, key in enumerate(("request", "opinion", "criticism")):  # those that every profile has
        row = {"key": key, "position": position}
        op.execute(sa.text("INSERT INTO tag (key, name, position) VALUES (:key, '', :position)").bindparams(**row))
    op.create_table(
        "message_tag",
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), primary_key=True, nullable=False),
        sa.Column("tag_id", sa.Integer(), sa.ForeignKey("tag.id"), primary_key=True, nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.Integer(), nullable=False),
    )
    op.create_index("message_tag_tag", "message_tag", ["tag_id", "message_id"])
    op.create_table(
        "rule",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("conditions", sa.String(), nullable=False),
        sa.Column("acts", sa.String(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
    )
    op.create_table(
        "rule_mark",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("rule_id", sa.Integer(), sa.ForeignKey("rule.id"), nullable=False),
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), nullable=False),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("undone_at", sa.Integer(), nullable=True),
    )
    op.create_index("rule_mark_conversation", "rule_mark", ["conversation_id"])
    op.create_index("rule_mark_rule", "rule_mark", ["rule_id", "at"])
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("accounts", sa.String(), nullable=False),
        sa.Column("asks", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Integer(), nullable=True),
    )
    op.create_table(
        "search_hit",
        sa.Column("search_id", sa.Integer(), sa.ForeignKey("saved_search.id"), primary_key=True, nullable=False),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversation.id"), primary_key=True, nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
    )
    op.create_index("search_hit_conversation", "search_hit", ["conversation_id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("post_id", sa.Integer(), sa.ForeignKey("post.id"), nullable=True),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversation.id"), nullable=True),
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), nullable=True),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("parts", sa.String(), nullable=False),
        sa.Column("pictures", sa.String(), nullable=False),
        sa.Column("poll", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("warning", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("answer_title", sa.String(), nullable=False),
        sa.Column("due_at", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("progress", sa.String(), nullable=False),
        sa.Column("claimed_at", sa.Integer(), nullable=True),
        sa.Column("claimed_by", sa.String(), nullable=False),
        sa.Column("claim_ends_at", sa.Integer(), nullable=True),
        sa.Column("first_claimed_at", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.Integer(), nullable=True),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=False, server_default=""),
        sa.Column("link_card", sa.String(), nullable=False),
        sa.Column("lateness", sa.String(), nullable=False),
        sa.Column("waits_for", sa.Integer(), sa.ForeignKey("outbox.id"), nullable=True),
        sa.Column("held_id", sa.String(), nullable=False),
        sa.Column("uploads", sa.String(), nullable=False),
        sa.Column("warnings", sa.String(), nullable=False),
        sa.Column("checked_at", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("sent_at", sa.Integer(), nullable=True),
        sa.Column("deleted_at", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.UniqueConstraint("key"),
    )
    op.create_index("outbox_conversation", "outbox", ["conversation_id"])
    op.create_index("outbox_due", "outbox", ["state", "due_at", "id"])
    op.create_index("outbox_post", "outbox", ["post_id"])
    op.create_index("outbox_remote", "outbox", ["account_id", "remote_id"])
    op.create_index("outbox_served", "outbox", ["account_id", "claimed_at"])
    op.create_index("outbox_next", "outbox", ["account_id", "state", "due_at", "id"])
    op.create_table(
        "charge",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=True),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
    )
    op.create_index("charge_account_at", "charge", ["account_id", "at"])


def _profile() -> None:
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), primary_key=True, nullable=False),
        sa.Column("value", sa.String(), nullable=False),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("ids", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), primary_key=True, nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
    )
    op.create_table(
        "counter",
        sa.Column("account_id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("state", sa.String(), primary_key=True, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sample",
        sa.Column("metric", sa.String(), primary_key=True, nullable=False),
        sa.Column("subject", sa.String(), primary_key=True, nullable=False),
        sa.Column("subject_id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("at", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "local_day",
        sa.Column("starts_at", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
    )
    op.create_table(
        "figure_day",
        sa.Column("metric", sa.String(), primary_key=True, nullable=False),
        sa.Column("account_id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("day", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("gained", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("tags", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("main_language", sa.String(), nullable=False, server_default=""),
        sa.Column("acts", sa.String(), nullable=False, server_default="{}"),
        sa.Column("review_on", sa.String(), nullable=False, server_default=""),
        sa.Column("blanks", sa.String(), nullable=False, server_default="[]"),
        sa.Column("pictures", sa.String(), nullable=False, server_default="[]"),
        sa.Column("changed_at", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("removed_at", sa.Integer(), nullable=True),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "wording",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("answer_id", sa.Integer(), sa.ForeignKey("answer.id"), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False, server_default=""),
        sa.Column("is_long", sa.Boolean(), nullable=False, server_default="0"),
        sa.Column("changed_at", sa.Integer(), nullable=False, server_default="0"),
    )
    op.create_index("wording_answer", "wording", ["answer_id"])
    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("expires_on", sa.String(), nullable=False),
        sa.Column("changed_at", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Integer(), nullable=True),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "answer_version",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("answer_id", sa.Integer(), sa.ForeignKey("answer.id"), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
    )
    op.create_index("answer_version_answer", "answer_version", ["answer_id", "at"])
    op.create_table(
        "answer_draft",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.UniqueConstraint("answer_id"),
    )
    op.create_table(
        "answer_use",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("answer_id", sa.Integer(), sa.ForeignKey("answer.id"), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=True),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("sent", sa.String(), nullable=False),
    )
    op.create_index("answer_use_answer", "answer_use", ["answer_id", "at"])
    op.create_index("answer_use_conversation", "answer_use", ["conversation_id"])
    op.create_index("answer_use_outbox", "answer_use", ["outbox_id"])
    op.create_table(
        "answer_example",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("answer_id", sa.Integer(), sa.ForeignKey("answer.id"), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
    )
    op.create_index("answer_example_answer", "answer_example", ["answer_id"])
    op.create_table(
        "answer_choice",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("answer_id", sa.Integer(), sa.ForeignKey("answer.id"), nullable=False),
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), nullable=False),
        sa.Column("fits", sa.Boolean(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.UniqueConstraint("message_id", "answer_id"),
    )
    op.create_index("answer_choice_answer", "answer_choice", ["answer_id"])

def _mail() -> None:
    op.create_table(
        "mailbox",
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True, nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("sender_name", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("sign_in", sa.String(), nullable=False),
        sa.Column("smtp_host", sa.String(), nullable=False),
        sa.Column("smtp_port", sa.Integer(), nullable=False),
        sa.Column("smtp_security", sa.String(), nullable=False),
        sa.Column("imap_host", sa.String(), nullable=False),
        sa.Column("imap_port", sa.Integer(), nullable=False),
        sa.Column("imap_security", sa.String(), nullable=False),
        sa.Column("copy_to_self", sa.Boolean(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("sent_folder", sa.String(), nullable=False),
        sa.Column("uid_validity", sa.Integer(), nullable=True),
        sa.Column("last_uid", sa.Integer(), nullable=True),
        sa.Column("resyncs", sa.Integer(), nullable=False),
    )
    op.create_table(
        "manager",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("topics", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("hours", sa.String(), nullable=False),
        sa.Column("is_masked", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.Integer(), nullable=True),
    )
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("manager_id", sa.Integer(), sa.ForeignKey("manager.id"), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.Column("reply_outbox_id", sa.Integer(), nullable=True),
        sa.Column("promise_id", sa.Integer(), sa.ForeignKey("promise.id"), nullable=True),
        sa.Column("remind_at", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.Integer(), nullable=True),
        sa.UniqueConstraint("token"),
    )
    op.create_index("escalation_conversation", "escalation", ["conversation_id"])
    op.create_index("escalation_open", "escalation", ["remind_at"], sqlite_where=sa.text("closed_at IS NULL"))


def _letters() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("escalation_id", sa.Integer(), sa.ForeignKey("escalation.id"), nullable=True),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversation.id"), nullable=True),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.Column("is_ours", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.Column("in_reply_to", sa.String(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("from_address", sa.String(), nullable=False),
        sa.Column("from_name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("whole", sa.String(), nullable=False),
        sa.Column("attachments", sa.String(), nullable=False),
        sa.Column("uid_validity", sa.Integer(), nullable=True),
        sa.Column("uid", sa.Integer(), nullable=True),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.Integer(), nullable=False),
        sa.Column("read", sa.Boolean(), nullable=False),
        sa.Column("used_at", sa.Integer(), nullable=True),
        sa.UniqueConstraint("account_id", "remote_id"),
    )
    op.create_index("letter_conversation", "letter", ["conversation_id", "at"])
    op.create_index("letter_escalation", "letter", ["escalation_id", "at"])
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.Column("invited_at", sa.Integer(), nullable=False),
        sa.Column("led_to", sa.Integer(), sa.ForeignKey("conversation.id"), nullable=True),
        sa.Column("taken_at", sa.Integer(), nullable=True),
        sa.UniqueConstraint("token"),
    )
    op.create_index("invitation_conversation", "invitation", ["conversation_id"])
    op.create_index("invitation_led_to", "invitation", ["led_to"])


def _agreements() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customer.id"), nullable=False),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("transcript", sa.String(), nullable=False),
        sa.Column("agreed_at", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.Integer(), sa.ForeignKey("agreement.id"), nullable=True),
        sa.Column("removed_at", sa.Integer(), nullable=True),
    )
    op.create_index("agreement_conversation", "agreement", ["conversation_id"])
    op.create_index("agreement_customer", "agreement", ["customer_id", "agreed_at"])


def _faq() -> None:
    op.create_table(
        "faq_entry",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answer_id", sa.Integer(), sa.ForeignKey("answer.id"), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Integer(), nullable=True),
    )
    op.create_index("faq_entry_state", "faq_entry", ["state", "position"])
    op.create_table(
        "faq_asked",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("entry_id", sa.Integer(), sa.ForeignKey("faq_entry.id"), nullable=False),
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("message_id"),
    )
    op.create_index("faq_asked_entry", "faq_asked", ["entry_id", "at"])
    op.create_table(
        "faq_use",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("entry_id", sa.Integer(), sa.ForeignKey("faq_entry.id"), nullable=False),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.Integer(), nullable=False),
    )
    op.create_index("faq_use_entry", "faq_use", ["entry_id", "at"])
    op.create_index("faq_use_outbox", "faq_use", ["outbox_id"])

def _planning() -> None:
    op.create_table(
        "slot",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("pillar", sa.String(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
    )
    op.create_index("slot_account", "slot", ["account_id", "weekday", "minute"])
    op.create_table(
        "slot_day",
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True, nullable=False),
        sa.Column("weekday", sa.Integer(), primary_key=True, nullable=False),
    )
    op.create_table(
        "hashtag_set",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("tags", sa.String(), nullable=False),
    )
    op.create_table(
        "tracked_link",
        sa.Column("post_id", sa.Integer(), sa.ForeignKey("post.id"), primary_key=True, nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True, nullable=False),
        sa.Column("url", sa.String(), primary_key=True, nullable=False),
        sa.Column("tracked", sa.String(), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
        sa.Column("shortener", sa.String(), nullable=False),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
    )
    op.create_index("tracked_link_url", "tracked_link", ["url"])
    op.create_index("tracked_link_short", "tracked_link", ["short"])
    op.create_table(
        "kept_reply",
        sa.Column("post_id", sa.Integer(), sa.ForeignKey("post.id"), primary_key=True, nullable=False),
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), primary_key=True, nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("thanked_at", sa.Integer(), nullable=True),
        sa.Column("at", sa.Integer(), nullable=False),
    )


def _products() -> None:
    op.create_table(
        "product_feed",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("columns", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("read_at", sa.Integer(), nullable=True),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("removed_at", sa.Integer(), nullable=True),
    )
    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("feed_id", sa.Integer(), sa.ForeignKey("product_feed.id"), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("picture", sa.String(), nullable=False),
        sa.Column("price", sa.String(), nullable=False),
        sa.Column("available", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.Integer(), nullable=True),
        sa.UniqueConstraint("feed_id", "key"),
    )
    op.create_index(
        "product_used", "product", ["feed_id", "used_at"], sqlite_where=sa.text("used_at IS NOT NULL")
    )


def _sales() -> None:
    op.create_table(
        "campaign_cost",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("campaign_id", sa.Integer(), sa.ForeignKey("campaign.id"), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("on_day", sa.String(), nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Integer(), nullable=True),
    )
    op.create_index("campaign_cost_campaign", "campaign_cost", ["campaign_id"])
    op.create_table(
        "campaign_coupon",
        sa.Column("code", sa.String(), primary_key=True, nullable=False),
        sa.Column("campaign_id", sa.Integer(), sa.ForeignKey("campaign.id"), nullable=False),
    )
    op.create_index("campaign_coupon_campaign", "campaign_coupon", ["campaign_id"])
    op.create_table(
        "visit_day",
        sa.Column("day", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("campaign", sa.String(), primary_key=True, nullable=False),
        sa.Column("content", sa.String(), primary_key=True, nullable=False),
        sa.Column("goal", sa.String(), primary_key=True, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("visit_day_campaign", "visit_day", ["campaign", "day"])
    op.create_index("visit_day_content", "visit_day", ["content", "day"])
    op.create_table(
        "past_day",
        sa.Column("metric", sa.String(), primary_key=True, nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True, nullable=False),
        sa.Column("day", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("gained", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )


def _support() -> None:
    op.create_table(
        "call_month",
        sa.Column("month", sa.String(), primary_key=True, nullable=False),
        sa.Column("calls", sa.Integer(), nullable=True),
        sa.Column("mean_seconds", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.Integer(), nullable=False),
    )
    op.create_table(
        "product_term",
        sa.Column("term", sa.String(), primary_key=True, nullable=False),
        sa.Column("kind", sa.String(), primary_key=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("hidden", sa.Boolean(), server_default="0", nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "message_term",
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), primary_key=True, nullable=False),
        sa.Column("kind", sa.String(), primary_key=True, nullable=False),
        sa.Column("term", sa.String(), primary_key=True, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("message_term_term", "message_term", ["kind", "term"])
