"""What every layer stands on: words, errors, signals, time, tasks, paths, settings, secrets and the log. A closed list."""
