"""The calendar: week, month and agenda, moved by mouse and by keys."""
