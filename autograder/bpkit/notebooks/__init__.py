"""Exercises in notebooks: nbgrader assignments are built and graded, and `bpkit.check` answers in a student's own."""
