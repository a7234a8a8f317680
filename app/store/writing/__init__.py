"""Writes, one file a noun: plain functions of a session, run by `Database.write` in one transaction each."""
