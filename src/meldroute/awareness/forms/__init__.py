"""Forms of awareness."""
