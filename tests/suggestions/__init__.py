"""Messages and answers to measure suggestions with."""
