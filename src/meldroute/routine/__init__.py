"""The ten minutes a month in which a municipality sees whether the route still works (domain rules §10)."""
