"""What is done with reports; one noun per module."""
