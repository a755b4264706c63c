"""What happens to series, agendas and items; one noun per module."""
