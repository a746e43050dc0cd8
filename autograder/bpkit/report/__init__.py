"""Verdict in, words and formats out. The same verdict gives the same bytes."""
