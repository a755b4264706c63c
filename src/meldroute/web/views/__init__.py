"""Pages that put chapters together, and the pages before any chapter: login, second factor, where to report."""
