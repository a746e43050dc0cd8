"""What an exercise is, and where the course keeps it."""
