"""What is done with tables and estimations; one noun per module."""
