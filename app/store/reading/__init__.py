"""Reads, one file a noun: plain indexed SQL on a `sqlite3.Connection` that answers with the frozen rows of app/models."""
