"""The Inbox: what came in, list, conversation and customer side by side; it acts through commands and reads through queries."""
