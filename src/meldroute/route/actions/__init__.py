"""What can be done to a signal; one noun per module, the function is the verb."""
