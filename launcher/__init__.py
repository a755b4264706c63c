"""The `./meldroute` command: environment, database, processes. Standard library only, Dutch for the user."""
