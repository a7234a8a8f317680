"""The first run: how to begin, and the few things that must be known before anything else."""
