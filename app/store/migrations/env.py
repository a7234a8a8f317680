"""Run by Alembic: the migrations go over the connection and in the transaction of whoever asked for them (store/upgrade.py)."""

from __future__ import annotations

from alembic import context
from sqlalchemy import MetaData

from app.store.migrations.scope import metadata, of_schema

connection = context.config.attributes["connection"]
target: MetaData = metadata()
context.configure(connection=connection, target_metadata=target, include_name=of_schema, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
