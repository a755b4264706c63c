"""What is done with the plan; one noun per module."""
