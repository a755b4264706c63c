"""The forms of a signal, one noun per module."""
