"""A gain for each channel."""

from bpkit.course.spec import Case, Exercise

EXERCISE = Exercise(
    title="Gain",
    position=10,
    points=6,
    cases=(
        Case("a recording", x=(7, 3), gain=(3,)),
        Case("a longer recording", x=(11, 5), gain=(5,)),
        Case("one sample", x=(1, 3), gain=(3,)),
    ),
    gradients_of=("x", "gain"),
    reference=lambda torch, x, gain: x * gain,  # noqa: ARG005 - torch's tensors know how
    hints=(
        "Which samples does each entry of gain reach?",
        "y[t, c] = x[t, c] gain[c], so the local derivatives are gain[c] and x[t, c].",
        "dx: dy times the gain. dgain: dy times x, and then everything of one channel together.",
    ),
    mistakes={
        "gain-averaged": "dgain is averaged over the samples. gain reaches every sample, so what they send back adds up.",
        "gain-forgotten": "dx is dy itself. What reaches x has passed through the gain.",
    },
)
