"""Figures against baselines measured in the same run: `python3 run.py bench`. Never part of a timed test."""
