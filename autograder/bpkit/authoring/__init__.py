"""For those who write the course: cutting stubs, recording, scaffolding, and proving that all of it holds."""
