"""Pages of accounts, roles and the journal."""
