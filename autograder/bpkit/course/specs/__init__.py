"""One module an exercise: `specs/<chapter>/<name>.py` holds EXERCISE, `specs/<chapter>/__init__.py` CHAPTER."""
