"""Settings: what the user may choose, the accounts, and where the data lives."""
