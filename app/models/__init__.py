"""The nouns: enums, legal moves and the frozen rows that lists show. No SQLModel here; the tables are in `tables/`."""
