"""What a user can do, by name. Commands are plain functions with a card; nothing registers itself."""
