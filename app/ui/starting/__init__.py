"""What stands in the window before there is a profile to show: a word while it is prepared, or why it cannot be opened."""
