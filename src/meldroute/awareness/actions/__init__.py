"""What is done with activities, groups, calls and who takes part."""
