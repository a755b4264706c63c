"""The municipality's plan: its actions, when they fall due, whether they were done, and what shows it (plan §4)."""
