"""Questions to the community: their replies, collected on one page."""
