"""bpkit: exercises that teach backpropagation, and a checker that names the mistake."""

__version__ = "0.1.0"
