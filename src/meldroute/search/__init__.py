"""Searching encrypted text: keyed Dutch words that say nothing without their key."""
