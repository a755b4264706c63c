"""What is done with what comes in; one noun per module."""
