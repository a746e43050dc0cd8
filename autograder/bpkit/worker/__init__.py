"""The untrusted side: a program of its own that runs students' code and returns plain values.

Standard library and numpy only. Nothing in here holds an expected value.
"""
