"""Alembic's environment inside the package: it is handed a connection and needs no configuration file."""
