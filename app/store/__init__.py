"""The database: reading by plain SQL on any thread, writing by one thread in transactions that note their own changes."""
