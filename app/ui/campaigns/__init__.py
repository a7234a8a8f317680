"""The Campaigns page: the list, one campaign with its phases, and launches."""
