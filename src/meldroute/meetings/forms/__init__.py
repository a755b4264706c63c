"""Forms of meetings; the rules judge what they bring in."""
