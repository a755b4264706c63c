"""Awareness: trainings, campaigns, leaflets and calls, whom they reached, and what they show in the plan (plan §4)."""
