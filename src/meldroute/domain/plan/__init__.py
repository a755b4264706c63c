"""The municipal plan: what was promised, when it is due, and whether it was kept (plan §4, R1.1)."""
