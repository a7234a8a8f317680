"""Insights: what posts and answers brought."""
