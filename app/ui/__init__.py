"""The window, and nothing but the window: Qt lives here and nowhere else."""
