"""What people fill in when something comes in."""
