"""Today: the daily brief, what to answer, what to decide, what goes out, and what a day brought."""
