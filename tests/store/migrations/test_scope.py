"""The migrations lead exactly to the tables that the program uses."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from app.store.migrations.scope import metadata, of_schema
from app.store.schema import SCHEMA_VERSION
from app.store.upgrade import MIGRATIONS


def test_migrated_files_have_the_tables_of_the_program(migrated: Path):
    engine = create_engine(f"sqlite:///{migrated}")
    with engine.connect() as connection:
        options = {"include_name": of_schema, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata()) == []
    engine.dispose()


def test_the_newest_migration_is_the_version_of_the_schema():
    scripts = ScriptDirectory(str(MIGRATIONS))
    revisions = [script.revision for script in scripts.walk_revisions()]
    assert scripts.get_current_head() == f"{SCHEMA_VERSION:04}"
    assert len(revisions) == SCHEMA_VERSION


def test_the_tables_of_the_search_index_are_not_the_migrations_matter():
    assert not of_schema("message_search_data", "table", {})
    assert of_schema("message", "table", {})
    assert of_schema(None, "schema", {})
