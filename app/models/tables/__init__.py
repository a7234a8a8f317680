"""The SQLModel tables, one file a noun, without relationship attributes. Loaded after the first frame only."""
