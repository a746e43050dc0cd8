"""A second call with the same generator: for the properties of several chapters."""

# A property's own calls are each given a fresh one.
TWICE = """
def twice(student, function, *arguments):
    return [getattr(student, function)(*arguments) for _ in range(2)]
"""
SAME_AGAIN = (
    "Two calls, one after the other with the same rng, draw the same numbers. Each draw should move rng on."
)
