"""What is done in the routine; one noun per module."""
