"""What a practice installation is filled with; every person, address and case is invented."""

PASSWORD = "oefenen-is-veilig"  # noqa: S105 - known on purpose; it exists in a practice installation only
