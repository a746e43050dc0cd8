"""The specs, a folder for each chapter."""
