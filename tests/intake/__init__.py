"""Intake: boxes, mails, and what breaks them."""
