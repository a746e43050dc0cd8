"""Backpropagation for audio."""
