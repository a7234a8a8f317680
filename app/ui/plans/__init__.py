"""The sheets of campaigns and launches, which the Campaigns page and the calendar open alike."""
