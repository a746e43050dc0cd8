from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal

EXERCISE = Exercise(
    title="Parametric rectified linear unit",
    position=60,
    points=6,
    cases=(
        Case("a batch", z=(5, 3), alpha=Given((-0.5, 0.25, 1.5))),
        Case("a wider batch", z=Normal((11, 7), std=10.0), alpha=(7,)),
        Case("one example", z=(1, 5), alpha=(5,)),
        Case(
            "exactly zero",
            finite_differences=False,
            z=Given(
                ((0.0, -1.5, 0.0), (2.5, 0.0, -0.5), (-2.0, 0.5, 0.0), (0.0, 1.5, 1e-9), (-1.0, 0.0, -3.0))
            ),
            alpha=Given((0.3, -0.2, 1.5)),
        ),
    ),
    gradients_of=("z", "alpha"),
    returns=("a",),
    reference=lambda torch, z, alpha: torch.nn.functional.prelu(z, alpha),
    hints=(
        "Turn alpha[c] up a little. Which entries of a move, which stay, and how far do they go?",
        "a[n, c] depends on z[n, c] through 1 where z is above 0 and through alpha[c] elsewhere; it depends on alpha[c] "
        "through z[n, c] where z is not above 0, and not at all elsewhere. dalpha (C,) has no n: sum over it.",
        "dz: where z was positive take da, elsewhere alpha times da. dalpha: da times z where z was negative, 0 "
        "elsewhere, added up over the examples.",
    ),
    mistakes={
        "larger-of-both": "The forward takes the larger of z and alpha * z. That is right while alpha lies between 0 and "
        "1, but a learned alpha may go anywhere.",
        "leak-on-the-right": "The forward has its sides exchanged: alpha scales the positive numbers.",
        "leak-constant": "On the left your a is alpha itself, the same for every z. alpha is a slope.",
        "leak-upwards": "On the left your a has the wrong sign: with a positive alpha it should be below 0 there.",
        "leak-everywhere": "The leak is added on the right as well. On the right z passes as it is.",
        "da-ignored": "These are the slopes alone. The chain rule has one factor more, the one that the backward is given.",
        "left-blocked": "On the left dz is 0, as with the plain relu. Something leaks through there on the way in, so "
        "something comes back.",
        "slopes-swapped": "dz has its slopes exchanged: alpha damps the right side, and the left one passes in full.",
        "one-at-zero": "At z = 0 your dz has the slope 1. At the kink there is a convention: zero counts as the left side.",
        "side-from-a": "The sign of a decides which side an entry is on. Where alpha is negative, a is positive on the left as well: it "
        "is the sign of z that decides.",
        "alpha-everywhere": "Every entry of dz is scaled by alpha. That is right on one side only.",
        "side-from-da": "The sign of da decides which slope dz takes. It is the sign of z in the forward that decides.",
        "da-ignored-in-alpha": "dalpha adds up how far a moves with alpha, and nothing says how much the loss cares. The "
        "chain rule has one factor more.",
        "alpha-averaged": "dalpha is averaged over the examples. All of them used the same alpha, so what they send back "
        "adds up.",
        "alpha-not-summed": "dalpha has one row for each example. There is one alpha for all rows: what they send back has "
        "to come together in it.",
        "alpha-summed-over-channels": "dalpha has one entry for each example: it is summed over the wrong axis. Every "
        "channel has its own alpha, and all examples share it.",
        "alpha-one-number": "dalpha is one number for everything. Every channel has an alpha of its own.",
        "alpha-keepdims": "dalpha has the right numbers in the shape (1, C). It needs the shape of alpha, (C,).",
        "alpha-from-every-entry": "dalpha counts the positive entries of z too. Did alpha touch them in the forward?",
        "alpha-from-the-right": "dalpha is made from the positive entries of z. Those are the ones that alpha never "
        "touched.",
        "alpha-in-its-own-gradient": "dalpha has alpha itself as a factor, as it has where it is made from dz. In a product, what is the slope "
        "of one factor?",
        "alpha-without-z": "dalpha adds up da on the left side and stops there. How far does a move when alpha moves: the "
        "same for every z?",
    },
    explanation=Explanation(
        why="""\
To z it is a leaky relu: dz[n, c] = da[n, c] where z[n, c] > 0, and alpha[c] * da[n, c] elsewhere. On the left side
a[n, c] = alpha[c] * z[n, c] is a product, and in a product each factor gets the other one: turning alpha[c] moves
a[n, c] by z[n, c]. On the right side alpha does not occur. All examples share the alpha of a channel, so what they send
back adds up:

    dalpha[c] = sum over n of da[n, c] * min(z[n, c], 0)

It is the same pattern as with a weight: input times what comes from above, added up over all places where it was
used.""",
        another="""\
def prelu_forward(z, alpha):
    # Two halves, of which one is 0 in every entry.
    right, left = np.maximum(z, 0.0), np.minimum(z, 0.0)
    return right + alpha * left, (z > 0, left, alpha)


def prelu_backward(da, cache):
    positive, left, alpha = cache
    dz = alpha * da
    dz[positive] = da[positive]
    return dz, np.einsum("nc,nc->c", da, left)""",
        pytorch="torch.nn.PReLU(num_parameters=1, init=0.25) has one alpha for everything unless told how many "
        "channels there are; the channels are axis 1. It keeps z and alpha for the backward. Weight decay should "
        "leave alpha alone: pulled to 0, it would turn into a plain relu.",
    ),
)
