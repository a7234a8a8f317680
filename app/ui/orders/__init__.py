"""Orders of the shop on the screen: reading them from its export."""
