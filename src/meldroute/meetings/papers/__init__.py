"""Papers of a meeting as tagged PDF: information sheet for partners, minutes, decision list."""
