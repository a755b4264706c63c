"""Pages of awareness."""
