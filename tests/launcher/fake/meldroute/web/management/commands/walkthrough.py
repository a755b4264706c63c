"""Only there to be seen: the stand-in for Django does the work."""
