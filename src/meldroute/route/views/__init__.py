"""The views of a signal, one noun per module."""
