"""The student's workspace: where it is, what is in it, and how it is made."""
