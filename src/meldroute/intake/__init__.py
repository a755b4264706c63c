"""Intake: mailbox, internal form, partner link, desk (plan §3.3.3, steps 1 and 2)."""
