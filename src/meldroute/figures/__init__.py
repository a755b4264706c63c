"""Informatiebeeld (§3.1): figures, overlap and estimation."""
